#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "cli/author.h"
#include "cli/changes_report.h"
#include "cli/exit_code.h"
#include "cli/session.h"
#include "cli/text_width.h"
#include "cli/wording.h"
#include "desk/import_file.h"
#include "desk/import_json.h"

namespace needledrop {
namespace {

void complain_of(const Session& session, const std::string& path, std::string_view noun,
                 const std::vector<ImportProblem>& problems, std::size_t count) {
  constexpr std::size_t kMostShown = 50;
  for (std::size_t i = 0; i < std::min(problems.size(), kMostShown); ++i) {
    session.console.complain(path,
                             fmt::format("{}: {}", to_string(problems[i].at), problems[i].text));
  }
  const std::size_t told = std::min(problems.size(), kMostShown);
  if (count > told) {
    session.console.complain(path, fmt::format("and {} more", counted(count - told, noun)));
  }
}

int end_of(const ImportOutcome& outcome) {
  return outcome.errors.empty() ? kExitDone : kExitFailed;
}

void print_summary(const Session& session, const ImportOutcome& outcome) {
  if (outcome.error_count > 0) {
    session.console.print(
        fmt::format("nothing was imported: {}\n", counted(outcome.error_count, "error")));
    return;
  }
  if (outcome.is_dry_run) {
    session.console.print(changes_text(outcome.changes));
    session.console.print(outcome.counts.empty() ? "dry run: " : "dry run, would be ");
  }
  session.console.print(counts_text(outcome.counts));
  if (outcome.known > 0) {
    session.console.print(fmt::format("; {} known already", counted(outcome.known, "statement")));
  }
  session.console.print("\n");
  if (outcome.edit.has_value()) {
    session.console.print(fmt::format("undo with: needledrop edit --undo {}\n", *outcome.edit));
  }
}

/// Files of one name in several folders are several sources.
std::string place_of(const std::string& file) {
  std::error_code ignored;
  const auto place = std::filesystem::absolute(file, ignored);
  return place.lexically_normal().string();
}

Result<ImportOutcome> import_as_told(Desk& desk, const ImportArguments& arguments) {
  const std::string author = author_of(arguments.author);
  if (arguments.cue_sheet.has_value()) {
    SheetImportOptions options = *arguments.cue_sheet;
    options.author = author;
    options.source = place_of(arguments.file);
    return import_sheet(desk, arguments.file, options);
  }
  ImportOptions options = arguments.options;
  options.author = author;
  options.source = place_of(arguments.file);
  return import_file(desk, arguments.file, options);
}

}  // namespace

int run_command(const Session& session, const ImportArguments& arguments) {
  const bool needs_desk = arguments.options.dry_run || arguments.cue_sheet.has_value();
  const auto purpose = needs_desk ? Desk::Purpose::kChange : Desk::Purpose::kCreate;
  auto desk = session.open_desk(purpose);
  if (!desk.has_value()) return end_with(session, desk.error());
  const auto outcome = import_as_told(*desk, arguments);
  if (!outcome.has_value()) return end_with(session, outcome.error(), arguments.file);
  complain_of(session, outcome->path, "warning", outcome->warnings, outcome->warning_count);
  complain_of(session, outcome->path, "error", outcome->errors, outcome->error_count);
  if (session.json) {
    session.console.print(import_json(*outcome));
  } else {
    print_summary(session, *outcome);
  }
  return end_of(*outcome);
}

}  // namespace needledrop
