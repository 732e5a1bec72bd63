#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/session.h"
#include "cli/text_width.h"
#include "cli/wording.h"
#include "cuesheet/sheet_export.h"
#include "desk/episode_sheet.h"
#include "desk/sheet_scenes.h"

namespace needledrop {

int run_command(const Session& session, const SheetArguments& arguments) {
  const bool goes_to_output = arguments.output.empty() || arguments.output == "-";
  const SheetFormatTraits& format = traits_of(arguments.format);
  if (goes_to_output && format.is_binary && session.console.traits().is_terminal) {
    session.console.complain(
        "", fmt::format("{} is nothing for a terminal; say where to write it with -o FILE",
                        format.name));
    return kExitUsage;
  }
  auto desk = session.open_desk(Desk::Purpose::kUse);
  if (!desk.has_value()) return end_with(session, desk.error());
  auto sheet = make_episode_sheet(*desk, arguments.episode);
  if (!sheet.has_value()) return end_with(session, sheet.error());
  if (arguments.format == SheetFormat::kChapters) {
    const auto added = add_scenes(*desk, *sheet);
    if (!added.has_value()) return end_with(session, added.error());
  }
  const auto made = export_sheet(sheet->sheet, arguments.format, arguments.options);
  if (!made.has_value()) return end_with(session, made.error());
  for (const std::string& warning : made->warnings) session.console.complain("", warning);
  if (goes_to_output) {
    session.console.print(made->bytes);
    return kExitDone;
  }
  const auto saved = save_sheet(session.files, arguments.output, made->bytes);
  if (!saved.has_value()) return end_with(session, saved.error());
  if (!session.json) {
    session.console.print(fmt::format("{}: {}\n", printable(arguments.output),
                                      counted(sheet->sheet.cues.size(), "cue")));
  }
  return kExitDone;
}

}  // namespace needledrop
