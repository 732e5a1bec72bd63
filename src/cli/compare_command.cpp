#include <chrono>

#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/session.h"
#include "cli/table.h"
#include "cli/text_width.h"
#include "cli/wording.h"
#include "desk/compare_sheet.h"
#include "desk/comparison_json.h"
#include "desk/export_file.h"

namespace needledrop {
namespace {

std::string comparison_table(const SheetComparison& comparison, std::size_t width) {
  using Align = Table::Align;
  Table table({{"result"},
               {"filed title", Align::kLeft, true},
               {"in", Align::kRight},
               {"out", Align::kRight},
               {"length", Align::kRight},
               {"heard title", Align::kLeft, true},
               {"in", Align::kRight},
               {"out", Align::kRight},
               {"length", Align::kRight},
               {"remark", Align::kLeft, true}});
  for (auto& row : comparison_rows(comparison)) table.add_row(std::move(row));
  return table.text(width);
}

/// Writes the document where it is wanted.
int write_document(const Session& session, const CompareArguments& arguments,
                   const SheetComparison& comparison) {
  const auto document =
      export_comparison(comparison, *arguments.format, arguments.paper,
                        std::chrono::floor<std::chrono::seconds>(session.clock.now()));
  if (!document.has_value()) return end_with(session, document.error());
  for (const std::string& warning : document->warnings) session.console.complain("", warning);
  if (arguments.output.empty() || arguments.output == "-") {
    session.console.print(document->bytes);
    return kExitDone;
  }
  const auto saved = save_export(session.files, arguments.output, document->bytes);
  return saved.has_value() ? kExitDone : end_with(session, saved.error());
}

}  // namespace

int run_command(const Session& session, const CompareArguments& arguments) {
  const bool goes_to_output = arguments.output.empty() || arguments.output == "-";
  if (goes_to_output && arguments.format.has_value() &&
      *arguments.format != ComparisonFormat::kCsv && session.console.traits().is_terminal) {
    session.console.complain(
        "", fmt::format("{} is nothing for a terminal; say where to write it with -o FILE",
                        to_string(*arguments.format)));
    return kExitUsage;
  }
  auto desk = session.open_desk(Desk::Purpose::kUse);
  if (!desk.has_value()) return end_with(session, desk.error());
  const auto compared =
      compare_sheet(*desk, arguments.sheet, arguments.episode, arguments.reader, arguments.rules);
  if (!compared.has_value()) return end_with(session, compared.error());
  const SheetComparison& comparison = compared->comparison;
  for (const std::string& warning : compared->warnings) {
    if (!session.json) session.console.complain(arguments.sheet, warning);
  }
  if (arguments.format.has_value()) {
    const int code = write_document(session, arguments, comparison);
    if (code != kExitDone || goes_to_output) return code;
  }
  if (session.json) {
    session.console.print(comparison_json(*compared));
    return kExitDone;
  }
  if (!arguments.format.has_value() && !comparison.uses.empty()) {
    session.console.print(comparison_table(comparison, session.console.traits().width));
  }
  session.console.print(comparison_summary(comparison) + "\n");
  return kExitDone;
}

}  // namespace needledrop
