#include "spotting/sound_difference.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "fingerprint/parameters.h"
#include "fingerprint/peak_picker.h"

namespace needledrop {
namespace {

constexpr int kTwinTicks = 1;
constexpr int kTwinFrequency = 6;  // eighths of a bin
/// Half decibels. Of the peaks that are this loud, encoders from 48 kb/s up take or bring one in
/// twenty, a compressor with an equalizer one in ten, the entry of a melody one in two.
constexpr int kLoud = 30;
/// What is no more than 6 dB fainter may be the reason why a peak is missing.
constexpr int kRivalMargin = 12;
constexpr int kWindowTicks = 250;
/// A tone that lasts, or comes again, has its maximum somewhere along it: half a second, one bin.
constexpr int kToneTicks = 31;
constexpr int kToneFrequency = kBinFractions;
/// Fewer twins than this tell no gain: the channel is silent in one of the two.
constexpr std::size_t kLeastTwins = 20;

/// Is there neither the peak's twin nor what may hide it? `level` is what the peak would have.
bool is_missing(const PeakGrid& other, const Peak& peak, int tick, int level) {
  const PeakBox box = kPeakBoxes[static_cast<std::size_t>(Reach::kFar)];
  if (twin_of(peak, other, tick) != nullptr) return false;
  for (int at = tick - kToneTicks; at <= tick + kToneTicks; ++at) {
    const int reach = std::abs(at - tick) <= box.ticks ? box.bins * kBinFractions : kToneFrequency;
    const auto [first, last] = other.at(peak.channel, at);
    for (auto i = first; i < last; ++i) {
      const Peak& near = other.list().peaks[i];
      if (near.reach == Reach::kFar && near.level >= level - kRivalMargin &&
          std::abs(near.frequency - peak.frequency) <= reach) {
        return false;
      }
    }
  }
  return true;
}

/// How much louder the second has the channel's peaks that both have; by its median.
std::optional<int> gain_of(const PeakGrid& a, const PeakGrid& b,
                           std::span<const SharedStretch> stretches, Channel channel) {
  std::vector<int> gains;
  for (const SharedStretch& stretch : stretches) {
    for (int tick = stretch.first.value; tick < stretch.last.value; ++tick) {
      const auto [first, last] = a.at(channel, tick);
      for (auto i = first; i < last; ++i) {
        const Peak& peak = a.list().peaks[i];
        const Peak* const twin = twin_of(peak, b, tick - stretch.offset.value);
        if (twin != nullptr) gains.push_back(twin->level - peak.level);
      }
    }
  }
  if (gains.size() < kLeastTwins) return std::nullopt;
  const auto middle = gains.begin() + static_cast<std::ptrdiff_t>(gains.size() / 2);
  std::nth_element(gains.begin(), middle, gains.end());
  return *middle;
}

/// Of the peaks of ticks [first, first + kWindowTicks), the share that `is_only` in this one.
template <typename Only>
SoundDifference::Share share_in_window(const PeakGrid& grid, int first, Only is_only) {
  std::array<int, 2> all{};  // faint, loud
  std::array<int, 2> only{};
  for (int tick = first; tick < first + kWindowTicks; ++tick) {
    for (Channel channel : {Channel::kMid, Channel::kSide}) {
      const auto [begin, end] = grid.at(channel, tick);
      for (auto i = begin; i < end; ++i) {
        const Peak& peak = grid.list().peaks[i];
        if (peak.reach != Reach::kFar) continue;
        const std::size_t loud = is_loud(grid.list(), peak) ? 1 : 0;
        ++all[loud];
        if (is_only(peak)) ++only[loud];
      }
    }
  }
  const auto share = [&](std::size_t i) {
    return all[i] == 0 ? 0 : static_cast<double>(only[i]) / all[i];
  };
  return {share(1), share(0)};
}

}  // namespace

bool is_loud(const PeakList& list, const Peak& peak) {
  const auto entry = static_cast<std::size_t>(peak.tick.value / kLevelTicks);
  if (entry >= list.levels.size()) return false;
  const Level& level = list.levels[entry];
  return peak.level >= std::max(level.mid, level.side) - kLoud;
}

const Peak* twin_of(const Peak& peak, const PeakGrid& other, int tick) {
  if (peak.reach != Reach::kFar) return nullptr;
  for (int at = tick - kTwinTicks; at <= tick + kTwinTicks; ++at) {
    const auto [first, last] = other.at(peak.channel, at);
    for (auto i = first; i < last; ++i) {
      const Peak& near = other.list().peaks[i];
      if (near.reach == Reach::kFar &&
          std::abs(near.frequency - peak.frequency) <= kTwinFrequency) {
        return &near;
      }
    }
  }
  return nullptr;
}

SoundDifference::SoundDifference(const PeakGrid& a, const PeakGrid& b,
                                 std::span<const SharedStretch> stretches)
    : a_(a),
      b_(b),
      gain_{gain_of(a, b, stretches, Channel::kMid), gain_of(a, b, stretches, Channel::kSide)} {
  for (const SharedStretch& stretch : stretches) count_windows(stretch);
}

void SoundDifference::count_windows(const SharedStretch& stretch) {
  const Tick offset = stretch.offset;
  for (int tick = stretch.first.value; tick + kWindowTicks <= stretch.last.value;
       tick += kWindowTicks) {
    windows_.push_back(
        {share_in_window(a_, tick, [&](const Peak& p) { return is_only_in_a(p, offset); }),
         share_in_window(b_, tick - offset.value,
                         [&](const Peak& p) { return is_only_in_b(p, offset); })});
  }
}

bool SoundDifference::is_only_in_a(const Peak& peak, Tick offset) const {
  const auto gain = gain_[static_cast<std::size_t>(peak.channel)];
  return gain.has_value() && peak.reach == Reach::kFar &&
         is_missing(b_, peak, (peak.tick - offset).value, peak.level + *gain);
}

bool SoundDifference::is_only_in_b(const Peak& peak, Tick offset) const {
  const auto gain = gain_[static_cast<std::size_t>(peak.channel)];
  return gain.has_value() && peak.reach == Reach::kFar &&
         is_missing(a_, peak, (peak.tick + offset).value, peak.level - *gain);
}

}  // namespace needledrop
