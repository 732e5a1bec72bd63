#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "catalogue/catalogue_state.h"
#include "catalogue/names.h"
#include "catalogue/text.h"

namespace needledrop {
namespace {

constexpr std::string_view kForeground = "foreground";
constexpr std::string_view kBackground = "background";

Result<void> check_texts(const Episode& episode, const EpisodeFile& file) {
  ND_TRY(check_text(episode.title, "the title of the episode"));
  ND_TRY(check_text(episode.air_date.value_or(""), "the air date"));
  ND_TRY(check_text(file.cut, "the name of the cut"));
  ND_TRY(check_text(file.start_timecode.value_or(""), "the start timecode"));
  ND_TRY(check_text(file.layout, "the layout"));
  if (file.path.empty()) {
    return fail(Error::Kind::kInvalidArgument, "an episode's file needs a path");
  }
  return {};
}

Result<std::int64_t> store_episode(const Database& database, const Episode& episode) {
  if (episode.id == 0) {
    ND_TRY(
        database.run("INSERT INTO episode (production, season, number, title, air_date) "
                     "VALUES (?1, ?2, ?3, ?4, ?5)",
                     id_or_null(episode.production), episode.season, episode.number, episode.title,
                     episode.air_date));
    return database.last_id();
  }
  ND_TRY(
      database.run("UPDATE episode SET production = ?2, season = ?3, number = ?4, title = ?5, "
                   "air_date = ?6 WHERE id = ?1",
                   episode.id, id_or_null(episode.production), episode.season, episode.number,
                   episode.title, episode.air_date));
  if (database.changed_rows() == 0) {
    return fail(Error::Kind::kNotFound, fmt::format("there is no episode {}", episode.id));
  }
  return episode.id;
}

/// A source is one sound for ever: a known id must come with its own digest, a new one with a new.
Result<void> store_source(const Database& database, const EpisodeFile& file) {
  ND_TRY(check_reserved(database, file.id));
  const Blob digest = blob_of(file.digest);
  ND_TRY_ASSIGN(
      const std::int64_t others,
      number(database,
             "SELECT count(*) FROM source WHERE (id = ?1) <> (kind = 'episode' AND digest = ?2)",
             file.id, digest));
  if (others != 0) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("{}: source {} is another sound, or this sound is another source",
                            shown(file.path), file.id.value));
  }
  return database.run(
      "INSERT INTO source (id, kind, digest, duration_ms) "
      "VALUES (?1, 'episode', ?2, ?3) "
      "ON CONFLICT (id) DO UPDATE SET duration_ms = excluded.duration_ms",
      file.id, digest, file.duration);
}

Result<void> store_file(const Database& database, std::int64_t episode, const EpisodeFile& file) {
  ND_TRY(store_source(database, file));
  return database.run(
      "INSERT INTO episode_file (id, episode, path, size, part, cut, frame_rate_numerator, "
      "frame_rate_denominator, start_timecode, layout) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO UPDATE SET "
      "episode = excluded.episode, path = excluded.path, size = excluded.size, "
      "part = excluded.part, cut = excluded.cut, "
      "frame_rate_numerator = excluded.frame_rate_numerator, "
      "frame_rate_denominator = excluded.frame_rate_denominator, "
      "start_timecode = excluded.start_timecode, layout = excluded.layout",
      file.id, episode, Blob{file.path}, file.size, file.part, file.cut, file.frame_rate.numerator,
      file.frame_rate.denominator, file.start_timecode, file.layout);
}

/// Which recordings exist, while a run is being stored.
class KnownRecordings {
 public:
  static Result<KnownRecordings> of(const Database& database, const Run& run) {
    ND_TRY_ASSIGN(const std::int64_t state, number(database, "SELECT recordings_state FROM state"));
    ND_TRY_ASSIGN(Statement query, database.prepare("SELECT id FROM recording ORDER BY id"));
    ND_TRY_ASSIGN(auto ids, all_rows(query, [](Statement& row) {
                    return SourceId(row.read<SourceId::rep>());
                  }));
    return KnownRecordings(std::move(ids),
                           run.catalogue_state == static_cast<std::uint64_t>(state));
  }

  /// False when it was removed while the run was made: what names it goes, as it would have gone
  /// with a run that was stored before. An error when the run saw today's recordings: it never was.
  [[nodiscard]] Result<bool> has(SourceId id) const {
    const bool is_known = std::ranges::binary_search(ids_, id);
    if (!is_known && is_current_) {
      return fail(Error::Kind::kInvalidArgument,
                  fmt::format("a spot names recording {}, which does not exist", id.value));
    }
    return is_known;
  }

