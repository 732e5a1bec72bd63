#include <utility>

#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/progress_line.h"
#include "cli/session.h"
#include "cli/wording.h"
#include "desk/desk_json.h"
#include "desk/merge_index.h"

namespace needledrop {
namespace {

std::string size_text(const IndexSize& size) {
  return fmt::format("{}, {}", counted(size.segments, "segment"),
                     bytes_text(static_cast<double>(size.bytes)));
}

std::string merge_text(const MergeReport& report) {
  if (report.merges == 0) return fmt::format("nothing to merge: {}\n", size_text(report.after));
  return fmt::format("merged {} into {} in {:.1f} s\n", size_text(report.before),
                     size_text(report.after), std::chrono::duration<double>(report.took).count());
}

}  // namespace

int run_command(const Session& session, const MergeArguments& arguments) {
  auto desk = session.open_desk(Desk::Purpose::kChange);
  if (!desk.has_value()) return end_with(session, desk.error());
  ProgressLine line(session.console);
  double shown = 0;
  MergeOptions options;
  options.all = arguments.all;
  options.stop = session.stop;
  options.progress = [&](const Progress& progress) {
    if (progress.share < std::exchange(shown, progress.share)) line.restart();
    line.show(progress);
  };
  const auto report = merge_index(*desk, options);
  if (!report.has_value()) return end_with(session, report.error());
  session.console.clear_progress();
  session.console.print(session.json ? merge_json(*report) : merge_text(*report));
  return kExitDone;
}

}  // namespace needledrop
