#include "fingerprint/texture_meter.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

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

/// below[i] = the sum of the first i powers. By fours, so that one addition does not wait for
/// another at every bin.
void add_up(std::span<const float> power, std::vector<double>& below) {
  std::size_t i = 0;
  double base = 0;
  for (; i + 4 <= power.size(); i += 4) {
    const double a = power[i];
    const double b = a + static_cast<double>(power[i + 1]);
    const double c = power[i + 2];
    const double d = c + static_cast<double>(power[i + 3]);
    below[i + 1] = base + a;
    below[i + 2] = base + b;
    below[i + 3] = base + (b + c);
    base += b + d;
    below[i + 4] = base;
  }
  for (; i < power.size(); ++i) {
    below[i + 1] = below[i] + static_cast<double>(power[i]);
  }
}

}  // namespace

TextureMeter::TextureMeter() : below_(Transform::kBins + 1), maxima_(kEdges.back()) {
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
  add_up(power, below_);
  for (std::size_t band = 0; band < Texture::kBands; ++band) {
    sums_.total[band] += power_of(kEdges[band], kEdges[band + 1]);
  }
  const int number = columns_ % kLevelTicks / kLookTicks;
  for (std::size_t range = 0; range < Texture::kRanges; ++range) {
    entry_.levels[range][number] = level_of_power(power_of(kRanges[range][0], kRanges[range][1]));
  }
  find_maxima(power);
  for (int i = 0; i < maxima_count_; ++i) {
    if (stands_out(power[maxima_[i]], maxima_[i])) {
      see_partial(power, maxima_[i]);
    }
  }
  remember_unseen();
}

/// Without a branch for each bin: a third of noise's bins are maxima, and none can be foretold.
void TextureMeter::find_maxima(std::span<const float> power) {
  const float* p = power.data();
  int count = 0;
  for (int bin = kEdges.front(); bin < kEdges.back(); ++bin) {
    maxima_[count] = bin;
    count += static_cast<int>(p[bin] > p[bin - 1]) & static_cast<int>(p[bin] >= p[bin + 1]) &
             static_cast<int>(p[bin] >= kFloorPower);
  }
  maxima_count_ = count;
}

bool TextureMeter::stands_out(float power, int bin) const {
  const int first = std::max(0, bin - kAround);
  const int last = bin + kAround + 1;
  const double others = power_of(first, last) - power_of(bin - kLobe, bin + kLobe + 1);
  const int count = last - first - (2 * kLobe + 1);
  return static_cast<double>(power) * count > kProminence * others;
}

void TextureMeter::see_partial(std::span<const float> power, int bin) {
  const float frequency = static_cast<float>(bin) + peak_shift(power, bin);
  const int age = take_age(frequency, bin);
  seen_.push_back({bin, frequency, age});

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
/// continuation. Partials are seen by bin.
int TextureMeter::take_age(float frequency, int bin) {
  while (first_near_ < partials_.size() && partials_[first_near_].bin < bin - 1) {
    ++first_near_;
  }
  int age = 0;
  for (std::size_t i = first_near_; i < partials_.size() && partials_[i].bin <= bin + 1; ++i) {
    Partial& old = partials_[i];
    if (!old.is_continued && std::abs(old.frequency - frequency) < kStill) {
      age = std::max(age, old.age + 1);
      old.is_continued = true;
    }
  }
  return age;
}

/// Makes the partials that the next look may continue: those seen, and of the others those not
/// missed for long whose bin is free.
void TextureMeter::remember_unseen() {
  merged_.clear();
  auto seen = seen_.begin();
  for (const Partial& old : partials_) {
    if (old.is_continued || old.missed == kMostMissed) continue;
    while (seen != seen_.end() && seen->bin < old.bin) merged_.push_back(*seen++);
    if (seen != seen_.end() && seen->bin == old.bin) continue;
    merged_.push_back({old.bin, old.frequency, old.age, old.missed + 1});
  }
  merged_.insert(merged_.end(), seen, seen_.end());
  std::swap(partials_, merged_);
  seen_.clear();
  first_near_ = 0;
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
