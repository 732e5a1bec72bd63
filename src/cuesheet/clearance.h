#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"
#include "catalogue/cue.h"
#include "catalogue/licences.h"

namespace needledrop {

/// May what a cue names be used in it?
enum class Clearance {
  kUnchecked,  // nobody has looked: the desk holds no licence of this production at all
  kCleared,
  kOverLimit,  // more uses or seconds than licensed
  kExpired,    // not in force on the day of the broadcast
  kNone,       // no licence
};
/// "cleared", "over the limit", "expired at broadcast", "no licence", "unchecked".
std::string_view to_string(Clearance clearance);

/// A use in the production, in the order in which uses are counted.
struct LicensedUse {
  SourceId recording;
  std::vector<std::int64_t> works;  // that the recording performs
  CueOrigin origin = CueOrigin::kUnknown;
  Milliseconds length{0};  // as reported
  std::string day;         // of the first broadcast, YYYY-MM-DD; "" unknown: any day counts
};

/// One right that a use needs.
struct NeededRight {
  Licence::Kind kind = Licence::Kind::kMaster;
  EntityRef of;  // of a sync right the recording, while it is not known which work that performs
  Clearance clearance = Clearance::kNone;
  std::string reference;  // of the licence that comes closest; "" none
  friend bool operator==(const NeededRight&, const NeededRight&) = default;
};

struct UseClearance {
  Clearance clearance = Clearance::kCleared;  // the gravest of the rights
  std::vector<NeededRight> rights;            // master, then sync by work
};

/// Which uses of a production are cleared: each needs a master licence of its recording and a sync
/// licence of each of its works; what was commissioned needs none. Uses count against limits in
/// their order, and the one with which a limit is passed and those after it are over. Of several
/// licences the kindest holds; of several that clear, the first is used up. Pure.
std::vector<UseClearance> clear_uses(std::span<const LicensedUse> uses,
                                     std::span<const Licence> licences);

}  // namespace needledrop
