#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "base/result.h"
#include "catalogue/catalogue_edit.h"
#include "catalogue/credits.h"
#include "catalogue/facts.h"
#include "desk/imported_catalogue.h"

namespace needledrop {

/// What a file states, entered into an edit with the file and the place in it as provenance. What
/// this file stated before, at whatever place, is not stated again. What contradicts a decision of
/// a person is an error, unless both are to stand side by side; what contradicts anything else
/// stands beside it, with a warning. The Results fail only as the catalogue does. Borrows the edit
/// and the problems.
class ImportStatements {
 public:
  struct Source {
    Provenance::Kind kind = Provenance::Kind::kImport;
    std::string name;  // of the file
    bool side_by_side = false;
    bool adds_only = false;  // what anybody says already is not said again, as by a cue sheet
  };
  static Result<ImportStatements> begin(CatalogueEdit& edit, Source source,
                                        ImportProblems& problems);

  Result<void> state_code(EntityRef of, const ImportedCode& code);
  Result<void> state_fact(EntityRef of, const ImportedFact& fact);
  Result<void> state_name(EntityRef of, const ImportedName& name);
  Result<void> state_credit(EntityRef of, std::int64_t party, const ImportedCredit& credit);
  Result<void> state_broadcast(std::int64_t episode, const ImportedBroadcast& broadcast);
  Result<void> state_performance(SourceId recording, std::int64_t work, const ImportPlace& at);

  /// How many statements were there before; one that the file repeats counts once.
  [[nodiscard]] std::size_t known() const { return known_; }

 private:
  ImportStatements(CatalogueEdit& edit, Source source, ImportProblems& problems)
      : edit_(&edit), source_(std::move(source)), problems_(&problems) {}
  Result<std::int64_t> provenance(const ImportPlace& at);
  Result<bool> may_state(const ImportedCode& said, const Identifier& other);
  Result<bool> may_state(const Fact& fact, const ImportPlace& at);
  Result<bool> may_state(const Credit& credit, const ImportedCredit& said);
  Result<bool> adds_to(const std::vector<Credit>& known, const Credit& credit);

  bool is_said(const auto& known, const auto& is_same);
  Result<bool> agrees_with_others(const auto& known, const std::string& what, const ImportPlace& at,
                                  const auto& is_same, const auto& contradicted);

  CatalogueEdit* edit_;
  Source source_;
  ImportProblems* problems_;
  std::set<std::int64_t> provenances_;  // of this file
  std::pair<std::string, std::int64_t> last_;
  std::set<std::tuple<EntityRef, CodeScheme, std::string>> codes_;  // stated so far
  std::size_t known_ = 0;
};

}  // namespace needledrop
