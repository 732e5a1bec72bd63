#pragma once

#include <array>

#include "spotting/music_features.h"

/// What music activity has learned. Written by eval/fit_activity.py: a logistic regression on 306
/// minutes that eval/activity_set.py and eval/corpus.py made of the development half's recordings
/// and voices.

namespace needledrop {

/// Entries to either side over which features are smoothed, for each row of the weights.
inline constexpr std::array<int, 2> kMusicRadii = {0, 2};
inline constexpr double kMusicBias = -8.4713;
inline constexpr std::array<MusicFeatures, 2> kMusicWeights = {
    {{{0.1199F,  0.03774F,  0.2009F,  0.201F,   -0.03784F, -0.003825F, 0.2164F,  0.1539F,
       0.03013F, 0.1306F,   0.2382F,  0.2523F,  -0.05649F, 0.1083F,    0.2069F,  0.04246F,
       0.03704F, 0.03154F,  0.0195F,  0.08567F, -0.4478F,  -1.446F,    -1.492F,  -1.127F,
       -1.937F,  -0.1608F,  -0.5504F, 0.07351F, 0.3941F,   -0.02666F,  -0.8131F, -0.03767F,
       0.05662F, -0.01171F, 0.3546F,  0.05828F}},
     {{0.9274F,  0.5621F, 0.696F,   0.2625F, 0.6604F,   -0.1789F, 1.129F,   0.7672F, 0.3127F,
       0.09963F, 0.2117F, 1.048F,   -0.761F, -0.08997F, 0.541F,   0.02796F, 0.7593F, -0.2325F,
       -0.1994F, 1.115F,  -2.827F,  -9.114F, -12.89F,   -1.265F,  -17.63F,  1.116F,  3.677F,
       0.7671F,  2.357F,  -0.2847F, 4.01F,   -0.258F,   4.625F,   -0.1869F, 0.3176F, 0.2587F}}}};

}  // namespace needledrop
