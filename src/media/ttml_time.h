#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/units.h"

// Private to this folder.

namespace needledrop {

/// How a TTML document counts frames and ticks.
struct TtmlRates {
  double frames = 30;     // a second, the multiplier included
  double sub_frames = 1;  // a frame
  double ticks = 0;       // a second; 0: as many as there are sub-frames

  [[nodiscard]] double ticks_a_second() const { return ticks > 0 ? ticks : frames * sub_frames; }
};

/// A time expression: "HH:MM:SS", "HH:MM:SS.fff", "HH:MM:SS:FF[.SS]", or an offset of h, m, s, ms,
/// f or t ("12.5s", "300f"). Nothing when it is none, or above 1000 hours.
std::optional<Milliseconds> read_ttml_time(std::string_view text, const TtmlRates& rates);

/// "1000 1001", "1000:1001" or "1.5"; nothing when it is no positive number.
std::optional<double> read_ttml_ratio(std::string_view text);

}  // namespace needledrop
