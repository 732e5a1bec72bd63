// Spots an episode with one stage of matching left out, to see what the stage earns.
//
//     ablation --list                 the names of the stages, one a line
//     ablation DESK STAGE EPISODE     the document of `spot --json`; nothing is stored
//
// The stages are the library's own; only the wiring of spotter.cpp is repeated here.

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/file_system.h"
#include "desk/desk.h"
#include "desk/episode_analysis.h"
#include "desk/spot_json.h"
#include "index/snapshot.h"
#include "spotting/candidate_search.h"
#include "spotting/close_search.h"
#include "spotting/explanation.h"
#include "spotting/spot_maker.h"
#include "spotting/verification.h"

namespace needledrop {
namespace {

using Recordings = std::map<SourceId, PeakList>;

/// What the stages share.
struct Scene {
  const Snapshot& snapshot;
  const PeakGrid& episode;
  const Recordings& recordings;
};

constexpr double kLeastEvidence = 28;  // as explain() asks

std::vector<Candidate> closely(const Scene& scene) {
  const PeakIndex index(scene.recordings);
  return CloseSearch(index, scene.episode, 1).find(all_windows(scene.episode.ticks()), {});
}

Result<std::vector<Candidate>> by_hash(const Scene& scene) {
  const std::vector<int> windows = all_windows(scene.episode.ticks());
  return find_candidates(scene.snapshot, scene.episode, {windows}, 1, {}, [](double) {});
}

RecordingPeaks renditions_of(const Scene& scene) {
  RecordingPeaks renditions;
  for (const auto& [source, peaks] : scene.recordings) renditions[{source, {}}] = peaks;
  return renditions;
}

std::vector<Spot> explained(const Scene& scene, std::vector<Finding> findings) {
  const RecordingPeaks renditions = renditions_of(scene);
  return spots_of(scene.episode, renditions,
                  explain(scene.episode, renditions, std::move(findings)));
}

/// Takes findings at their word, without asking what else explains the same sound.
std::vector<Spot> unexplained(const Scene& scene, std::vector<Finding> findings) {
  std::erase_if(findings, [](const Finding& f) { return f.stretch.evidence < kLeastEvidence; });
  std::sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tuple(a.stretch.first, a.hypothesis) < std::tuple(b.stretch.first, b.hypothesis);
  });
  std::vector<Explanation> kept;
  kept.reserve(findings.size());
  for (const Finding& finding : findings) kept.push_back({finding, {}, {}});
  return spots_of(scene.episode, renditions_of(scene), kept);
}

Result<std::vector<Spot>> verified(const Scene& scene, Result<std::vector<Candidate>> candidates) {
  ND_TRY_ASSIGN(auto chosen, std::move(candidates));
  ND_TRY_ASSIGN(auto findings,
                verify_candidates(scene.snapshot, scene.episode, std::move(chosen), 1, {}));
  return explained(scene, std::move(findings));
}

Result<std::vector<Spot>> with_everything(const Scene& scene) {
  return verified(scene, closely(scene));
}

Result<std::vector<Spot>> with_hashes_only(const Scene& scene) {
  return verified(scene, by_hash(scene));
}

/// A candidate's window is the finding, for as many votes as it has.
Result<std::vector<Spot>> without_verification(const Scene& scene) {
  ND_TRY_ASSIGN(const auto candidates, by_hash(scene));
  constexpr int kLeastVotes = 5;  // as audfprint asks
  std::vector<Finding> findings;
  for (const Candidate& c : candidates) {
    if (c.support < kLeastVotes) continue;
    const int first = c.window * kBlockTicks;
    findings.push_back({{c.source, c.offset, c.playback},
                        {first, first + kWindowTicks, kLeastEvidence * c.support / kLeastVotes},
                        {}});
  }
  return unexplained(scene, std::move(findings));
}

