#pragma once

#include <array>
#include <span>
#include <vector>

#include "fingerprint/peak.h"

namespace needledrop {

/// What tells music from other sound in one entry of one channel: see music_features.cpp, where
/// they stand in order.
inline constexpr std::size_t kMusicFeatures = 36;
using MusicFeatures = std::array<float, kMusicFeatures>;

/// The features of every texture. Those that need time take it from around: a beat from 10 s, a
/// tuning from 2.6 and from 9 s.
std::vector<MusicFeatures> music_features(std::span<const Texture> textures);

/// Each entry's mean over itself and `radius` entries to either side, where there are as many.
std::vector<MusicFeatures> smoothed(std::span<const MusicFeatures> features, int radius);

}  // namespace needledrop
