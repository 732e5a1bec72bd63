#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace needledrop {

/// How many bytes of sound a wave file (RIFF, RF64, BW64) says it holds, whether or not they are
/// there; nothing when it doesn't say (written as a stream) or is no wave file. Looks at no more
/// than 64 chunks.
std::optional<std::uint64_t> read_wave_sound_bytes(const std::string& path);

}  // namespace needledrop
