#include "desk/missing_recordings.h"

#include <algorithm>

#include <fmt/format.h>

#include "desk/desk.h"

namespace needledrop {

Result<std::vector<Recording>> missing_recordings(Desk& desk, std::span<const SourceId> known,
                                                  const Snapshot& snapshot) {
  std::vector<Recording> missing;
  for (const SourceId id : known) {
    if (snapshot.find(id) != nullptr) continue;
    auto recording = desk.catalogue().recording(id);
    if (recording.has_value()) {
      missing.push_back(std::move(*recording));
    } else if (recording.error().kind != Error::Kind::kNotFound) {
      return recording.error();
    }
  }
  return missing;
}

Result<std::vector<Recording>> missing_recordings(Desk& desk) {
  ND_TRY_ASSIGN(const std::vector<SourceId> known, desk.catalogue().sources());
  ND_TRY_ASSIGN(Index* const index, desk.index());
  return missing_recordings(desk, known, *index->snapshot());
}

std::string missing_warning(std::span<const Recording> missing) {
  constexpr std::size_t kNamed = 3;
  if (missing.empty()) return "";
  std::string names;
  for (const Recording& recording : missing.first(std::min(kNamed, missing.size()))) {
    names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", recording.title);
  }
  if (missing.size() > kNamed) names += fmt::format(" and {} more", missing.size() - kNamed);
  return fmt::format(
      "{} of the desk's recordings can't be found now, as the index has lost them: {}; run: "
      "needledrop check --repair",
      missing.size(), names);
}

}  // namespace needledrop
