#include "catalogue/works.h"

#include <fmt/format.h>

#include "catalogue/catalogue_state.h"

namespace needledrop {
namespace {

Work read_work(Statement& row) {
  Work work;
  work.id = row.read<std::int64_t>();
  work.title = row.read<std::string>();
  work.comment = row.read<std::string>();
  return work;
}

Release read_release(Statement& row) {
  Release release;
  release.id = row.read<std::int64_t>();
  release.production = read_id_or_zero(row);
  release.title = row.read<std::string>();
  release.comment = row.read<std::string>();
  return release;
}

Result<void> check_titles(std::string_view title, std::string_view comment, std::string_view what) {
  ND_TRY(check_name(title, what));
  return check_text(comment, fmt::format("what tells {} apart", what));
}

Error no_work(std::int64_t id) {
  return fail(Error::Kind::kNotFound, fmt::format("there is no work {}", id));
}

Error no_performance(SourceId recording, std::int64_t work) {
  return fail(Error::Kind::kNotFound,
              fmt::format("recording {} is not known to perform work {}", recording.value, work));
}

Result<void> check_recording_exists(const Database& database, SourceId recording) {
  ND_TRY_ASSIGN(const std::int64_t found,
                number(database, "SELECT count(*) FROM recording WHERE id = ?1", recording));
  if (found != 0) return {};
  return fail(Error::Kind::kNotFound, fmt::format("there is no recording {}", recording.value));
}

}  // namespace

Result<std::int64_t> add_work(CatalogueEdit& edit, const Work& work) {
  ND_TRY(check_titles(work.title, work.comment, "a work"));
  ND_TRY(edit.database().run("INSERT INTO work (title, comment) VALUES (?1, ?2)", work.title,
                             work.comment));
  return edit.database().last_id();
}

Result<void> update_work(CatalogueEdit& edit, const Work& work) {
  ND_TRY(check_titles(work.title, work.comment, "a work"));
  ND_TRY(edit.database().run("UPDATE work SET title = ?2, comment = ?3 WHERE id = ?1", work.id,
                             work.title, work.comment));
  if (edit.database().changed_rows() == 0) return no_work(work.id);
  return {};
}

Result<std::vector<Work>> works(const Database& database) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT id, title, comment FROM work ORDER BY id"));
  return all_rows(query, read_work);
}

Result<Work> work(const Database& database, std::int64_t id) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT id, title, comment FROM work WHERE id = ?1"));
  ND_TRY_ASSIGN(auto found, first_row(query.bind(id), read_work));
  if (!found.has_value()) return no_work(id);
  return std::move(*found);
}

Result<void> link_work(CatalogueEdit& edit, SourceId recording, std::int64_t work,
                       std::int64_t provenance) {
  ND_TRY(check_recording_exists(edit.database(), recording));
  ND_TRY(needledrop::work(edit.database(), work));
  return edit.database().run(
      "INSERT INTO recording_work (recording, work, provenance) VALUES (?1, ?2, ?3) "
      "ON CONFLICT DO NOTHING",
      recording, work, provenance);
}

Result<void> unlink_work(CatalogueEdit& edit, SourceId recording, std::int64_t work) {
  ND_TRY(edit.database().run("DELETE FROM recording_work WHERE recording = ?1 AND work = ?2",
                             recording, work));
  if (edit.database().changed_rows() == 0) return no_performance(recording, work);
  return {};
}

Result<void> set_performance_standing(CatalogueEdit& edit, SourceId recording, std::int64_t work,
                                      FactStanding standing) {
  ND_TRY(edit.database().run(
      "UPDATE recording_work SET standing = ?3 WHERE recording = ?1 AND work = ?2", recording, work,
      to_string(standing)));
  if (edit.database().changed_rows() == 0) return no_performance(recording, work);
  return {};
}

Result<std::vector<Work>> works_of(const Database& database, SourceId recording) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT id, title, comment FROM work JOIN recording_work "
                                 "ON work = id WHERE recording = ?1 AND standing <> 'dismissed' "
                                 "ORDER BY id"));
  return all_rows(query.bind(recording), read_work);
}

Result<std::vector<Performance>> performances_of(const Database& database, EntityRef of) {
  const bool is_of_work = of.kind == EntityKind::kWork;
  if (!is_of_work && of.kind != EntityKind::kRecording) return std::vector<Performance>();
  ND_TRY_ASSIGN(Statement query, database.prepare(fmt::format(
                                     "SELECT recording, work, provenance, standing "
                                     "FROM recording_work WHERE {} = ?1 ORDER BY recording, work",
                                     is_of_work ? "work" : "recording")));
  return all_rows(query.bind(of.id), [](Statement& row) {
    Performance performance;
    performance.recording = SourceId(row.read<SourceId::rep>());
    performance.work = row.read<std::int64_t>();
    performance.provenance = row.read<std::int64_t>();
    performance.standing = read_fact_standing(row);
    return performance;
  });
}

Result<std::int64_t> add_release(CatalogueEdit& edit, const Release& release) {
  ND_TRY(check_titles(release.title, release.comment, "a release"));
  ND_TRY(
      edit.database().run("INSERT INTO release (production, title, comment) "
                          "VALUES (?1, ?2, ?3)",
                          id_or_null(release.production), release.title, release.comment));
  return edit.database().last_id();
}

Result<std::vector<Release>> releases(const Database& database) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT id, production, title, comment FROM release ORDER BY id"));
  return all_rows(query, read_release);
}

Result<void> place_on_release(CatalogueEdit& edit, std::int64_t release,
                              const ReleasePlace& place) {
  ND_TRY(check_recording_exists(edit.database(), place.recording));
  return edit.database().run(
      "INSERT INTO release_recording (release, disc, position, recording) "
      "VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
      release, place.disc, place.position, place.recording);
}

Result<std::vector<ReleasePlace>> places_on(const Database& database, std::int64_t release) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT disc, position, recording FROM release_recording "
                                 "WHERE release = ?1 ORDER BY disc, position, recording"));
  return all_rows(query.bind(release), [](Statement& row) {
    ReleasePlace place;
    place.disc = row.read<int>();
    place.position = row.read<int>();
    place.recording = SourceId(row.read<SourceId::rep>());
    return place;
  });
}

Result<std::vector<Release>> releases_of(const Database& database, SourceId recording) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT DISTINCT id, production, title, comment FROM release "
                                 "JOIN release_recording ON release = id WHERE recording = ?1 "
                                 "ORDER BY id"));
  return all_rows(query.bind(recording), read_release);
}

}  // namespace needledrop
