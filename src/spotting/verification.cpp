#include "spotting/verification.h"

#include <algorithm>
#include <tuple>

#include "base/worker_pool.h"
#include "spotting/candidate_search.h"

namespace needledrop {
namespace {

/// Looked at on either side of a candidate's window before the whole is: 1 s.
constexpr int kMarginTicks = 64;
/// Music that is silent or buried for longer than this, 12 s, is looked for anew.
constexpr int kQuietTicks = 750;
/// Offsets this close are one hypothesis: a tick is the rounding of the alignment.
constexpr int kSameOffset = 1;

/// Candidates of one source: [first, last) of the sorted list.
struct SourceRun {
  std::size_t first = 0;
  std::size_t last = 0;
};

std::vector<SourceRun> runs_by_source(std::vector<Candidate>& candidates) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.source, a.offset, a.window) < std::tuple(b.source, b.offset, b.window);
  });
  std::vector<SourceRun> runs;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (runs.empty() || candidates[i].source != candidates[runs.back().first].source) {
      runs.push_back({i, i});
    }
    runs.back().last = i + 1;
  }
  return runs;
}

/// Tests one recording's candidates, sorted by offset.
class RecordingTest {
 public:
  RecordingTest(const PeakGrid& episode, const PeakList& recording)
      : episode_(episode), recording_(recording) {}

  void test(const Candidate& candidate) {
    const Hypothesis hypothesis = {candidate.source, candidate.offset};
    const int first = candidate.window * kBlockTicks - kMarginTicks;
    const Stretch window = {first, first + kWindowTicks + 2 * kMarginTicks};
    if (is_covered(hypothesis, window) || stretches_in(hypothesis, window).empty()) {
      return;
    }
    for (const Stretch& stretch : stretches_around(hypothesis, window)) {
      findings_.push_back({hypothesis, stretch});
    }
  }

  [[nodiscard]] std::vector<Finding> findings() && { return std::move(findings_); }

 private:
  [[nodiscard]] std::vector<Stretch> stretches_in(const Hypothesis& hypothesis,
                                                  const Stretch& range) const {
    return decode(evidence_of(episode_, recording_, hypothesis, range.first, range.last, {}),
                  range.first);
  }

  /// Widens the range, each time by twice as much, until no music begins or ends near its edges.
  [[nodiscard]] std::vector<Stretch> stretches_around(const Hypothesis& hypothesis,
                                                      Stretch range) const {
    const int earliest = std::max(0, hypothesis.offset.value);
    const int latest = std::min(episode_.ticks(), (recording_.length + hypothesis.offset).value);
    for (int step = kQuietTicks;; step *= 2) {
      range.first = std::max(earliest, range.first - step);
      range.last = std::min(latest, range.last + step);
      auto stretches = stretches_in(hypothesis, range);
      const bool goes_on =
          !stretches.empty() &&
          ((range.first > earliest && stretches.front().first < range.first + kQuietTicks) ||
           (range.last < latest && stretches.back().last > range.last - kQuietTicks));
      if (!goes_on) {
        return stretches;
      }
    }
  }

  /// Has a neighbouring offset already explained this window?
  [[nodiscard]] bool is_covered(const Hypothesis& hypothesis, const Stretch& window) const {
    return std::any_of(findings_.rbegin(), findings_.rend(), [&](const Finding& finding) {
      return (hypothesis.offset - finding.hypothesis.offset).value <= kSameOffset &&
             finding.stretch.first < window.last && finding.stretch.last > window.first;
    });
  }

  const PeakGrid& episode_;
  const PeakList& recording_;
  std::vector<Finding> findings_;
};

}  // namespace

Result<std::vector<Finding>> verify_candidates(const Snapshot& snapshot, const PeakGrid& episode,
                                               std::vector<Candidate> candidates, unsigned threads,
                                               const std::stop_token& stop) {
  const auto runs = runs_by_source(candidates);
  std::vector<Result<std::vector<Finding>>> parts(runs.size());
  parallel_for(runs.size(), threads, [&](std::size_t i) {
    if (stop.stop_requested()) {
      parts[i] = fail(Error::Kind::kCancelled, "stopped");
      return;
    }
    const auto recording = snapshot.peaks(candidates[runs[i].first].source);
    if (!recording.has_value()) {
      parts[i] = recording.error();
      return;
    }
    RecordingTest test(episode, *recording);
    for (std::size_t c = runs[i].first; c < runs[i].last; ++c) {
      test.test(candidates[c]);
    }
    parts[i] = std::move(test).findings();
  });
  std::vector<Finding> findings;
  for (auto& part : parts) {
    ND_TRY_ASSIGN(const std::vector<Finding> found, std::move(part));
    findings.insert(findings.end(), found.begin(), found.end());
  }
  return findings;
}

}  // namespace needledrop
