#include "cuesheet/timeline_maker.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "cuesheet/sheet_part.h"
#include "cuesheet/sheet_text.h"

namespace needledrop {
namespace {

/// A file's name as a URL beside the document (RFC 3986): what is not unreserved is escaped, byte
/// by byte.
std::string url_of(const std::string& name) {
  std::string url;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain =
        byte < 0x80 &&
        (std::isalnum(byte) != 0 || std::string_view("-._~").find(c) != std::string_view::npos);
    url += is_plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return url;
}

MarkerColor color_of(const SheetCue& cue) {
  switch (cue.function) {
    case CueFunction::kBackground:
      return MarkerColor::kBlue;
    case CueFunction::kFeatured:
      return MarkerColor::kGreen;
    case CueFunction::kOpeningTheme:
    case CueFunction::kClosingTheme:
    case CueFunction::kSegmentTheme:
      return MarkerColor::kMagenta;
    case CueFunction::kLogo:
    case CueFunction::kBumper:
      return MarkerColor::kCyan;
    case CueFunction::kTrailer:
      return MarkerColor::kYellow;
    default:
      return MarkerColor::kWhite;
  }
}

Result<Timebase> timebase_of(const SheetPart& part, const TimelineOptions& options,
                             const std::string& start) {
  const Fraction rate = options.rate.value_or(part.frame_rate);
  if (rate.numerator == 0) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("{}: its frame rate is not known, and the format counts frames; pass "
                            "--frame-rate 25, 29.97 or 30000/1001",
                            part.file));
  }
  return make_timebase(rate, options.drop_frame.value_or(says_drop_frame(start)));
}

void add_cue(const SheetCue& cue, Timeline& timeline) {
  for (const Span& span : cue.heard) {
    TimelineCue made;
    made.number = cue.number;
    made.start = nearest_frame(span.start, timeline.timebase.rate);
    made.end =
        std::max(nearest_frame(span.end, timeline.timebase.rate), made.start + FrameNumber(1));
    made.name = cue_name(cue);
    made.note = cue_note(cue);
    made.color = color_of(cue);
    timeline.cues.push_back(std::move(made));
  }
}

}  // namespace

Result<Timeline> make_timeline(const CueSheet& sheet, const TimelineOptions& options) {
  ND_TRY_ASSIGN(const SheetPart part, find_part(sheet, options.part));
  const std::string start = !options.start_timecode.empty()
                                ? options.start_timecode
                                : part.start_timecode.value_or("00:00:00:00");
  Timeline timeline;
  ND_TRY_ASSIGN(timeline.timebase, timebase_of(part, options, start));
  ND_TRY_ASSIGN(timeline.start, parse_timecode(start, timeline.timebase));
  timeline.title = sheet_title(sheet.header);
  timeline.file_name = part.file;
  timeline.file_url = url_of(part.file);
  timeline.length = nearest_frame(part.duration, timeline.timebase.rate);
  for (const SheetCue* cue : cues_in(sheet, part)) add_cue(*cue, timeline);
  std::ranges::stable_sort(timeline.cues, {}, &TimelineCue::start);
  return timeline;
}

}  // namespace needledrop
