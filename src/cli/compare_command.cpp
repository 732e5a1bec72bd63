#include <algorithm>

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

/// "agrees: 12, missing: 2": what there is, in this order.
std::string summary(const SheetComparison& comparison) {
  std::string text;
  for (const UseDifference each :
       {UseDifference::kNone, UseDifference::kTimes, UseDifference::kTitle, UseDifference::kMissing,
        UseDifference::kNotHeard}) {
    const auto count = std::ranges::count(comparison.uses, each, &ComparedUse::difference);
    if (count > 0)
      text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", to_string(each), count);
  }
  return text.empty() ? "nothing to compare" : text;
}

Result<std::string> document_of(const Session& session, const CompareArguments& arguments,
                                const SheetComparison& comparison) {
  if (arguments.output.ends_with(".csv")) return comparison_csv(comparison);
  return comparison_xlsx(comparison, std::chrono::floor<std::chrono::seconds>(session.clock.now()));
}

}  // namespace

int run_command(const Session& session, const CompareArguments& arguments) {
  auto desk = session.open_desk(Desk::Purpose::kUse);
  if (!desk.has_value()) return end_with(session, desk.error());
  const auto compared =
      compare_sheet(*desk, arguments.sheet, arguments.episode, arguments.reader, arguments.rules);
  if (!compared.has_value()) return end_with(session, compared.error());
  if (!arguments.output.empty()) {
    const auto document = document_of(session, arguments, compared->comparison);
    if (!document.has_value()) return end_with(session, document.error());
    const auto saved = save_export(session.files, arguments.output, *document);
    if (!saved.has_value()) return end_with(session, saved.error());
  }
  if (session.json) {
    session.console.print(comparison_json(*compared));
    return kExitDone;
  }
  for (const std::string& warning : compared->warnings) {
    session.console.complain(arguments.sheet, warning);
  }
  if (arguments.output.empty() && !compared->comparison.uses.empty()) {
    session.console.print(comparison_table(compared->comparison, session.console.traits().width));
  }
  session.console.print(summary(compared->comparison) + "\n");
  return kExitDone;
}

}  // namespace needledrop
