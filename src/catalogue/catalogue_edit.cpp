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

/// What an edit may change, and what is remembered of it, in the order in which it is made and
/// taken back: cues before the works that they name. What is derived from these rows (the keys that
/// names are found by) is not: it is derived anew.
constexpr std::array kTables{
    "cue",        "cue_version", "cue_span", "cue_dismissal", "decision",          "decision_cue",
    "party",      "season",      "work",     "release",       "release_recording", "recording_work",
    "name",       "identifier",  "credit",   "fact",          "broadcast",         "licence",
    "production", "episode"};

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

/// The first row of `some` that is not among `others`.
const RowChange* first_beside(const std::vector<RowChange>& some,
                              const std::vector<RowChange>& others) {
  const auto row = [](const RowChange& change) {
    return std::pair<std::string_view, std::string_view>(change.table, change.key);
  };
  std::set<std::pair<std::string_view, std::string_view>> rows;
  std::ranges::transform(others, std::inserter(rows, rows.end()), row);
  const auto beside =
      std::ranges::find_if(some, [&](const RowChange& one) { return !rows.contains(row(one)); });
  return beside == some.end() ? nullptr : &*beside;
}

/// A cue that stands for one of the works that went. (No row of a cue changes with its work.)
Result<std::optional<ChangeConflict>> cue_of_lost_work(const Database& database,
                                                       const std::vector<RowChange>& made) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT c.id FROM cue AS c JOIN cue_version AS v "
                                 "ON v.id = c.version WHERE v.work = CAST(?1 AS INTEGER) LIMIT 1"));
  for (const RowChange& change : made) {
    if (change.table != "work" || change.kind != RowChange::Kind::kRemoved) continue;
    ND_TRY_ASSIGN(const auto cue, first_row(query.bind(change.key), [](Statement& row) {
                    return row.read<std::int64_t>();
                  }));
    if (cue.has_value()) {
      return std::optional(
          ChangeConflict{"cue", std::to_string(*cue), fmt::format("names work {}", change.key)});
    }
  }
  return std::optional<ChangeConflict>();
}

/// Makes exactly these changes: rows that hang on others go with them, so what goes beside, and
/// what was gone before, is a conflict.
Result<std::optional<ChangeConflict>> apply_alone(const Database& database,
                                                  std::string_view changes,
                                                  ChangeDirection direction) {
  std::vector<const char*> tables(kTables.begin(), kTables.end());
  tables.insert(tables.end(), kWatchedTables.begin(), kWatchedTables.end());
  ND_TRY_ASSIGN(ChangeRecorder recorder, ChangeRecorder::start(database, tables));
  ND_TRY_ASSIGN(auto conflict, apply_changeset(database, changes, direction));
  if (conflict.has_value()) return conflict;
  ND_TRY_ASSIGN(const std::string recorded, recorder.changeset());
  ND_TRY_ASSIGN(const auto made, read_changeset(database, recorded));
  ND_TRY_ASSIGN(const auto meant, read_changeset(database, changes));
  if (const RowChange* const more = first_beside(made, meant)) {
    return std::optional(ChangeConflict{more->table, more->key, "hangs on it"});
  }
  if (const RowChange* const gone = first_beside(meant, made)) {
    return std::optional(ChangeConflict{gone->table, gone->key, "was removed since"});
  }
  return cue_of_lost_work(database, made);
}

/// The newest edit besides `edit` that touched the row, in words; "" there is none. Later ones
/// stand in the way of undoing, all of redoing.
Result<std::string> who_touched(const Database& database, std::int64_t edit,
                                const ChangeConflict& conflict, bool is_undo) {
  ND_TRY_ASSIGN(Statement query, database.prepare(std::string(kEditQuery) + "ORDER BY id DESC"));
  ND_TRY_ASSIGN(const auto edits, all_rows(query, read_edit));
  for (const MadeEdit& other : edits) {
    if (other.id == edit || (is_undo && (other.id < edit || other.is_undone))) continue;
    ND_TRY_ASSIGN(const std::string changes, changeset_of(database, other.id));
    ND_TRY_ASSIGN(const auto rows, read_changeset(database, changes));
    const bool touches = std::ranges::any_of(rows, [&conflict](const RowChange& row) {
      return row.table == conflict.table && row.key == conflict.key;
    });
    if (touches) {
      return fmt::format(", by edit {} ({}){}", other.id, shown(other.note.summary),
                         other.is_undone ? ", which is undone" : "");
    }
  }
  return std::string();
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
  ND_TRY_ASSIGN(const auto conflict, apply_alone(database, changes, direction));
  if (conflict.has_value()) {
    ND_TRY_ASSIGN(const std::string who, who_touched(database, id, *conflict, is_undo));
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("edit {} ({}) can't be {}: {}{}", id, shown(edit.note.summary),
                            is_undo ? "undone" : "redone", to_string(*conflict), who));
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
