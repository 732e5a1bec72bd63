#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "catalogue/catalogue_edit.h"
#include "catalogue/entities.h"
#include "catalogue/entity_ref.h"
#include "desk/imported_catalogue.h"

namespace needledrop {

/// What a file means by a name and codes.
struct ImportedMeaning {
  EntityKind kind = EntityKind::kParty;
  std::string_view name;
  std::string_view comment;
  std::span<const ImportedCode> codes;
  ImportPlace at;
  std::int64_t production = 0;  // of a release: whose soundtrack it is; 0: not said
};

/// Which thing of the catalogue a file means.
struct ImportMatch {
  enum class Outcome {
    kKnown,    // the one of this id
    kNew,      // none that is there
    kUnclear,  // that is a problem, and told
  };
  Outcome outcome = Outcome::kNew;
  std::int64_t id = 0;
};

/// Finds what a file names among what the catalogue has, and what was made of the file so far: by
/// its codes, else by exactly its name as texts are compared, else by exactly a further name of it,
/// with the comment where one is given. Never by likeness, and one that has another code of the
/// same scheme is another, as is a release of another production. What is found by a code under
/// another name is told. Borrows the edit and the problems.
class ImportMatcher {
 public:
  static Result<ImportMatcher> make(CatalogueEdit& edit, ImportProblems& problems);

  Result<ImportMatch> match(const ImportedMeaning& meant);
  /// Within a production (0: none), by number and season, else by title.
  Result<ImportMatch> match_episode(const ImportedEpisode& meant, std::int64_t production);

  /// Has at most one party this name?
  [[nodiscard]] bool is_only(std::string_view party) const;
  /// Is it its name, or a further one?
  [[nodiscard]] bool is_called(EntityRef entity, std::string_view name) const;

  /// From now on it is there.
  void add(EntityRef made, std::string_view name, std::string_view comment,
           std::int64_t production = 0);
  void add(const Episode& made);
  /// Has this further name, too.
  void add_name(EntityRef entity, std::string_view name);

 private:
  struct Named {
    std::int64_t id = 0;
    std::string name;
    std::string comment;
    std::int64_t production = 0;
  };
  struct NumberedEpisode {
    std::int64_t id = 0;
    std::optional<int> season;
  };

  ImportMatcher(CatalogueEdit& edit, ImportProblems& problems)
      : edit_(&edit), problems_(&problems) {}
  Result<std::vector<std::int64_t>> coded(const ImportedMeaning& meant) const;
  Result<std::vector<std::int64_t>> fitting(const std::vector<Named>& named,
                                            const ImportedMeaning& meant, bool& is_another) const;
  ImportMatch told(std::int64_t id, const ImportedMeaning& meant) const;
  ImportMatch match_number(const ImportedEpisode& meant, std::int64_t production,
                           const ImportedMeaning& meaning) const;
  Result<bool> has_other_code(EntityRef candidate, std::span<const ImportedCode> codes) const;
  ImportMatch only(const std::vector<std::int64_t>& fitting, const ImportedMeaning& meant) const;
  [[nodiscard]] std::string list_of(const ImportedMeaning& meant,
                                    const std::vector<std::int64_t>& ids) const;

  CatalogueEdit* edit_;
  ImportProblems* problems_;
  std::map<EntityKind, std::unordered_map<std::string, std::vector<Named>>> by_name_;
  std::map<EntityKind, std::unordered_map<std::string, std::vector<Named>>> by_further_name_;
  std::map<EntityRef, Named> named_;
  std::map<std::pair<std::int64_t, int>, std::vector<NumberedEpisode>> by_number_;
  std::map<std::pair<std::int64_t, std::string>, std::vector<std::int64_t>> by_title_;
};

}  // namespace needledrop
