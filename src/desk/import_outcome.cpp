#include "desk/import_outcome.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "desk/file_name.h"

namespace needledrop {
namespace {

/// By which edit a person preferred or dismissed a row, for each that errors speak of.
Result<void> tell_who_decided(Catalogue& catalogue, std::vector<ImportProblem>& errors) {
  std::map<std::pair<std::string, std::string>, std::string> wanted;
  for (const ImportProblem& problem : errors) {
    if (!problem.decision.has_value()) continue;
    wanted[*problem.decision] = "";
  }
  if (wanted.empty()) return {};
  ND_TRY_ASSIGN(const auto edits, made_edits(catalogue));
  for (const MadeEdit& listed : edits) {
    if (listed.is_undone) continue;
    ND_TRY_ASSIGN(const MadeEdit edit, made_edit(catalogue, listed.id));
    for (const RowChange& change : edit.changes) {
      const auto found = wanted.find({change.table, change.key});
      const bool decides = std::ranges::any_of(change.columns, [](const auto& column) {
        return column.name == "standing" && column.after != "stated";
      });
      if (found == wanted.end() || !found->second.empty() || !decides) continue;
      found->second =
          fmt::format(" (decided {} by {}, edit {})", edit.note.at,
                      edit.note.author.empty() ? "somebody" : edit.note.author, edit.id);
    }
    if (std::ranges::none_of(wanted, [](const auto& w) { return w.second.empty(); })) break;
  }
  for (ImportProblem& problem : errors) {
    if (!problem.decision.has_value()) continue;
    problem.text += wanted[*problem.decision];
  }
  return {};
}

}  // namespace

std::string source_name(const std::string& path, const std::string& place) {
  return valid_utf8(place.empty() ? path : place);
}

Result<void> finish_import(CatalogueEdit& edit, ImportOutcome& outcome) {
  ND_TRY_ASSIGN(const auto changes, edit.changes());
  outcome.counts = count_changes(changes);
  if (outcome.is_dry_run) {
    ND_TRY_ASSIGN(outcome.changes, describe_changes(edit.database(), changes));
    return {};
  }
  ND_TRY_ASSIGN(outcome.edit, edit.commit());
  return {};
}

Result<void> tell_problems(Catalogue& catalogue, const ImportProblems& problems,
                           ImportOutcome& outcome) {
  outcome.errors = problems.errors();
  outcome.warnings = problems.warnings();
  outcome.error_count = problems.error_count();
  outcome.warning_count = problems.warning_count();
  return tell_who_decided(catalogue, outcome.errors);
}

}  // namespace needledrop
