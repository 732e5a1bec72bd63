#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "catalogue/catalogue.h"
#include "media/media_file.h"

namespace needledrop {

/// What the person who spots says of the episode; it stands above names and tags.
struct EpisodeOverrides {
  std::string production;  // title; "" leaves it open
  std::optional<int> season;
  std::optional<int> number;
  std::string title;
  std::string air_date;            // YYYY-MM-DD
  std::optional<std::string> cut;  // which one the file is of; "" is the broadcast cut

  friend bool operator==(const EpisodeOverrides&, const EpisodeOverrides&) = default;
};

/// Reads "S01E12", "1x12", "E12" or "12" into season and number. kInvalidArgument otherwise.
Result<EpisodeOverrides> episode_named_by_mark(std::string_view mark);
/// kInvalidArgument unless it is YYYY-MM-DD.
Result<std::string> read_air_date(std::string_view text);

/// Which episode a file is, not stored yet.
struct EpisodeIdentity {
  Episode episode;         // id 0: new; production is left open where `production` names one
  std::string production;  // title; "" none
  std::optional<int> part;
  std::string cut;  // "" is the broadcast cut
};

/// From overrides, then the file's name, then its tags.
EpisodeIdentity read_identity(const std::string& path, const Tags& tags,
                              const EpisodeOverrides& overrides);

/// The same, with an episode that the catalogue has under that production, season and number; reads
/// only.
Result<EpisodeIdentity> match_identity(Catalogue& catalogue, EpisodeIdentity identity);

/// A stored episode with what overrides say taken over.
Result<EpisodeIdentity> override_identity(Catalogue& catalogue, const EpisodeFile& file,
                                          const EpisodeOverrides& overrides);

/// The title of an episode's production; "" when it has none.
Result<std::string> production_title(Catalogue& catalogue, std::int64_t production);

}  // namespace needledrop
