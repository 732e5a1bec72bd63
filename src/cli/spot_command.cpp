#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/advice.h"
#include "cli/exit_code.h"
#include "cli/progress_line.h"
#include "cli/scenes_report.h"
#include "cli/session.h"
#include "cli/spot_report.h"
#include "desk/input_files.h"
#include "desk/missing_recordings.h"
#include "desk/spot_json.h"

namespace needledrop {
namespace {

class Spotting {
 public:
  Spotting(const Session& session, Desk& desk, const SpotArguments& arguments)
      : session_(session), desk_(desk), arguments_(arguments), line_(session.console) {
    options_.overrides = arguments.overrides;
    options_.subtitles = arguments.subtitles;
    options_.threads = session.threads;
    options_.stop = session.stop;
    options_.progress = [this](const Progress& progress) { show(progress); };
  }

  int run_files() {
    const InputFiles inputs = find_episode_files(arguments_.paths);
    if (names_one_but_finds_more(inputs)) {
      return end_with(session_, fail(Error::Kind::kInvalidArgument,
                                     fmt::format("--episode, --title and --subtitles name one "
                                                 "episode, but there are {} files",
                                                 inputs.files.size())));
    }
    for (const InputFailure& failure : inputs.failures) refuse(failure.path, failure.error);
    for (const InputFile& file : inputs.files) {
      if (!spot_file(file.path)) break;
    }
    if (inputs.files.empty() && inputs.failures.empty()) {
      session_.console.complain("", "no media files there; nothing was spotted");
    }
    print_document(arguments_.paths.size() == 1 && !inputs.holds_folder);
    return code_;
  }

  int run_stale() {
    std::size_t files = 0;
    const auto done =
        spot_stale(desk_, options_, [&](const EpisodeFile& file, const auto& spotted) {
          ++files;
          if (spotted.has_value()) {
            report(*spotted);
            finish(*spotted);
          } else {
            code_ = graver_exit_code(code_, exit_code(spotted.error().kind));
            complain(session_, spotted.error(), file.path);
            keep(InputFailure{file.path, spotted.error()});
          }
        });
    if (!done.has_value()) {
      complain(session_, done.error());
      code_ = graver_exit_code(code_, exit_code(done.error().kind));
    } else if (files == 0 && !session_.json) {
      session_.console.print("every episode is up to date\n");
    }
    print_document(false);
    return code_;
  }

 private:
  [[nodiscard]] bool names_one_but_finds_more(const InputFiles& inputs) const {
    const EpisodeOverrides& overrides = arguments_.overrides;
    const bool names_one = overrides.number.has_value() || !overrides.title.empty() ||
                           arguments_.subtitles.from == SubtitleWish::From::kFile;
    return names_one && inputs.files.size() > 1;
  }

  void show(const Progress& progress) {
    if (progress.activity != activity_) line_.restart();
    activity_ = progress.activity;
    line_.show(progress);
  }

  /// False when there is no point in going on.
  bool spot_file(const std::string& path) {
    activity_.clear();
    const Stopwatch watch;
    auto analysed = analyse_episode(
        desk_, path, {arguments_.streams, arguments_.overrides, session_.stop, options_.progress});
    if (!analysed.has_value()) {
      refuse(path, analysed.error());
      return analysed.error().kind != Error::Kind::kCancelled;
    }
    auto spotted = spot_analysed(desk_, std::move(*analysed), options_);
    if (!spotted.has_value()) {
      code_ = graver_exit_code(code_, exit_code(spotted.error().kind));
      complain(session_, spotted.error(), path);
      const bool goes_on = spotted.error().kind != Error::Kind::kCancelled;
      keep(InputFailure{path, std::move(spotted.error())});
      return goes_on;
    }
    const auto decode_cpu = spotted->elapsed.decode_cpu;
    report(*spotted);
    const auto with_scenes = add_scenes(desk_, *spotted, arguments_.scenes, options_);
    if (!with_scenes.has_value()) {
      code_ = graver_exit_code(code_, exit_code(with_scenes.error().kind));
      complain(session_, with_scenes.error(), path);
    }
    const auto scenes_cpu = spotted->elapsed.scenes_cpu;
    spotted->elapsed = watch.elapsed();
    spotted->elapsed.decode_cpu = decode_cpu;
    spotted->elapsed.scenes_cpu = scenes_cpu;
    const bool goes_on =
        with_scenes.has_value() || with_scenes.error().kind != Error::Kind::kCancelled;
    finish(std::move(*spotted));
    return goes_on;
  }

