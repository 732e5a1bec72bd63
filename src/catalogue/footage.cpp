#include "catalogue/catalogue_state.h"

namespace needledrop {

Result<void> Catalogue::store_footage(SourceId file, std::string_view packed) {
  const Database& database = *state_->database;
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY_ASSIGN(const std::int64_t files,
                number(database, "SELECT count(*) FROM episode_file WHERE id = ?1", file));
  if (files == 0) {
    return fail(Error::Kind::kInvalidArgument, "there is no such file of an episode any more");
  }
  ND_TRY(database.run("INSERT OR REPLACE INTO footage (file, pictures) VALUES (?1, ?2)", file,
                      Blob{std::string(packed)}));
  return transaction.commit();
}

Result<std::optional<std::string>> Catalogue::footage_of(SourceId file) {
  ND_TRY_ASSIGN(Statement query,
                state_->database->prepare("SELECT pictures FROM footage WHERE file = ?1"));
  return first_row(query.bind(file), [](Statement& row) { return row.read<Blob>().bytes; });
}

}  // namespace needledrop
