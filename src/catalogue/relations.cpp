#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "catalogue/catalogue_state.h"
#include "fingerprint/parameters.h"

namespace needledrop {
namespace {

constexpr std::array<std::pair<RelationKind, std::string_view>, 4> kKinds{{
    {RelationKind::kSame, "same"},
    {RelationKind::kVersion, "version"},
    {RelationKind::kEdit, "edit"},
    {RelationKind::kSampled, "sampled"},
}};

// A tick is a whole number of milliseconds, so nothing is lost on the way there and back.
constexpr std::int64_t kTickMilliseconds = std::int64_t{1'000} * kHop / kAnalysisRate;
static_assert(kTickMilliseconds * kAnalysisRate == std::int64_t{1'000} * kHop);

std::int64_t milliseconds_of(Tick tick) {
  return tick.value * kTickMilliseconds;
}

/// Marks the statement's row as damaged when no recording is as long.
Tick read_tick(Statement& row) {
  const std::int64_t ticks = row.read<std::int64_t>() / kTickMilliseconds;
  if (!std::in_range<Tick::rep>(ticks)) {
    row.mark_damaged();
    return Tick();
  }
  return Tick(static_cast<Tick::rep>(ticks));
}

Relation read_relation(Statement& row) {
  Relation relation;
  relation.a = SourceId(row.read<SourceId::rep>());
  relation.b = SourceId(row.read<SourceId::rep>());
  const auto name = row.read<std::string>();
  const auto* const kind = std::ranges::find(kKinds, name, [](const auto& k) { return k.second; });
  if (kind == kKinds.end()) {
    row.mark_damaged();
  } else {
    relation.kind = kind->first;
  }
  relation.likeness = row.read<double>();
  return relation;
}

Result<bool> has_recordings(const Database& database, const Relation& relation) {
  ND_TRY_ASSIGN(const std::int64_t found,
                number(database, "SELECT count(*) FROM recording WHERE id IN (?1, ?2)", relation.a,
                       relation.b));
  return found == 2;
}

Result<void> store_relation(const Database& database, const Relation& relation) {
  ND_TRY(database.run("DELETE FROM relation WHERE a = ?1 AND b = ?2", relation.a, relation.b));
  ND_TRY_ASSIGN(const bool exist, has_recordings(database, relation));
  if (!exist) return {};
  const auto* const kind =
      std::ranges::find(kKinds, relation.kind, [](const auto& k) { return k.first; });
  ND_TRY(database.run("INSERT INTO relation (a, b, kind, likeness) VALUES (?1, ?2, ?3, ?4)",
                      relation.a, relation.b, kind->second, relation.likeness));
  ND_TRY_ASSIGN(Statement insert,
                database.prepare("INSERT INTO shared_stretch (a, b, start_ms, end_ms, offset_ms) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5)"));
  for (const SharedStretch& stretch : relation.stretches) {
    ND_TRY(insert
               .bind(relation.a, relation.b, milliseconds_of(stretch.first),
                     milliseconds_of(stretch.last), milliseconds_of(stretch.offset))
               .run());
  }
  return {};
}

}  // namespace

std::string_view to_string(RelationKind kind) {
  return std::ranges::find(kKinds, kind, [](const auto& k) { return k.first; })->second;
}

Result<std::vector<SourceId>> Catalogue::unaligned_recordings() {
  ND_TRY_ASSIGN(Statement query, state_->database->prepare(
                                     "SELECT id FROM recording WHERE NOT aligned ORDER BY id"));
  return all_rows(query, [](Statement& row) { return SourceId(row.read<SourceId::rep>()); });
}

Result<void> Catalogue::store_relations(std::span<const SourceId> aligned,
                                        std::span<const Relation> relations) {
  const Database& database = *state_->database;
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  for (const Relation& relation : relations) {
    ND_TRY(store_relation(database, relation));
  }
  for (const SourceId id : aligned) {
    ND_TRY(database.run("UPDATE recording SET aligned = 1 WHERE id = ?1", id));
  }
  if (!relations.empty()) {
    ND_TRY(database.run("UPDATE state SET recordings_state = recordings_state + 1"));
  }
  return transaction.commit();
}

Result<std::vector<Relation>> Catalogue::relations() {
  const Database& database = *state_->database;
  ND_TRY_ASSIGN(Transaction view, state_->read());
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT a, b, kind, likeness FROM relation ORDER BY a, b"));
  ND_TRY_ASSIGN(std::vector<Relation> relations, all_rows(query, read_relation));
  ND_TRY_ASSIGN(Statement stretches,
                database.prepare("SELECT a, b, start_ms, end_ms, offset_ms FROM shared_stretch "
                                 "ORDER BY a, b, start_ms"));
  auto next = relations.begin();
  while (true) {
    ND_TRY_ASSIGN(const bool has_row, stretches.step());
    if (!has_row) break;
    const SourceId a(stretches.read<SourceId::rep>());
    const SourceId b(stretches.read<SourceId::rep>());
    next = std::find_if(next, relations.end(),
                        [&](const Relation& r) { return std::pair(r.a, r.b) >= std::pair(a, b); });
    if (next == relations.end() || next->a != a || next->b != b) continue;
    SharedStretch stretch;
    stretch.first = read_tick(stretches);
    stretch.last = read_tick(stretches);
    stretch.offset = read_tick(stretches);
    next->stretches.push_back(stretch);
  }
  return relations;
}

}  // namespace needledrop
