#include "spotting/likely_recordings.h"

#include <algorithm>
#include <tuple>

#include "spotting/unexplained.h"

namespace needledrop {
namespace {

std::vector<SourceId> all_recordings(const Snapshot& snapshot) {
  std::vector<SourceId> sources;
  for (const SourceEntry& entry : snapshot.sources()) {
    if (entry.kind == SourceKind::kRecording) sources.push_back(entry.id);
  }
  return sources;
}

/// By what was found of itself, then of its album.
std::vector<SourceId> likeliest_first(const Albums& albums, const RecordingEvidence& found) {
  std::map<std::uint32_t, double> of_albums;
  for (const auto& [source, evidence] : found) {
    const auto album = albums.find(source);
    if (album != albums.end()) of_albums[album->second] += evidence;
  }
  std::vector<std::tuple<double, double, SourceId>> likely;
  for (const auto& [source, evidence] : found) likely.emplace_back(-evidence, 0, source);
  for (const auto& [source, album] : albums) {
    const auto evidence = of_albums.find(album);
    if (evidence != of_albums.end() && !found.contains(source)) {
      likely.emplace_back(0, -evidence->second, source);
    }
  }
  std::sort(likely.begin(), likely.end());
  std::vector<SourceId> sources;
  for (const auto& [own, of_album, source] : likely) sources.push_back(source);
  return sources;
}

}  // namespace

void add_evidence(std::span<const Finding> findings, RecordingEvidence& evidence) {
  for (const Finding& finding : findings) {
    if (finding.stretch.evidence >= kExplains) {
      evidence[finding.hypothesis.source] += finding.stretch.evidence;
    }
  }
}

std::int64_t catalogue_ticks(const Snapshot& snapshot) {
  std::int64_t ticks = 0;
  for (const SourceEntry& entry : snapshot.sources()) {
    if (entry.kind == SourceKind::kRecording) ticks += entry.length.value;
  }
  return ticks;
}

Result<std::map<SourceId, PeakList>> likely_recordings(const Snapshot& snapshot,
                                                       const Albums& albums,
                                                       const RecordingEvidence& found) {
  const auto likely = catalogue_ticks(snapshot) <= kCloseTicks ? all_recordings(snapshot)
                                                               : likeliest_first(albums, found);
  std::map<SourceId, PeakList> recordings;
  std::int64_t ticks = 0;
  for (const SourceId source : likely) {
    const SourceEntry* entry = snapshot.find(source);
    if (entry == nullptr || ticks + entry->length.value > kCloseTicks) continue;
    ticks += entry->length.value;
    ND_TRY_ASSIGN(recordings[source], snapshot.peaks(source));
  }
  return recordings;
}

}  // namespace needledrop
