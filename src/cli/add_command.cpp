#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/progress_line.h"
#include "cli/session.h"
#include "cli/text_width.h"
#include "cli/wording.h"
#include "desk/add_json.h"
#include "desk/add_recordings.h"

namespace needledrop {
namespace {

std::string summary(const AddOutcome& outcome) {
  std::string text = counted(outcome.added.size(), "recording") + " added";
  const auto append = [&](std::size_t count, std::string_view what) {
    if (count > 0) text += fmt::format(", {} {}", count, what);
  };
  append(outcome.updated.size(), "updated");
  append(outcome.unchanged.size(), "unchanged");
  append(outcome.failed.size(), "failed");
  return text + "\n";
}

bool is_empty(const AddOutcome& outcome) {
  return outcome.added.empty() && outcome.updated.empty() && outcome.unchanged.empty() &&
         outcome.failed.empty();
}

int report(const Session& session, const AddOutcome& outcome) {
  for (const InputWarning& warning : outcome.warnings) {
    session.console.complain(warning.path, warning.text);
  }
  int code = kExitDone;
  for (const InputFailure& failure : outcome.failed) {
    complain(session, failure.error, failure.path);
    code = graver_exit_code(code, exit_code_of_input(failure.error.kind));
  }
  if (outcome.ended_by.has_value()) {
    complain(session, *outcome.ended_by);
    code = graver_exit_code(code, exit_code(outcome.ended_by->kind));
  } else if (is_empty(outcome)) {
    session.console.complain("", "no media files there; nothing was added");
  }
  session.console.print(session.json ? add_json(outcome) : summary(outcome));
  return code;
}

}  // namespace

int run_command(const Session& session, const AddArguments& arguments) {
  auto desk = session.open_desk(Desk::Purpose::kCreate);
  if (!desk.has_value()) return end_with(session, desk.error());
  ProgressLine line(session.console);
  AddOptions options;
  options.production = arguments.production;
  options.album = arguments.album;
  options.version = arguments.version;
  options.threads = session.threads;
  options.stop = session.stop;
  options.progress = [&](const Progress& progress) { line.show(progress); };
  options.added = [&](const AddedFile& added) {
    if (session.json) return;
    session.console.print(fmt::format("added {:>4}  {}  ({})\n", added.recording.id.value,
                                      printable(recording_heading(added.recording)),
                                      length_text(added.recording.duration)));
    if (!added.related.empty()) {
      session.console.print(
          fmt::format("            {}\n", printable(related_text(added.related))));
    }
    session.console.flush();
  };
  return report(session, add_recordings(*desk, arguments.paths, options));
}

}  // namespace needledrop
