#include "desk/repair.h"

#include <algorithm>
#include <utility>

#include "desk/desk.h"

namespace needledrop {
namespace {

Result<std::vector<KnownSource>> known_sources(Catalogue& catalogue) {
  ND_TRY_ASSIGN(const auto recordings, catalogue.recordings());
  ND_TRY_ASSIGN(const auto files, catalogue.episode_files());
  std::vector<KnownSource> known;
  for (const Recording& recording : recordings) {
    known.push_back({recording.id, SourceKind::kRecording, recording.digest});
  }
  for (const EpisodeFile& file : files) {
    known.push_back({file.id, SourceKind::kEpisode, file.digest});
  }
  std::ranges::sort(known, {}, &KnownSource::id);
  return known;
}

Result<void> mend(Desk& desk, const RebuildOptions& options, RepairReport& report) {
  RepairOrder order;
  order.known = [&] { return known_sources(desk.catalogue()); };
  order.wait = Desk::kLockWait;
  order.stop = options.stop;
  order.progress = [&](double share) {
    options.progress({"reading the index", 0, 0, share, Milliseconds(0)});
  };
  ND_TRY(repair_index(desk.files(), desk.index_directory(), desk.clock(), order, report.set_aside));
  return rebuild_sources(desk, options, report.rebuilt);
}

}  // namespace

Result<RepairReport> repair_desk(Desk& desk, const RebuildOptions& options) {
  RepairReport report;
  ND_TRY_ASSIGN(const auto wrong, desk.catalogue().verify());
  if (wrong.empty()) {
    if (const auto done = mend(desk, options, report); !done.has_value()) {
      report.ended_by = done.error();
      if (done.error().kind == Error::Kind::kCancelled) return report;
    }
  }
  ND_TRY_ASSIGN(report.left, check_desk(desk));
  return report;
}

}  // namespace needledrop
