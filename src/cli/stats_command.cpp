#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/session.h"
#include "cli/wording.h"
#include "desk/desk_json.h"
#include "desk/stats.h"

namespace needledrop {
namespace {

std::string segments_text(const DeskStats& stats) {
  std::string count = std::to_string(stats.segments);
  if (stats.unreadable_segments == 0) return count;
  return fmt::format("{}, and {} that can't be read: run needledrop check", count,
                     stats.unreadable_segments);
}

}  // namespace

int run_command(const Session& session, const StatsArguments&) {
  auto desk = session.open_desk(Desk::Purpose::kUse);
  if (!desk.has_value()) return end_with(session, desk.error());
  const auto stats = measure_desk(*desk);
  if (!stats.has_value()) return end_with(session, stats.error());
  if (session.json) {
    session.console.print(stats_json(*stats));
    return kExitDone;
  }
  const auto line = [&](std::string_view name, const std::string& value) {
    session.console.print(fmt::format("{:<12}{}\n", name, value));
  };
  line("recordings", fmt::format("{}  ({})", stats->recordings, length_text(stats->recorded)));
  line("episodes", fmt::format("{}  ({})", stats->episodes, length_text(stats->broadcast)));
  line("productions", std::to_string(stats->productions));
  line("spots", std::to_string(stats->spots));
  line("index", fmt::format("{}  ({} an hour)", bytes_text(static_cast<double>(stats->index_bytes)),
                            bytes_text(stats->index_bytes_per_hour())));
  line("segments", segments_text(*stats));
  if (stats->quarantine_bytes > 0) {
    line("quarantine", bytes_text(static_cast<double>(stats->quarantine_bytes)));
  }
  line("catalogue", bytes_text(static_cast<double>(stats->catalogue_bytes)));
  return kExitDone;
}

}  // namespace needledrop
