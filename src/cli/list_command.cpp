#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/session.h"
#include "cli/table.h"
#include "cli/wording.h"
#include "desk/list_json.h"
#include "desk/listing.h"

namespace needledrop {
namespace {

using Align = Table::Align;

/// The ids of a recording's versions: "3, 5".
std::string family_text(std::span<const RelatedRecording> related) {
  std::string text;
  for (const RelatedRecording& one : related) {
    if (one.kind == RelationKind::kSampled) continue;
    text += fmt::format("{}{}", text.empty() ? "" : ", ", one.recording.id.value);
  }
  return text;
}

Table table_of(const std::vector<ListedRecording>& all) {
  const bool has_families = std::ranges::any_of(
      all, [](const ListedRecording& listed) { return !family_text(listed.related).empty(); });
  std::vector<Table::Column> columns = {{"id", Align::kRight},
                                        {"title", Align::kLeft, true},
                                        {"artist", Align::kLeft, true},
                                        {"album", Align::kLeft, true},
                                        {"version"},
                                        {"length", Align::kRight}};
  if (has_families) columns.push_back({"same music as", Align::kLeft, true});
  columns.push_back({"path", Align::kLeft, true});
  Table table(std::move(columns));
  for (const auto& [recording, production, related] : all) {
    std::vector<std::string> cells = {std::to_string(recording.id.value),
                                      recording.title,
                                      recording.artist,
                                      recording.album,
                                      recording.version,
                                      length_text(recording.duration)};
    if (has_families) cells.push_back(family_text(related));
    cells.push_back(recording.paths.empty() ? "" : recording.paths.front());
    table.add_row(std::move(cells));
  }
  return table;
}

Table table_of(const std::vector<ListedEpisode>& all) {
  Table table({{"id", Align::kRight},
               {"production", Align::kLeft, true},
               {"episode"},
               {"title", Align::kLeft, true},
               {"aired"},
               {"spots", Align::kRight},
               {"length", Align::kRight},
               {"stale"},
               {"path", Align::kLeft, true}});
  for (const ListedEpisode& listed : all) {
    Milliseconds length{0};
    for (const EpisodeFile& file : listed.files) length += file.duration;
    table.add_row({std::to_string(listed.episode.id), listed.production,
                   episode_mark(listed.episode), listed.episode.title,
                   listed.episode.air_date.value_or(""), std::to_string(listed.spots),
                   length_text(length), listed.is_stale ? "stale" : "",
                   listed.files.empty() ? "" : listed.files.front().path});
  }
  return table;
}

Table table_of(const std::vector<ListedProduction>& all) {
  Table table({{"id", Align::kRight},
               {"production", Align::kLeft, true},
               {"episodes", Align::kRight},
               {"recordings", Align::kRight}});
  for (const ListedProduction& listed : all) {
    table.add_row({std::to_string(listed.production.id), listed.production.title,
                   std::to_string(listed.episodes), std::to_string(listed.recordings)});
  }
  return table;
}

template <typename Listed>
int show(const Session& session, const Result<std::vector<Listed>>& listed) {
  if (!listed.has_value()) return end_with(session, listed.error());
  if (session.json) {
    session.console.print(list_json(*listed));
  } else if (listed->empty()) {
    session.console.complain("", "nothing there yet");
  } else {
    session.console.print(table_of(*listed).text(session.console.traits().width));
  }
  return kExitDone;
}

}  // namespace

int run_command(const Session& session, const ListArguments& arguments) {
  auto desk = session.open_desk(Desk::Purpose::kUse);
  if (!desk.has_value()) return end_with(session, desk.error());
  warn_of_missing(session, *desk);
  switch (arguments.what) {
    case ListArguments::What::kEpisodes:
      return show(session, list_episodes(*desk));
    case ListArguments::What::kProductions:
      return show(session, list_productions(*desk));
    case ListArguments::What::kRecordings:
      break;
  }
  return show(session, list_recordings(*desk));
}

}  // namespace needledrop
