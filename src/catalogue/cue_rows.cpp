#include "catalogue/cue_rows.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "catalogue/catalogue_state.h"

namespace needledrop {
namespace {

constexpr std::string_view kHeard = "heard";
constexpr std::string_view kReported = "reported";
constexpr std::string_view kFound = "found";

// A recording that was removed leaves its title and its artist, a work nothing.
constexpr std::string_view kQuery =
    "SELECT v.id, c.id, c.file, v.standing, coalesce(r.id, 0), coalesce(w.id, 0), "
    "CASE WHEN v.title <> '' OR r.id NOT NULL THEN v.title ELSE v.recording_title END, "
    "CASE WHEN v.artist <> '' OR r.id NOT NULL THEN v.artist ELSE v.recording_artist END, "
    "v.function, v.vocal, v.perception, v.origin, v.note, coalesce(f.id, 0), v.confidence, "
    "v.level_db, v.version_decided FROM cue_version AS v JOIN cue AS c ON c.id = v.cue "
    "LEFT JOIN recording AS r ON r.id = v.recording LEFT JOIN work AS w ON w.id = v.work "
    "LEFT JOIN recording AS f ON f.id = v.found_recording ";

template <typename T>
T read_word(Statement& row, std::optional<T> (*value)(std::string_view)) {
  const auto found = value(row.read<std::string>());
  if (!found.has_value()) row.mark_damaged();
  return found.value_or(T{});
}

CueRow read_row(Statement& row) {
  CueRow result;
  result.version = row.read<std::int64_t>();
  Cue& cue = result.cue;
  cue.id = row.read<std::int64_t>();
  cue.file = SourceId(row.read<SourceId::rep>());
  cue.standing = read_word(row, cue_standing);
  cue.recording = SourceId(row.read<SourceId::rep>());
  cue.work = row.read<std::int64_t>();
  cue.title = row.read<std::string>();
  cue.artist = row.read<std::string>();
  cue.function = read_word(row, cue_function);
  cue.vocal = read_word(row, cue_vocal);
  cue.perception = read_word(row, cue_perception);
  cue.origin = read_word(row, cue_origin);
  cue.note = row.read<std::string>();
  cue.found_recording = SourceId(row.read<SourceId::rep>());
  cue.confidence = row.read<double>();
  cue.level_db = row.read<double>();
  cue.version_decided = row.read<int>() != 0;
  return result;
}

Result<void> read_spans(const Database& database, std::vector<CueRow>& rows) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT kind, start_ms, end_ms FROM cue_span WHERE version = ?1 "
                                 "ORDER BY kind, number"));
  for (CueRow& row : rows) {
    query.bind(row.version);
    while (true) {
      ND_TRY_ASSIGN(const bool has_row, query.step());
      if (!has_row) break;
      const auto kind = query.read<std::string>();
      const Milliseconds start(query.read<std::int64_t>());
      const Span span{start, Milliseconds(query.read<std::int64_t>())};
      std::vector<Span>& spans = kind == kHeard   ? row.cue.spans
                                 : kind == kFound ? row.cue.found
                                                  : row.cue.reported;
      spans.push_back(span);
    }
  }
  return {};
}

Result<void> read_dismissals(const Database& database, std::vector<CueRow>& rows) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT proposal, recording, start_ms, end_ms FROM cue_dismissal "
                                 "WHERE version = ?1 ORDER BY proposal, number"));
  for (CueRow& row : rows) {
    query.bind(row.version);
    std::optional<std::int64_t> last;
    while (true) {
      ND_TRY_ASSIGN(const bool has_row, query.step());
      if (!has_row) break;
      const auto proposal = query.read<std::int64_t>();
      const auto recording = query.read<std::optional<std::int64_t>>();
      const auto start = query.read<std::optional<std::int64_t>>();
      const auto end = query.read<std::optional<std::int64_t>>();
      if (last != proposal) {
        row.cue.dismissed.emplace_back().recording =
            SourceId(static_cast<SourceId::rep>(recording.value_or(0)));
      }
      last = proposal;
      if (!start.has_value() || !end.has_value()) continue;
      row.cue.dismissed.back().found.push_back({Milliseconds(*start), Milliseconds(*end)});
    }
  }
  return {};
}

Result<std::vector<CueRow>> rows_of(const Database& database, Statement& query) {
  ND_TRY_ASSIGN(std::vector<CueRow> rows, all_rows(query, read_row));
  ND_TRY(query.damage());
  ND_TRY(read_spans(database, rows));
  ND_TRY(read_dismissals(database, rows));
  return rows;
}

Result<void> insert_spans(const Database& database, std::int64_t version, std::string_view kind,
                          const std::vector<Span>& spans) {
  ND_TRY_ASSIGN(Statement insert,
                database.prepare("INSERT INTO cue_span (version, kind, number, start_ms, end_ms) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5)"));
  for (std::size_t i = 0; i < spans.size(); ++i) {
    ND_TRY(insert.bind(version, kind, i, spans[i].start, spans[i].end).run());
  }
  return {};
}

