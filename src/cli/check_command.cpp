#include <utility>

#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/progress_line.h"
#include "cli/session.h"
#include "cli/text_width.h"
#include "cli/wording.h"
#include "desk/check.h"
#include "desk/desk_json.h"
#include "desk/repair.h"

namespace needledrop {
namespace {

void complain(const Session& session, const CheckReport& report) {
  for (const Fault& fault : report.faults) {
    session.console.complain(fault.file, fmt::format("{}; {}", fault.text, fault.advice));
  }
}

std::string whole_text(const CheckReport& report) {
  return fmt::format("the desk is whole: {} checked\n", counted(report.sources, "source"));
}

void show(const Session& session, const RepairReport& report) {
  for (const SetAside& aside : report.set_aside) {
    session.console.print(fmt::format(
        "replaced {} ({}): {} salvaged{}\n", printable(aside.file),
        printable(without_file(aside.file, aside.error)), counted(aside.salvaged.size(), "source"),
        aside.kept_as.empty()
            ? ""
            : fmt::format(", the damaged file is kept as {}", printable(aside.kept_as))));
  }
  if (!report.rebuilt.sources.empty()) {
    session.console.print(
        fmt::format("rebuilt from files: {}\n", counted(report.rebuilt.sources.size(), "source")));
  }
  if (!report.ended_by.has_value() && report.left.faults.empty()) {
    session.console.print(whole_text(report.left));
  }
}

int repair(const Session& session) {
  auto desk = session.open_desk(Desk::Purpose::kChange);
  if (!desk.has_value()) return end_with(session, desk.error());
  ProgressLine line(session.console);
  std::string activity;
  const auto progress = [&](const Progress& now) {
    if (now.activity != activity) line.restart();
    activity = now.activity;
    line.show(now);
  };
  const auto report = repair_desk(*desk, {session.threads, session.stop, progress});
  session.console.clear_progress();
  if (!report.has_value()) return end_with(session, report.error());
  for (const NotRebuilt& lost : report->rebuilt.failed) {
    session.console.complain(lost.path, lost.why);
  }
  complain(session, report->left);
  if (session.json) {
    session.console.print(repair_json(*report));
  } else {
    show(session, *report);
  }
  if (report->ended_by.has_value()) {
    complain(session, *report->ended_by);
    return exit_code(report->ended_by->kind);
  }
  return report->left.faults.empty() ? kExitDone : kExitDesk;
}

}  // namespace

int run_command(const Session& session, const CheckArguments& arguments) {
  if (arguments.repair) return repair(session);
  auto desk = session.open_desk(Desk::Purpose::kUse);
  if (!desk.has_value()) return end_with(session, desk.error());
  const auto report = check_desk(*desk);
  if (!report.has_value()) return end_with(session, report.error());
  complain(session, *report);
  if (session.json) {
    session.console.print(check_json(*report));
  } else if (report->faults.empty()) {
    session.console.print(whole_text(*report));
  }
  return report->faults.empty() ? kExitDone : kExitDesk;
}

}  // namespace needledrop
