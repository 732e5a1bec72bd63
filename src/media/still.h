#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "base/units.h"

namespace needledrop {

/// A small picture for people to recognise a shot by.
struct StillOptions {
  int width = 320;  // of the upright picture in its own shape, in square pixels
  std::stop_token stop;
};

/// Gives out a still as the bytes of a JPEG: which of the times it is for, and the bytes. False
/// ends the work.
using StillSink = std::function<bool(std::size_t, std::string)>;

/// The pictures shown at `times`, ascending, of a file's first stream of pictures: of each, the
/// last one shown at or before it, where there is none the first. Times are those of
/// decode_picture. Goes from time to time by seeking where the format's clock does not begin anew
/// on the way, else in one pass. High dynamic range is not mapped: it looks pale. A time beyond the
/// end gives the last picture. Errors: as decode_picture.
Result<void> make_stills(const std::string& path, std::span<const Milliseconds> times,
                         const StillOptions& options, const StillSink& sink);

}  // namespace needledrop
