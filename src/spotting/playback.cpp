#include "spotting/playback.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/assert.h"
#include "fingerprint/parameters.h"

namespace needledrop {
namespace {

constexpr std::int64_t kOne = Playback::kUnity;
constexpr std::int64_t kLowest = std::int64_t{kFirstBin} * kBinFractions;
constexpr std::int64_t kHighest = std::int64_t{kLastBin} * kBinFractions;

constexpr bool is_sane(std::int32_t ratio) {
  return ratio >= kOne / 2 && ratio <= 2 * kOne;
}

/// a * b / c, rounded to nearest; none of them negative.
constexpr std::int64_t scaled(std::int64_t a, std::int64_t b, std::int64_t c) {
  return (a * b + c / 2) / c;
}

/// Sorts peaks whose ticks ascend: ticks may have become one tick, and frequencies one frequency.
void sort_within_ticks(std::vector<Peak>& peaks) {
  for (auto first = peaks.begin(); first != peaks.end();) {
    const auto last = std::find_if(first, peaks.end(),
                                   [&](const Peak& peak) { return peak.tick != first->tick; });
    std::sort(first, last);
    first = last;
  }
}

std::vector<Level> played_levels(const std::vector<Level>& levels, const Playback& playback) {
  if (levels.empty()) {
    return {};
  }
  const auto entries = static_cast<std::int64_t>(levels.size());
  std::vector<Level> played;
  for (std::int64_t i = 0; i * playback.rate < entries * kOne; ++i) {
    const std::int64_t middle = (2 * i + 1) * playback.rate / (2 * kOne);
    played.push_back(levels[static_cast<std::size_t>(std::min(middle, entries - 1))]);
  }
  return played;
}

}  // namespace

PeakList played(PeakList recording, const Playback& playback) {
  ND_ASSERT(is_sane(playback.rate) && is_sane(playback.pitch));
  if (playback == Playback{}) {
    return recording;
  }
  PeakList result;
  const std::int64_t length =
      std::min<std::int64_t>((recording.length.value * kOne + playback.rate - 1) / playback.rate,
                             std::numeric_limits<std::int32_t>::max());
  result.length = Tick(static_cast<std::int32_t>(length));
  result.peaks.reserve(recording.peaks.size());
  for (Peak peak : recording.peaks) {
    const std::int64_t tick = scaled(peak.tick.value, kOne, playback.rate);
    const std::int64_t frequency = scaled(peak.frequency, playback.pitch, kOne);
    if (tick >= length || frequency < kLowest || frequency >= kHighest) {
      continue;
    }
    peak.tick = Tick(static_cast<std::int32_t>(tick));
    peak.frequency = static_cast<std::uint16_t>(frequency);
    result.peaks.push_back(peak);
  }
  sort_within_ticks(result.peaks);
  result.levels = played_levels(recording.levels, playback);
  return result;
}

}  // namespace needledrop
