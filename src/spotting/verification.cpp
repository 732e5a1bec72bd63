#include "spotting/verification.h"

#include <algorithm>
#include <functional>
#include <set>
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

/// A window with less is not looked at twice.
constexpr double kLeastFirstEvidence = 12;
/// Nor one with a smaller share of the best evidence for its window.
constexpr double kLeastShare = 0.15;
/// Gains and level curve depend on each other.
constexpr int kFittingRounds = 2;

/// The expectations that lie in one of the stretches; both in order.
std::vector<Expectation> within(const std::vector<Expectation>& expectations,
                                const std::vector<Stretch>& stretches) {
  std::vector<Expectation> inside;
  auto stretch = stretches.begin();
  for (const Expectation& e : expectations) {
    while (stretch != stretches.end() && stretch->last <= e.tick) ++stretch;
    if (stretch == stretches.end()) break;
    if (e.tick >= stretch->first) inside.push_back(e);
  }
  return inside;
}

/// Candidates of one rendition: [first, last) of the sorted list.
struct RenditionRun {
  std::size_t first = 0;
  std::size_t last = 0;
};

std::vector<RenditionRun> runs_by_rendition(std::vector<Candidate>& candidates) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.source, a.playback, a.offset, a.window) <
           std::tuple(b.source, b.playback, b.offset, b.window);
  });
  std::vector<RenditionRun> runs;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Candidate* begun = runs.empty() ? nullptr : &candidates[runs.back().first];
    if (begun == nullptr || candidates[i].source != begun->source ||
        candidates[i].playback != begun->playback) {
      runs.push_back({i, i});
    }
    runs.back().last = i + 1;
  }
  return runs;
}

Stretch window_of(const Candidate& candidate) {
  const int first = candidate.window * kBlockTicks - kMarginTicks;
  return {first, first + kWindowTicks + 2 * kMarginTicks};
}

Hypothesis hypothesis_of(const Candidate& candidate) {
  return {candidate.source, candidate.offset, candidate.playback};
}

/// A candidate with what its window says for it at first sight.
struct Tested {
  Candidate candidate;
  double evidence = 0;
};

/// In each window, of each source the best offset only (what repeats itself answers at every
/// repeat), and none that is far behind the best: what explains the sound better would take its
/// peaks anyway, and what plays longer shows in other windows.
std::vector<Candidate> shortlist(std::vector<Tested> tested) {
  std::erase_if(tested, [](const Tested& t) { return t.evidence < kLeastFirstEvidence; });
  std::sort(tested.begin(), tested.end(), [](const Tested& a, const Tested& b) {
    return std::tuple(a.candidate.window, -a.evidence, hypothesis_of(a.candidate)) <
           std::tuple(b.candidate.window, -b.evidence, hypothesis_of(b.candidate));
  });
  std::vector<Candidate> chosen;
  std::set<SourceId> sources;
  double best = 0;
  for (const Tested& t : tested) {
    if (chosen.empty() || t.candidate.window != chosen.back().window) {
      sources.clear();
      best = t.evidence;
    }
    if (t.evidence >= kLeastShare * best && sources.insert(t.candidate.source).second) {
      chosen.push_back(t.candidate);
    }
  }
  return chosen;
}

/// Tests the candidates of one recording, played one way, sorted by offset.
class RecordingTest {
 public:
  RecordingTest(const PeakGrid& episode, const PeakList& recording)
      : episode_(episode), recording_(recording) {}

  [[nodiscard]] double first_evidence_of(const Candidate& candidate) const {
    const Stretch window = window_of(candidate);
    return first_evidence(episode_, recording_, hypothesis_of(candidate), window.first, window.last,
                          {});
  }

  void test(const Candidate& candidate) {
    const Hypothesis hypothesis = hypothesis_of(candidate);
    const Stretch window = window_of(candidate);
    if (is_covered(hypothesis, window)) return;
    const auto expectations = expectations_in(hypothesis, window);
    listen_around(hypothesis, window, gains_of(expectations, {}));
  }

