#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace needledrop {

/// Where a fact comes from.
struct Provenance {
  enum class Kind {
    kPerson,   // somebody entered it; `name` is who
    kImport,   // a file; `name` is where it is, `location` where in it
    kTags,     // of a media file; `name` is its path as text
    kArticle,  // of the press; `name` is its title or outlet, `location` its address
  };
  std::int64_t id = 0;  // 0: not stored yet
  Kind kind = Kind::kPerson;
  std::string name;
  std::string location;  // "line 12", an address; "" nothing more is known
  friend bool operator==(const Provenance&, const Provenance&) = default;
};

std::string_view to_string(Provenance::Kind kind);
std::optional<Provenance::Kind> provenance_kind(std::string_view text);
/// "works.csv, line 12", without the folder; "entered by Kim".
std::string provenance_text(const Provenance& provenance);

/// What people think of one of several facts that may contradict each other.
enum class FactStanding {
  kStated,     // nobody has said
  kPreferred,  // this one holds
  kDismissed,  // kept, and not used
};
std::string_view to_string(FactStanding standing);
std::optional<FactStanding> fact_standing(std::string_view text);

}  // namespace needledrop
