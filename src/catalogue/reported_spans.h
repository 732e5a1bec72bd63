#pragma once

#include <span>
#include <vector>

#include "base/units.h"
#include "spotting/spot.h"

namespace needledrop {

/// The spans in which any of the spots is heard: in order, apart from each other, none empty. Spots
/// of the same moment count once, so that music time can't exceed the programme's. Pure.
std::vector<Span> music_spans(std::span<const Spot> spots);

/// How long the spans are together.
Milliseconds total_length(std::span<const Span> spans);

}  // namespace needledrop
