#include "cuesheet/fcpxml.h"

#include <fmt/format.h>

#include "cuesheet/line_text.h"

namespace needledrop {
namespace {

/// "1001/30000s": so many frames as a fraction of a second, never shortened, so that the numerator
/// shows that it is whole frames.
std::string seconds_of(const Timeline& timeline, FrameNumber frames) {
  const Fraction rate = timeline.timebase.rate;
  if (frames.value == 0) return "0s";
  return fmt::format("{}/{}s", frames.value * rate.denominator, rate.numerator);
}

std::string resources(const Timeline& timeline) {
  return fmt::format(
      "  <resources>\n"
      "    <format id=\"r1\" frameDuration=\"{}\"/>\n"
      "    <asset id=\"r2\" name=\"{}\" start=\"{}\" duration=\"{}\" hasVideo=\"1\" format=\"r1\" "
      "hasAudio=\"1\">\n"
      "      <media-rep kind=\"original-media\" src=\"{}\"/>\n"
      "    </asset>\n"
      "  </resources>\n",
      seconds_of(timeline, FrameNumber(1)), in_xml(timeline.file_name),
      seconds_of(timeline, timeline.start), seconds_of(timeline, timeline.length),
      in_xml(timeline.file_url));
}

std::string keywords(const Timeline& timeline) {
  std::string xml;
  for (const TimelineCue& cue : timeline.cues) {
    xml += fmt::format("      <keyword start=\"{}\" duration=\"{}\" value=\"{}\" note=\"{}\"/>\n",
                       seconds_of(timeline, timeline.start + cue.start),
                       seconds_of(timeline, cue.end - cue.start), in_xml(on_one_line(cue.name)),
                       in_xml(on_one_line(cue.note)));
  }
  return xml;
}

std::string markers(const Timeline& timeline) {
  std::string xml;
  for (const TimelineCue& cue : timeline.cues) {
    xml += fmt::format(
        "            <marker start=\"{}\" duration=\"{}\" value=\"{}\" note=\"{}\"/>\n",
        seconds_of(timeline, timeline.start + cue.start), seconds_of(timeline, FrameNumber(1)),
        in_xml(on_one_line(cue.name)), in_xml(on_one_line(cue.note)));
  }
  return xml;
}

}  // namespace

std::string to_fcpxml(const Timeline& timeline) {
  const std::string title = in_xml(on_one_line(timeline.title));
  const std::string name = in_xml(timeline.file_name);
  const std::string start = seconds_of(timeline, timeline.start);
  const std::string length = seconds_of(timeline, timeline.length);
  const std::string format = timeline.timebase.is_drop_frame ? "DF" : "NDF";
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE fcpxml>\n<fcpxml version=\"1.10\">\n";
  xml += resources(timeline);
  xml += fmt::format("  <event name=\"{}\">\n", title);
  xml += fmt::format(
      "    <asset-clip ref=\"r2\" name=\"{}\" start=\"{}\" duration=\"{}\" format=\"r1\" "
      "tcFormat=\"{}\">\n{}    </asset-clip>\n",
      name, start, length, format, keywords(timeline));
  xml += fmt::format("    <project name=\"{}\">\n", title);
  xml += fmt::format(
      "      <sequence format=\"r1\" duration=\"{}\" tcStart=\"{}\" tcFormat=\"{}\">\n"
      "        <spine>\n",
      length, start, format);
  xml += fmt::format(
      "          <asset-clip ref=\"r2\" offset=\"{}\" name=\"{}\" start=\"{}\" duration=\"{}\" "
      "format=\"r1\" tcFormat=\"{}\">\n{}          </asset-clip>\n",
      start, name, start, length, format, markers(timeline));
  xml += "        </spine>\n      </sequence>\n    </project>\n  </event>\n</fcpxml>\n";
  return xml;
}

}  // namespace needledrop
