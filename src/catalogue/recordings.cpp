#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "catalogue/catalogue_state.h"
#include "catalogue/lookup.h"
#include "catalogue/names.h"
#include "catalogue/text.h"

namespace needledrop {
namespace {

constexpr std::string_view kRecordingQuery =
    "SELECT id, coalesce(production, 0), title, artist, album, track_number, isrc, "
    "musicbrainz_recording, musicbrainz_release, version, digest, duration_ms "
    "FROM recording JOIN source USING (id)";

Recording read_recording(Statement& row) {
  Recording recording;
  recording.id = SourceId(row.read<SourceId::rep>());
  recording.production = row.read<std::int64_t>();
  recording.title = row.read<std::string>();
  recording.artist = row.read<std::string>();
  recording.album = row.read<std::string>();
  recording.track_number = row.read<std::optional<int>>();
  recording.isrc = row.read<std::string>();
  recording.musicbrainz_recording = row.read<std::string>();
  recording.musicbrainz_release = row.read<std::string>();
  recording.version = row.read<std::string>();
  recording.digest = read_digest(row);
  recording.duration = Milliseconds(row.read<std::int64_t>());
  return recording;
}

std::string name_of(const Recording& recording) {
  return fmt::format("recording {} ({})", recording.id.value,
                     shown(recording.paths.empty() ? recording.title : recording.paths.front()));
}

Result<void> check_recording(const Recording& recording) {
  const std::array<std::pair<std::string_view, std::string_view>, 7> texts{{
      {recording.title, "title"},
      {recording.artist, "artist"},
      {recording.album, "album"},
      {recording.isrc, "ISRC"},
      {recording.musicbrainz_recording, "MusicBrainz recording id"},
      {recording.musicbrainz_release, "MusicBrainz release id"},
      {recording.version, "version"},
  }};
  for (const auto& [text, what] : texts) {
    ND_TRY(check_text(text, fmt::format("the {} of {}", what, name_of(recording))));
  }
  static constexpr std::array<std::string_view, 7> kVersions{
      "original", "vocal", "instrumental", "edit", "live", "remix", "other"};
  if (std::ranges::find(kVersions, recording.version) == kVersions.end()) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("{}: a version is one of {}, not '{}'", name_of(recording),
                            fmt::join(kVersions, ", "), shown(recording.version)));
  }
  if (recording.paths.empty() || std::ranges::any_of(recording.paths, &std::string::empty)) {
    return fail(Error::Kind::kInvalidArgument, fmt::format("{} has no path", name_of(recording)));
  }
  return {};
}

Result<void> check_new(const Database& database, const Recording& recording) {
  ND_TRY(check_recording(recording));
  ND_TRY(check_reserved(database, recording.id));
  ND_TRY_ASSIGN(const std::int64_t uses,
                number(database, "SELECT count(*) FROM source WHERE id = ?1", recording.id));
  if (uses != 0) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("{}: the id is taken", name_of(recording)));
  }
  ND_TRY_ASSIGN(
      const std::int64_t twin,
      number(database,
             "SELECT coalesce(max(id), 0) FROM source WHERE kind = 'recording' AND digest = ?1",
             blob_of(recording.digest)));
  if (twin != 0) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("{} has the same sound as recording {}", name_of(recording), twin));
  }
  return {};
}

Result<void> add_paths(const Database& database, const Recording& recording) {
  ND_TRY_ASSIGN(Statement insert,
                database.prepare("INSERT INTO recording_path (recording, number, path) SELECT ?1, "
                                 "(SELECT count(*) FROM recording_path WHERE recording = ?1), ?2 "
                                 "WHERE NOT EXISTS (SELECT 1 FROM recording_path "
                                 "WHERE recording = ?1 AND path = ?2)"));
  for (const std::string& path : recording.paths) {
    ND_TRY(insert.bind(recording.id, Blob{path}).run());
  }
  return {};
}

Result<void> insert_recording(const Database& database, const Recording& recording) {
  ND_TRY(check_new(database, recording));
  ND_TRY(
      database.run("INSERT INTO source (id, kind, digest, duration_ms) "
                   "VALUES (?1, 'recording', ?2, ?3)",
                   recording.id, blob_of(recording.digest), recording.duration));
  ND_TRY(database.run(
      "INSERT INTO recording (id, production, title, artist, album, track_number, isrc, "
      "musicbrainz_recording, musicbrainz_release, version) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      recording.id, id_or_null(recording.production), recording.title, recording.artist,
      recording.album, recording.track_number, recording.isrc, recording.musicbrainz_recording,
      recording.musicbrainz_release, recording.version));
  return add_paths(database, recording);
}

Result<void> bump_recordings_state(const Database& database) {
  return database.run("UPDATE state SET recordings_state = recordings_state + 1");
}

Error no_recording(SourceId id) {
  return fail(Error::Kind::kNotFound, fmt::format("there is no recording {}", id.value));
}

Result<std::vector<std::string>> paths_of(const Database& database, SourceId id) {
  ND_TRY_ASSIGN(Statement query, database.prepare("SELECT path FROM recording_path "
                                                  "WHERE recording = ?1 ORDER BY number"));
  return all_rows(query.bind(id), [](Statement& row) { return row.read<Blob>().bytes; });
}

/// The recording that the query's one row tells of.
Result<std::optional<Recording>> recording_where(const Database& database, Statement query) {
  ND_TRY_ASSIGN(auto recording, first_row(query, read_recording));
  if (recording) {
    ND_TRY_ASSIGN(recording->paths, paths_of(database, recording->id));
  }
  return recording;
}