Result<void> insert_dismissals(const Database& database, std::int64_t version,
                               const std::vector<DismissedProposal>& dismissed) {
  ND_TRY_ASSIGN(
      Statement insert,
      database.prepare("INSERT INTO cue_dismissal (version, proposal, number, recording, start_ms, "
                       "end_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
  for (std::size_t i = 0; i < dismissed.size(); ++i) {
    const auto& [recording, found] = dismissed[i];
    const auto id = id_or_null(recording.value);
    if (found.empty()) {
      constexpr std::optional<Milliseconds> kNone;
      ND_TRY(insert.bind(version, i, 0, id, kNone, kNone).run());
    }
    for (std::size_t k = 0; k < found.size(); ++k) {
      ND_TRY(insert.bind(version, i, k, id, found[k].start, found[k].end).run());
    }
  }
  return {};
}

Result<void> check_spans(const std::vector<Span>& spans) {
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const Milliseconds from = i == 0 ? Milliseconds(0) : spans[i - 1].end;
    if (spans[i].start >= from && spans[i].end > spans[i].start) continue;
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("the spans of a cue are neither in order nor apart: {} to {} ms comes "
                            "after {} ms",
                            spans[i].start.count(), spans[i].end.count(), from.count()));
  }
  return {};
}

Result<void> check_cue(const Cue& cue) {
  ND_TRY(check_text(cue.title, "the title of a cue"));
  ND_TRY(check_text(cue.artist, "the artist of a cue"));
  ND_TRY(check_text(cue.note, "the note of a cue"));
  if (cue.spans.empty()) {
    return fail(Error::Kind::kInvalidArgument, "a cue needs a span in which it is heard");
  }
  ND_TRY(check_spans(cue.spans));
  ND_TRY(check_spans(cue.reported));
  for (const DismissedProposal& one : cue.dismissed) ND_TRY(check_spans(one.found));
  return check_spans(cue.found);
}

Result<void> check_work(const Database& database, std::int64_t work) {
  ND_TRY_ASSIGN(const std::int64_t works,
                number(database, "SELECT count(*) FROM work WHERE id = ?1", work));
  if (work == 0 || works == 1) return {};
  return fail(Error::Kind::kNotFound, fmt::format("there is no work {}", work));
}

}  // namespace

Result<std::optional<CueRow>> read_cue(const Database& database, std::int64_t id) {
  ND_TRY_ASSIGN(const std::int64_t known,
                number(database, "SELECT count(*) FROM cue WHERE id = ?1", id));
  if (known == 0) return fail(Error::Kind::kNotFound, fmt::format("there is no cue #{}", id));
  ND_TRY_ASSIGN(Statement query,
                database.prepare(fmt::format("{} WHERE c.id = ?1 AND v.id = c.version", kQuery)));
  ND_TRY_ASSIGN(auto rows, rows_of(database, query.bind(id)));
  if (rows.empty()) return std::optional<CueRow>();
  return std::optional(std::move(rows.front()));
}

Result<std::vector<CueRow>> read_cues_of(const Database& database, SourceId file) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare(fmt::format("{} WHERE c.file = ?1 AND v.id = c.version", kQuery)));
  ND_TRY_ASSIGN(auto rows, rows_of(database, query.bind(file)));
  std::ranges::sort(rows, {}, [](const CueRow& row) {
    const Milliseconds start =
        row.cue.spans.empty() ? Milliseconds(0) : row.cue.spans.front().start;
    return std::tuple(start, row.cue.id);
  });
  return rows;
}

Result<Cue> read_cue_version(const Database& database, std::int64_t version) {
  ND_TRY_ASSIGN(Statement query, database.prepare(fmt::format("{} WHERE v.id = ?1", kQuery)));
  ND_TRY_ASSIGN(auto rows, rows_of(database, query.bind(version)));
  if (rows.empty()) return database.corrupt("a state of a cue that must be there is missing");
  return std::move(rows.front().cue);
}

Result<std::int64_t> insert_cue(const Database& database, SourceId file) {
  ND_TRY(check_file(database, file));
  ND_TRY(database.run("INSERT INTO cue (file) VALUES (?1)", file));
  return database.last_id();
}

Result<std::int64_t> insert_cue_version(const Database& database, const Cue& cue) {
  ND_TRY(check_cue(cue));
  ND_TRY(check_work(database, cue.work));
  ND_TRY(database.run(
      "INSERT INTO cue_version (cue, standing, recording, recording_title, recording_artist, work, "
      "title, artist, function, vocal, perception, origin, note, found_recording, confidence, "
      "level_db, version_decided) VALUES (?1, ?2, ?3, "
      "coalesce((SELECT title FROM recording WHERE id = ?3), ''), "
      "coalesce((SELECT artist FROM recording WHERE id = ?3), ''), "
      "?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
      cue.id, to_string(cue.standing), id_or_null(cue.recording.value), id_or_null(cue.work),
      cue.title, cue.artist, to_string(cue.function), to_string(cue.vocal),
      to_string(cue.perception), to_string(cue.origin), cue.note,
      id_or_null(cue.found_recording.value), cue.confidence, cue.level_db, cue.version_decided));
  const std::int64_t version = database.last_id();
  ND_TRY(insert_spans(database, version, kHeard, cue.spans));
  ND_TRY(insert_spans(database, version, kReported, cue.reported));
  ND_TRY(insert_spans(database, version, kFound, cue.found));
  ND_TRY(insert_dismissals(database, version, cue.dismissed));
  return version;
}

Result<void> point_cue(const Database& database, std::int64_t id,
                       std::optional<std::int64_t> version) {
  return database.run("UPDATE cue SET version = ?2 WHERE id = ?1", id, version);
}

}  // namespace needledrop
