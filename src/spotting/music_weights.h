#pragma once

#include <array>

#include "spotting/music_features.h"

/// What music activity has learned. Written by eval/fit_activity.py: a logistic regression on 97
/// minutes that eval/activity_set.py and eval/corpus.py made of the development half's recordings
/// and voices.

namespace needledrop {

/// Entries to either side over which features are smoothed, for each row of the weights.
inline constexpr std::array<int, 2> kMusicRadii = {0, 2};
inline constexpr double kMusicBias = -7.7328;
inline constexpr std::array<MusicFeatures, 2> kMusicWeights = {
    {{{0.1401F,  0.06487F,   0.2053F,  0.4035F,   -0.05706F,  0.04804F,   0.2806F,  0.3141F,
       0.04019F, 0.06767F,   0.2298F,  0.5379F,   -0.1738F,   0.07329F,   0.2265F,  0.04544F,
       0.339F,   -0.006056F, 0.1069F,  0.09193F,  -0.4983F,   -1.517F,    -2.057F,  -0.9322F,
       -0.3969F, 0.2432F,    -0.3854F, 0.03275F,  0.6569F,    -0.007948F, 0.01066F, -0.4073F,
       0.0398F,  -0.0626F,   0.0744F,  0.002271F, -0.006661F, 0.3302F,    0.04558F}},
     {{0.7382F,  0.7523F,   0.1587F,  0.1594F, -0.05595F, 0.2965F,  1.132F,    0.7759F,
       -0.1276F, 0.05507F,  0.574F,   0.5829F, -0.2958F,  0.2388F,  0.1966F,   0.4158F,
       0.8617F,  -0.04514F, -0.2562F, 0.3744F, -1.532F,   -3.929F,  -9.05F,    -6.632F,
       -3.751F,  -0.5389F,  4.578F,   0.2223F, 4.889F,    -0.5525F, -0.07552F, -0.6361F,
       0.3838F,  -0.2673F,  3.378F,   0.1048F, -0.1386F,  0.1632F,  0.2315F}}}};

}  // namespace needledrop
