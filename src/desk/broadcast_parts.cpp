#include "desk/broadcast_parts.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "desk/desk.h"

namespace needledrop {
namespace {

std::string listed(const std::vector<std::string>& cuts) {
  std::string text;
  for (const std::string& cut : cuts) {
    text += text.empty() ? "" : ", ";
    text += cut.empty() ? "the broadcast cut" : fmt::format("\"{}\"", cut);
  }
  return text;
}

}  // namespace

Result<std::vector<std::string>> spotted_cuts(Desk& desk, std::int64_t episode) {
  ND_TRY_ASSIGN(const auto files, desk.catalogue().files_of(episode));
  std::set<std::string> cuts;
  for (const EpisodeFile& file : files) {
    if (cuts.contains(file.cut)) continue;
    ND_TRY_ASSIGN(const auto run, desk.catalogue().run_of(file.id));
    if (run.has_value()) cuts.insert(file.cut);
  }
  return std::vector<std::string>(cuts.begin(), cuts.end());
}

Result<std::string> meant_cut(Desk& desk, std::int64_t episode,
                              const std::optional<std::string>& named) {
  ND_TRY_ASSIGN(const auto cuts, spotted_cuts(desk, episode));
  if (named.has_value()) {
    if (std::ranges::find(cuts, *named) != cuts.end()) return *named;
    return fail(Error::Kind::kNotFound,
                fmt::format("the episode has no cut \"{}\"{}{}", *named,
                            cuts.empty() ? "" : "; there is ", listed(cuts)));
  }
  if (cuts.empty()) return std::string();
  if (cuts.size() == 1 || cuts.front().empty()) return cuts.front();
  return fail(Error::Kind::kAmbiguous,
              fmt::format("the episode has several cuts: {}; name one with --cut", listed(cuts)));
}

Result<std::vector<SpottedFile>> parts_of_cut(Desk& desk, std::int64_t episode,
                                              std::string_view cut) {
  ND_TRY_ASSIGN(const auto files, desk.catalogue().files_of(episode));
  std::map<int, SpottedFile> by_part;
  for (const EpisodeFile& file : files) {
    if (file.cut != cut) continue;
    ND_TRY_ASSIGN(auto run, desk.catalogue().run_of(file.id));
    if (!run.has_value()) continue;
    SpottedFile& part = by_part[file.part.value_or(0)];
    if (part.file.id < file.id) part = {file, std::move(*run)};
  }
  std::vector<SpottedFile> parts;
  parts.reserve(by_part.size());
  for (auto& [number, part] : by_part) parts.push_back(std::move(part));
  return parts;
}

Result<std::vector<SpottedFile>> broadcast_parts(Desk& desk, std::int64_t episode) {
  ND_TRY_ASSIGN(const auto cuts, spotted_cuts(desk, episode));
  if (cuts.empty()) return std::vector<SpottedFile>();
  return parts_of_cut(desk, episode, cuts.front());
}

}  // namespace needledrop
