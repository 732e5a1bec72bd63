#include <fmt/format.h>

#include "catalogue/catalogue_state.h"
#include "catalogue/episode_edits.h"
#include "catalogue/lookup.h"
#include "catalogue/names.h"
#include "catalogue/text.h"

namespace needledrop {
namespace {

constexpr std::string_view kEpisodeQuery =
    "SELECT id, production, season, number, title, air_date FROM episode";

constexpr std::string_view kFileQuery =
    "SELECT id, episode, path, digest, size, duration_ms, part, cut, frame_rate_numerator, "
    "frame_rate_denominator, start_timecode, layout FROM episode_file JOIN source USING (id)";

Episode read_episode(Statement& row) {
  Episode episode;
  episode.id = row.read<std::int64_t>();
  episode.production = read_id_or_zero(row);
  episode.season = row.read<std::optional<int>>();
  episode.number = row.read<std::optional<int>>();
  episode.title = row.read<std::string>();
  episode.air_date = row.read<std::optional<std::string>>();
  return episode;
}

EpisodeFile read_file(Statement& row) {
  EpisodeFile file;
  file.id = SourceId(row.read<SourceId::rep>());
  file.episode = row.read<std::int64_t>();
  file.path = row.read<Blob>().bytes;
  file.digest = read_digest(row);
  file.size = row.read<std::uint64_t>();
  file.duration = Milliseconds(row.read<std::int64_t>());
  file.part = row.read<std::optional<int>>();
  file.cut = row.read<std::string>();
  file.frame_rate.numerator = row.read<int>();
  file.frame_rate.denominator = row.read<int>();
  file.start_timecode = row.read<std::optional<std::string>>();
  file.layout = row.read<std::string>();
  return file;
}

template <typename... Values>
Result<std::vector<EpisodeFile>> files_where(const Database& database, std::string_view rest,
                                             const Values&... values) {
  ND_TRY_ASSIGN(Statement query, database.prepare(fmt::format("{} {}", kFileQuery, rest)));
  return all_rows(query.bind(values...), read_file);
}

std::string choice_label(Statement& row) {
  const auto production = row.read<std::optional<std::string>>();
  const auto season = row.read<std::optional<int>>();
  const auto episode = row.read<std::optional<int>>();
  const auto title = row.read<std::string>();
  const auto path = row.read<std::optional<Blob>>();
  std::string name = title.empty() && path ? shown(path->bytes, 60) : shown(title, 60);
  if (episode) {
    name =
        season ? fmt::format("S{:02}E{:02}", *season, *episode) : fmt::format("E{:02}", *episode);
    name += production || title.empty() ? "" : " " + shown(title, 60);
  }
  return production ? fmt::format("{}/{}", shown(*production, 60), name) : name;
}

constexpr std::string_view kChoices =
    "SELECT episode.id, production.title, season, episode.number, episode.title, "
    "(SELECT path FROM episode_file WHERE episode = episode.id ORDER BY id LIMIT 1) "
    "FROM episode LEFT JOIN production ON production.id = episode.production WHERE {} "
    "ORDER BY episode.id";

/// The episodes that `PRODUCTION/S01E12` names, `PRODUCTION` being a title, or else the beginning,
/// or else a part of titles. Nothing when `what` has not that form or no production fits.
Result<std::optional<std::vector<Choice>>> choices_by_mark(const Database& database,
                                                           const Lookup& lookup,
                                                           std::string_view what) {
  const auto slash = what.rfind('/');
  const auto mark =
      read_episode_mark(slash == std::string_view::npos ? what : what.substr(slash + 1));
  if (!mark) {
    return std::nullopt;
  }
  const std::string production =
      slash == std::string_view::npos ? "" : folded(what.substr(0, slash));
  if (production.empty()) {
    return lookup.choices_where("episode.number = ?1 AND (?2 IS NULL OR season = ?2)", mark->number,
                                mark->season);
  }
  for (const std::string_view rule :
       {"folded(title) = ?1", "instr(folded(title), ?1) = 1", "instr(folded(title), ?1) > 0",
        "id IN (SELECT entity FROM name WHERE entity_kind = 'production' AND folded(text) = ?1)",
        "id IN (SELECT entity FROM name "
        "WHERE entity_kind = 'production' AND instr(folded(text), ?1) > 0)"}) {
    ND_TRY_ASSIGN(const std::int64_t fitting,
                  number(database, fmt::format("SELECT count(*) FROM production WHERE {}", rule),
                         production));
    if (fitting > 0) {
      return lookup.choices_where(
          fmt::format("episode.production IN (SELECT id FROM production WHERE {}) "
                      "AND episode.number = ?2 AND (?3 IS NULL OR season = ?3)",
                      rule),
          production, mark->number, mark->season);
    }
  }
  return std::nullopt;
}

Error no_episode(std::int64_t id) {
  return fail(Error::Kind::kNotFound, fmt::format("there is no episode {}", id));
}

}  // namespace

Result<std::vector<Episode>> Catalogue::episodes() {
  return needledrop::episodes(*state_->database);
}

Result<std::vector<Episode>> episodes(const Database& database) {
  ND_TRY_ASSIGN(Statement query, database.prepare(fmt::format("{} ORDER BY id", kEpisodeQuery)));
  return all_rows(query, read_episode);
}

Result<Episode> Catalogue::episode(std::int64_t id) {
  ND_TRY_ASSIGN(Statement query,
                state_->database->prepare(fmt::format("{} WHERE id = ?1", kEpisodeQuery)));
  ND_TRY_ASSIGN(auto episode, first_row(query.bind(id), read_episode));
  if (!episode) {
    return no_episode(id);
  }
  return std::move(*episode);
}

Result<std::vector<EpisodeFile>> Catalogue::files_of(std::int64_t episode) {
  // Parts in order, the broadcast cut first.
  return files_where(*state_->database, "WHERE episode = ?1 ORDER BY cut, part, id", episode);
}

Result<std::vector<EpisodeFile>> Catalogue::episode_files() {
  return files_where(*state_->database, "ORDER BY id");
}

Result<std::optional<EpisodeFile>> Catalogue::file_of(const Digest& digest) {
  ND_TRY_ASSIGN(Statement query, state_->database->prepare(fmt::format(
                                     "{} WHERE kind = 'episode' AND digest = ?1", kFileQuery)));
  return first_row(query.bind(blob_of(digest)), read_file);
}

Result<bool> Catalogue::has_file_of_size(std::uint64_t bytes) {
  ND_TRY_ASSIGN(const std::int64_t found,
                number(*state_->database,
                       "SELECT EXISTS (SELECT 1 FROM episode_file WHERE size = ?1)", bytes));
  return found != 0;
}

Result<std::vector<EpisodeFile>> Catalogue::stale_files() {
  return files_where(*state_->database,
                     "WHERE id IN (SELECT file FROM run WHERE recordings_state <> "
                     "(SELECT recordings_state FROM state)) ORDER BY id");
}

Result<Episode> Catalogue::find_episode(std::string_view what) {
  const Database& database = *state_->database;
  const Lookup lookup{database, what, kChoices, choice_label};
  ND_TRY_ASSIGN(auto choices,
                lookup.fitting({
                    {Lookup::Needle::kId, "episode.id = ?1"},
                    {Lookup::Needle::kBytes,
                     "episode.id IN (SELECT episode FROM episode_file WHERE path = ?1)"},
                }));
  if (choices.empty()) {
    ND_TRY_ASSIGN(auto marked, choices_by_mark(database, lookup, what));
    if (marked) {
      choices = std::move(*marked);
    } else {
      ND_TRY_ASSIGN(
          choices,
          lookup.fitting({
              {Lookup::Needle::kFolded,
               "folded(episode.title) = ?1 OR folded(production.title) = ?1"},
              {Lookup::Needle::kFolded,
               "instr(folded(episode.title), ?1) > 0 OR instr(folded(production.title), ?1) > 0"},
              {Lookup::Needle::kFolded,
               "EXISTS (SELECT 1 FROM name WHERE folded(text) = ?1 "
               "AND (entity_kind, entity) IN (VALUES ('episode', episode.id), "
               "('production', episode.production)))"},
              {Lookup::Needle::kFolded,
               "EXISTS (SELECT 1 FROM name WHERE instr(folded(text), ?1) > 0 "
               "AND (entity_kind, entity) IN (VALUES ('episode', episode.id), "
               "('production', episode.production)))"},
          }));
    }
  }
  ND_TRY_ASSIGN(const std::int64_t id, only_choice(choices, what, "episode", "episodes"));
  return episode(id);
}

Result<void> Catalogue::remove_episode(std::int64_t id) {
  const Database& database = *state_->database;
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  // The cascade takes the files with their runs and spots.
  ND_TRY(database.run(
      "DELETE FROM source WHERE id IN (SELECT id FROM episode_file WHERE episode = ?1)", id));
  ND_TRY(database.run("DELETE FROM episode WHERE id = ?1", id));
  if (database.changed_rows() == 0) {
    return no_episode(id);
  }
  ND_TRY(refresh_name_keys(database));
  return transaction.commit();
}

}  // namespace needledrop
