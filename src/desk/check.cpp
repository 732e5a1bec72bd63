#include "desk/check.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "desk/desk.h"
#include "index/manifest.h"

namespace needledrop {

std::string without_file(const std::string& file, const Error& error) {
  const std::string named = file + ": ";
  return error.message.starts_with(named) ? error.message.substr(named.size()) : error.message;
}

namespace {

std::string advice(const Error& error) {
  return error.kind == Error::Kind::kUnsupported
             ? "use the needledrop that wrote it, or a newer one; what is older is made anew from "
               "the recordings' files by: needledrop check --repair"
             : "run: needledrop check --repair";
}

/// "; it concerns 7 recordings and episodes: PATH, PATH and 5 more"; "" when there are none.
Result<std::string> concern(Desk& desk, const std::vector<SourceId>& ids) {
  constexpr std::size_t kMost = 5;
  if (ids.empty()) return std::string();
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
  return fmt::format("; it concerns {} of the desk's recordings and episodes: {}{}", ids.size(),
                     fmt::join(names, ", "), others > 0 ? fmt::format(" and {} more", others) : "");
}

Result<void> check_index(Desk& desk, CheckReport& report) {
  auto index = desk.index();
  if (!index.has_value()) {
    if (index.error().kind == Error::Kind::kIo) return index.error();
    const std::string path = manifest_path(desk.index_directory());
    report.faults.push_back({path, without_file(path, index.error()), advice(index.error()), {}});
    return {};
  }
  std::vector<Damage> damage = (*index)->verify();
  ND_TRY_ASSIGN(std::vector<SourceId> missing, desk.missing_sources());
  // What a segment held that can't be read is told only by what is missing.
  const auto is_unreadable = [](const Damage& one) { return one.sources.empty(); };
  if (std::ranges::count_if(damage, is_unreadable) == 1) {
    std::ranges::find_if(damage, is_unreadable)->sources = std::exchange(missing, {});
  }
  for (Damage& one : damage) {
    ND_TRY_ASSIGN(const std::string concerned, concern(desk, one.sources));
    std::string text = without_file(one.file, one.error) + concerned;
    report.faults.push_back(
        {std::move(one.file), std::move(text), advice(one.error), std::move(one.sources)});
  }
  if (missing.empty()) return {};
  ND_TRY_ASSIGN(const std::string concerned, concern(desk, missing));
  report.faults.push_back({desk.index_directory(),
                           "what the catalogue has is not in the index" + concerned, advice({}),
                           std::move(missing)});
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
