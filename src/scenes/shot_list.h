#pragma once

#include <vector>

#include "scenes/picture_series.h"
#include "scenes/transition.h"

namespace needledrop {

/// The shots between the transitions, without gaps from the first picture to `end`. The still is
/// the sharpest picture of the calmest stretch, away from the shot's edges.
std::vector<Shot> shots_between(const std::vector<Transition>& transitions,
                                const PictureSeries& series, Milliseconds end);

}  // namespace needledrop
