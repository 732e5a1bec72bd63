#include "spotting/candidate_search.h"

#include <algorithm>
#include <optional>

#include "base/worker_pool.h"
#include "spotting/probe.h"

namespace needledrop {
namespace {

constexpr int kLeastSupport = 2;
constexpr std::size_t kMostCandidates = 32;  // a window
/// A hash with more postings than this in a segment tells nothing apart.
constexpr std::size_t kLongestList = 1'000;
/// Windows that one task handles in a row; each task looks up one block more than it has windows.
constexpr int kTaskWindows = 8;

/// Turns hits into votes.
class Ballot final : public HitSink {
 public:
  Ballot(const Probes& probes, std::vector<Vote>& votes) : probes_(probes), votes_(votes) {}

  void on_hits(std::span<const Hit> hits) override {
    for (const Hit& hit : hits) {
      votes_.push_back({hit.source, probes_.tick_of(hit.probe) - hit.tick});
    }
  }

 private:
  const Probes& probes_;
  std::vector<Vote>& votes_;
};

Result<std::vector<Vote>> votes_of_block(const Snapshot& snapshot, const PeakGrid& episode,
                                         int block) {
  const Probes probes = probes_of(episode, block * kBlockTicks, (block + 1) * kBlockTicks);
  std::vector<Vote> votes;
  Ballot ballot(probes, votes);
  ND_TRY(snapshot.search(probes.hashes, kLongestList, ballot));
  return votes;
}

Result<std::vector<Candidate>> candidates_of_windows(const Snapshot& snapshot,
                                                     const PeakGrid& episode, int first, int last,
                                                     const std::stop_token& stop) {
  std::vector<Candidate> candidates;
  ND_TRY_ASSIGN(std::vector<Vote> before, votes_of_block(snapshot, episode, first));
  for (int window = first; window < last; ++window) {
    if (stop.stop_requested()) {
      return fail(Error::Kind::kCancelled, "stopped");
    }
    ND_TRY_ASSIGN(const std::vector<Vote> after, votes_of_block(snapshot, episode, window + 1));
    std::vector<Vote> votes = std::move(before);
    votes.insert(votes.end(), after.begin(), after.end());
    const auto best = strongest_candidates(votes, window, kLeastSupport, kMostCandidates);
    candidates.insert(candidates.end(), best.begin(), best.end());
    before = after;
  }
  return candidates;
}

}  // namespace

Result<std::vector<Candidate>> find_candidates(const Snapshot& snapshot, const PeakGrid& episode,
                                               unsigned threads, const std::stop_token& stop,
                                               const std::function<void(double)>& progress) {
  const int windows = (episode.ticks() + kBlockTicks - 1) / kBlockTicks;
  const int tasks = (windows + kTaskWindows - 1) / kTaskWindows;
  std::vector<Result<std::vector<Candidate>>> parts(static_cast<std::size_t>(tasks));
  // Rounds keep the reports of progress on this thread.
  const int round = static_cast<int>(std::max(threads, 1U)) * 8;
  for (int done = 0; done < tasks; done += round) {
    const int count = std::min(round, tasks - done);
    parallel_for(static_cast<std::size_t>(count), threads, [&](std::size_t i) {
      const int task = done + static_cast<int>(i);
      const int first = task * kTaskWindows;
      parts[static_cast<std::size_t>(task)] = candidates_of_windows(
          snapshot, episode, first, std::min(first + kTaskWindows, windows), stop);
    });
    progress(static_cast<double>(done + count) / tasks);
  }
  std::vector<Candidate> candidates;
  for (auto& part : parts) {
    ND_TRY_ASSIGN(const std::vector<Candidate> found, std::move(part));
    candidates.insert(candidates.end(), found.begin(), found.end());
  }
  return candidates;
}

}  // namespace needledrop
