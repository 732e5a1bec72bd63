#include "cuesheet/clearance.h"

#include <algorithm>
#include <map>
#include <utility>

namespace needledrop {
namespace {

/// How much of a licence is used up.
struct Usage {
  int uses = 0;
  Milliseconds length{0};
};

bool is_in_force(const Licence& licence, const std::string& day) {
  if (day.empty()) return true;
  return licence.first_day <= day && (licence.last_day.empty() || day <= licence.last_day);
}

bool is_within(const Licence& licence, const Usage& usage) {
  const bool uses = !licence.most_uses.has_value() || usage.uses <= *licence.most_uses;
  const bool seconds = !licence.most_seconds.has_value() ||
                       usage.length <= std::chrono::seconds(*licence.most_seconds);
  return uses && seconds;
}

/// Clears the uses of one production one after the other.
class Clearing {
 public:
  explicit Clearing(std::span<const Licence> licences) : licences_(licences) {}

  UseClearance clear(const LicensedUse& use) {
    UseClearance cleared;
    if (use.origin == CueOrigin::kCommissioned) return cleared;
    if (use.recording != SourceId()) {
      add_right(Licence::Kind::kMaster, {EntityKind::kRecording, use.recording.value}, use,
                cleared);
    }
    for (const std::int64_t work : use.works) {
      add_right(Licence::Kind::kSync, {EntityKind::kWork, work}, use, cleared);
    }
    if (use.works.empty() && use.recording != SourceId()) {
      cleared.rights.push_back({Licence::Kind::kSync,
                                {EntityKind::kRecording, use.recording.value},
                                Clearance::kNone,
                                ""});
      cleared.clearance = Clearance::kNone;
    }
    if (cleared.rights.empty()) cleared.clearance = Clearance::kNone;
    return cleared;
  }

 private:
  /// The kindest licence clears; of several that clear it is the first, and it alone is used up.
  void add_right(Licence::Kind kind, EntityRef of, const LicensedUse& use, UseClearance& cleared) {
    NeededRight right{kind, of, Clearance::kNone, ""};
    std::vector<const Licence*> passed;
    for (const Licence& licence : licences_) {
      if (licence.kind != kind || licence.of != of) continue;
      const Clearance clearance = judge(licence, use);
      if (clearance < right.clearance) {
        right.clearance = clearance;
        right.reference = licence.reference;
      }
      if (clearance == Clearance::kOverLimit) passed.push_back(&licence);
      if (clearance == Clearance::kCleared) {
        passed = {&licence};
        break;
      }
    }
    // The use that passes a limit counts too, so that those after it are over.
    for (const Licence* licence : passed) usage_[licence->id] = with(usage_[licence->id], use);
    cleared.clearance = std::max(cleared.clearance, right.clearance);
    cleared.rights.push_back(std::move(right));
  }

  static Usage with(Usage usage, const LicensedUse& use) {
    return {usage.uses + 1, usage.length + use.length};
  }

  Clearance judge(const Licence& licence, const LicensedUse& use) {
    if (!is_in_force(licence, use.day)) return Clearance::kExpired;
    return is_within(licence, with(usage_[licence.id], use)) ? Clearance::kCleared
                                                             : Clearance::kOverLimit;
  }

  std::span<const Licence> licences_;
  std::map<std::int64_t, Usage> usage_;  // by the licence's id
};

}  // namespace

std::string_view to_string(Clearance clearance) {
  switch (clearance) {
    case Clearance::kUnchecked:
      return "unchecked";
    case Clearance::kCleared:
      return "cleared";
    case Clearance::kOverLimit:
      return "over the limit";
    case Clearance::kExpired:
      return "expired at broadcast";
    case Clearance::kNone:
      return "no licence";
  }
  return "";
}

std::vector<UseClearance> clear_uses(std::span<const LicensedUse> uses,
                                     std::span<const Licence> licences) {
  Clearing clearing(licences);
  std::vector<UseClearance> cleared;
  cleared.reserve(uses.size());
  for (const LicensedUse& use : uses) cleared.push_back(clearing.clear(use));
  return cleared;
}

}  // namespace needledrop
