#include "desk/import_values.h"

#include <utility>

#include <fmt/format.h>

#include "catalogue/lookup.h"
#include "catalogue/text.h"

namespace needledrop {

void take_code(std::vector<ImportedCode>& codes, CodeScheme scheme, const std::string& text,
               const ImportPlace& at, ImportProblems& problems) {
  if (text.empty()) return;
  if (auto code = problems.code(scheme, text, at)) codes.push_back({std::move(*code), at});
}

void take_fact(std::vector<ImportedFact>& facts, Property property, const std::string& text,
               const ImportPlace& at, ImportProblems& problems) {
  if (text.empty()) return;
  if (auto value = problems.take(read_fact_value(property, text), at)) {
    facts.push_back({property, std::move(*value), at});
  }
}

std::optional<Party::Kind> take_party_kind(const std::string& text, const ImportPlace& at,
                                           ImportProblems& problems) {
  if (text.empty()) return std::nullopt;
  const auto kind = party_kind(folded(text));
  if (!kind.has_value()) {
    problems.error(at, fmt::format("'{}' is neither person nor organisation", shown(text, 40)));
  }
  return kind;
}

std::optional<ShareBasis> take_basis(const std::string& text, const ImportPlace& at,
                                     ImportProblems& problems) {
  const std::string word = folded(text);
  if (word.empty()) return std::nullopt;
  if (word == "whole") return ShareBasis::kWhole;
  if (word == "split") return ShareBasis::kSplit;
  problems.error(at, fmt::format("'{}' is no basis of shares; there are whole (writers and "
                                 "publishers have 100 together) and split (100 each)",
                                 shown(text, 40)));
  return std::nullopt;
}

std::optional<int> take_number(const std::string& text, std::string_view noun,
                               const ImportPlace& at, ImportProblems& problems) {
  constexpr std::size_t kMostDigits = 6;
  if (text.empty()) return std::nullopt;
  const auto number = text.size() <= kMostDigits ? spelled_number(text) : std::nullopt;
  if (number.has_value()) return static_cast<int>(*number);
  problems.error(at, fmt::format("'{}' is no number of {}", shown(text, 40), noun));
  return std::nullopt;
}

void take_broadcast(std::vector<ImportedBroadcast>& broadcasts, Broadcast broadcast,
                    const ImportPlace& at, ImportProblems& problems) {
  if (auto checked = problems.take(checked_broadcast(std::move(broadcast)), at)) {
    broadcasts.push_back({std::move(*checked), at});
  }
}

}  // namespace needledrop
