#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/session.h"
#include "cli/text_width.h"
#include "cli/wording.h"
#include "cuesheet/csv.h"
#include "desk/episode_sheet.h"

namespace needledrop {

int run_command(const Session& session, const SheetArguments& arguments) {
  auto desk = session.open_desk(Desk::Purpose::kUse);
  if (!desk.has_value()) return end_with(session, desk.error());
  const auto sheet = make_episode_sheet(*desk, arguments.episode);
  if (!sheet.has_value()) return end_with(session, sheet.error());
  const std::string csv = to_csv(sheet->sheet);
  if (arguments.output.empty() || arguments.output == "-") {
    session.console.print(csv);
    return kExitDone;
  }
  const auto saved = save_sheet(session.files, arguments.output, csv);
  if (!saved.has_value()) return end_with(session, saved.error());
  if (!session.json) {
    session.console.print(fmt::format("{}: {}\n", printable(arguments.output),
                                      counted(sheet->sheet.cues.size(), "cue")));
  }
  return kExitDone;
}

}  // namespace needledrop
