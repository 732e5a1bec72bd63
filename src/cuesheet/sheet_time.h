#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/timecode.h"
#include "base/units.h"

namespace needledrop {

/// How the times of a sheet that somebody else made are to be read.
struct SheetClock {
  std::optional<Timebase> timebase;  // of HH:MM:SS:FF; nothing: such times are errors
  std::string start_timecode;        // of the programme's first frame; "" 00:00:00:00
  bool is_assumed = false;  // nobody has said the timebase: what the sheet says goes before it
};

/// A time or length as sheets have it: "1:02:03", "4:07", "4:07.5", "4'07\"", "4m07s", "2h",
/// "247.5" (seconds), and timecode with frames. Minutes before seconds may go beyond 59.
/// kInvalidArgument with the text. The programme's start is taken off timecode that is later; a
/// length has none.
Result<Milliseconds> read_sheet_time(std::string_view text, const SheetClock& clock,
                                     bool is_length);

/// Is it timecode, HH:MM:SS:FF?
bool counts_frames(std::string_view text);

/// When the programme starts on a clock that shows its timecode without frames; 0 where that is not
/// known.
Milliseconds start_on_clock(const SheetClock& clock);
/// A time on such a clock as one of the programme. Timecode that drops no numbers is slower than
/// the clock at 29.97 frames a second, and the like.
Milliseconds from_start(Milliseconds time, const SheetClock& clock);

/// A frame of the programme, of a timecode of its master.
Result<FrameNumber> programme_frame(std::string_view timecode, const Timebase& timebase,
                                    const std::string& start_timecode);

}  // namespace needledrop
