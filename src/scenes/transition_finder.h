#pragma once

#include <vector>

#include "scenes/picture_series.h"
#include "scenes/transition.h"

namespace needledrop {

/// The transitions in a series, by time. Cuts are single changes that stand out from the motion
/// around them, are new all over the picture, and after which nothing comes back; a gradual
/// transition is a stretch whose pictures are mixes of its ends, in shares that run evenly from one
/// to the other. A fade is one to a flat picture, one from it, or both in one. Pure.
std::vector<Transition> find_transitions(const PictureSeries& series);

}  // namespace needledrop
