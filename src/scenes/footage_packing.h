#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "scenes/footage.h"

namespace needledrop {

/// Footage in few bytes: 1 to 2 MB an hour.
///
///     u8      format, 1
///     varint  length of what follows when inflated (zlib)
///     zlib    for each picture:
///       varint  milliseconds since the picture before, twice; plus 1 when it is_new
///       u8 x 576, u8 x 144, u8 x 144
///               luma, blue and red in 64 steps of 4, each less what is expected there (modulo
///               64): the same cell of the picture before; of the first picture and of new ones,
///               the cell to the left, 32 at the left edge
///
/// A varint has seven bits a byte, lowest first; the top bit says that more follow.
std::string pack(const Footage& footage);

/// The inverse, but that each value is the middle of its step. kCorrupt when the bytes are none
/// that pack() makes.
Result<Footage> unpack(std::string_view bytes);

}  // namespace needledrop
