#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/progress_line.h"
#include "cli/scenes_report.h"
#include "cli/session.h"
#include "cli/text_width.h"
#include "cli/wording.h"
#include "desk/episode_scenes.h"
#include "desk/export_file.h"
#include "desk/scene_export.h"
#include "desk/scenes_json.h"
#include "desk/shot_stills.h"

namespace needledrop {
namespace {

/// Place of the part that is meant; an error says which there are.
Result<std::size_t> part_of(const EpisodeScenes& scenes, std::optional<int> part) {
  if (!part.has_value()) return std::size_t{0};
  for (std::size_t i = 0; i < scenes.parts.size(); ++i) {
    if (scenes.parts[i].file.part.value_or(1) == *part) return i;
  }
  return fail(Error::Kind::kInvalidArgument, fmt::format("there is no part {}; there {} {}", *part,
                                                         scenes.parts.size() == 1 ? "is" : "are",
                                                         counted(scenes.parts.size(), "file")));
}

Error not_looked_at(const FileScenes& part) {
  return fail(Error::Kind::kNotFound,
              fmt::format("{}: no scenes are known: there is no picture, or it was spotted with "
                          "--scenes off; spot it again",
                          printable(part.file.path)));
}

const Dialogue* dialogue_in(const std::optional<Dialogue>& dialogue) {
  return dialogue.has_value() ? &*dialogue : nullptr;
}

void print_table(const Session& session, const EpisodeScenes& scenes,
                 const ScenesArguments& arguments) {
  Console& console = session.console;
  console.print(printable(episode_heading(scenes.episode, scenes.production)) + "\n");
  for (std::size_t i = 0; i < scenes.parts.size(); ++i) {
    const FileScenes& part = scenes.parts[i];
    if (scenes.parts.size() > 1) {
      console.print(
          fmt::format("\npart {}: {}\n", part.file.part.value_or(1), printable(part.file.path)));
    }
    if (!part.picture.has_value()) {
      console.complain("", not_looked_at(part).message);
      continue;
    }
    console.print(scenes_report({part.scenes, scenes.runs[i].spots, scenes.runs[i].unidentified,
                                 scenes.recordings, dialogue_in(scenes.dialogues[i])},
                                console.traits().width));
    if (arguments.shots) {
      console.print("\n" + shots_report(*part.picture, console.traits().width));
    }
  }
}

int write_export(const Session& session, const EpisodeScenes& scenes,
                 const ScenesArguments& arguments, std::size_t part) {
  const SceneExport exported{scenes.episode, scenes.production, scenes.parts[part],
                             scenes.runs[part].spots, scenes.recordings};
  const std::string text =
      arguments.format == "vtt" ? scenes_as_webvtt(exported) : scenes_as_ffmetadata(exported);
  if (arguments.output.empty() || arguments.output == "-") {
    session.console.print(text);
    return kExitDone;
  }
  const auto saved = save_export(session.files, arguments.output, text);
  if (!saved.has_value()) return end_with(session, saved.error());
  if (!session.json) {
    session.console.print(fmt::format("{}: {}\n", printable(arguments.output),
                                      counted(scenes.parts[part].scenes.size(), "scene")));
  }
  return kExitDone;
}

struct Stills {
  std::vector<std::vector<std::string>> files;  // part by part; those that could not be made are ""
  int code = kExitDone;                         // to end with
};

Result<Stills> all_stills(const Session& session, Desk& desk, const EpisodeScenes& scenes) {
  ProgressLine line(session.console);
  Stills all;
  for (const FileScenes& part : scenes.parts) {
    all.files.emplace_back();
    if (!part.picture.has_value()) continue;
    auto stills = shot_stills(desk, part, session.stop,
                              [&](const Progress& progress) { line.show(progress); });
    if (!stills.has_value()) {
      if (stills.error().kind == Error::Kind::kCancelled) return stills.error();
      complain(session, stills.error(), part.file.path);
      all.code = graver_exit_code(all.code, exit_code_of_input(stills.error().kind));
      continue;
    }
    all.files.back() = std::move(*stills);
  }
  return all;
}

int list_scenes(const Session& session, Desk& desk, const EpisodeScenes& scenes,
                const ScenesArguments& arguments) {
  Stills stills;
  if (arguments.stills) {
    auto made = all_stills(session, desk, scenes);
    if (!made.has_value()) return end_with(session, made.error());
    stills = std::move(*made);
  }
  if (session.json) {
    session.console.print(scenes_json(scenes, stills.files));
    return stills.code;
  }
  print_table(session, scenes, arguments);
  std::size_t count = 0;
  for (const auto& of_part : stills.files) {
    count += static_cast<std::size_t>(
        std::ranges::count_if(of_part, [](const std::string& file) { return !file.empty(); }));
  }
  if (arguments.stills) {
    session.console.print(
        fmt::format("{} in {}\n", counted(count, "still"), printable(stills_directory(desk))));
  }
  return stills.code;
}

}  // namespace

int run_command(const Session& session, const ScenesArguments& arguments) {
  auto desk = session.open_desk(arguments.request.has_value() ? Desk::Purpose::kChange
                                                              : Desk::Purpose::kUse);
  if (!desk.has_value()) return end_with(session, desk.error());
  auto scenes = episode_scenes(*desk, arguments.episode);
  if (!scenes.has_value()) return end_with(session, scenes.error());
  const auto part = part_of(*scenes, arguments.part);
  if (!part.has_value()) return end_with(session, part.error());
  const bool needs_scenes = arguments.request.has_value() || !arguments.format.empty();
  if (needs_scenes && !scenes->parts[*part].picture.has_value()) {
    return end_with(session, not_looked_at(scenes->parts[*part]));
  }
  if (arguments.request.has_value()) {
    const auto done = edit_scenes(*desk, scenes->parts[*part], *arguments.request);
    if (!done.has_value()) return end_with(session, done.error());
    scenes = episode_scenes(*desk, arguments.episode);
    if (!scenes.has_value()) return end_with(session, scenes.error());
  }
  if (!arguments.format.empty()) return write_export(session, *scenes, arguments, *part);
  return list_scenes(session, *desk, *scenes, arguments);
}

}  // namespace needledrop
