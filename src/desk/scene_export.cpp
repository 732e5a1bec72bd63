#include "desk/scene_export.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "cuesheet/clock_text.h"
#include "cuesheet/line_text.h"

namespace needledrop {
namespace {

/// "4. The pier: Main Theme, Snow".
std::string heading(const SceneExport& exported, const Scene& scene) {
  std::string text = fmt::format("{}.", scene.number);
  const std::string_view given = heading(scene);
  if (!given.empty()) text += fmt::format(" {}", given);
  std::string songs;
  for (const Spot& spot : exported.spots) {
    if (scenes_at(std::span(&scene, 1), spot.span).empty()) continue;
    const auto recording = std::ranges::find(exported.recordings, spot.recording, &Recording::id);
    if (recording == exported.recordings.end()) continue;
    songs += songs.empty() ? recording->title : ", " + recording->title;
  }
  if (songs.empty()) return text;
  return text + (given.empty() ? " " : ": ") + songs;
}

/// Text of a WebVTT cue: one line, without what would be markup.
std::string webvtt_text(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '\n':
      case '\r':
        result += ' ';
        break;
      default:
        result += c;
    }
  }
  return result;
}

}  // namespace

std::string scenes_as_webvtt(const SceneExport& scenes) {
  std::string text = "WEBVTT\n";
  for (const Scene& scene : scenes.part.scenes) {
    text += fmt::format("\n{}\n{} --> {}\n{}\n", scene.number, clock_time(scene.span.start),
                        clock_time(scene.span.end), webvtt_text(heading(scenes, scene)));
  }
  return text;
}

std::string scenes_as_ffmetadata(const SceneExport& scenes) {
  std::string text = ";FFMETADATA1\n";
  if (!scenes.episode.title.empty()) {
    text += fmt::format("title={}\n", in_ffmetadata(scenes.episode.title));
  }
  if (!scenes.production.empty()) {
    text += fmt::format("show={}\n", in_ffmetadata(scenes.production));
  }
  for (const Scene& scene : scenes.part.scenes) {
    text += fmt::format("[CHAPTER]\nTIMEBASE=1/1000\nSTART={}\nEND={}\ntitle={}\n",
                        scene.span.start.count(), scene.span.end.count(),
                        in_ffmetadata(heading(scenes, scene)));
  }
  return text;
}

}  // namespace needledrop
