#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "base/digest.h"
#include "base/units.h"
#include "media/block.h"

namespace needledrop {

/// The numbers that must match between index and query. Changing one changes parameters_digest(),
/// which every segment stores.
inline constexpr int kWindow = 2'048;    // samples under one column: 128 ms
inline constexpr int kHop = 256;         // samples from tick to tick: 16 ms
inline constexpr int kFirstBin = 20;     // 156 Hz: below, speech and rumble own the bins
inline constexpr int kLastBin = 704;     // 5.5 kHz: above, 64 kb/s AAC keeps little
inline constexpr int kBinFractions = 8;  // a peak's frequency is kept in eighths of a bin
inline constexpr int kLevelTicks = 32;   // ticks under one entry of the level curve: 512 ms
inline constexpr double kTickSeconds = static_cast<double>(kHop) / kAnalysisRate;

/// Both exact: a tick is 16 ms. A time is of the tick that it lies in, and one beyond the last tick
/// of that.
constexpr Milliseconds time_of(Tick tick) {
  return Milliseconds(std::int64_t{tick.value} * (kHop * 1'000 / kAnalysisRate));
}
constexpr Tick tick_at(Milliseconds time) {
  using Limits = std::numeric_limits<Tick::rep>;
  const std::int64_t tick = time.count() / (kHop * 1'000 / kAnalysisRate);
  return Tick(static_cast<Tick::rep>(std::clamp<std::int64_t>(tick, Limits::min(), Limits::max())));
}
static_assert(kHop * 1'000 % kAnalysisRate == 0);

/// The digest of all analysis parameters, these and the ones private to the stages.
Digest parameters_digest();

}  // namespace needledrop
