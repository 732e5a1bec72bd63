#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/catalogue_edit.h"
#include "catalogue/entities.h"

namespace needledrop {

/// Somebody says that an episode, or a part of it, was or will be shown.
struct Broadcast {
  std::int64_t id = 0;
  std::int64_t episode = 0;
  std::optional<int> part;  // nothing: all of it
  std::string date;         // a partial date, where it was shown
  std::string time;       // HH:MM there; after midnight of that evening 24:00 to 29:59; "" unknown
  std::string zone;       // of the tz database: "Asia/Seoul"; "" unknown
  std::string channel;    // or service
  std::string territory;  // ISO 3166; "" unknown
  std::int64_t provenance = 0;
  FactStanding standing = FactStanding::kStated;
  friend bool operator==(const Broadcast&, const Broadcast&) = default;
};

/// The broadcast in the form in which it is kept. kInvalidArgument with the reason.
Result<Broadcast> checked_broadcast(Broadcast broadcast);

/// Adds what is not said by this provenance yet: returns its id, old or new.
Result<std::int64_t> add_broadcast(CatalogueEdit& edit, const Broadcast& broadcast);
Result<void> remove_broadcast(CatalogueEdit& edit, std::int64_t id);
Result<void> set_broadcast_standing(CatalogueEdit& edit, std::int64_t id, FactStanding standing);
/// By date and time as text, then id: of one zone, in order of time.
Result<std::vector<Broadcast>> broadcasts_of(const Database& database, std::int64_t episode);

/// When and where an episode was first shown.
struct FirstTransmission {
  std::string date;     // a partial date; "" not known
  std::string text;     // with time and zone where they are known
  std::string channel;  // "" not known
};
/// The preferred broadcast, else the earliest that is not dismissed (of dates that may be the same
/// the more precise); else the date that the episode has, else what is said of its first broadcast.
Result<FirstTransmission> first_transmission(const Database& database, const Episode& episode);

/// "2024-04-14 21:20 Asia/Seoul", as much of it as there is.
std::string when_text(const Broadcast& broadcast);

}  // namespace needledrop