/// A window that is verified is the finding, whole.
Result<std::vector<Spot>> without_viterbi(const Scene& scene) {
  std::vector<Finding> findings;
  for (const Candidate& c : closely(scene)) {
    const Hypothesis hypothesis = {c.source, c.offset, c.playback};
    const int first = c.window * kBlockTicks;
    const int last = std::min(first + kWindowTicks, scene.episode.ticks());
    const PeakList& recording = scene.recordings.at(c.source);
    const double evidence = first_evidence(scene.episode, recording, hypothesis, first, last, {});
    const auto expectations =
        expectations_of(scene.episode, recording, hypothesis, first, last, {});
    findings.push_back({hypothesis, {first, last, evidence}, gains_of(expectations, {})});
  }
  return unexplained(scene, std::move(findings));
}

Result<std::vector<Spot>> without_explaining_away(const Scene& scene) {
  ND_TRY_ASSIGN(auto findings,
                verify_candidates(scene.snapshot, scene.episode, closely(scene), 1, {}));
  return unexplained(scene, std::move(findings));
}

struct Stage {
  std::string_view name;
  std::function<Result<std::vector<Spot>>(const Scene&)> spot;
  bool has_side = true;
};

const std::array kStages = {
    Stage{"nothing left out", with_everything},
    Stage{"without the side channel", with_everything, false},
    Stage{"without close search (hashes only)", with_hashes_only},
    Stage{"without verification (hashes only, 5 votes)", without_verification},
    Stage{"without Viterbi (windows of 4 s)", without_viterbi},
    Stage{"without explaining away", without_explaining_away},
};

Result<Recordings> recordings_in(const Snapshot& snapshot) {
  Recordings recordings;
  for (const SourceEntry& entry : snapshot.sources()) {
    if (entry.kind == SourceKind::kRecording) {
      ND_TRY_ASSIGN(recordings[entry.id], snapshot.peaks(entry.id));
    }
  }
  return recordings;
}

Result<std::string> spot(const std::string& directory, const Stage& stage,
                         const std::string& path) {
  const auto files = posix_file_system();
  ND_TRY_ASSIGN(Desk desk, Desk::open(*files, system_clock(), directory, Desk::Purpose::kUse));
  ND_TRY_ASSIGN(AnalysedEpisode analysed, analyse_episode(desk, path, {}));
  if (!stage.has_side) {
    std::erase_if(analysed.peaks.peaks, [](const Peak& p) { return p.channel == Channel::kSide; });
  }
  ND_TRY_ASSIGN(Index* const index, desk.index());
  const auto snapshot = index->snapshot();
  ND_TRY_ASSIGN(const Recordings recordings, recordings_in(*snapshot));
  const PeakGrid grid(analysed.peaks);
  SpottedEpisode spotted;
  spotted.file = analysed.file;
  ND_TRY_ASSIGN(spotted.spots, stage.spot({*snapshot, grid, recordings}));
  ND_TRY_ASSIGN(spotted.recordings, recordings_of(desk, spotted.spots));
  const SpotResult result = std::move(spotted);
  return spot_json({&result, 1}, true, false);
}

}  // namespace
}  // namespace needledrop

int main(int argc, char** argv) {
  using namespace needledrop;
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 1 && arguments[0] == "--list") {
    for (const Stage& stage : kStages) std::printf("%s\n", std::string(stage.name).c_str());
    return 0;
  }
  const auto stage = std::find_if(kStages.begin(), kStages.end(), [&](const Stage& s) {
    return arguments.size() == 3 && s.name == arguments[1];
  });
  if (stage == kStages.end()) {
    std::fprintf(stderr, "usage: ablation --list | ablation DESK STAGE EPISODE\n");
    return 2;
  }
  const auto text = spot(arguments[0], *stage, arguments[2]);
  if (!text.has_value()) {
    std::fprintf(stderr, "ablation: %s\n", text.error().message.c_str());
    return 1;
  }
  std::printf("%s\n", text->c_str());
  return 0;
}
