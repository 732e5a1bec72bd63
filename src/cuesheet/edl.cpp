#include "cuesheet/edl.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "cuesheet/line_text.h"

namespace needledrop {
namespace {

constexpr std::size_t kMostEvents = 999;
constexpr int kMostFramesPerSecond = 99;
constexpr std::array<std::string_view, 2> kChannels{"A", "A2"};

/// What a reel may be called: up to eight letters and digits. AX is what lists call a file.
std::string reel_of(const Timeline& timeline) {
  constexpr std::size_t kLongest = 8;
  std::string reel;
  const std::string name = timeline.file_name.substr(0, timeline.file_name.find_last_of('.'));
  for (const char c : on_one_ascii_line(name)) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 && reel.size() < kLongest) {
      reel += static_cast<char>(std::toupper(byte));
    }
  }
  return reel.empty() ? "AX" : reel;
}

std::string upper_case(std::string_view text) {
  std::string upper(text);
  std::ranges::transform(upper, upper.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return upper;
}

std::string locator(const Timeline& timeline, const TimelineCue& cue) {
  std::string timecode = timecode_in(timeline, cue.start);
  std::ranges::replace(timecode, ';', ':');
  return fmt::format("* LOC: {} {:<7} {}\r\n", timecode, upper_case(to_string(cue.color)),
                     on_one_ascii_line(cue.name));
}

/// Gives each cue the first channel that is free when it starts.
class Channels {
 public:
  std::optional<std::size_t> take(const TimelineCue& cue) {
    for (std::size_t i = 0; i < free_from_.size(); ++i) {
      if (cue.start < free_from_.at(i)) continue;
      free_from_.at(i) = cue.end;
      return i;
    }
    return std::nullopt;
  }

 private:
  std::array<FrameNumber, kChannels.size()> free_from_{};
};

}  // namespace

Result<std::string> to_edl(const Timeline& timeline) {
  const Fraction rate = timeline.timebase.rate;
  if (timeline.cues.size() > kMostEvents) {
    return fail(Error::Kind::kUnsupported,
                fmt::format("an EDL has at most {} events, and there are {} cues", kMostEvents,
                            timeline.cues.size()));
  }
  if (rate.numerator > kMostFramesPerSecond * rate.denominator) {
    return fail(Error::Kind::kUnsupported,
                fmt::format("an EDL can't count {} frames a second", to_string(rate)));
  }
  std::string edl = fmt::format(
      "TITLE: {}\r\nFCM: {}\r\n* FRAME RATE: {}\r\n", on_one_ascii_line(timeline.title),
      timeline.timebase.is_drop_frame ? "DROP FRAME" : "NON-DROP FRAME", to_string(rate));
  const std::string reel = reel_of(timeline);
  Channels channels;
  int event = 0;
  for (const TimelineCue& cue : timeline.cues) {
    if (const auto channel = channels.take(cue)) {
      const std::string start = timecode_in(timeline, cue.start);
      const std::string end = timecode_in(timeline, cue.end);
      edl += fmt::format("{:03}  {:<8} {:<5} C        {} {} {} {}\r\n", ++event, reel,
                         kChannels.at(*channel), start, end, start, end);
      edl += fmt::format("* FROM CLIP NAME: {}\r\n", on_one_ascii_line(timeline.file_name));
    }
    edl += locator(timeline, cue);
    if (!cue.note.empty()) edl += fmt::format("* COMMENT: {}\r\n", on_one_ascii_line(cue.note));
  }
  return edl;
}

}  // namespace needledrop
