#include "spotting/candidate_search.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/worker_pool.h"
#include "spotting/probe.h"

namespace needledrop {
namespace {

constexpr int kLeastSupport = 2;
constexpr std::size_t kMostCandidates = 32;  // a window
/// Candidates of one support that chance may bring to a window; if it brings more, the support says
/// nothing, and looking into each costs much.
constexpr double kMostByChance = 8;
/// A hash with more postings than this in a segment tells nothing apart.
constexpr std::size_t kLongestList = 1'000;
/// Windows that are looked up at once, 64 s: each block of postings is unpacked once for them all.
constexpr int kTaskWindows = 32;
/// The same without a sieve, where there are many postings to unpack: 256 s.
constexpr int kLargeTaskWindows = 128;
/// Ticks of an episode for which a sieve of so many postings pays, being made in 20 ns a posting.
constexpr std::uint64_t kPostingsSievedATick = 512;

/// Turns hits into votes, by block.
class Ballot final : public HitSink {
 public:
  Ballot(const Probes& probes, int first_block, int blocks)
      : probes_(probes), first_block_(first_block), votes_(static_cast<std::size_t>(blocks)) {}

  void on_hits(std::span<const Hit> hits) override {
    for (const Hit& hit : hits) {
      const Tick tick = probes_.ticks[hit.probe];
      const auto block = static_cast<std::size_t>(tick.value / kBlockTicks - first_block_);
      votes_[block].push_back({hit.source, tick - hit.tick});
    }
  }
  /// Of the window of blocks i and i + 1.
  [[nodiscard]] std::vector<Vote> votes_of_window(std::size_t i) const {
    std::vector<Vote> votes = votes_[i];
    votes.insert(votes.end(), votes_[i + 1].begin(), votes_[i + 1].end());
    return votes;
  }

 private:
  const Probes& probes_;
  int first_block_;
  std::vector<std::vector<Vote>> votes_;
};

/// The support from which on a candidate is worth a look, when `votes` votes lie anyhow over so
/// many offsets (Poisson; three neighbouring offsets count together).
int least_support(std::size_t votes, double offsets) {
  const double mean = 3 * static_cast<double>(votes) / std::max(offsets, 1.0);
  int support = kLeastSupport;
  double by_chance = offsets * mean * mean / 2;
  while (by_chance > kMostByChance && mean < support) {
    ++support;
    by_chance *= mean / support;
  }
  return support;
}

/// The look-ups of one episode. Const calls from any number of threads.
class Search {
 public:
  Search(const Snapshot& snapshot, const PeakList& episode,
         std::shared_ptr<const LandmarkSieve> sieve)
      : snapshot_(snapshot), maker_(episode), sieve_(std::move(sieve)) {
    for (const SourceEntry& source : snapshot.sources()) {
      if (source.kind == SourceKind::kRecording) offsets_ += source.length.value + kWindowTicks;
    }
  }

  /// Windows that one task handles in a row. Each task looks up one block more than it has windows.
  [[nodiscard]] int task_windows() const {
    return sieve_ == nullptr ? kLargeTaskWindows : kTaskWindows;
  }

  [[nodiscard]] Result<std::vector<Candidate>> candidates_of_windows(int first, int last) const {
    const Probes probes =
        maker_.probes(first * kBlockTicks, (last + 1) * kBlockTicks, sieve_.get());
    Ballot ballot(probes, first, last + 1 - first);
    ND_TRY(snapshot_.search(probes.hashes, kLongestList, ballot, Probes::kWidth));
    std::vector<Candidate> candidates;
    for (int window = first; window < last; ++window) {
      auto votes = ballot.votes_of_window(static_cast<std::size_t>(window - first));
      const int least = least_support(votes.size(), offsets_);
      const auto best = strongest_candidates(votes, window, least, kMostCandidates);
      candidates.insert(candidates.end(), best.begin(), best.end());
    }
    return candidates;
  }

 private:
  const Snapshot& snapshot_;
  ProbeMaker maker_;
  std::shared_ptr<const LandmarkSieve> sieve_;
  double offsets_ = 0;  // that a window may have in all recordings
};

/// Null where looking everything up costs less.
Result<std::shared_ptr<const LandmarkSieve>> sieve_for(const Snapshot& snapshot,
                                                       const PeakGrid& episode) {
  const auto ticks = static_cast<std::uint64_t>(std::max(episode.ticks(), 0));
  if (snapshot.posting_count() > ticks * kPostingsSievedATick) {
    return std::shared_ptr<const LandmarkSieve>();
  }
  return snapshot.sieve();
}

}  // namespace

Result<std::vector<Candidate>> find_candidates(const Snapshot& snapshot, const PeakGrid& episode,
                                               unsigned threads, const std::stop_token& stop,
                                               const std::function<void(double)>& progress) {
  ND_TRY_ASSIGN(auto sieve, sieve_for(snapshot, episode));
  const Search search(snapshot, episode.list(), std::move(sieve));
  const int windows = (episode.ticks() + kBlockTicks - 1) / kBlockTicks;
  const int each = search.task_windows();
  const int tasks = (windows + each - 1) / each;
  std::vector<Result<std::vector<Candidate>>> parts(static_cast<std::size_t>(tasks));
  // Rounds keep the reports of progress on this thread.
  const int round = 2 * static_cast<int>(std::max(threads, 1U));
  for (int done = 0; done < tasks; done += round) {
    if (stop.stop_requested()) return fail(Error::Kind::kCancelled, "stopped");
    const int count = std::min(round, tasks - done);
    parallel_for(static_cast<std::size_t>(count), threads, [&](std::size_t i) {
      const int first = (done + static_cast<int>(i)) * each;
      parts[static_cast<std::size_t>(done) + i] =
          search.candidates_of_windows(first, std::min(first + each, windows));
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
