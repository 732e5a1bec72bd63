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

/// What a strip shows; borrowed.
struct StripContent {
  std::span<const Spot> spots;
  std::span<const MusicSpan> unidentified;
  Milliseconds duration{0};
};

/// The episode as one line of blocks, `width` columns wide with its times at both ends: each
/// recording its colour, or without colour its legend number as a letter; the one that is heard
/// longest in a block wins it. A block without any is hatched where unidentified music is heard.
/// Ends with a newline.
std::string episode_strip(const StripContent& content, std::size_t width, bool has_colour);

/// One line for each recording on the strip: its sign, title and how long it is heard; at the end
/// one for the unidentified music, if there is any.
std::string strip_legend(const StripContent& content, std::span<const Recording> recordings,
                         std::size_t width, bool has_colour);

}  // namespace needledrop
