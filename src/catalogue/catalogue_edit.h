#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/changeset.h"
#include "catalogue/entity_ref.h"
#include "catalogue/provenance.h"
#include "catalogue/statement.h"

namespace needledrop {

class Catalogue;

/// Who changes what the catalogue says, and why.
struct EditNote {
  std::string author;
  std::string at;       // UTC, as Run::at
  std::string summary;  // "import of works.csv"
};

/// One change to works, parties, names, codes, credits and other facts: a write transaction that
/// remembers what it changed, so that it can be shown before it is made and undone at any time
/// after. Everything that changes these goes through one. Borrows the catalogue, which is used by
/// nothing else meanwhile. What is not committed when it dies never happened.
class CatalogueEdit {
 public:
  /// Errors: as of a write (kBusy, kIo), kInvalidArgument for an author that is no text.
  static Result<CatalogueEdit> begin(Catalogue& catalogue, EditNote note);
  CatalogueEdit(CatalogueEdit&&) noexcept;
  CatalogueEdit& operator=(CatalogueEdit&&) = delete;
  ~CatalogueEdit();

  [[nodiscard]] const Database& database() const;
  /// The id of this provenance, stored once however often it is asked for.
  Result<std::int64_t> provenance_id(const Provenance& provenance);
  /// What has been changed so far, in the order of tables and ids.
  Result<std::vector<RowChange>> changes();
  /// Keeps it: returns the edit's id, or nothing when nothing was changed. Durable when it returns.
  Result<std::optional<std::int64_t>> commit();

 private:
  struct State;
  explicit CatalogueEdit(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// An edit that was made.
struct MadeEdit {
  std::int64_t id = 0;
  EditNote note;
  bool is_undone = false;
  std::vector<RowChange> changes;  // only where they were asked for
};

/// Newest first.
Result<std::vector<MadeEdit>> made_edits(Catalogue& catalogue);
/// With its changes. kNotFound.
Result<MadeEdit> made_edit(Catalogue& catalogue, std::int64_t id);
/// Takes an edit back, or makes it again. kInvalidArgument when that was done already, when
/// something that it changed was changed or removed since, or when something hangs on it that came
/// later: the message names that and the edit that did it.
Result<void> undo_edit(Catalogue& catalogue, std::int64_t id);
Result<void> redo_edit(Catalogue& catalogue, std::int64_t id);

/// Creates the provenance or finds it. Within a transaction.
Result<std::int64_t> store_provenance(const Database& database, const Provenance& provenance);
/// Those of one origin, whatever the location; ascending.
Result<std::vector<std::int64_t>> provenances_of(const Database& database, Provenance::Kind kind,
                                                 std::string_view name);
/// kNotFound.
Result<Provenance> read_provenance(const Database& database, std::int64_t id);

}  // namespace needledrop
