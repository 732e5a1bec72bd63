#include "fingerprint/level_meter.h"

#include <algorithm>
#include <cmath>

#include "fingerprint/parameters.h"

namespace needledrop {
namespace {

constexpr int kEntrySamples = kLevelTicks * kHop;

/// One by one onto the running sum, so that the order of additions does not depend on the blocks.
void add_energy(std::span<const float> samples, double& sum) {
  for (float sample : samples) {
    sum += static_cast<double>(sample) * static_cast<double>(sample);
  }
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
        add_energy(parts[i].subspan(at, count), energy_[i]);
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
  levels_.push_back({level_of_power(energy_[0] / kEntrySamples),
                     level_of_power(energy_[1] / kEntrySamples),
                     level_of_power(energy_[2] / kEntrySamples)});
  energy_ = {};
  samples_ = 0;
}

}  // namespace needledrop
