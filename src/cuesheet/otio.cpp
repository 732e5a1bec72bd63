#include "cuesheet/otio.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include <nlohmann/json.hpp>

#include "cuesheet/line_text.h"

namespace needledrop {
namespace {

using Json = nlohmann::ordered_json;

/// 30000/1001 becomes 29.97002997002997: rates near it are other rates to OpenTimelineIO.
Json rational_time(const Timeline& timeline, FrameNumber frames) {
  const Fraction rate = timeline.timebase.rate;
  return {{"OTIO_SCHEMA", "RationalTime.1"},
          {"rate", static_cast<double>(rate.numerator) / rate.denominator},
          {"value", static_cast<double>(frames.value)}};
}

Json time_range(const Timeline& timeline, FrameNumber start, FrameNumber length) {
  return {{"OTIO_SCHEMA", "TimeRange.1"},
          {"start_time", rational_time(timeline, start)},
          {"duration", rational_time(timeline, length)}};
}

/// Colours are words in capitals.
std::string color_of(const TimelineCue& cue) {
  std::string color(to_string(cue.color));
  std::ranges::transform(color, color.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return color;
}

Json marker(const Timeline& timeline, const TimelineCue& cue) {
  return {{"OTIO_SCHEMA", "Marker.2"},
          {"name", on_one_line(cue.name)},
          {"color", color_of(cue)},
          {"comment", on_one_line(cue.note)},
          {"marked_range", time_range(timeline, timeline.start + cue.start, cue.end - cue.start)},
          {"metadata", {{"needledrop", {{"cue", cue.number}}}}}};
}

Json clip(const Timeline& timeline) {
  const Json whole = time_range(timeline, timeline.start, timeline.length);
  Json markers = Json::array();
  for (const TimelineCue& cue : timeline.cues) markers.push_back(marker(timeline, cue));
  return {{"OTIO_SCHEMA", "Clip.2"},
          {"name", on_one_line(timeline.file_name)},
          {"source_range", whole},
          {"effects", Json::array()},
          {"markers", std::move(markers)},
          {"enabled", true},
          {"media_references",
           {{"DEFAULT_MEDIA",
             {{"OTIO_SCHEMA", "ExternalReference.1"},
              {"name", on_one_line(timeline.file_name)},
              {"available_range", whole},
              {"target_url", on_one_line(timeline.file_url)},
              {"metadata", Json::object()}}}}},
          {"active_media_reference_key", "DEFAULT_MEDIA"},
          {"metadata", Json::object()}};
}

Json composition(std::string_view schema, std::string_view name, Json child) {
  return {{"OTIO_SCHEMA", schema},      {"name", name},
          {"source_range", nullptr},    {"effects", Json::array()},
          {"markers", Json::array()},   {"enabled", true},
          {"metadata", Json::object()}, {"children", Json::array({std::move(child)})}};
}

}  // namespace

std::string to_otio(const Timeline& timeline) {
  Json track = composition("Track.1", "episode", clip(timeline));
  track["kind"] = "Video";
  const Json document = {
      {"OTIO_SCHEMA", "Timeline.1"},
      {"name", on_one_line(timeline.title)},
      {"global_start_time", rational_time(timeline, timeline.start)},
      {"tracks", composition("Stack.1", "tracks", std::move(track))},
      {"metadata", {{"needledrop", {{"drop_frame", timeline.timebase.is_drop_frame}}}}}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace needledrop
