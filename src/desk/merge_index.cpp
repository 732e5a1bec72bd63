#include "desk/merge_index.h"

#include <algorithm>

namespace needledrop {
namespace {

Result<IndexSize> size_of_index(Desk& desk) {
  ND_TRY_ASSIGN(Index* const index, desk.index());
  const auto snapshot = index->snapshot();
  return IndexSize{snapshot->segment_count(), snapshot->size()};
}

/// One merge under the lock.
Result<MergeDone> merge_once(Desk& desk, const MergeOptions& options, std::uint64_t most_bytes) {
  ND_TRY_ASSIGN(const auto writer, desk.writer(options.wait));
  Progress progress;
  progress.activity = "merging";
  return writer->merge({.all = options.all,
                        .most_bytes = std::min(most_bytes, kGreatestSegment),
                        .stop = options.stop,
                        .progress = [&](double share) {
                          progress.share = share;
                          options.progress(progress);
                        }});
}

}  // namespace

Result<MergeReport> merge_index(Desk& desk, const MergeOptions& options) {
  const auto begun = desk.clock().now();
  MergeReport report;
  ND_TRY_ASSIGN(report.before, size_of_index(desk));
  std::uint64_t room = options.most_bytes;
  while (true) {
    ND_TRY_ASSIGN(const MergeDone done, merge_once(desk, options, room));
    if (done.segments == 0) break;
    ++report.merges;
    room -= std::min(room, done.bytes);
  }
  ND_TRY_ASSIGN(report.after, size_of_index(desk));
  report.took = std::chrono::duration_cast<std::chrono::milliseconds>(desk.clock().now() - begun);
  return report;
}

}  // namespace needledrop
