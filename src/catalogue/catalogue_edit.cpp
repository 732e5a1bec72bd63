#include "catalogue/catalogue_edit.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/digest.h"
#include "catalogue/catalogue_state.h"
#include "catalogue/names.h"
#include "catalogue/text.h"

namespace needledrop {
namespace {

/// What an edit may change, and what is remembered of it. What is derived from these rows (the keys
/// that names are found by) is not: it is derived anew.
constexpr std::array kTables{
    "party",      "season", "work", "release",   "release_recording", "recording_work", "name",
    "identifier", "credit", "fact", "broadcast", "licence",           "production",     "episode"};

/// What hangs on rows that edits change, and is changed by other means: watched, so that taking an
/// edit back can't change it unseen.
constexpr std::array kWatchedTables{"recording", "episode_file", "sheet", "sheet_step"};

MadeEdit read_edit(Statement& row) {
  MadeEdit edit;
  edit.id = row.read<std::int64_t>();
  edit.note.at = row.read<std::string>();
  edit.note.author = row.read<std::string>();
  edit.note.summary = row.read<std::string>();
  edit.is_undone = row.read<int>() != 0;
  return edit;
}

Error no_edit(std::int64_t id) {
  return fail(Error::Kind::kNotFound, fmt::format("there is no edit {}", id));
}

constexpr std::string_view kEditQuery = "SELECT id, made_at, author, summary, is_undone FROM edit ";

Result<MadeEdit> edit_of(const Database& database, std::int64_t id) {
  ND_TRY_ASSIGN(Statement query, database.prepare(std::string(kEditQuery) + "WHERE id = ?1"));
  ND_TRY_ASSIGN(auto edit, first_row(query.bind(id), read_edit));
  if (!edit.has_value())
    return fail(Error::Kind::kNotFound, fmt::format("there is no edit {}", id));
  return std::move(*edit);
}

Digest digest_of_bytes(std::string_view bytes) {
  Digester digester;
  digester.update({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  return digester.digest();
}

/// SQLite trusts a changeset, so a damaged one must not reach it.
Result<std::string> changeset_of(const Database& database, std::int64_t id) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT changes, digest FROM edit WHERE id = ?1"));
  ND_TRY_ASSIGN(auto found, first_row(query.bind(id), [](Statement& row) {
                  auto changes = row.read<Blob>().bytes;
                  return std::pair(std::move(changes), read_digest(row));
                }));
  if (!found.has_value()) return no_edit(id);
  if (digest_of_bytes(found->first) != found->second) {
    return database.corrupt(fmt::format("the record of edit {} is damaged", id));
  }
  return std::move(found->first);
}

/// Everything that `made` has changed must be in `meant`: rows that hang on others go with them.
Result<void> check_nothing_else(const std::vector<RowChange>& made,
                                const std::vector<RowChange>& meant) {
  const auto row = [](const RowChange& change) {
    return std::pair<std::string_view, std::string_view>(change.table, change.key);
  };
  std::set<std::pair<std::string_view, std::string_view>> rows;
  std::ranges::transform(meant, std::inserter(rows, rows.end()), row);
  for (const RowChange& change : made) {
    if (rows.contains(row(change))) continue;
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("{} {} hangs on it and is not part of it", change.table, change.key));
  }
  return {};
}

Result<void> apply_alone(const Database& database, std::string_view changes,
                         ChangeDirection direction) {
  std::vector<const char*> tables(kTables.begin(), kTables.end());
  tables.insert(tables.end(), kWatchedTables.begin(), kWatchedTables.end());
  ND_TRY_ASSIGN(ChangeRecorder recorder, ChangeRecorder::start(database, tables));
  ND_TRY(apply_changeset(database, changes, direction));
  ND_TRY_ASSIGN(const std::string made, recorder.changeset());
  ND_TRY_ASSIGN(const auto made_rows, read_changeset(database, made));
  ND_TRY_ASSIGN(const auto meant_rows, read_changeset(database, changes));
  return check_nothing_else(made_rows, meant_rows);
}

Result<void> turn(const Database& database, std::int64_t id, ChangeDirection direction) {
  const bool is_undo = direction == ChangeDirection::kBack;
  ND_TRY_ASSIGN(Transaction transaction, Transaction::begin(database, Transaction::Kind::kWrite));
  ND_TRY_ASSIGN(const MadeEdit edit, edit_of(database, id));
  if (edit.is_undone == is_undo) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("edit {} ({}) {}", id, shown(edit.note.summary),
                            is_undo ? "was undone already" : "stands; there is nothing to redo"));
  }
  ND_TRY_ASSIGN(const std::string changes, changeset_of(database, id));
  const auto applied = apply_alone(database, changes, direction);
  if (!applied.has_value()) {
    return applied.error().in(fmt::format("edit {} ({}) can't be {}", id, shown(edit.note.summary),
                                          is_undo ? "undone" : "redone"));
  }
  ND_TRY(database.run("UPDATE edit SET is_undone = ?2 WHERE id = ?1", id, is_undo));
  ND_TRY(refresh_name_keys(database));
  return transaction.commit();
}

}  // namespace