std::string choice_label(Statement& row) {
  const auto title = row.read<std::string>();
  const auto artist = row.read<std::string>();
  const auto version = row.read<std::string>();
  const auto path = row.read<Blob>().bytes;
  std::string label = shown(title.empty() ? path : title, 60);
  label += artist.empty() ? "" : " by " + shown(artist, 40);
  return version == "original" ? label : fmt::format("{} ({})", label, version);
}

}  // namespace

Result<void> Catalogue::add_recordings(std::span<const Recording> recordings) {
  if (recordings.empty()) {
    return {};
  }
  const Database& database = *state_->database;
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  for (const Recording& recording : recordings) {
    ND_TRY(insert_recording(database, recording));
  }
  ND_TRY(bump_recordings_state(database));
  ND_TRY(refresh_name_keys(database));
  return transaction.commit();
}

Result<void> Catalogue::update_recording(const Recording& recording) {
  const Database& database = *state_->database;
  ND_TRY(check_recording(recording));
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY(database.run(
      "UPDATE recording SET production = ?2, title = ?3, artist = ?4, album = ?5, "
      "track_number = ?6, isrc = ?7, musicbrainz_recording = ?8, musicbrainz_release = ?9, "
      "version = ?10 WHERE id = ?1",
      recording.id, id_or_null(recording.production), recording.title, recording.artist,
      recording.album, recording.track_number, recording.isrc, recording.musicbrainz_recording,
      recording.musicbrainz_release, recording.version));
  if (database.changed_rows() == 0) {
    return no_recording(recording.id);
  }
  ND_TRY(add_paths(database, recording));
  ND_TRY(refresh_name_keys(database));
  return transaction.commit();
}

Result<std::vector<Recording>> Catalogue::recordings() {
  const Database& database = *state_->database;
  ND_TRY_ASSIGN(Transaction view, state_->read());
  ND_TRY_ASSIGN(Statement query, database.prepare(fmt::format("{} ORDER BY id", kRecordingQuery)));
  ND_TRY_ASSIGN(std::vector<Recording> recordings, all_rows(query, read_recording));
  ND_TRY_ASSIGN(Statement paths, database.prepare("SELECT recording, path FROM recording_path "
                                                  "ORDER BY recording, number"));
  auto next = recordings.begin();
  while (true) {
    ND_TRY_ASSIGN(const bool has_row, paths.step());
    if (!has_row) {
      return recordings;
    }
    const SourceId id(paths.read<SourceId::rep>());
    next = std::find_if(next, recordings.end(), [id](const Recording& r) { return r.id >= id; });
    if (next != recordings.end() && next->id == id) {
      next->paths.push_back(paths.read<Blob>().bytes);
    }
  }
}

Result<Recording> Catalogue::recording(SourceId id) {
  ND_TRY_ASSIGN(Transaction view, state_->read());
  ND_TRY_ASSIGN(Statement query,
                state_->database->prepare(fmt::format("{} WHERE id = ?1", kRecordingQuery)));
  query.bind(id);
  ND_TRY_ASSIGN(auto recording, recording_where(*state_->database, std::move(query)));
  if (!recording) {
    return no_recording(id);
  }
  return std::move(*recording);
}

Result<std::optional<Recording>> Catalogue::recording_of(const Digest& digest) {
  ND_TRY_ASSIGN(Transaction view, state_->read());
  ND_TRY_ASSIGN(Statement query,
                state_->database->prepare(
                    fmt::format("{} WHERE kind = 'recording' AND digest = ?1", kRecordingQuery)));
  query.bind(blob_of(digest));
  return recording_where(*state_->database, std::move(query));
}

Result<Recording> Catalogue::find_recording(std::string_view what) {
  static constexpr std::string_view kChoices =
      "SELECT recording.id, title, artist, version, path FROM recording "
      "JOIN recording_path ON recording_path.recording = recording.id AND number = 0 WHERE {} "
      "ORDER BY recording.id";
  const Lookup lookup{*state_->database, what, kChoices, choice_label};
  ND_TRY_ASSIGN(const auto choices,
                lookup.fitting({
                    {Lookup::Needle::kId, "recording.id = ?1"},
                    {Lookup::Needle::kBytes,
                     "recording.id IN (SELECT recording FROM recording_path WHERE path = ?1)"},
                    {Lookup::Needle::kFolded, "folded(title) = ?1"},
                    {Lookup::Needle::kFolded, "instr(folded(title), ?1) > 0"},
                    {Lookup::Needle::kFolded,
                     "recording.id IN (SELECT entity FROM name "
                     "WHERE entity_kind = 'recording' AND folded(text) = ?1)"},
                    {Lookup::Needle::kFolded,
                     "recording.id IN (SELECT entity FROM name "
                     "WHERE entity_kind = 'recording' AND instr(folded(text), ?1) > 0)"},
                }));
  ND_TRY_ASSIGN(const std::int64_t id, only_choice(choices, what, "recording", "recordings"));
  return recording(SourceId(static_cast<SourceId::rep>(id)));
}

Result<void> Catalogue::remove_recording(SourceId id) {
  const Database& database = *state_->database;
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  // The cascade takes the recording, its paths, and every spot and alternative that names it.
  ND_TRY(database.run("DELETE FROM source WHERE id = ?1 AND kind = 'recording'", id));
  if (database.changed_rows() == 0) {
    return no_recording(id);
  }
  ND_TRY(bump_recordings_state(database));
  ND_TRY(refresh_name_keys(database));
  return transaction.commit();
}

}  // namespace needledrop