  void refuse(const std::string& path, const Error& error) {
    code_ = graver_exit_code(code_, exit_code_of_input(error.kind));
    complain(session_, error, path);
    keep(InputFailure{path, error});
  }

  /// What was heard, as soon as it is known.
  void report(const SpottedEpisode& spotted) {
    warn_of_missing(spotted.missing);
    for (const std::string& warning : spotted.warnings) {
      session_.console.complain(spotted.file.path, warning);
    }
    warned_ = spotted.warnings.size();
    if (spotted.unread_subtitles.has_value()) {
      const auto& [path, error] = *spotted.unread_subtitles;
      code_ = graver_exit_code(code_, exit_code_of_input(error.kind));
      complain(session_, error, path);
    }
    if (spotted.not_stored.has_value()) warn_not_stored(spotted.file.path, *spotted.not_stored);
    if (!session_.json) {
      session_.console.print(is_first_ ? "" : "\n");
      session_.console.print(spot_report(spotted, session_.console.traits()));
      session_.console.flush();
    }
    is_first_ = false;
  }

  /// And what was seen.
  void finish(SpottedEpisode spotted) {
    for (std::size_t i = warned_; i < spotted.warnings.size(); ++i) {
      session_.console.complain(spotted.file.path, spotted.warnings[i]);
    }
    // What has changed is what matters when it is spotted again without its file.
    if (!session_.json && spotted.scenes.has_value() && !arguments_.stale) {
      session_.console.print("\n");
      session_.console.print(scenes_report(
          {spotted.scenes->scenes, spotted.spots, spotted.unidentified, spotted.recordings,
           spotted.dialogue.has_value() ? &*spotted.dialogue : nullptr},
          session_.console.traits().width));
      session_.console.flush();
    }
    keep(std::move(spotted));
  }

  /// Once for all files: they are missing from the desk, not from an episode.
  void warn_of_missing(const std::vector<Recording>& missing) {
    std::string warning = missing_warning(missing);
    if (warning == missing_warning_) return;
    missing_warning_ = std::move(warning);
    if (!missing_warning_.empty()) session_.console.complain("", missing_warning_);
  }

  /// A desk that can't be written to, that another process holds, or that has heard the file
  /// otherwise, costs no more than the storing.
  void warn_not_stored(const std::string& path, const Error& error) {
    const bool is_expected = desk_.is_read_only() || error.kind == Error::Kind::kBusy ||
                             error.kind == Error::Kind::kInvalidArgument;
    if (!is_expected) code_ = graver_exit_code(code_, exit_code(error.kind));
    session_.console.complain(path, "spotted, but not stored: " + advised(error));
  }

  void keep(SpotResult result) {
    if (session_.json) results_.push_back(std::move(result));
  }

  void print_document(bool alone) {
    if (session_.json) {
      session_.console.print(spot_json(results_, alone, arguments_.timings));
    }
  }

  const Session& session_;
  Desk& desk_;
  const SpotArguments& arguments_;
  ProgressLine line_;
  SpotOptions options_;
  std::string activity_;
  std::string missing_warning_;  // the last one shown
  std::vector<SpotResult> results_;
  std::size_t warned_ = 0;  // of the episode's warnings, how many were shown
  bool is_first_ = true;
  int code_ = kExitDone;
};

}  // namespace

int run_command(const Session& session, const SpotArguments& arguments) {
  auto desk = session.open_desk(Desk::Purpose::kUse);
  if (!desk.has_value()) return end_with(session, desk.error());
  // A damaged index is the desk's fault, not that of the first file.
  if (const auto index = desk->index(); !index.has_value()) {
    return end_with(session, index.error());
  }
  Spotting spotting(session, *desk, arguments);
  return arguments.stale ? spotting.run_stale() : spotting.run_files();
}

}  // namespace needledrop
