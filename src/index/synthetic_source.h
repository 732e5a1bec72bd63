#pragma once

#include <algorithm>
#include <cstdint>
#include <random>

#include "index/source.h"

namespace needledrop {

/// How dense the made-up sources of tests and benchmarks are.
struct SyntheticDensity {
  std::int32_t ticks = 100;
  std::size_t landmarks = 50;
  std::size_t peaks = 60;
  std::uint32_t hashes = 40;    // landmarks' hashes lie in [0, hashes)
  std::uint32_t hash_step = 1;  // times this
  bool all_far = true;          // every peak's reach is kFar, as in a recording
};

/// A source of random content: the same for the same generator state. Single-threaded.
inline NewSource synthetic_source(SourceId id, SourceKind kind, const SyntheticDensity& density,
                                  std::mt19937& random) {
  const auto below = [&](std::uint32_t bound) {
    return static_cast<std::uint32_t>(std::uint64_t{random()} * bound >> 32);
  };
  const auto tick = [&] {
    return Tick(static_cast<std::int32_t>(below(static_cast<std::uint32_t>(density.ticks))));
  };
  NewSource source;
  source.entry = {.id = id, .kind = kind, .digest = {}, .length = Tick(density.ticks)};
  for (auto& byte : source.entry.digest.bytes) {
    byte = static_cast<std::uint8_t>(below(256));
  }
  source.peaks.length = Tick(density.ticks);
  for (std::size_t i = 0; i < density.peaks && density.ticks > 0; ++i) {
    Peak peak;
    peak.tick = tick();
    peak.frequency = static_cast<std::uint16_t>(160 + below(5'472));
    peak.level = static_cast<std::uint8_t>(90 + below(50) + below(50));
    peak.channel = below(2) == 0 ? Channel::kMid : Channel::kSide;
    peak.reach = density.all_far ? Reach::kFar : static_cast<Reach>(below(3));
    source.peaks.peaks.push_back(peak);
  }
  std::ranges::sort(source.peaks.peaks);
  for (std::int32_t i = 0; i < (density.ticks + 31) / 32; ++i) {
    source.peaks.levels.push_back({static_cast<std::uint8_t>(100 + below(100)),
                                   static_cast<std::uint8_t>(100 + below(100)), 0});
  }
  for (auto& textures : source.peaks.textures) {
    if (kind == SourceKind::kRecording || below(4) == 0) continue;
    textures.resize(source.peaks.levels.size());
    for (Texture& texture : textures) {
      for (auto& partials : texture.partials) partials.fill(static_cast<std::uint8_t>(below(20)));
      texture.tuning = {static_cast<std::uint8_t>(below(256)),
                        static_cast<std::uint8_t>(below(256))};
      texture.tuned = static_cast<std::uint8_t>(below(100));
    }
  }
  if (kind == SourceKind::kRecording && density.ticks > 0) {
    for (std::size_t i = 0; i < density.landmarks; ++i) {
      source.fingerprint.push_back({Hash(below(density.hashes) * density.hash_step), tick()});
    }
  }
  const auto precedes = [](const HashedLandmark& a, const HashedLandmark& b) {
    return a.tick != b.tick ? a.tick < b.tick : a.hash < b.hash;
  };
  std::ranges::sort(source.fingerprint, precedes);
  auto& landmarks = source.fingerprint;
  landmarks.erase(std::unique(landmarks.begin(), landmarks.end()), landmarks.end());
  return source;
}

}  // namespace needledrop
