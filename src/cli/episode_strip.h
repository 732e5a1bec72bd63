#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/units.h"
#include "catalogue/entities.h"
#include "spotting/spot.h"

namespace needledrop {

/// The recordings of an episode in the order in which they are first heard: number n in the legend
/// is entry n - 1.
std::vector<SourceId> strip_order(std::span<const Spot> spots);

/// The episode as one line of blocks, `width` columns wide with its times at both ends: each
/// recording its colour, or without colour its legend number as a letter; the one that is heard
/// longest in a block wins it. Ends with a newline.
std::string episode_strip(std::span<const Spot> spots, Milliseconds duration, std::size_t width,
                          bool has_colour);

/// One line for each recording on the strip: its sign, title and how long it is heard.
std::string strip_legend(std::span<const Spot> spots, std::span<const Recording> recordings,
                         std::size_t width, bool has_colour);

}  // namespace needledrop
