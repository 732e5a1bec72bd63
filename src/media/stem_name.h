#pragma once

#include <optional>
#include <string_view>

namespace needledrop {

/// What a stream's name says it holds, from least to most wanted for hearing music.
enum class Stem {
  kAside,            // commentary, description, dialogue or effects alone, a click
  kProgramme,        // nothing said, or the full mix
  kMusicAndEffects,  // M&E, international sound, 국제음
  kMusic,            // the music stem
};

Stem read_stem(std::string_view name);

/// A speaker named by itself, as on the streams of a master: "L", "Left", "Lt", "C", "LFE", "Ls".
enum class Speaker { kLeft, kRight, kCentre, kLowFrequency, kSurround };

std::optional<Speaker> read_speaker(std::string_view name);

}  // namespace needledrop
