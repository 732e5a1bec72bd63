#pragma once

#include <array>

#include "spotting/music_features.h"

/// What music activity has learned. Written by eval/fit_activity.py: a logistic regression on 306
/// minutes that eval/activity_set.py and eval/corpus.py made of the development half's recordings
/// and voices.

namespace needledrop {

/// Entries to either side over which features are smoothed, for each row of the weights.
inline constexpr std::array<int, 2> kMusicRadii = {0, 2};
inline constexpr double kMusicBias = -8.8048;
inline constexpr std::array<MusicFeatures, 2> kMusicWeights = {
    {{{0.1174F,  0.03666F,   0.2026F,  0.2035F,  -0.0358F,  -0.00652F, 0.2058F,  0.1453F,
       0.03448F, 0.1273F,    0.235F,   0.2484F,  -0.05479F, 0.1081F,   0.2052F,  0.04117F,
       0.03254F, 0.03136F,   0.01949F, 0.08349F, -0.4889F,  -1.382F,   -1.445F,  -1.096F,
       -1.915F,  -0.1363F,   -0.5563F, 0.07276F, 0.4438F,   -0.02688F, -0.6735F, -0.03709F,
       0.1083F,  -0.009676F, 0.3525F,  0.06106F}},
     {{0.9538F,  0.5423F, 0.7204F,  0.2606F,  0.7126F,  -0.1884F, 1.105F,   0.719F,  0.3628F,
       0.08771F, 0.2032F, 1.002F,   -0.7668F, -0.1055F, 0.5549F,  0.01192F, 0.767F,  -0.234F,
       -0.1986F, 1.101F,  -3.068F,  -8.813F,  -12.54F,  -1.389F,  -17.34F,  0.9771F, 3.893F,
       0.7869F,  2.299F,  -0.2795F, 3.365F,   -0.2558F, 4.187F,   -0.159F,  0.3024F, 0.2573F}}}};

}  // namespace needledrop
