#include "cli/scenes_report.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/table.h"
#include "cli/wording.h"
#include "desk/dialogue_over.h"
#include "desk/episode_scenes.h"

namespace needledrop {
namespace {

using Align = Table::Align;

/// What is heard, whatever it is.
struct Heard {
  Span span;
  std::string title;
};

std::vector<Heard> all_heard(const ScenesContent& content) {
  std::vector<Heard> heard;
  for (const Spot& spot : content.spots) {
    const auto found = std::ranges::find(content.recordings, spot.recording, &Recording::id);
    heard.push_back({spot.span, found == content.recordings.end()
                                    ? fmt::format("recording {} (removed)", spot.recording.value)
                                    : recording_heading(*found)});
  }
  for (const MusicSpan& music : content.unidentified) {
    heard.push_back({music.span, std::string(kUnidentified) + " music"});
  }
  std::ranges::stable_sort(heard, {}, &Heard::span);
  return heard;
}

/// The scene's title or role, else “the first line that is said in it”.
std::string heading(const ScenesContent& content, const Scene& scene) {
  const std::string_view given = heading(scene);
  if (!given.empty() || content.dialogue == nullptr) return std::string(given);
  const auto first = first_line_in(*content.dialogue, scene.span);
  if (!first.has_value()) return "";
  std::string text = "“" + first->text + "”";
  std::ranges::replace(text, '\n', ' ');
  return text;
}

}  // namespace

std::string scenes_report(const ScenesContent& content, std::size_t width) {
  Table table({{"scene", Align::kRight},
               {"in", Align::kRight},
               {"out", Align::kRight},
               {"length", Align::kRight},
               {"what is heard", Align::kLeft, true}});
  const auto heard = all_heard(content);
  for (const Scene& scene : content.scenes) {
    table.add_row({std::to_string(scene.number) + (scene.is_decided ? "*" : " "),
                   clock_text(scene.span.start), clock_text(scene.span.end),
                   length_text(scene.span.length()), heading(content, scene)});
    for (const Heard& each : heard) {
      if (scenes_at(std::span(&scene, 1), each.span).empty()) continue;
      // Only what of it is in this scene; an arrow where it came from, or goes on to, another.
      const Span within{std::max(each.span.start, scene.span.start),
                        std::min(each.span.end, scene.span.end)};
      table.add_row({"", clock_text(within.start), clock_text(within.end),
                     length_text(within.length()),
                     fmt::format("{}♪ {}{}", each.span.start < scene.span.start ? "→ " : "",
                                 each.title, each.span.end > scene.span.end ? " →" : "")});
    }
  }
  std::string text = table.text(width);
  if (std::ranges::any_of(content.scenes, &Scene::is_decided)) text += "* as you decided\n";
  return text;
}

std::string shots_report(const SeenPicture& picture, std::size_t width) {
  Table table({{"shot", Align::kRight},
               {"in", Align::kRight},
               {"out", Align::kRight},
               {"length", Align::kRight},
               {"begins with", Align::kLeft, true}});
  int number = 0;
  for (const Shot& shot : picture.shots) {
    const auto transition =
        std::ranges::find(picture.transitions, shot.span.start, &Transition::time);
    table.add_row(
        {std::to_string(++number), clock_text(shot.span.start), clock_text(shot.span.end),
         fmt::format("{:.1f}", static_cast<double>(shot.span.length().count()) / 1'000),
         transition == picture.transitions.end() ? "" : std::string(to_string(transition->kind))});
  }
  return table.text(width);
}

}  // namespace needledrop