 private:
  KnownRecordings(std::vector<SourceId> ids, bool is_current)
      : ids_(std::move(ids)), is_current_(is_current) {}
  std::vector<SourceId> ids_;
  bool is_current_;
};

/// The statements that store spots, prepared once a run.
struct SpotWriter {
  Statement spot;
  Statement alignment;
  Statement alternative;

  static Result<SpotWriter> of(const Database& database) {
    ND_TRY_ASSIGN(Statement spot,
                  database.prepare("INSERT INTO spot (run, number, recording, start_ms, end_ms, "
                                   "start_error_ms, end_error_ms, confidence, level_db, ground, "
                                   "version_decided, from_loudspeaker) "
                                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"));
    ND_TRY_ASSIGN(Statement alignment,
                  database.prepare("INSERT INTO alignment (run, spot, number, start_ms, end_ms, "
                                   "recording_start_ms, rate, pitch) "
                                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
    ND_TRY_ASSIGN(Statement alternative,
                  database.prepare("INSERT INTO alternative (run, spot, number, recording, "
                                   "confidence) VALUES (?1, ?2, ?3, ?4, ?5)"));
    return SpotWriter{std::move(spot), std::move(alignment), std::move(alternative)};
  }

  Result<void> store(std::int64_t run, std::size_t number, const Spot& value,
                     const KnownRecordings& known) {
    ND_TRY_ASSIGN(const bool is_known, known.has(value.recording));
    if (!is_known) {
      return {};
    }
    ND_TRY(spot.bind(run, number, value.recording, value.span.start, value.span.end,
                     value.start_error, value.end_error, value.confidence, value.level_db,
                     value.ground == Ground::kForeground ? kForeground : kBackground,
                     value.version_decided, value.from_loudspeaker)
               .run());
    for (std::size_t i = 0; i < value.alignments.size(); ++i) {
      const Alignment& part = value.alignments[i];
      ND_TRY(alignment
                 .bind(run, number, i, part.span.start, part.span.end, part.recording_start,
                       part.rate, part.pitch)
                 .run());
    }
    for (std::size_t i = 0; i < value.alternatives.size(); ++i) {
      const Alternative& other = value.alternatives[i];
      ND_TRY_ASSIGN(const bool exists, known.has(other.recording));
      if (exists) {
        ND_TRY(alternative.bind(run, number, i, other.recording, other.confidence).run());
      }
    }
    return {};
  }
};

Result<void> store_unidentified(const Database& database, std::int64_t run,
                                const std::vector<MusicSpan>& unidentified) {
  ND_TRY_ASSIGN(Statement row,
                database.prepare("INSERT INTO unidentified (run, number, start_ms, end_ms, "
                                 "confidence) VALUES (?1, ?2, ?3, ?4, ?5)"));
  for (std::size_t i = 0; i < unidentified.size(); ++i) {
    const MusicSpan& music = unidentified[i];
    ND_TRY(row.bind(run, i, music.span.start, music.span.end, music.confidence).run());
  }
  return {};
}

Result<void> replace_run(const Database& database, SourceId file, const Run& run) {
  ND_TRY(check_text(run.at, "the time of the run"));
  ND_TRY(database.run("DELETE FROM run WHERE file = ?1", file));
  ND_TRY(database.run("INSERT INTO run (file, at, recordings_state) VALUES (?1, ?2, ?3)", file,
                      run.at, run.catalogue_state));
  const std::int64_t id = database.last_id();
  ND_TRY_ASSIGN(const auto known, KnownRecordings::of(database, run));
  ND_TRY_ASSIGN(auto writer, SpotWriter::of(database));
  for (std::size_t i = 0; i < run.spots.size(); ++i) {
    ND_TRY(writer.store(id, i, run.spots[i], known));
  }
  return store_unidentified(database, id, run.unidentified);
}

/// A row of the spot's own number among those of its run, so that parts find their spot.
struct NumberedSpot {
  std::int64_t number = 0;
  Spot spot;
};

NumberedSpot read_spot(Statement& row) {
  NumberedSpot result;
  Spot& spot = result.spot;
  result.number = row.read<std::int64_t>();
  spot.recording = SourceId(row.read<SourceId::rep>());
  spot.span.start = Milliseconds(row.read<std::int64_t>());
  spot.span.end = Milliseconds(row.read<std::int64_t>());
  spot.start_error = Milliseconds(row.read<std::int64_t>());
  spot.end_error = Milliseconds(row.read<std::int64_t>());
  spot.confidence = row.read<double>();
  spot.level_db = row.read<double>();
  const auto ground = row.read<std::string>();
  if (ground != kForeground && ground != kBackground) {
    row.mark_damaged();
  }
  spot.ground = ground == kForeground ? Ground::kForeground : Ground::kBackground;
  spot.version_decided = row.read<int>() != 0;
  spot.from_loudspeaker = row.read<int>() != 0;
  return result;
}

Alignment read_alignment(Statement& row) {
  Alignment alignment;
  alignment.span.start = Milliseconds(row.read<std::int64_t>());
  alignment.span.end = Milliseconds(row.read<std::int64_t>());
  alignment.recording_start = Milliseconds(row.read<std::int64_t>());
  alignment.rate = row.read<double>();
  alignment.pitch = row.read<double>();
  return alignment;
}

Alternative read_alternative(Statement& row) {
  Alternative alternative;
  alternative.recording = SourceId(row.read<SourceId::rep>());
  alternative.confidence = row.read<double>();
  return alternative;
}

/// Hands every row of a run's parts (the spot's number, then the part) to the spot it belongs to.
template <typename Read, typename Take>
Result<void> distribute(Statement& parts, std::vector<NumberedSpot>& spots, Read read, Take take) {
  while (true) {
    ND_TRY_ASSIGN(const bool has_row, parts.step());
    if (!has_row) {
      return {};
    }
    const auto number = parts.read<std::int64_t>();
    const auto spot = std::ranges::lower_bound(spots, number, {}, &NumberedSpot::number);
    if (spot != spots.end() && spot->number == number) {
      take(spot->spot, read(parts));
    }
  }
}

Result<std::vector<Spot>> spots_of(const Database& database, std::int64_t run) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT number, recording, start_ms, end_ms, start_error_ms, "
                                 "end_error_ms, confidence, level_db, ground, version_decided, "
                                 "from_loudspeaker FROM spot WHERE run = ?1 ORDER BY number"));
  ND_TRY_ASSIGN(auto numbered, all_rows(query.bind(run), read_spot));
  ND_TRY_ASSIGN(Statement alignments,
                database.prepare("SELECT spot, start_ms, end_ms, recording_start_ms, rate, pitch "
                                 "FROM alignment WHERE run = ?1 ORDER BY spot, number"));
  ND_TRY(distribute(alignments.bind(run), numbered, read_alignment,
                    [](Spot& spot, const Alignment& part) { spot.alignments.push_back(part); }));
  ND_TRY_ASSIGN(Statement alternatives,
                database.prepare("SELECT spot, recording, confidence FROM alternative "
                                 "WHERE run = ?1 ORDER BY spot, number"));
  ND_TRY(
      distribute(alternatives.bind(run), numbered, read_alternative,
                 [](Spot& spot, const Alternative& other) { spot.alternatives.push_back(other); }));
  std::vector<Spot> spots;
  spots.reserve(numbered.size());
  std::ranges::transform(numbered, std::back_inserter(spots),
                         [](NumberedSpot& entry) { return std::move(entry.spot); });
  return spots;
}

Result<std::vector<MusicSpan>> unidentified_of(const Database& database, std::int64_t run) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT start_ms, end_ms, confidence FROM unidentified "
                                 "WHERE run = ?1 ORDER BY number"));
  return all_rows(query.bind(run), [](Statement& row) {
    MusicSpan music;
    music.span.start = Milliseconds(row.read<std::int64_t>());
    music.span.end = Milliseconds(row.read<std::int64_t>());
    music.confidence = row.read<double>();
    return music;
  });
}

}  // namespace

