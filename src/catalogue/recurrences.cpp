#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "catalogue/catalogue_state.h"
#include "catalogue/lookup.h"
#include "catalogue/recurrence_naming.h"
#include "catalogue/text.h"

namespace needledrop {
namespace {

constexpr std::string_view kUnnamed = "unknown cue ";

RecurrenceKind read_kind(Statement& row) {
  const auto name = row.read<std::string>();
  for (const RecurrenceKind kind :
       {RecurrenceKind::kMusic, RecurrenceKind::kTitle, RecurrenceKind::kEnding,
        RecurrenceKind::kJingle, RecurrenceKind::kFootage, RecurrenceKind::kRecap,
        RecurrenceKind::kPreview}) {
    if (name == to_string(kind)) return kind;
  }
  row.mark_damaged();
  return RecurrenceKind::kMusic;
}

NamedRecurrence read_recurrence(Statement& row) {
  NamedRecurrence recurrence;
  recurrence.id = row.read<std::int64_t>();
  recurrence.music.kind = read_kind(row);
  recurrence.label = row.read<std::string>();
  recurrence.recording = SourceId(row.read<std::optional<SourceId::rep>>().value_or(0));
  return recurrence;
}

RecurrencePlace read_place(Statement& row) {
  RecurrencePlace place;
  place.episode = SourceId(row.read<SourceId::rep>());
  // 32 bits: what is longer than three weeks is damage.
  place.span.start = Milliseconds(row.read<std::int32_t>());
  place.span.end = Milliseconds(row.read<std::int32_t>());
  place.position = Milliseconds(row.read<std::int32_t>());
  place.rate = row.read<double>();
  place.likeness = row.read<double>();
  place.confidence = row.read<double>();
  return place;
}

/// Within a transaction.
Result<std::vector<NamedRecurrence>> all_recurrences(const Database& database) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT id, kind, label, recording FROM recurrence ORDER BY id"));
  ND_TRY_ASSIGN(std::vector<NamedRecurrence> all, all_rows(query, read_recurrence));
  ND_TRY_ASSIGN(Statement places,
                database.prepare("SELECT recurrence, is_best, file, start_ms, end_ms, position_ms, "
                                 "rate, likeness, confidence FROM recurrence_place "
                                 "ORDER BY recurrence, file, start_ms, number"));
  while (true) {
    ND_TRY_ASSIGN(const bool has_row, places.step());
    if (!has_row) return all;
    const auto id = places.read<std::int64_t>();
    const bool is_best = places.read<int>() != 0;
    const auto recurrence = std::ranges::lower_bound(all, id, {}, &NamedRecurrence::id);
    if (recurrence == all.end() || recurrence->id != id) continue;
    if (is_best) recurrence->music.best = recurrence->music.places.size();
    recurrence->music.places.push_back(read_place(places));
  }
}

Result<void> store_places(const Database& database, std::int64_t id, const Recurrence& music) {
  ND_TRY(database.run("DELETE FROM recurrence_place WHERE recurrence = ?1", id));
  ND_TRY_ASSIGN(Statement insert,
                database.prepare("INSERT INTO recurrence_place (recurrence, number, file, "
                                 "start_ms, end_ms, position_ms, rate, likeness, confidence, "
                                 "is_best) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 "
                                 "WHERE EXISTS (SELECT 1 FROM episode_file WHERE id = ?3)"));
  for (std::size_t i = 0; i < music.places.size(); ++i) {
    const RecurrencePlace& place = music.places[i];
    ND_TRY(insert
               .bind(id, i, place.episode, place.span.start, place.span.end, place.position,
                     place.rate, place.likeness, place.confidence, i == music.best)
               .run());
  }
  return {};
}

Result<void> store_recurrence(const Database& database, const NamedRecurrence& recurrence) {
  if (recurrence.id != 0) {
    ND_TRY(database.run("UPDATE recurrence SET kind = ?2 WHERE id = ?1", recurrence.id,
                        to_string(recurrence.music.kind)));
    return store_places(database, recurrence.id, recurrence.music);
  }
  ND_TRY(database.run("INSERT INTO recurrence (kind, label) VALUES (?1, '')",
                      to_string(recurrence.music.kind)));
  return store_places(database, database.last_id(), recurrence.music);
}

Result<void> update_one(const Database& database, std::int64_t id) {
  if (database.changed_rows() != 0) return {};
  return fail(Error::Kind::kNotFound, fmt::format("there is no unknown cue {}", id));
}

/// What a person calls a recurrence that has no label: its number alone will do.
std::string_view without_prefix(std::string_view what) {
  return what.starts_with(kUnnamed) ? what.substr(kUnnamed.size()) : what;
}

}  // namespace

