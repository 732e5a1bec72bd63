#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "cuesheet/clearance.h"
#include "cuesheet/sheet.h"

namespace needledrop {

class Desk;

/// A use in an episode with what is cleared of it.
struct ClearedUse {
  std::int64_t episode = 0;
  std::int64_t cue = 0;
  LicensedUse use;
  UseClearance cleared;
};

/// All uses of a production with what these licences clear of them, in the order of its episodes
/// (season, number, id) and of their cues; rejected cues are no uses.
Result<std::vector<ClearedUse>> uses_of_production(Desk& desk, std::int64_t production,
                                                   const std::vector<Licence>& licences);

/// The same with all licences that the desk has; nothing at all when it has none of the production.
Result<std::vector<ClearedUse>> production_clearance(Desk& desk, std::int64_t production);

/// Says of each cue of an episode's sheet whether it is cleared.
void put_clearance(const std::vector<ClearedUse>& cleared, std::int64_t episode, CueSheet& sheet);

}  // namespace needledrop
