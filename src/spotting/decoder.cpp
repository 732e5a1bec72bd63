#include "spotting/decoder.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace needledrop {
namespace {

/// Paid for starting to play. Below it a stretch is not worth reporting: among the thousands of
/// hypotheses of an episode, chance alone reaches this often.
constexpr double kEntryCost = 12;
/// Paid for a change of survival: speech comes and goes a few times a second at most.
constexpr double kChangeCost = 2;

/// Paid for coming back from where nothing was seen: else a chance sighting far off would stretch
/// the music over a hole.
constexpr double kReturnCost = 8;

constexpr std::uint8_t kBuried = 0;   // the level of kSurvivals at which next to nothing survives
constexpr std::uint8_t kAudible = 1;  // and the first above it
constexpr std::size_t kLevels = kSurvivals.size();
constexpr std::uint8_t kSilent = kLevels;  // the state "does not play"

/// Best sum of evidence of each state up to a tick, and where it came from.
struct Trellis {
  std::array<double, kLevels + 1> best;
  std::vector<std::array<std::uint8_t, kLevels + 1>> from;

  explicit Trellis(std::size_t ticks) {
    best.fill(-kEntryCost);
    best[kSilent] = 0;
    from.resize(ticks);
  }

  void step(std::size_t tick, const TickEvidence& evidence) {
    const auto top = static_cast<std::uint8_t>(
        std::max_element(best.begin() + kAudible, best.begin() + kLevels) - best.begin());
    std::array<double, kLevels + 1> next;
    for (std::uint8_t level = 0; level < kLevels; ++level) {
      std::uint8_t source = level;
      double value = best[level];
      const auto consider = [&](std::uint8_t from_state, double cost) {
        if (best[from_state] - cost > value) {
          source = from_state;
          value = best[from_state] - cost;
        }
      };
      consider(top, kChangeCost);
      if (level >= kAudible) {
        consider(kBuried, kReturnCost);
        consider(kSilent, kEntryCost);
      }
      next[level] = value + static_cast<double>(evidence[level]);
      from[tick][level] = source;
    }
    const bool leaves = best[top] > best[kSilent];
    next[kSilent] = leaves ? best[top] : best[kSilent];
    from[tick][kSilent] = leaves ? top : kSilent;
    best = next;
  }
};

}  // namespace

std::vector<Stretch> decode(std::span<const TickEvidence> evidence, int first) {
  Trellis trellis(evidence.size());
  for (std::size_t tick = 0; tick < evidence.size(); ++tick) {
    trellis.step(tick, evidence[tick]);
  }
  trellis.best[kBuried] = trellis.best[kSilent];  // no use ends buried
  auto state = static_cast<std::uint8_t>(
      std::max_element(trellis.best.rbegin(), trellis.best.rend()).base() - 1 -
      trellis.best.begin());
  std::vector<Stretch> stretches;
  for (std::size_t tick = evidence.size(); tick-- > 0;) {
    if (state != kSilent) {
      const int here = first + static_cast<int>(tick);
      if (stretches.empty() || stretches.back().first != here + 1) {
        stretches.push_back({here, here + 1, 0});
      }
      stretches.back().first = here;
      stretches.back().evidence += static_cast<double>(evidence[tick][state]);
    }
    const auto before = trellis.from[tick][state];
    if (state != kSilent && before != kSilent && before != state) {
      stretches.back().evidence -= before == kBuried ? kReturnCost : kChangeCost;
    }
    state = before;
  }
  std::reverse(stretches.begin(), stretches.end());
  return stretches;
}

}  // namespace needledrop