struct CatalogueEdit::State {
  const Database* database;
  EditNote note;
  Transaction transaction;
  ChangeRecorder recorder;
};

CatalogueEdit::CatalogueEdit(std::unique_ptr<State> state) : state_(std::move(state)) {}
CatalogueEdit::CatalogueEdit(CatalogueEdit&&) noexcept = default;
CatalogueEdit::~CatalogueEdit() = default;

Result<CatalogueEdit> CatalogueEdit::begin(Catalogue& catalogue, EditNote note) {
  ND_TRY(check_text(note.author, "the author"));
  ND_TRY(check_text(note.summary, "the summary of the edit"));
  const Database& database = catalogue.database();
  ND_TRY_ASSIGN(Transaction transaction, Transaction::begin(database, Transaction::Kind::kWrite));
  ND_TRY_ASSIGN(ChangeRecorder recorder, ChangeRecorder::start(database, kTables));
  return CatalogueEdit(std::make_unique<State>(
      State{&database, std::move(note), std::move(transaction), std::move(recorder)}));
}

const Database& CatalogueEdit::database() const {
  return *state_->database;
}

Result<std::int64_t> CatalogueEdit::provenance_id(const Provenance& provenance) {
  return store_provenance(database(), provenance);
}

Result<std::vector<RowChange>> CatalogueEdit::changes() {
  ND_TRY_ASSIGN(const std::string changeset, state_->recorder.changeset());
  return read_changeset(database(), changeset);
}

Result<std::optional<std::int64_t>> CatalogueEdit::commit() {
  ND_TRY_ASSIGN(const std::string changeset, state_->recorder.changeset());
  if (changeset.empty()) return std::optional<std::int64_t>();
  const EditNote& note = state_->note;
  ND_TRY(database().run(
      "INSERT INTO edit (made_at, author, summary, changes, digest) "
      "VALUES (?1, ?2, ?3, ?4, ?5)",
      note.at, note.author, note.summary, Blob{changeset}, blob_of(digest_of_bytes(changeset))));
  const std::int64_t id = database().last_id();
  ND_TRY(refresh_name_keys(database()));
  ND_TRY(state_->transaction.commit());
  return std::optional(id);
}

Result<std::vector<MadeEdit>> made_edits(Catalogue& catalogue) {
  ND_TRY_ASSIGN(Statement query,
                catalogue.database().prepare(std::string(kEditQuery) + "ORDER BY id DESC"));
  return all_rows(query, read_edit);
}

Result<MadeEdit> made_edit(Catalogue& catalogue, std::int64_t id) {
  const Database& database = catalogue.database();
  ND_TRY_ASSIGN(Transaction view, Transaction::begin(database, Transaction::Kind::kRead));
  ND_TRY_ASSIGN(MadeEdit edit, edit_of(database, id));
  ND_TRY_ASSIGN(const std::string changes, changeset_of(database, id));
  ND_TRY_ASSIGN(edit.changes, read_changeset(database, changes));
  return edit;
}

Result<void> undo_edit(Catalogue& catalogue, std::int64_t id) {
  return turn(catalogue.database(), id, ChangeDirection::kBack);
}

Result<void> redo_edit(Catalogue& catalogue, std::int64_t id) {
  return turn(catalogue.database(), id, ChangeDirection::kForward);
}

}  // namespace needledrop
