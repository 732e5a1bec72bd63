#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <span>
#include <vector>

#include "fingerprint/column.h"
#include "fingerprint/fingerprinter.h"
#include "fingerprint/parameters.h"

/// Made-up sounds, spectra and peak lists for the tests of this folder. The same seed gives the
/// same content.
namespace needledrop::test {

using Samples = std::vector<float>;
/// power[tick][bin], Transform::kBins bins a tick.
using Spectrogram = std::vector<std::vector<float>>;

/// A generator whose numbers do not depend on the standard library.
class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  /// In [0, bound).
  int below(int bound) {
    return static_cast<int>(std::uint64_t{engine_()} * static_cast<std::uint64_t>(bound) >> 32);
  }
  /// In [low, high].
  int within(int low, int high) { return low + below(high - low + 1); }
  /// In [0, 1).
  double share() { return static_cast<double>(engine_()) / 4294967296.0; }

 private:
  std::mt19937 engine_;
};

inline Samples sinusoid(double bin, double amplitude, std::size_t count, double phase = 0) {
  Samples samples(count);
  for (std::size_t i = 0; i < count; ++i) {
    samples[i] = static_cast<float>(
        amplitude *
        std::sin(2 * std::numbers::pi * bin * static_cast<double>(i) / kWindow + phase));
  }
  return samples;
}

inline Samples noise(double amplitude, std::size_t count, std::uint32_t seed) {
  Random random(seed);
  Samples samples(count);
  for (float& sample : samples) {
    sample = static_cast<float>(amplitude * (2 * random.share() - 1));
  }
  return samples;
}

/// Notes that begin and die away at random, over a little noise: it has peaks of every reach.
inline Samples melody(std::size_t count, std::uint32_t seed) {
  Random random(seed);
  Samples samples = noise(0.002, count, seed + 1);
  const std::size_t notes = count * 20 / kAnalysisRate + 1;
  for (std::size_t note = 0; note < notes; ++note) {
    const auto start = static_cast<std::size_t>(random.share() * static_cast<double>(count));
    const double bin = 25 + 600 * random.share();
    const double amplitude = 0.02 + 0.1 * random.share();
    for (std::size_t i = 0; i < 4'000 && start + i < count; ++i) {
      const auto time = static_cast<double>(i);
      samples[start + i] +=
          static_cast<float>(amplitude * std::exp(-time / 1'500) *
                             std::sin(2 * std::numbers::pi * bin * time / kWindow));
    }
  }
  return samples;
}

/// Keeps what it is given.
class ColumnCollector final : public ColumnSink {
 public:
  void on_column(std::span<const float> power) override {
    columns.emplace_back(power.begin(), power.end());
  }
  Spectrogram columns;
};

/// The three channels of a sound; side and rest may be empty.
struct Sound {
  Samples mid;
  Samples side;
  Samples rest;
};

inline std::span<const float> part_of(const Samples& samples, std::size_t first,
                                      std::size_t count) {
  return samples.empty() ? std::span<const float>() : std::span(samples).subspan(first, count);
}

/// Analyses the sound in blocks; `next_size` says how long the next one is.
template <typename NextSize>
PeakList analyse(const Sound& sound, Detail detail, NextSize next_size) {
  Fingerprinter fingerprinter(detail);
  for (std::size_t at = 0; at < sound.mid.size();) {
    const std::size_t count = std::min<std::size_t>(sound.mid.size() - at, next_size());
    fingerprinter.on_block({part_of(sound.mid, at, count), part_of(sound.side, at, count),
                            part_of(sound.rest, at, count)});
    at += count;
  }
  return fingerprinter.finish();
}

/// Analyses the sound in one block.
inline PeakList analyse(const Sound& sound, Detail detail) {
  return analyse(sound, detail, [&] { return sound.mid.size(); });
}

inline Peak peak_at(int tick, int frequency, Channel channel, Reach reach = Reach::kFar) {
  Peak peak;
  peak.tick = Tick(tick);
  peak.frequency = static_cast<std::uint16_t>(frequency);
  peak.level = 200;
  peak.channel = channel;
  peak.reach = reach;
  return peak;
}

/// Far-reaching peaks at random places, `per_second` of them a second and channel.
inline PeakList random_peaks(int ticks, double per_second, std::uint32_t seed) {
  Random random(seed);
  PeakList list;
  list.length = Tick(ticks);
  const auto count = static_cast<int>(2 * per_second * ticks * kTickSeconds);
  for (int i = 0; i < count; ++i) {
    Peak peak;
    peak.tick = Tick(random.below(ticks));
    peak.frequency = static_cast<std::uint16_t>(
        random.within(kFirstBin * kBinFractions, kLastBin * kBinFractions - 1));
    peak.level = static_cast<std::uint8_t>(random.within(100, 220));
    peak.channel = random.below(2) == 0 ? Channel::kMid : Channel::kSide;
    peak.reach = Reach::kFar;
    list.peaks.push_back(peak);
  }
  std::ranges::sort(list.peaks);
  return list;
}

}  // namespace needledrop::test
