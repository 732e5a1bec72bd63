#pragma once

#include <optional>
#include <string>

#include "base/units.h"
#include "media/container.h"
#include "media/media_file.h"

namespace needledrop {

/// The length that the container states; 0 when it states none (an estimate from the bit rate,
/// which may be far off, is none).
Milliseconds stated_duration(const Container& container);

/// How long the sound of one stream should be, from time 0 to its end, when the container promises
/// that independently of what is there; nothing otherwise. `tolerance` is how much less is normal:
/// 250 ms (padding, rounding); 5 s where the promise may be the picture's.
struct Promise {
  Milliseconds duration{0};
  Milliseconds tolerance{0};
};
std::optional<Promise> promised_sound(const Container& container, std::size_t stream);

/// Of the picture; 0/1 without one or when it makes no sense.
FrameRate picture_rate(const Container& container);

/// HH:MM:SS:FF, with ";" before the frames for drop frame, from tmcd, MXF, or a broadcast wave's
/// time reference. The latter counts samples from midnight: where no frame rate is known it gives a
/// timecode only when it falls on a whole second.
std::optional<std::string> read_start_timecode(const Container& container);

}  // namespace needledrop
