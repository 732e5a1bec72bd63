#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desk/import_problem.h"
#include "desk/imported_catalogue.h"

namespace needledrop {

// The values that tables and documents say alike. Empty text says nothing; what is wrong becomes a
// problem at its place.

void take_code(std::vector<ImportedCode>& codes, CodeScheme scheme, const std::string& text,
               const ImportPlace& at, ImportProblems& problems);
void take_fact(std::vector<ImportedFact>& facts, Property property, const std::string& text,
               const ImportPlace& at, ImportProblems& problems);
std::optional<Party::Kind> take_party_kind(const std::string& text, const ImportPlace& at,
                                           ImportProblems& problems);
std::optional<ShareBasis> take_basis(const std::string& text, const ImportPlace& at,
                                     ImportProblems& problems);
/// A whole number of at most six digits; `noun` is what it counts.
std::optional<int> take_number(const std::string& text, std::string_view noun,
                               const ImportPlace& at, ImportProblems& problems);
/// In the form in which it is kept; a territory, zone and time that exist.
void take_broadcast(std::vector<ImportedBroadcast>& broadcasts, Broadcast broadcast,
                    const ImportPlace& at, ImportProblems& problems);

}  // namespace needledrop
