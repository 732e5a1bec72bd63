#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "cli/author.h"
#include "cli/exit_code.h"
#include "cli/rolled_sheet_report.h"
#include "cli/session.h"
#include "cli/table.h"
#include "cli/text_width.h"
#include "cli/wording.h"
#include "desk/broadcast_parts.h"
#include "desk/current_sheet.h"
#include "desk/episode_lookup.h"
#include "desk/export_file.h"
#include "desk/season_sheet.h"
#include "desk/sheet_json.h"

namespace needledrop {
namespace {

using What = SheetArguments::What;

/// Who prepares the sheet, when nobody is named.
SheetWishes wishes_of(const SheetArguments& arguments) {
  SheetWishes wishes = arguments.wishes;
  if (wishes.preparer.empty()) wishes.preparer = author_of("");
  return wishes;
}

/// The cut that is named, whether or not it still has files, else the one that is meant.
Result<std::string> cut_of(Desk& desk, const Episode& episode, const SheetArguments& arguments) {
  if (arguments.wishes.cut.has_value()) return *arguments.wishes.cut;
  return meant_cut(desk, episode.id, std::nullopt);
}

Result<CueSheet> sheet_to_export(const Session& session, Desk& desk,
                                 const SheetArguments& arguments) {
  if (arguments.revision.has_value()) {
    ND_TRY_ASSIGN(const Episode episode, find_episode(desk, arguments.episode));
    ND_TRY_ASSIGN(const std::string cut, cut_of(desk, episode, arguments));
    return filed_sheet(desk, episode, cut, *arguments.revision);
  }
  ND_TRY_ASSIGN(CurrentSheet current, current_sheet(desk, arguments.episode, wishes_of(arguments)));
  if (current.has_changed && current.revision.status == SheetStatus::kFiled) {
    session.console.complain(
        "",
        "this is the sheet as it was filed; its cues have changed since: revise it to file it "
        "as it is now");
  }
  return std::move(current.sheet);
}

/// Writes it where it is wanted; `count` says how much it is.
int write_out(const Session& session, const SheetArguments& arguments, const SheetExport& made,
              const std::string& count) {
  for (const std::string& warning : made.warnings) session.console.complain("", warning);
  if (arguments.output.empty() || arguments.output == "-") {
    session.console.print(made.bytes);
    return kExitDone;
  }
  const auto saved = save_export(session.files, arguments.output, made.bytes);
  if (!saved.has_value()) return end_with(session, saved.error());
  if (!session.json) {
    session.console.print(fmt::format("{}: {}\n", printable(arguments.output), count));
  }
  return kExitDone;
}

/// JSON is what programs get when nobody says what else.
bool wants_json(const Session& session, const SheetArguments& arguments) {
  const bool goes_to_output = arguments.output.empty() || arguments.output == "-";
  return arguments.as_json || (session.json && !arguments.has_format && goes_to_output);
}

int write_rolled(const Session& session, const SheetArguments& arguments,
                 const SeasonSheet& rolled) {
  const auto made = wants_json(session, arguments)
                        ? SheetExport{rolled_sheet_json(rolled.sheet, rolled.left_out), {}}
                        : export_sheet(rolled.sheet, arguments.format, arguments.options);
  if (!made.has_value()) return end_with(session, made.error());
  return write_out(session, arguments, *made,
                   counted(static_cast<std::size_t>(use_count(rolled.sheet)), "use"));
}

int run_season(const Session& session, Desk& desk, const SheetArguments& arguments,
               const SeasonName& name) {
  if (arguments.revision.has_value()) {
    return end_with(session, fail(Error::Kind::kInvalidArgument,
                                  "--revision is of an episode; a season has none"));
  }
  const auto season = season_sheet(desk, name, wishes_of(arguments));
  if (!season.has_value()) return end_with(session, season.error());
  for (const std::string& episode : season->left_out) {
    session.console.complain(
        "", fmt::format("{} was never spotted and is not counted", printable(episode)));
  }
  if (session.json || arguments.has_format || !arguments.output.empty()) {
    return write_rolled(session, arguments, *season);
  }
  session.console.print(rolled_sheet_report(season->sheet, session.console.traits().width));
  return kExitDone;
}

/// The season that is meant; nothing when it is an episode.
Result<std::optional<SeasonName>> season_meant(Desk& desk, const SheetArguments& arguments) {
  auto name = read_season_name(arguments.episode);
  if (!name.has_value()) return name;
  const auto episode = find_episode(desk, arguments.episode);
  if (episode.has_value()) return std::optional<SeasonName>();
  if (episode.error().kind != Error::Kind::kNotFound) return episode.error();
  return name;
}

int run_export(const Session& session, Desk& desk, const SheetArguments& arguments) {
  const auto season = season_meant(desk, arguments);
  if (!season.has_value()) return end_with(session, season.error());
  if (season->has_value()) return run_season(session, desk, arguments, **season);
  const auto sheet = sheet_to_export(session, desk, arguments);
  if (!sheet.has_value()) return end_with(session, sheet.error());
  if (arguments.is_rolled_up) {
    return write_rolled(session, arguments, {roll_up(std::span(&*sheet, 1)), {}});
  }
  const auto made = wants_json(session, arguments)
                        ? SheetExport{sheet_json(*sheet), {}}
                        : export_sheet(*sheet, arguments.format, arguments.options);
  if (!made.has_value()) return end_with(session, made.error());
  return write_out(session, arguments, *made, counted(sheet->cues.size(), "cue"));
}

std::size_t count_of(const std::vector<SheetFault>& faults, SheetFault::Gravity gravity) {
  return static_cast<std::size_t>(std::ranges::count(faults, gravity, &SheetFault::gravity));
}

std::string faults_table(const std::vector<SheetFault>& faults, std::size_t width) {
  Table table({{"", Table::Align::kLeft},
               {"cue", Table::Align::kRight},
               {"what is missing or wrong", Table::Align::kLeft, true}});
  for (const SheetFault& fault : faults) {
    table.add_row({std::string(to_string(fault.gravity)),
                   fault.cue == 0 ? "" : std::to_string(fault.cue), fault.message});
  }
  return table.text(width);
}

/// "Queen of Rain S01E01: draft, 2 errors, 3 warnings".
std::string state_line(const CurrentSheet& current) {
  const SheetRevision& revision = current.revision;
  std::string text = printable(episode_heading(current.episode, current.sheet.header.production));
  if (!revision.cut.empty()) text += fmt::format(", {}", printable(revision.cut));
  text += fmt::format(": {}", to_string(revision.status));
  if (revision.revision > 1) text += fmt::format(", revision {}", revision.revision);
  if (current.has_changed) text += ", changed since";
  text += fmt::format(", {}, {}",
                      counted(count_of(current.faults, SheetFault::Gravity::kError), "error"),
                      counted(count_of(current.faults, SheetFault::Gravity::kWarning), "warning"));
  if (!revision.incomplete.empty()) {
    text += fmt::format(", incomplete: {}", printable(revision.incomplete));
  }
  return text + "\n";
}

int run_check(const Session& session, Desk& desk, const SheetArguments& arguments) {
  const auto current = current_sheet(desk, arguments.episode, wishes_of(arguments));
  if (!current.has_value()) return end_with(session, current.error());
  if (session.json) {
    session.console.print(sheet_state_json(*current));
    return kExitDone;
  }
  session.console.print(state_line(*current));
  if (!current->faults.empty()) {
    session.console.print(faults_table(current->faults, session.console.traits().width));
  }
  return kExitDone;
}

int run_step(const Session& session, Desk& desk, const SheetArguments& arguments) {
  SheetStepRequest request = arguments.step;
  request.author = author_of(request.author);
  const auto current = step_sheet(desk, arguments.episode, wishes_of(arguments), request);
  if (!current.has_value()) return end_with(session, current.error());
  session.console.print(session.json ? sheet_state_json(*current) : state_line(*current));
  return kExitDone;
}

int run_history(const Session& session, Desk& desk, const SheetArguments& arguments) {
  const auto episode = find_episode(desk, arguments.episode);
  if (!episode.has_value()) return end_with(session, episode.error());
  const auto cut = cut_of(desk, *episode, arguments);
  if (!cut.has_value()) return end_with(session, cut.error());
  const auto steps = sheet_steps(desk.catalogue().database(), episode->id, *cut);
  if (!steps.has_value()) return end_with(session, steps.error());
  if (session.json) {
    session.console.print(sheet_steps_json(*steps));
    return kExitDone;
  }
  if (steps->empty()) {
    session.console.print("a draft; no step was taken yet\n");
    return kExitDone;
  }
  Table table({{"when"},
               {"who"},
               {"revision", Table::Align::kRight},
               {"from"},
               {"to"},
               {"reason", Table::Align::kLeft, true}});
  for (const SheetStep& step : *steps) {
    table.add_row({step.at, step.author, std::to_string(step.revision),
                   std::string(to_string(step.before)), std::string(to_string(step.after)),
                   step.reason});
  }
  session.console.print(table.text(session.console.traits().width));
  return kExitDone;
}

}  // namespace

int run_command(const Session& session, const SheetArguments& arguments) {
  const bool goes_to_output = arguments.output.empty() || arguments.output == "-";
  const SheetFormatTraits& format = traits_of(arguments.format);
  const bool is_binary = !arguments.as_json && format.is_binary;
  if (arguments.what == What::kExport && goes_to_output && is_binary &&
      session.console.traits().is_terminal) {
    session.console.complain(
        "", fmt::format("{} is nothing for a terminal; say where to write it with -o FILE",
                        format.name));
    return kExitUsage;
  }
  auto desk = session.open_desk(arguments.what == What::kStep ? Desk::Purpose::kChange
                                                              : Desk::Purpose::kUse);
  if (!desk.has_value()) return end_with(session, desk.error());
  switch (arguments.what) {
    case What::kExport:
      return run_export(session, *desk, arguments);
    case What::kCheck:
      return run_check(session, *desk, arguments);
    case What::kHistory:
      return run_history(session, *desk, arguments);
    case What::kStep:
      return run_step(session, *desk, arguments);
  }
  return kExitFailed;
}

}  // namespace needledrop
