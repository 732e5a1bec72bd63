#include "spotting/decoder.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace needledrop {
namespace {

/// Paid for starting to play. Below it a stretch is not worth reporting: among the thousands of
/// hypotheses of an episode, chance alone reaches this often.
constexpr double kEntryCost = 12;
/// Paid for moving the level by one step, as a fade does again and again.
constexpr double kStepCost = 1.5;
/// And for moving it anywhere.
constexpr double kJumpCost = 4;
/// Paid for every tick: else chance would stretch music over what hides it.
constexpr double kTickCost = 0.005;

constexpr std::size_t kLevels = kGainOffsets.size();
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
        std::max_element(best.begin(), best.begin() + kLevels) - best.begin());
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
      if (level > 0) consider(static_cast<std::uint8_t>(level - 1), kStepCost);
      if (level + 1U < kLevels) consider(static_cast<std::uint8_t>(level + 1), kStepCost);
      consider(top, kJumpCost);
      consider(kSilent, kEntryCost);
      next[level] = value + static_cast<double>(evidence[level]) - kTickCost;
      from[tick][level] = source;
    }
    const bool leaves = best[top] > best[kSilent];
    next[kSilent] = leaves ? best[top] : best[kSilent];
    from[tick][kSilent] = leaves ? top : kSilent;
    best = next;
  }
};

double cost_of(std::uint8_t before, std::uint8_t state) {
  if (before == kSilent || before == state) return 0;
  return before + 1 == state || state + 1 == before ? kStepCost : kJumpCost;
}

}  // namespace

Decoded decode(std::span<const TickEvidence> evidence, int first) {
  Trellis trellis(evidence.size());
  for (std::size_t tick = 0; tick < evidence.size(); ++tick) {
    trellis.step(tick, evidence[tick]);
  }
  auto state = static_cast<std::uint8_t>(
      std::max_element(trellis.best.rbegin(), trellis.best.rend()).base() - 1 -
      trellis.best.begin());
  Decoded decoded;
  decoded.curve = {first, std::vector<std::uint8_t>(evidence.size(), kPlateau)};
  auto& stretches = decoded.stretches;
  for (std::size_t tick = evidence.size(); tick-- > 0;) {
    const auto before = trellis.from[tick][state];
    if (state != kSilent) {
      const int here = first + static_cast<int>(tick);
      if (stretches.empty() || stretches.back().first != here + 1) {
        stretches.push_back({here, here + 1, 0});
      }
      decoded.curve.entries[tick] = state;
      stretches.back().first = here;
      stretches.back().evidence +=
          static_cast<double>(evidence[tick][state]) - kTickCost - cost_of(before, state);
    }
    state = before;
  }
  std::reverse(stretches.begin(), stretches.end());
  return decoded;
}

}  // namespace needledrop
