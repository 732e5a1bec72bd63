#pragma once

#include <cstddef>
#include <span>

#include "fingerprint/peak.h"
#include "spotting/peak_grid.h"

namespace needledrop {

/// A place of a recurrence, with the peaks of its episode. Borrows the grid.
struct ExcerptPlace {
  const PeakGrid& episode;
  int first = 0;  // ticks of the episode
  int last = 0;
  int position = 0;  // of `first`, in the recurrence's own ticks
};

/// The recurrence's music as a recording would hold it, over the span of `places[best]`: its peaks,
/// of any reach, that another place shows at the same position, for they are the music's, whoever
/// talks over it; and where no other place reaches, all its far-reaching ones. Of 126 places of
/// recurrences of the development half that were left out in turn, such an excerpt of the others
/// finds 114, the best place's far-reaching peaks alone 108. (Both together would find 116, but
/// keep the words, and are found wherever these are said again.) It begins up to half a second
/// before the span, so that the level curve fits. Requires best < places.size().
PeakList excerpt_of(std::span<const ExcerptPlace> places, std::size_t best);

}  // namespace needledrop
