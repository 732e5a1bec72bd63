#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/session.h"
#include "cli/wording.h"
#include "desk/check.h"
#include "desk/desk_json.h"

namespace needledrop {

int run_command(const Session& session, const CheckArguments&) {
  auto desk = session.open_desk(Desk::Purpose::kUse);
  if (!desk.has_value()) return end_with(session, desk.error());
  const auto report = check_desk(*desk);
  if (!report.has_value()) return end_with(session, report.error());
  for (const Fault& fault : report->faults) {
    session.console.complain(fault.file, fmt::format("{}; {}", fault.text, fault.advice));
  }
  if (session.json) {
    session.console.print(check_json(*report));
  } else if (report->faults.empty()) {
    session.console.print(
        fmt::format("the desk is whole: {} checked\n", counted(report->sources, "source")));
  }
  return report->faults.empty() ? kExitDone : kExitDesk;
}

}  // namespace needledrop
