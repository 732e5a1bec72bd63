#pragma once

#include <cstdint>
#include <optional>

#include "base/units.h"
#include "media/ffmpeg_handles.h"

namespace needledrop {

/// What a stamp of a container's clock is in microseconds; nothing for none, and for one that no
/// clock says (beyond some 36,000 years): differences of two don't overflow.
std::optional<std::int64_t> microseconds_of(std::int64_t stamp, AVRational time_base);

/// The time of a stamp, counted from `origin` in microseconds: to the nearest millisecond, halves
/// up, so that containers that round to milliseconds and those that don't agree. Stamps that no
/// clock says become the nearest that one does.
Milliseconds time_of_stamp(std::int64_t stamp, AVRational time_base, std::int64_t origin);

}  // namespace needledrop