Result<std::int64_t> Catalogue::store_run(const Episode& episode, const EpisodeFile& file,
                                          const Run& run) {
  const Database& database = *state_->database;
  ND_TRY(check_texts(episode, file));
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY_ASSIGN(const std::int64_t id, store_episode(database, episode));
  ND_TRY(store_file(database, id, file));
  ND_TRY(replace_run(database, file.id, run));
  ND_TRY(refresh_name_keys(database));
  ND_TRY(transaction.commit());
  return id;
}

Result<std::optional<Run>> Catalogue::run_of(SourceId file) {
  ND_TRY_ASSIGN(Transaction view, state_->read());
  ND_TRY_ASSIGN(Statement query, state_->database->prepare(
                                     "SELECT id, at, recordings_state FROM run WHERE file = ?1"));
  ND_TRY_ASSIGN(auto run, first_row(query.bind(file), [&](Statement& row) {
                  Run result;
                  result.id = row.read<std::int64_t>();
                  result.file = file;
                  result.at = row.read<std::string>();
                  result.catalogue_state = row.read<std::uint64_t>();
                  return result;
                }));
  if (run) {
    ND_TRY_ASSIGN(run->spots, spots_of(*state_->database, run->id));
    ND_TRY_ASSIGN(run->unidentified, unidentified_of(*state_->database, run->id));
  }
  return run;
}

}  // namespace needledrop
