#include "fingerprint/peak_picker.h"

#include <algorithm>
#include <cmath>

namespace needledrop {
namespace {

/// out[i] = the greatest of in[i - half, i + half], clipped to the array. Windows grow by doubling,
/// so the cost is the logarithm of the width, in loops that the compiler vectorises.
void greatest_around(std::span<const float> in, int half, std::vector<float>& scratch,
                     std::vector<float>& out) {
  const int n = static_cast<int>(in.size());
  const int width = 2 * half + 1;
  scratch.assign(in.size() + 2 * static_cast<std::size_t>(half), 0.0F);
  std::copy(in.begin(), in.end(), scratch.begin() + half);
  int reached = 1;
  int valid = static_cast<int>(scratch.size());
  while (reached < width) {
    const int step = std::min(reached, width - reached);
    valid -= step;
    float* s = scratch.data();
    for (int i = 0; i < valid; ++i) {
      s[i] = std::max(s[i], s[i + step]);
    }
    reached += step;
  }
  out.assign(scratch.begin(), scratch.begin() + n);
}

float decibels(float power) {
  return 10 * std::log10(std::max(power, 1e-12F));
}

}  // namespace

PeakPicker::PeakPicker(Channel channel, Reach least, std::vector<Peak>& peaks)
    : channel_(channel), least_(least), peaks_(peaks), rows_(kKept) {}

void PeakPicker::on_column(std::span<const float> power) {
  Row& row = rows_[columns_ % kKept];
  row.power.assign(power.begin(), power.end());
  std::vector<float> scratch;
  for (std::size_t box = 0; box < kPeakBoxes.size(); ++box) {
    greatest_around(power, kPeakBoxes[box].bins, scratch, row.greatest[box]);
  }
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
  const Row& here = row(tick);
  const auto least_box = static_cast<std::size_t>(least_);
  const auto& greatest = here.greatest[least_box];
  for (int bin = kFirstBin; bin < kLastBin; ++bin) {
    if (here.power[bin] < greatest[bin] || here.power[bin] < kFloorPower ||
        !is_peak_within(tick, bin, least_box)) {
      continue;
    }
    auto box = least_box;
    while (box + 1 < kPeakBoxes.size() && is_peak_within(tick, bin, box + 1)) {
      ++box;
    }
    peaks_.push_back(measure(tick, bin, static_cast<Reach>(box)));
  }
}

/// Of equal cells the first by (tick, bin) is the peak.
bool PeakPicker::is_peak_within(int tick, int bin, std::size_t box) const {
  const auto& column = row(tick).power;
  const float power = column[bin];
  const auto first_in_box = column.begin() + std::max(0, bin - kPeakBoxes[box].bins);
  if (power < row(tick).greatest[box][bin] ||
      std::find(first_in_box, column.begin() + bin, power) != column.begin() + bin) {
    return false;
  }
  const int first = std::max(0, tick - kPeakBoxes[box].ticks);
  const int last = std::min(columns_ - 1, tick + kPeakBoxes[box].ticks);
  for (int t = first; t < tick; ++t) {
    if (row(t).greatest[box][bin] >= power) return false;
  }
  for (int t = tick + 1; t <= last; ++t) {
    if (row(t).greatest[box][bin] > power) return false;
  }
  return true;
}

/// Frequency by a parabola through the decibels of the three bins around the maximum (Smith &
/// Serra, PARSHL 1987).
Peak PeakPicker::measure(int tick, int bin, Reach reach) const {
  const auto& power = row(tick).power;
  const float left = decibels(power[bin - 1]);
  const float centre = decibels(power[bin]);
  const float right = decibels(power[bin + 1]);
  const float curve = left - 2 * centre + right;
  const float shift = curve < 0 ? std::clamp(0.5F * (left - right) / curve, -0.5F, 0.5F) : 0.0F;
  Peak peak;
  peak.tick = Tick(tick);
  peak.frequency =
      static_cast<std::uint16_t>(std::lround((static_cast<float>(bin) + shift) * kBinFractions));
  peak.level = static_cast<std::uint8_t>(std::clamp(std::lround(2 * (centre + 120)), 0L, 255L));
  peak.channel = channel_;
  peak.reach = reach;
  return peak;
}

}  // namespace needledrop
