#include "fingerprint/texture_meter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "fingerprint/level_meter.h"
#include "fingerprint/peak_picker.h"

namespace needledrop {
namespace {

/// The bands' first bins, and the end of the last.
constexpr std::array<int, Texture::kBands + 1> kEdges = {5, 20, 64, 154, 333, kLastBin};
/// First bin and end of each range.
constexpr std::array<std::array<int, 2>, Texture::kRanges> kRanges = {
    {{5, 20}, {20, 154}, {333, kLastBin}}};
/// A partial is this many times (8 dB) over the mean of kAround bins to either side, less its own:
/// the main lobe of the Hann window. Noise exceeds that in one cell of 400.
constexpr double kProminence = 6;
constexpr int kAround = 12;
constexpr int kLobe = 2;
/// What moves by less from look to look stands still: 1.6 Hz. Of music under speech 5 dB louder,
/// most partials measure within that; a voice's third harmonic glides through it in 20 ms.
constexpr float kStill = 0.2F;
/// Looks without a partial over which it is remembered: a syllable may cover it.
constexpr int kMostMissed = 2;
constexpr int kTunedAge = 2;   // counts for the tuning from this age on
constexpr int kSteadyAge = 3;  // and for the share of power
constexpr double kReferencePitch = 440;

std::size_t age_class(int age) {
  return age < 1 ? 0 : age < 3 ? 1 : age < 6 ? 2 : 3;
}

std::uint8_t byte_of(double value) {
  return static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L));
}

std::array<float, 2> tuning_point(double bin) {
  const double pitch = bin * kAnalysisRate / kWindow / kReferencePitch;
  const double angle = 2 * std::numbers::pi * 12 * std::log2(pitch);
  return {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
}

}  // namespace

TextureMeter::TextureMeter()
    : below_(Transform::kBins + 1), partials_(Transform::kBins), next_(Transform::kBins) {
  for (int i = 0; i <= (kLastBin + 1) * kBinFractions; ++i) {
    circle_.push_back(tuning_point(std::max(1, i) / static_cast<double>(kBinFractions)));
  }
}

void TextureMeter::on_column(std::span<const float> power) {
  if (columns_ % kLookTicks == 0) {
    look(power);
  }
  if (++columns_ % kLevelTicks == 0) {
    end_entry();
  }
}

std::vector<Texture> TextureMeter::finish() {
  if (columns_ % kLevelTicks != 0) {
    end_entry();
  }
  return std::move(textures_);
}

void TextureMeter::look(std::span<const float> power) {
  for (std::size_t bin = 0; bin < power.size(); ++bin) {
    below_[bin + 1] = below_[bin] + static_cast<double>(power[bin]);
  }
  for (std::size_t band = 0; band < Texture::kBands; ++band) {
    sums_.total[band] += power_of(kEdges[band], kEdges[band + 1]);
  }
  const int number = columns_ % kLevelTicks / kLookTicks;
  for (std::size_t range = 0; range < Texture::kRanges; ++range) {
    entry_.levels[range][number] = level_of_power(power_of(kRanges[range][0], kRanges[range][1]));
  }
  find_partials(power);
}

void TextureMeter::find_partials(std::span<const float> power) {
  for (int bin = kEdges.front(); bin < kEdges.back(); ++bin) {
    const float p = power[bin];
    if (p <= power[bin - 1] || p < power[bin + 1] || p < kFloorPower) continue;
    const int first = std::max(0, bin - kAround);
    const int last = bin + kAround + 1;
    const double others = power_of(first, last) - power_of(bin - kLobe, bin + kLobe + 1);
    const int count = last - first - (2 * kLobe + 1);
    if (static_cast<double>(p) * count > kProminence * others) {
      see_partial(power, bin);
    }
  }
  for (int bin = kEdges.front(); bin < kEdges.back(); ++bin) {
    const Partial& old = partials_[bin];
    if (old.frequency > 0 && old.missed < kMostMissed && next_[bin].frequency == 0) {
      next_[bin] = {old.frequency, old.age, old.missed + 1};
    }
    partials_[bin] = {};
  }
  std::swap(partials_, next_);
}

void TextureMeter::see_partial(std::span<const float> power, int bin) {
  const float frequency = static_cast<float>(bin) + peak_shift(power, bin);
  const int age = take_age(frequency, bin);
  next_[bin] = {frequency, age, 0};

  const auto band = static_cast<std::size_t>(
      std::upper_bound(kEdges.begin() + 1, kEdges.end() - 1, bin) - (kEdges.begin() + 1));
  ++sums_.partials[band][age_class(age)];
  if (age >= kSteadyAge) {
    sums_.steady[band] += power_of(bin - 1, bin + 2);
  }
  if (age >= kTunedAge) {
    const auto& point = circle_[std::lround(frequency * kBinFractions)];
    sums_.tuning[0] += static_cast<double>(point[0]);
    sums_.tuning[1] += static_cast<double>(point[1]);
    ++sums_.tuned;
  }
}

/// How long a partial has stood still that is now seen there. What it continues has no other
/// continuation.
int TextureMeter::take_age(float frequency, int bin) {
  int age = 0;
  for (int b = bin - 1; b <= bin + 1; ++b) {
    Partial& old = partials_[b];
    if (old.frequency > 0 && std::abs(old.frequency - frequency) < kStill) {
      age = std::max(age, old.age + 1);
      old = {};
    }
  }
  return age;
}

void TextureMeter::end_entry() {
  for (std::size_t band = 0; band < Texture::kBands; ++band) {
    std::ranges::transform(sums_.partials[band], entry_.partials[band].begin(), byte_of);
    if (sums_.total[band] > 0) {
      entry_.steady[band] = byte_of(255 * sums_.steady[band] / sums_.total[band]);
    }
  }
  for (std::size_t i = 0; i < sums_.tuning.size(); ++i) {
    entry_.tuning[i] = byte_of(128 + 127 * sums_.tuning[i] / std::max(1, sums_.tuned));
  }
  entry_.tuned = byte_of(sums_.tuned);
  textures_.push_back(entry_);
  entry_ = {};
  sums_ = {};
}

}  // namespace needledrop
