#include "desk/broadcast_parts.h"

#include <map>
#include <optional>
#include <utility>

#include "desk/desk.h"

namespace needledrop {

Result<std::vector<SpottedFile>> broadcast_parts(Desk& desk, std::int64_t episode) {
  ND_TRY_ASSIGN(const auto files, desk.catalogue().files_of(episode));
  std::map<int, SpottedFile> by_part;
  for (const EpisodeFile& file : files) {
    if (!file.cut.empty()) continue;
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

}  // namespace needledrop