Result<std::vector<NamedRecurrence>> Catalogue::recurrences() {
  ND_TRY_ASSIGN(Transaction view, state_->read());
  return all_recurrences(*state_->database);
}

Result<std::vector<NamedRecurrence>> Catalogue::recurrences_of(SourceId file) {
  ND_TRY_ASSIGN(std::vector<NamedRecurrence> all, recurrences());
  std::erase_if(all, [&](const NamedRecurrence& recurrence) {
    return std::ranges::none_of(recurrence.music.places, [&](const RecurrencePlace& place) {
      return place.episode == file;
    });
  });
  return all;
}

Result<void> Catalogue::store_recurrences(std::span<const SourceId> searched,
                                          std::span<const Recurrence> found) {
  const Database& database = *state_->database;
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY_ASSIGN(std::vector<NamedRecurrence> known, all_recurrences(database));
  std::vector<std::int64_t> gone;
  for (const NamedRecurrence& one : known) gone.push_back(one.id);
  for (const NamedRecurrence& one : renamed(std::move(known), searched, found)) {
    std::erase(gone, one.id);
    ND_TRY(store_recurrence(database, one));
  }
  for (const std::int64_t id : gone) {
    ND_TRY(database.run("DELETE FROM recurrence WHERE id = ?1", id));
  }
  return transaction.commit();
}

Result<NamedRecurrence> Catalogue::find_recurrence(std::string_view what) {
  const Database& database = *state_->database;
  ND_TRY_ASSIGN(Transaction view, state_->read());
  const std::string_view named = without_prefix(what);
  // "unknown cue 7" is cue 7 or none, though another's label may hold a 7.
  const bool is_number = named.size() < what.size() && spelled_number(named).has_value();
  const Lookup lookup(database, named, "SELECT id, label FROM recurrence WHERE {} ORDER BY id",
                      [](Statement& row) { return shown(row.read<std::string>(), 60); });
  const Lookup::Rule by_id{Lookup::Needle::kId, "id = ?1"};
  ND_TRY_ASSIGN(const auto choices,
                is_number
                    ? lookup.fitting({by_id})
                    : lookup.fitting({by_id,
                                      {Lookup::Needle::kFolded, "folded(label) = ?1"},
                                      {Lookup::Needle::kFolded, "instr(folded(label), ?1) > 0"}}));
  ND_TRY_ASSIGN(const std::int64_t id,
                only_choice(choices, what, "cue", "cues", "its number or a part of its label"));
  ND_TRY_ASSIGN(const auto all, all_recurrences(database));
  return *std::ranges::find(all, id, &NamedRecurrence::id);
}

Result<void> Catalogue::label_recurrence(std::int64_t id, std::string_view label) {
  ND_TRY(check_text(label, "the label"));
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY(state_->database->run("UPDATE recurrence SET label = ?2 WHERE id = ?1", id, label));
  ND_TRY(update_one(*state_->database, id));
  return transaction.commit();
}

Result<void> Catalogue::identify_recurrence(std::int64_t id, SourceId recording) {
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY(
      state_->database->run("UPDATE recurrence SET recording = ?2 WHERE id = ?1", id, recording));
  ND_TRY(update_one(*state_->database, id));
  return transaction.commit();
}

}  // namespace needledrop
