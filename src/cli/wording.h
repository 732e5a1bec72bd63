#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/units.h"
#include "catalogue/entities.h"
#include "desk/align_recordings.h"

namespace needledrop {

/// What music is called that no recording of the desk explains.
inline constexpr std::string_view kUnidentified = "unidentified";

/// "4:07.3", "1:04:07.3": a position in an episode.
std::string clock_text(Milliseconds time);
/// What clock_text gives, also with more or fewer decimals, or plain seconds; nothing when it is no
/// such thing, or beyond 1,000 hours.
std::optional<Milliseconds> read_clock(std::string_view text);
/// A whole number from 0 to a million.
std::optional<int> read_count(std::string_view text);
/// "4:07", "1:04:07": a length.
std::string length_text(Milliseconds time);
/// "1 recording", "2 recordings".
std::string counted(std::size_t count, std::string_view noun);
/// "512 B", "1.4 MB".
std::string bytes_text(double bytes);
/// "S01E12", "E12"; "" when there is no number.
std::string episode_mark(const Episode& episode);
/// "PRODUCTION S01E12: TITLE", as much of it as there is.
std::string episode_heading(const Episode& episode, std::string_view production);
/// "Title - Artist".
std::string recording_heading(const Recording& recording);

/// "same sound as 3 Title - Artist; version of 5 Title (instrumental)"; "" when there are none.
std::string related_text(std::span<const RelatedRecording> related);

}  // namespace needledrop
