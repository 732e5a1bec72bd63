#include "spotting/candidate_search.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>

#include "base/worker_pool.h"

namespace needledrop {
namespace {

constexpr int kLeastSupport = 2;
/// Candidates of one support that chance may bring to a window; if it brings more, the support says
/// nothing, and looking into each costs much.
constexpr double kMostByChance = 8;
/// Postings read for a probe on average: twice what probes meet among 100,000 recordings. Half of
/// that was found to lose nothing (docs/matching.md).
constexpr double kMostPostingsEach = 16;
/// Windows that are looked up at once, 64 s: each block of postings is unpacked once for them all.
constexpr std::size_t kTaskWindows = 32;
/// The same without a sieve, where there are many postings to unpack: 256 s.
constexpr std::size_t kLargeTaskWindows = 128;
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
  Search(const Snapshot& snapshot, const PeakList& episode, const LookUp& look_up,
         std::shared_ptr<const LandmarkSieve> sieve)
      : snapshot_(snapshot), maker_(episode), look_up_(look_up), sieve_(std::move(sieve)) {
    for (const SourceEntry& source : snapshot.sources()) {
      if (source.kind == SourceKind::kRecording) offsets_ += source.length.value + kWindowTicks;
    }
  }

  /// Windows that one task handles in a row. Each task looks up one block more than it has windows.
  [[nodiscard]] std::size_t task_windows() const {
    return sieve_ == nullptr ? kLargeTaskWindows : kTaskWindows;
  }

  /// Of windows [first, last).
  [[nodiscard]] Result<std::vector<Candidate>> candidates_of(int first, int last) const {
    const Probes probes =
        maker_.probes(first * kBlockTicks, (last + 1) * kBlockTicks, sieve_.get(), look_up_.depth);
    Ballot ballot(probes, first, last + 1 - first);
    ND_TRY(snapshot_.search(probes.hashes, Probes::kWidth, kMostPostingsEach, ballot));
    std::vector<Candidate> candidates;
    for (int window = first; window < last; ++window) {
      auto votes = ballot.votes_of_window(static_cast<std::size_t>(window - first));
      const int least = least_support(votes.size(), offsets_);
      const auto best = strongest_candidates(votes, window, least, look_up_.most_candidates);
      for (const Candidate& candidate : best) {
        if (candidate.support < look_up_.least_share * best.front().support) break;
        candidates.push_back(candidate);
      }
    }
    return candidates;
  }

 private:
  const Snapshot& snapshot_;
  ProbeMaker maker_;
  LookUp look_up_;
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

/// Neighbouring windows, looked up together: [first, last).
struct Task {
  int first = 0;
  int last = 0;
};

std::vector<Task> tasks_of(std::span<const int> windows, std::size_t most) {
  std::vector<Task> tasks;
  for (const int window : windows) {
    if (tasks.empty() || tasks.back().last != window ||
        tasks.back().last - tasks.back().first == static_cast<int>(most)) {
      tasks.push_back({window, window});
    }
    ++tasks.back().last;
  }
  return tasks;
}

}  // namespace

std::vector<int> all_windows(int ticks) {
  std::vector<int> windows(static_cast<std::size_t>((ticks + kBlockTicks - 1) / kBlockTicks));
  std::iota(windows.begin(), windows.end(), 0);
  return windows;
}

Result<std::vector<Candidate>> find_candidates(const Snapshot& snapshot, const PeakGrid& episode,
                                               const LookUp& look_up, unsigned threads,
                                               const std::stop_token& stop,
                                               const std::function<void(double)>& progress) {
  ND_TRY_ASSIGN(auto sieve, sieve_for(snapshot, episode));
  const Search search(snapshot, episode.list(), look_up, std::move(sieve));
  const std::vector<Task> tasks = tasks_of(look_up.windows, search.task_windows());
  std::vector<Result<std::vector<Candidate>>> parts(tasks.size());
  // Rounds keep the reports of progress on this thread.
  const std::size_t round = 2 * std::size_t{std::max(threads, 1U)};
  for (std::size_t done = 0; done < tasks.size(); done += round) {
    if (stop.stop_requested()) return fail(Error::Kind::kCancelled, "stopped");
    const std::size_t count = std::min(round, tasks.size() - done);
    parallel_for(count, threads, [&](std::size_t i) {
      parts[done + i] = search.candidates_of(tasks[done + i].first, tasks[done + i].last);
    });
    progress(static_cast<double>(done + count) / static_cast<double>(tasks.size()));
  }
  std::vector<Candidate> candidates;
  for (auto& part : parts) {
    ND_TRY_ASSIGN(const std::vector<Candidate> found, std::move(part));
    candidates.insert(candidates.end(), found.begin(), found.end());
  }
  return candidates;
}

}  // namespace needledrop