  [[nodiscard]] std::vector<Finding> findings() && { return std::move(findings_); }

 private:
  [[nodiscard]] std::vector<Expectation> expectations_in(const Hypothesis& hypothesis,
                                                         const Stretch& range) const {
    return expectations_of(episode_, recording_, hypothesis, range.first, range.last, {});
  }

  /// Widens the range, each time by twice as much, until no music begins or ends near its edges.
  /// What is found at first tells the level better than the window did.
  void listen_around(const Hypothesis& hypothesis, Stretch range, Gains gains) {
    const int earliest = std::max(0, hypothesis.offset.value);
    const int latest = std::min(episode_.ticks(), (recording_.length + hypothesis.offset).value);
    for (int step = kQuietTicks;; step *= 2) {
      range.first = std::max(earliest, range.first - step);
      range.last = std::min(latest, range.last + step);
      const auto expectations = expectations_in(hypothesis, range);
      Decoded decoded;
      for (int round = 0; round < kFittingRounds; ++round) {
        decoded = decode(evidence_under(gains, expectations, range.first, range.last), range.first);
        if (decoded.stretches.empty()) return;
        gains = gains_of(within(expectations, decoded.stretches), decoded.curve);
      }
      const auto& stretches = decoded.stretches;
      const bool goes_on =
          (range.first > earliest && stretches.front().first < range.first + kQuietTicks) ||
          (range.last < latest && stretches.back().last > range.last - kQuietTicks);
      if (!goes_on) {
        for (const Stretch& stretch : stretches) findings_.push_back({hypothesis, stretch, gains});
        return;
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

/// Calls `visit(test, first, last)` for every run of candidates of one rendition, in parallel; each
/// call may write to what belongs to its own candidates. Sorts them.
Result<void> for_each_rendition(
    const Snapshot& snapshot, const PeakGrid& episode, std::vector<Candidate>& candidates,
    unsigned threads, const std::stop_token& stop,
    const std::function<void(RecordingTest& test, const RenditionRun& run)>& visit) {
  const auto runs = runs_by_rendition(candidates);
  std::vector<Result<void>> done(runs.size());
  parallel_for(runs.size(), threads, [&](std::size_t i) {
    if (stop.stop_requested()) {
      done[i] = fail(Error::Kind::kCancelled, "stopped");
      return;
    }
    const Candidate& begun = candidates[runs[i].first];
    auto recording = snapshot.peaks(begun.source);
    if (!recording.has_value()) {
      done[i] = recording.error();
      return;
    }
    const PeakList heard = played(std::move(*recording), begun.playback);
    RecordingTest test(episode, heard);
    visit(test, runs[i]);
  });
  for (const auto& result : done) ND_TRY(result);
  return {};
}

}  // namespace

Result<std::vector<Finding>> verify_candidates(const Snapshot& snapshot, const PeakGrid& episode,
                                               std::vector<Candidate> candidates, unsigned threads,
                                               const std::stop_token& stop) {
  std::vector<Tested> tested(candidates.size());
  ND_TRY(for_each_rendition(snapshot, episode, candidates, threads, stop,
                            [&](const RecordingTest& test, const RenditionRun& run) {
                              for (std::size_t c = run.first; c < run.last; ++c) {
                                tested[c] = {candidates[c], test.first_evidence_of(candidates[c])};
                              }
                            }));
  candidates = shortlist(std::move(tested));
  std::vector<std::vector<Finding>> parts(candidates.size());
  ND_TRY(for_each_rendition(snapshot, episode, candidates, threads, stop,
                            [&](RecordingTest& test, const RenditionRun& run) {
                              for (std::size_t c = run.first; c < run.last; ++c) {
                                test.test(candidates[c]);
                              }
                              parts[run.first] = std::move(test).findings();
                            }));
  std::vector<Finding> findings;
  for (const auto& part : parts) findings.insert(findings.end(), part.begin(), part.end());
  return findings;
}

}  // namespace needledrop
