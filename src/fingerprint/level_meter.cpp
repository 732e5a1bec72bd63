#include "fingerprint/level_meter.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "fingerprint/parameters.h"

namespace needledrop {
namespace {

constexpr int kEntrySamples = kLevelTicks * kHop;

/// Each sample onto the sum of its place in the entry, so that the order of additions does not
/// depend on the blocks. `place` is that of the first sample.
void add_energy(std::span<const float> samples, int place, LevelMeter::Sums& sums) {
  constexpr int kSums = static_cast<int>(std::tuple_size_v<LevelMeter::Sums>);
  const auto add = [&](std::size_t i) {
    const auto sample = static_cast<double>(samples[i]);
    sums[(static_cast<std::size_t>(place) + i) % kSums] += sample * sample;
  };
  std::size_t i = 0;
  for (; i < samples.size() && (static_cast<std::size_t>(place) + i) % kSums != 0; ++i) add(i);
  LevelMeter::Sums local = sums;
  for (; i + kSums <= samples.size(); i += kSums) {
    for (std::size_t lane = 0; lane < kSums; ++lane) {
      const auto sample = static_cast<double>(samples[i + lane]);
      local[lane] += sample * sample;
    }
  }
  sums = local;
  for (; i < samples.size(); ++i) add(i);
}

/// Mean square over an entry.
double mean_of(const LevelMeter::Sums& sums) {
  return std::accumulate(sums.begin(), sums.end(), 0.0) / kEntrySamples;
}

}  // namespace

std::uint8_t level_of_power(double power) {
  const double decibels = 10 * std::log10(std::max(power, 1e-12));
  return static_cast<std::uint8_t>(std::clamp(std::lround(2 * (decibels + 120)), 0L, 255L));
}

double power_of_level(std::uint8_t level) {
  return level == 0 ? 0 : std::pow(10, (level / 2.0 - 120) / 10);
}

void LevelMeter::on_block(const Block& block) {
  std::size_t at = 0;
  while (at < block.mid.size()) {
    const auto count = std::min<std::size_t>(block.mid.size() - at, kEntrySamples - samples_);
    const std::array<std::span<const float>, 3> parts = {block.mid, block.side, block.rest};
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (!parts[i].empty()) {
        add_energy(parts[i].subspan(at, count), samples_, energy_[i]);
      }
    }
    samples_ += static_cast<int>(count);
    at += count;
    if (samples_ == kEntrySamples) {
      end_entry();
    }
  }
}

std::vector<Level> LevelMeter::finish() {
  if (samples_ > 0) {
    end_entry();
  }
  return std::move(levels_);
}

void LevelMeter::end_entry() {
  levels_.push_back({level_of_power(mean_of(energy_[0])), level_of_power(mean_of(energy_[1])),
                     level_of_power(mean_of(energy_[2]))});
  energy_ = {};
  samples_ = 0;
}

}  // namespace needledrop
