#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/catalogue_edit.h"
#include "catalogue/entity_ref.h"
#include "catalogue/name_match.h"

namespace needledrop {

class Database;

enum class NameKind {
  kOfficial,   // what it is called by those who made it, or who bear the name
  kLocalised,  // under which it is known in a language or a country
  kRomanised,  // its sound in Latin letters, as somebody spells it
  kSearch,     // a spelling to find it by, never shown: a former name, a usual error
};

/// "official", "localised", "romanised", "search".
std::string_view to_string(NameKind kind);
std::optional<NameKind> name_kind(std::string_view word);

/// A further name of something, as a source or a person gives it: none is ever made by a machine.
struct Name {
  std::int64_t id = 0;
  EntityRef entity;
  std::string text;
  std::string language;  // BCP 47; "" unknown
  std::string script;    // ISO 15924: "Hang", "Latn", "Zyyy" for several; found from the text
  NameKind kind = NameKind::kOfficial;
  std::int64_t provenance = 0;
  friend bool operator==(const Name&, const Name&) = default;
};

/// "Hang", "Jpan", "Latn"...: the script that a text is in, "Zyyy" when it is in several or none.
std::string script_of(std::string_view text);

/// Stores a name; its id and script are not read. Returns the id, also when the entity has this
/// name in this language and of this kind already. kNotFound when there is no such entity;
/// kInvalidArgument for a text that says nothing or is too long, or a language that is no tag.
Result<std::int64_t> add_name(CatalogueEdit& edit, const Name& name);
/// kNotFound.
Result<void> remove_name(CatalogueEdit& edit, std::int64_t id);

/// Of all things, by id.
Result<std::vector<Name>> all_names(const Database& database);

/// What is to be found.
struct NameSearch {
  std::string text;
  std::vector<EntityKind> kinds;  // empty: all
  std::size_t limit = 20;
};

struct FoundName {
  EntityRef entity;
  NameFit fit = NameFit::kExact;
  std::string name;  // the one that fits best
  friend bool operator==(const FoundName&, const FoundName&) = default;
};

/// A text by which an entity is found.
struct SearchedText {
  std::string text;
  std::string language;
  NameOrder order = NameOrder::kAsWritten;
};

/// Reads and finds names. Borrows the catalogue's database; one per thread, as the catalogue.
class Names {
 public:
  explicit Names(const Database& database) : database_(&database) {}

  /// By id.
  Result<std::vector<Name>> of(EntityRef entity) const;
  /// Best fit first, then by the entity's id, then by kind. Entities that changed since the keys
  /// were derived are found as they are now.
  Result<std::vector<FoundName>> search(const NameSearch& search) const;
  /// What it is shown as: its title or name, the production's and a number where it has none, else
  /// "work 3". kNotFound.
  Result<std::string> label(EntityRef entity) const;
  /// All that it is found by: its title, its artist, its names.
  Result<std::vector<SearchedText>> searched_texts(EntityRef entity) const;

 private:
  const Database* database_;
};

/// Derives the keys of every entity whose names changed since they were derived. Within a write
/// transaction; cheap when nothing changed. Whatever stores a title or a name calls it before it
/// commits; when it doesn't, searches are slower until somebody does, and find the same.
Result<void> refresh_name_keys(const Database& database);
/// The same in a transaction of its own.
Result<void> bring_name_keys_up_to_date(const Database& database);

}  // namespace needledrop
