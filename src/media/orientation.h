#pragma once

#include "media/ffmpeg_handles.h"

namespace needledrop {

/// How often a picture of the stream must be turned clockwise by 90 degrees to be upright: 0 to 3.
int quarter_turns(const AVStream& stream);

/// Where a pixel of a plane of `width` x `height` comes to lie when the plane is turned clockwise
/// so often; rows are tightly packed.
int turned_place(int x, int y, int width, int height, int quarter_turns);

}  // namespace needledrop
