#include "desk/check.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "desk/desk.h"

namespace needledrop {
namespace {

/// How people name the sources: the files to add or spot again.
Result<std::string> files_named(Desk& desk, const std::vector<SourceId>& ids) {
  constexpr std::size_t kMost = 5;
  std::vector<std::string> names;
  ND_TRY_ASSIGN(const auto files, desk.catalogue().episode_files());
  for (const SourceId id : ids) {
    if (names.size() == kMost) break;
    const auto file = std::ranges::find(files, id, &EpisodeFile::id);
    if (file != files.end()) {
      names.push_back(file->path);
    } else if (const auto recording = desk.catalogue().recording(id); recording.has_value()) {
      names.push_back(recording->paths.front());
    }
  }
  const std::size_t others = ids.size() - names.size();
  return fmt::format("{}{}", fmt::join(names, ", "),
                     others > 0 ? fmt::format(" and {} more", others) : "");
}

Result<void> check_index(Desk& desk, CheckReport& report) {
  auto index = desk.index();
  if (!index.has_value()) {
    report.faults.push_back({desk.index_directory(),
                             index.error().message,
                             "put the folder back from a backup, or move it away and add the "
                             "recordings again",
                             {}});
    return {};
  }
  for (Damage& damage : (*index)->verify()) {
    ND_TRY_ASSIGN(const std::string names, files_named(desk, damage.sources));
    report.faults.push_back(
        {std::move(damage.file), std::move(damage.error.message),
         names.empty()
             ? std::string("put the file back from a backup")
             : fmt::format("put the file back from a backup, or remove and add again: {}", names),
         std::move(damage.sources)});
  }
  ND_TRY_ASSIGN(std::vector<SourceId> missing, desk.missing_sources());
  if (missing.empty()) return {};
  ND_TRY_ASSIGN(const std::string names, files_named(desk, missing));
  report.faults.push_back(
      {desk.index_directory(),
       fmt::format("{} of the catalogue's files are not in the index", missing.size()),
       fmt::format("add or spot them again: {}", names), std::move(missing)});
  return {};
}

}  // namespace

Result<CheckReport> check_desk(Desk& desk) {
  CheckReport report;
  ND_TRY_ASSIGN(const std::vector<SourceId> sources, desk.catalogue().sources());
  report.sources = sources.size();
  ND_TRY_ASSIGN(std::vector<std::string> wrong, desk.catalogue().verify());
  for (std::string& text : wrong) {
    report.faults.push_back(
        {desk.catalogue_path(), std::move(text), "put the file back from a backup", {}});
  }
  ND_TRY(check_index(desk, report));
  return report;
}

}  // namespace needledrop
