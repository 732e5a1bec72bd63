#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace needledrop {

/// What a party does for a work, a recording or a production.
enum class Role {
  // Writers of a work
  kComposer,
  kAuthor,          // of the words
  kComposerAuthor,  // both
  kArranger,
  kAdaptor,
  kTranslator,
  kSubAuthor,
  kSubArranger,
  // Publishers of a work
  kPublisher,  // the original one
  kSubPublisher,
  kAdministrator,
  kAcquirer,
  kSubstitutedPublisher,
  kIncomeParticipant,
  // Recordings and releases
  kPerformer,
  kProducer,
  kLabel,
  // Productions and episodes
  kDirector,
  kScreenwriter,
  kActor,
  kMusicDirector,
  kMusicSupervisor,
  kProductionCompany,
  kBroadcaster,
};

enum class RoleSide { kWriter, kPublisher, kRecording, kProduction };

/// "composer", "sub-publisher", ...
std::string_view to_string(Role role);
/// The CWR code of writers and publishers, without its padding: "C", "CA", "SE"; "" of the others.
std::string_view cwr_code(Role role);
RoleSide side_of(Role role);
/// From a word ("composer", "music director") or a CWR code, whatever its case. The letters that
/// mean one thing in cue sheets and another in CWR are read as CWR's. Error: kInvalidArgument,
/// listing the roles.
Result<Role> read_role(std::string_view text);

/// A part of a whole work, in millionths: 16.665 % of a work is exact.
struct Share {
  static constexpr std::int64_t kWhole = 1'000'000;
  std::int64_t millionths = 0;
  friend auto operator<=>(const Share&, const Share&) = default;
};

/// "50", "33.33", "33,33 %": percent, with a decimal point or comma and up to four decimals.
/// Errors: kInvalidArgument (no number, more decimals, below 0 or above 100, with the number).
Result<Share> read_share(std::string_view percent);
/// "50.00", "16.665": at least two decimals, without further zeros at the end.
std::string percent_text(Share share);

}  // namespace needledrop
