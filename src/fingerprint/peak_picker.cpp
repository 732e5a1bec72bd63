#include "fingerprint/peak_picker.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace needledrop {
namespace {

constexpr int kNarrow = kPeakBoxes.front().bins;
constexpr int kWide = kPeakBoxes.back().bins;
constexpr int kPadded = Transform::kBins + 2 * kWide;

/// By value, unlike std::max: that is what the compiler vectorises.
float greater(float a, float b) {
  return a > b ? a : b;
}

/// greatest[kWide + i] = the greatest of power[i - kNarrow, i + kNarrow], 0 outside. Windows grow
/// by doubling, in loops that the compiler vectorises.
void find_greatest(std::span<const float> power, std::vector<float>& greatest) {
  constexpr int kLength = Transform::kBins + 2 * kNarrow;
  std::array<float, kLength> four;
  std::array<float, kLength> padded{};
  std::copy(power.begin(), power.end(), padded.begin() + kNarrow);
  static_assert(kNarrow == 5, "a window of 11 is three of 4 that overlap");
  for (int i = 0; i < kLength - 1; ++i) four[i] = greater(padded[i], padded[i + 1]);
  for (int i = 0; i < kLength - 3; ++i) padded[i] = greater(four[i], four[i + 2]);
  float* out = greatest.data() + kWide;
  for (int i = 0; i < Transform::kBins; ++i) {
    out[i] = greater(greater(padded[i], padded[i + 4]), padded[i + 7]);
  }
}

/// The greatest power within a box's bins, from the narrow maxima; `centre` is the one of its bin.
template <std::size_t kBox>
float greatest_around(const float* centre) {
  constexpr int kBins = kPeakBoxes[kBox].bins;
  static_assert(kBins % kNarrow == 0 && kBins <= 4 * kNarrow && kBins - kNarrow <= kFirstBin);
  if constexpr (kBins == kNarrow) {
    return centre[0];
  } else {
    constexpr int kOuter = kBins - kNarrow;
    float most = greater(centre[-kOuter], centre[kOuter]);
    if constexpr (kOuter > kNarrow) {
      most = greater(most, greater(centre[-kNarrow], centre[kNarrow]));
    }
    return most;
  }
}

float decibels(float power) {
  return 10 / std::numbers::ln10_v<float> * std::log(std::max(power, 1e-12F));
}

}  // namespace

float peak_shift(std::span<const float> power, int bin) {
  const float left = decibels(power[bin - 1]);
  const float centre = decibels(power[bin]);
  const float right = decibels(power[bin + 1]);
  const float curve = left - 2 * centre + right;
  return curve < 0 ? std::clamp(0.5F * (left - right) / curve, -0.5F, 0.5F) : 0.0F;
}

PeakPicker::PeakPicker(Channel channel, Reach least, std::vector<Peak>& peaks)
    : channel_(channel), least_(least), peaks_(peaks), rows_(kKept), nothing_(kPadded) {
  for (Row& row : rows_) {
    row.power.resize(Transform::kBins);
    row.greatest.resize(kPadded);
    row.summits.resize(Transform::kBins);
  }
}

void PeakPicker::on_column(std::span<const float> power) {
  Row& row = rows_[columns_ % kKept];
  std::ranges::copy(power, row.power.begin());
  find_greatest(power, row.greatest);
  row.summits.resize(Transform::kBins);
  std::size_t count = 0;
  for (int bin = kFirstBin; bin < kLastBin; ++bin) {
    row.summits[count] = static_cast<std::int16_t>(bin);
    const float most = greater(row.greatest[kWide + bin], kFloorPower);
    count += power[bin] >= most ? 1 : 0;
  }
  row.summits.resize(count);
  ++columns_;
  if (columns_ > kDelay) {
    pick(columns_ - 1 - kDelay);
  }
}

void PeakPicker::finish() {
  for (int tick = std::max(0, columns_ - kDelay); tick < columns_; ++tick) {
    pick(tick);
  }
}

void PeakPicker::pick(int tick) {
  Surroundings around;
  for (int step = -kDelay; step <= kDelay; ++step) {
    const int t = tick + step;
    const auto& greatest = t < 0 || t >= columns_ ? nothing_ : row(t).greatest;
    around[static_cast<std::size_t>(kDelay + step)] = greatest.data() + kWide;
  }
  const auto& power = row(tick).power;
  for (const int bin : row(tick).summits) {
    if (!is_peak_within<0>(around, power, bin)) continue;
    Reach reach = Reach::kNear;
    if (is_peak_within<1>(around, power, bin)) {
      reach = is_peak_within<2>(around, power, bin) ? Reach::kFar : Reach::kMiddle;
    }
    if (reach >= least_) peaks_.push_back(measure(tick, bin, reach));
  }
}

/// Of equal cells the first by (tick, bin) is the peak. Which row holds something greater can't be
/// foretold, so all are asked without a branch.
template <std::size_t kBox>
bool PeakPicker::is_peak_within(const Surroundings& around, std::span<const float> power, int bin) {
  const float here = power[bin];
  bool is_greatest = greatest_around<kBox>(around[kDelay] + bin) <= here;
  for (int step = 1; step <= kPeakBoxes[kBox].ticks; ++step) {
    is_greatest &= greatest_around<kBox>(around[kDelay - step] + bin) < here;
    is_greatest &= greatest_around<kBox>(around[kDelay + step] + bin) <= here;
  }
  if (!is_greatest) return false;
  const auto first_in_box = power.begin() + std::max(0, bin - kPeakBoxes[kBox].bins);
  return std::find(first_in_box, power.begin() + bin, here) == power.begin() + bin;
}

Peak PeakPicker::measure(int tick, int bin, Reach reach) const {
  const auto& power = row(tick).power;
  const float frequency = (static_cast<float>(bin) + peak_shift(power, bin)) * kBinFractions;
  const float level = 2 * (decibels(power[bin]) + 120);
  Peak peak;
  peak.tick = Tick(tick);
  peak.frequency = static_cast<std::uint16_t>(std::lround(frequency));
  peak.level = static_cast<std::uint8_t>(std::clamp(std::lround(level), 0L, 255L));
  peak.channel = channel_;
  peak.reach = reach;
  return peak;
}

}  // namespace needledrop
