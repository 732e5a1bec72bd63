#include "spotting/relation_search.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "fingerprint/fingerprinter.h"
#include "index/snapshot.h"
#include "spotting/offset_histogram.h"
#include "spotting/peak_grid.h"
#include "spotting/probe.h"
#include "spotting/shared_sound.h"

namespace needledrop {
namespace {

/// Landmarks looked up and voted on at once: some 40 s of sound.
constexpr std::size_t kChunkLandmarks = 2'000;
/// Votes that make an offset of a chunk worth a look. The same two seconds of sound give some 50,
/// another recording rarely 3.
constexpr int kLeastSupport = 6;
constexpr std::size_t kMostOfAChunk = 64;
constexpr std::size_t kMostOffsets = 32;  // of one other recording
/// Postings read for a probe on average: enough to tell which recordings share sound with it.
constexpr double kMostPostingsEach = 16;

/// Turns hits in other recordings into votes.
class Ballot final : public HitSink {
 public:
  Ballot(const Probes& probes, SourceId self) : probes_(probes), self_(self) {}

  void on_hits(std::span<const Hit> hits) override {
    for (const Hit& hit : hits) {
      if (hit.source == self_) continue;
      votes_.push_back({hit.source, probes_.ticks[hit.probe] - hit.tick});
    }
  }
  std::vector<Vote>& votes() { return votes_; }

 private:
  const Probes& probes_;
  SourceId self_;
  std::vector<Vote> votes_;
};

using Support = std::map<Tick, int>;  // by offset

Result<std::map<SourceId, Support>> supported_offsets(const Snapshot& snapshot, SourceId recording,
                                                      std::span<const HashedLandmark> fingerprint) {
  std::map<SourceId, Support> supports;
  while (!fingerprint.empty()) {
    const auto chunk = fingerprint.first(std::min(kChunkLandmarks, fingerprint.size()));
    fingerprint = fingerprint.subspan(chunk.size());
    const Probes probes = probes_of(chunk);
    Ballot ballot(probes, recording);
    ND_TRY(snapshot.search(probes.hashes, Probes::kWidth, kMostPostingsEach, ballot));
    for (const Candidate& candidate :
         strongest_candidates(ballot.votes(), 0, kLeastSupport, kMostOfAChunk)) {
      supports[candidate.source][candidate.offset] += candidate.support;
    }
  }
  return supports;
}

/// The best supported offsets.
std::vector<Tick> strongest(const Support& support) {
  std::vector<std::pair<int, Tick>> ranked;
  for (const auto& [offset, votes] : support) ranked.emplace_back(-votes, offset);
  std::ranges::sort(ranked);
  ranked.resize(std::min(ranked.size(), kMostOffsets));
  std::vector<Tick> offsets;
  offsets.reserve(ranked.size());
  for (const auto& [votes, offset] : ranked) offsets.push_back(offset);
  return offsets;
}

}  // namespace

Result<std::vector<Relation>> find_relations(const Snapshot& snapshot, SourceId recording) {
  ND_TRY_ASSIGN(const PeakList peaks, snapshot.peaks(recording));
  ND_TRY_ASSIGN(const auto supports,
                supported_offsets(snapshot, recording, recording_fingerprint(peaks)));
  const PeakGrid grid(peaks);
  std::vector<Relation> relations;
  for (const auto& [other, support] : supports) {
    ND_TRY_ASSIGN(const PeakList other_peaks, snapshot.peaks(other));
    const PeakGrid other_grid(other_peaks);
    const bool is_first = recording < other;
    std::vector<Tick> offsets = strongest(support);
    if (!is_first) {
      for (Tick& offset : offsets) offset = Tick(-offset.value);
    }
    auto shared = is_first ? shared_sound(grid, other_grid, offsets)
                           : shared_sound(other_grid, grid, offsets);
    if (shared.has_value()) {
      relations.push_back({std::min(recording, other), std::max(recording, other), shared->kind,
                           shared->likeness, std::move(shared->stretches)});
    }
  }
  return relations;
}

}  // namespace needledrop
