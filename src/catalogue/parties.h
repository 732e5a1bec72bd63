#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/catalogue_edit.h"

namespace needledrop {

/// A person or an organisation that writes, publishes, performs or makes something.
struct Party {
  enum class Kind { kPerson, kOrganisation };
  std::int64_t id = 0;
  Kind kind = Kind::kPerson;
  std::string name;     // as it is shown; further ones are in names.h
  std::string comment;  // tells apart those of one name: "the actor"; "" none is needed
  friend bool operator==(const Party&, const Party&) = default;
};

std::string_view to_string(Party::Kind kind);
std::optional<Party::Kind> party_kind(std::string_view text);
/// "Kim Soo-hyun (the actor)".
std::string label_of(const Party& party);

/// Two parties may have the same name. Errors: kInvalidArgument (no name, no text).
Result<std::int64_t> add_party(CatalogueEdit& edit, const Party& party);
/// kNotFound when there is no party of its id.
Result<void> update_party(CatalogueEdit& edit, const Party& party);
/// By id.
Result<std::vector<Party>> parties(const Database& database);
/// kNotFound.
Result<Party> party(const Database& database, std::int64_t id);

}  // namespace needledrop
