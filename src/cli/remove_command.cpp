#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/session.h"
#include "cli/text_width.h"
#include "desk/desk_json.h"
#include "desk/removal.h"

namespace needledrop {

int run_command(const Session& session, const RemoveArguments& arguments) {
  auto desk = session.open_desk(Desk::Purpose::kChange);
  if (!desk.has_value()) return end_with(session, desk.error());
  const auto found = find_removable(*desk, arguments.what, arguments.kind);
  if (!found.has_value()) return end_with(session, found.error());
  const auto removed = remove(*desk, *found);
  if (!removed.has_value()) return end_with(session, removed.error());
  session.console.print(session.json ? removal_json(*found)
                                     : fmt::format("removed {} {}  {}\n", to_string(found->kind),
                                                   found->id, printable(found->title)));
  return kExitDone;
}

}  // namespace needledrop
