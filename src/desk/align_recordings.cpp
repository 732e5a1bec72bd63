#include "desk/align_recordings.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "base/worker_pool.h"
#include "desk/desk.h"
#include "fingerprint/parameters.h"
#include "index/snapshot.h"
#include "spotting/relation_search.h"

namespace needledrop {
namespace {

/// Recordings aligned between two reports of progress, and stored together.
constexpr std::size_t kRound = 64;

/// Aligns some recordings with all that the snapshot has, and stores what was found.
Result<void> align_round(Desk& desk, const Snapshot& snapshot, std::span<const SourceId> round,
                         const AlignOptions& options) {
  std::vector<std::optional<std::vector<Relation>>> found(round.size());
  parallel_for(round.size(), options.threads, [&](std::size_t i) {
    if (options.stop.stop_requested()) return;
    auto relations = find_relations(snapshot, round[i]);
    if (relations.has_value()) found[i] = std::move(*relations);
  });
  if (options.stop.stop_requested()) {
    return fail(Error::Kind::kCancelled, "stopped while comparing recordings");
  }
  std::vector<SourceId> aligned;
  std::map<std::pair<SourceId, SourceId>, Relation> relations;  // a pair is found from both ends
  for (std::size_t i = 0; i < round.size(); ++i) {
    if (!found[i].has_value()) continue;
    aligned.push_back(round[i]);
    for (Relation& relation : *found[i]) {
      relations.insert_or_assign({relation.a, relation.b}, std::move(relation));
    }
  }
  std::vector<Relation> all;
  all.reserve(relations.size());
  for (auto& [pair, relation] : relations) all.push_back(std::move(relation));
  return desk.catalogue().store_relations(aligned, all);
}

Milliseconds length_of(const std::vector<SharedStretch>& stretches) {
  std::int64_t ticks = 0;
  for (const SharedStretch& stretch : stretches) ticks += (stretch.last - stretch.first).value;
  return Milliseconds(ticks * 1'000 * kHop / kAnalysisRate);
}

}  // namespace

Result<void> align_recordings(Desk& desk, const AlignOptions& options) {
  if (desk.is_read_only()) return {};
  ND_TRY_ASSIGN(std::vector<SourceId> waiting, desk.catalogue().unaligned_recordings());
  if (waiting.empty()) return {};
  ND_TRY_ASSIGN(Index* const index, desk.index());
  // What is in a segment that can't be read would never be compared with them.
  if (!index->unreadable().empty()) return {};
  const auto snapshot = index->snapshot();
  std::erase_if(waiting, [&](SourceId id) { return snapshot->find(id) == nullptr; });
  for (std::size_t at = 0; at < waiting.size(); at += kRound) {
    options.progress(static_cast<double>(at) / static_cast<double>(waiting.size()));
    const std::span<const SourceId> rest = std::span(waiting).subspan(at);
    ND_TRY(align_round(desk, *snapshot, rest.first(std::min(kRound, rest.size())), options));
  }
  return {};
}

Result<std::vector<RelatedRecording>> related_to(Desk& desk, const Relatives& relatives,
                                                 SourceId recording) {
  std::vector<RelatedRecording> related;
  for (const Relative& relative : relatives.of(recording)) {
    ND_TRY_ASSIGN(Recording other, desk.catalogue().recording(relative.recording));
    related.push_back({relative.kind, length_of(relative.stretches), std::move(other)});
  }
  std::ranges::sort(related, {},
                    [](const RelatedRecording& r) { return std::pair(r.kind, r.recording.id); });
  return related;
}

Result<Relatives> relatives_in(Desk& desk) {
  ND_TRY_ASSIGN(const auto relations, desk.catalogue().relations());
  return Relatives(relations);
}

}  // namespace needledrop
