#include "catalogue/catalogue_state.h"

namespace needledrop {
namespace {

Result<void> store_shared(const Database& database, SourceId file, SourceId other,
                          std::span<const SharedFootage> shared) {
  ND_TRY(database.run("DELETE FROM shared_footage WHERE file = ?1 AND other = ?2", file, other));
  ND_TRY_ASSIGN(
      Statement insert,
      database.prepare("INSERT INTO shared_footage (file, other, start_ms, end_ms, other_start_ms) "
                       "VALUES (?1, ?2, ?3, ?4, ?5)"));
  for (const SharedFootage& each : shared) {
    ND_TRY(insert.bind(file, other, each.span.start, each.span.end, each.other_start).run());
  }
  return {};
}

}  // namespace

Result<void> Catalogue::store_footage(SourceId file, std::string_view packed) {
  const Database& database = *state_->database;
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY(check_file(database, file));
  ND_TRY(database.run("INSERT OR REPLACE INTO footage (file, pictures) VALUES (?1, ?2)", file,
                      Blob{std::string(packed)}));
  return transaction.commit();
}

Result<std::optional<std::string>> Catalogue::footage_of(SourceId file) {
  ND_TRY_ASSIGN(Statement query,
                state_->database->prepare("SELECT pictures FROM footage WHERE file = ?1"));
  return first_row(query.bind(file), [](Statement& row) { return row.read<Blob>().bytes; });
}

Result<void> Catalogue::store_shared_footage(SourceId file, std::span<const SharedFootage> of_file,
                                             SourceId other,
                                             std::span<const SharedFootage> of_other) {
  const Database& database = *state_->database;
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY(store_shared(database, file, other, of_file));
  ND_TRY(store_shared(database, other, file, of_other));
  return transaction.commit();
}

Result<std::vector<FootageInOther>> Catalogue::shared_footage(SourceId file) {
  ND_TRY_ASSIGN(Statement query,
                state_->database->prepare("SELECT other, start_ms, end_ms, other_start_ms "
                                          "FROM shared_footage WHERE file = ?1 "
                                          "ORDER BY other, start_ms"));
  return all_rows(query.bind(file), [](Statement& row) {
    FootageInOther found;
    found.other = SourceId(row.read<SourceId::rep>());
    found.shared.span.start = Milliseconds(row.read<std::int64_t>());
    found.shared.span.end = Milliseconds(row.read<std::int64_t>());
    found.shared.other_start = Milliseconds(row.read<std::int64_t>());
    return found;
  });
}

}  // namespace needledrop
