#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/catalogue_edit.h"
#include "catalogue/codes.h"

namespace needledrop {

/// What can be said of something in one value. Codes and credits are not among them.
enum class Property {
  kCountry,           // of origin: ISO 3166, two letters
  kYear,              // of production
  kType,              // "series episode", "film", ...
  kProductionNumber,  // the producer's own
  kReleaseDate,       // a partial date
  kFirstBroadcast,    // a partial date
  kBirthDate,         // a partial date
  kCatalogueNumber,   // of a release at its label
  kSociety,           // to which a party belongs
  kOrigin,            // of a work or recording: commissioned, commercial, library
  kLanguage,          // of the words: BCP 47
};

inline constexpr std::array kProperties{Property::kCountry,     Property::kYear,
                                        Property::kType,        Property::kProductionNumber,
                                        Property::kReleaseDate, Property::kFirstBroadcast,
                                        Property::kBirthDate,   Property::kCatalogueNumber,
                                        Property::kSociety,     Property::kOrigin,
                                        Property::kLanguage};

/// "country", "production number", ...
std::string_view to_string(Property property);
std::optional<Property> property(std::string_view text);

/// Somebody says this of something.
struct Fact {
  std::int64_t id = 0;
  EntityRef of;
  Property property = Property::kCountry;
  std::string value;  // as read_fact_value gives it
  std::int64_t provenance = 0;
  FactStanding standing = FactStanding::kStated;
  friend bool operator==(const Fact&, const Fact&) = default;
};

/// The value in the form in which it is kept: dates that exist, countries that do, years as years.
/// kInvalidArgument with the reason.
Result<std::string> read_fact_value(Property property, std::string_view text);

/// Adds what is not said by this provenance yet: returns its id, old or new. kNotFound when the
/// thing does not exist.
Result<std::int64_t> add_fact(CatalogueEdit& edit, const Fact& fact);
Result<void> remove_fact(CatalogueEdit& edit, std::int64_t id);
/// Of the facts of one property at most one is preferred: preferring one ends that of others.
Result<void> set_fact_standing(CatalogueEdit& edit, std::int64_t id, FactStanding standing);
/// By property, then id.
Result<std::vector<Fact>> facts_of(const Database& database, EntityRef of);
/// kNotFound.
Result<Fact> fact(const Database& database, std::int64_t id);

/// Are they values of one property that can't both hold? A date does not contradict a less precise
/// one that contains it: 1994 and 1994-03.
bool contradict(const Fact& a, const Fact& b);

/// What holds of facts of one property.
struct HeldFact {
  std::string value;            // "" nothing is known
  std::vector<Fact> conflicts;  // that contradict each other, while none is preferred
};
/// The preferred one, else the first that is not dismissed, as precisely as any says it. Pure.
HeldFact held_fact(std::span<const Fact> facts, Property property);

/// A code by which something is known.
struct Identifier {
  std::int64_t id = 0;
  EntityRef of;
  Code code;
  std::int64_t provenance = 0;
  FactStanding standing = FactStanding::kStated;
  friend bool operator==(const Identifier&, const Identifier&) = default;
};

/// Adds it if it is not known; the first who said it stays its provenance.
Result<std::int64_t> add_identifier(CatalogueEdit& edit, const Identifier& identifier);
Result<void> remove_identifier(CatalogueEdit& edit, std::int64_t id);
/// Of the codes of one scheme at most one is preferred: preferring one ends that of others.
Result<void> set_identifier_standing(CatalogueEdit& edit, std::int64_t id, FactStanding standing);
/// By scheme, then id, dismissed ones too. Warnings are not kept.
Result<std::vector<Identifier>> identifiers_of(const Database& database, EntityRef of);
/// The code of a scheme by which something goes: the preferred one, else the first that is not
/// dismissed; "" there is none. Pure.
std::string held_code(std::span<const Identifier> identifiers, CodeScheme scheme);
/// All of one scheme that are not dismissed, by id.
Result<std::vector<Identifier>> identifiers_in(const Database& database, CodeScheme scheme);
/// What has this code, by kind, then id; where it was dismissed it does not count.
Result<std::vector<EntityRef>> identified_by(const Database& database, const Code& code);

}  // namespace needledrop
