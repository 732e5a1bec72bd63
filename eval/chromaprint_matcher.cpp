// The baseline: what an engineer gets from Chromaprint with the usual method, offset histograms.
//
//   chromaprint_matcher fingerprint: s16 mono PCM at 11025 Hz on stdin -> raw items on stdout
//   chromaprint_matcher match EPISODE RECORDING...: files of raw items -> spots as JSON on stdout
//
// An item is 32 bits that describe some 2.4 s of sound; one begins every 0.124 s. In each window of
// the episode its items, and all that differ from them in one bit, vote for (recording, offset).
// The best few are verified by the share of differing bits, smoothed over a few seconds: runs in
// which it stays low are spots. Of spots that claim the same time the one with fewer errors wins.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include <chromaprint.h>

namespace {

// Tuned on the development half of the evaluation; see docs/accuracy.md.
constexpr int kSampleRate = 11025;      // Hz: the rate Chromaprint works at
constexpr int kWindow = 80;             // items (10 s) whose votes are counted together
constexpr int kWindowStep = 10;         // items
constexpr int kCandidates = 30;         // (recording, offset) pairs verified in each window
constexpr int kFewestVotes = 2;         // of a candidate
constexpr int kSmoothing = 24;          // items (3 s) over which bit errors are averaged
constexpr double kLargestError = 0.36;  // share of differing bits; unrelated sound has 0.5
constexpr int kShortestRun = 20;        // items
constexpr double kItemSeconds = 1365.0 / kSampleRate;  // a third of Chromaprint's frame
// From a run's first and last item to the begin and end of the sound, in seconds: an item
// describes 2.4 s, and the smoothing widens a run. Chosen so that the median errors are zero.
constexpr double kStartShift = 1.1;
constexpr double kEndShift = 0.5;
constexpr double kLargestOverlap = 0.5;  // of a spot that better spots may have claimed before

using Items = std::vector<uint32_t>;

struct Place {
  uint32_t recording;
  int32_t item;
};

/// A recording laid over the episode: its item is the episode's item + offset.
struct Candidate {
  uint32_t recording;
  int32_t offset;
  bool operator==(const Candidate&) const = default;
  bool operator<(const Candidate& other) const {
    return std::tie(recording, offset) < std::tie(other.recording, other.offset);
  }
};

/// Items [begin, end) of the episode that are explained by a candidate.
struct Run {
  Candidate candidate;
  int begin;
  int end;
  double error;
};

using Index = std::unordered_map<uint32_t, std::vector<Place>>;

Items read_items(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) {
    std::cerr << "chromaprint_matcher: cannot read " << path << "\n";
    std::exit(1);
  }
  Items items(static_cast<size_t>(file.tellg()) / sizeof(uint32_t));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(items.data()),
            static_cast<std::streamsize>(items.size() * sizeof(uint32_t)));
  return items;
}

int fingerprint() {
  ChromaprintContext* context = chromaprint_new(CHROMAPRINT_ALGORITHM_DEFAULT);
  chromaprint_start(context, kSampleRate, 1);
  std::vector<int16_t> block(1 << 16);
  while (size_t count = std::fread(block.data(), sizeof(int16_t), block.size(), stdin)) {
    chromaprint_feed(context, block.data(), static_cast<int>(count));
  }
  chromaprint_finish(context);
  uint32_t* items = nullptr;
  int count = 0;
  const bool is_good = chromaprint_get_raw_fingerprint(context, &items, &count) == 1;
  if (is_good) std::fwrite(items, sizeof(uint32_t), static_cast<size_t>(count), stdout);
  chromaprint_dealloc(items);
  chromaprint_free(context);
  return is_good ? 0 : 1;
}

/// Silence says nothing of a recording, and all of it is alike.
bool is_silent(uint32_t item) {
  constexpr uint32_t kItemOfZeros = 627964279;
  constexpr int kNearlyZeros = 5;  // bits
  return std::popcount(item ^ kItemOfZeros) <= kNearlyZeros;
}

Index build_index(const std::vector<Items>& recordings) {
  Index index;
  for (uint32_t recording = 0; recording < recordings.size(); ++recording) {
    for (size_t item = 0; item < recordings[recording].size(); ++item) {
      const uint32_t value = recordings[recording][item];
      if (!is_silent(value)) index[value].push_back({recording, static_cast<int32_t>(item)});
    }
  }
  return index;
}

/// All places of the item and of its 32 neighbours at one differing bit.
std::vector<Place> probe(const Index& index, uint32_t item) {
  std::vector<Place> places;
  for (int bit = -1; bit < 32; ++bit) {
    const auto found = index.find(bit < 0 ? item : item ^ (1u << bit));
    if (found != index.end()) {
      places.insert(places.end(), found->second.begin(), found->second.end());
    }
  }
  return places;
}

/// The candidates with most votes in the window that begins at `first`. Neighbouring offsets vote
/// together.
std::vector<Candidate> vote(const std::vector<std::vector<Place>>& places, size_t first) {
  std::map<Candidate, int> votes;
  const size_t last = std::min(places.size(), first + kWindow);
  for (size_t i = first; i < last; ++i) {
    for (const Place& place : places[i]) {
      ++votes[{place.recording, place.item - static_cast<int32_t>(i)}];
    }
  }
  std::vector<std::pair<int, Candidate>> ranked;
  for (const auto& [candidate, count] : votes) {
    const auto next = votes.find({candidate.recording, candidate.offset + 1});
    const int total = count + (next == votes.end() ? 0 : next->second);
    if (total >= kFewestVotes) ranked.emplace_back(-total, candidate);
  }
  std::sort(ranked.begin(), ranked.end());
  if (ranked.size() > kCandidates) ranked.resize(kCandidates);
  std::vector<Candidate> best(ranked.size());
  std::transform(ranked.begin(), ranked.end(), best.begin(),
                 [](const auto& entry) { return entry.second; });
  return best;
}

double bit_error(uint32_t a, uint32_t b) {
  return is_silent(a) || is_silent(b) ? 0.5 : std::popcount(a ^ b) / 32.0;
}

/// The share of differing bits around each item of the episode; 0.5 where the recording does not
/// reach.
std::vector<double> smoothed_errors(const Items& episode, const Items& recording, int32_t offset) {
  std::vector<double> sums(episode.size() + 1, 0.0);
  for (size_t i = 0; i < episode.size(); ++i) {
    const int64_t item = static_cast<int64_t>(i) + offset;
    const bool is_inside = item >= 0 && item < static_cast<int64_t>(recording.size());
    const double error =
        is_inside ? bit_error(episode[i], recording[static_cast<size_t>(item)]) : 0.5;
    sums[i + 1] = sums[i] + error;
  }
  std::vector<double> smoothed(episode.size());
  for (size_t i = 0; i < episode.size(); ++i) {
    const size_t begin = i < kSmoothing / 2 ? 0 : i - kSmoothing / 2;
    const size_t end = std::min(episode.size(), begin + kSmoothing);
    smoothed[i] = (sums[end] - sums[begin]) / static_cast<double>(end - begin);
  }
  return smoothed;
}

void append_runs(const std::vector<double>& errors, const Candidate& candidate,
                 std::vector<Run>& runs) {
  const int count = static_cast<int>(errors.size());
  for (int begin = 0; begin < count; ++begin) {
    int end = begin;
    double sum = 0;
    while (end < count && errors[static_cast<size_t>(end)] < kLargestError) {
      sum += errors[static_cast<size_t>(end++)];
    }
    if (end - begin >= kShortestRun) runs.push_back({candidate, begin, end, sum / (end - begin)});
    begin = end;
  }
}

std::vector<Run> find_runs(const Items& episode, const std::vector<Items>& recordings) {
  const Index index = build_index(recordings);
  std::vector<std::vector<Place>> places;
  for (const uint32_t item : episode) places.push_back(probe(index, item));
  std::vector<Candidate> candidates;
  for (size_t first = 0; first < episode.size(); first += kWindowStep) {
    const auto best = vote(places, first);
    candidates.insert(candidates.end(), best.begin(), best.end());
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::vector<Run> runs;
  for (const Candidate& candidate : candidates) {
    append_runs(smoothed_errors(episode, recordings[candidate.recording], candidate.offset),
                candidate, runs);
  }
  return runs;
}

/// Takes the runs from the longest and cleanest on, as long as the time they claim is mostly free.
std::vector<Run> resolve(std::vector<Run> runs, size_t items) {
  const auto evidence = [](const Run& run) { return (0.5 - run.error) * (run.end - run.begin); };
  std::stable_sort(runs.begin(), runs.end(),
                   [&](const Run& a, const Run& b) { return evidence(a) > evidence(b); });
  std::vector<bool> is_claimed(items, false);
  std::vector<Run> kept;
  for (const Run& run : runs) {
    const auto begin = is_claimed.begin() + run.begin;
    const auto end = is_claimed.begin() + run.end;
    const auto claimed = static_cast<double>(std::count(begin, end, true));
    if (claimed > kLargestOverlap * (run.end - run.begin)) continue;
    std::fill(begin, end, true);
    kept.push_back(run);
  }
  std::sort(kept.begin(), kept.end(), [](const Run& a, const Run& b) { return a.begin < b.begin; });
  return kept;
}

int match(int count, char** paths) {
  const Items episode = read_items(paths[0]);
  std::vector<Items> recordings;
  for (int i = 1; i < count; ++i) recordings.push_back(read_items(paths[i]));
  std::printf("[");
  const char* separator = "";
  for (const Run& run : resolve(find_runs(episode, recordings), episode.size())) {
    const double start = run.begin * kItemSeconds + kStartShift;
    const double end = run.end * kItemSeconds + kEndShift;
    std::printf(
        "%s\n {\"recording\": %u, \"start\": %.3f, \"end\": %.3f, \"recording_start\": %.3f}",
        separator, run.candidate.recording, start, end,
        start + run.candidate.offset * kItemSeconds);
    separator = ",";
  }
  std::printf("\n]\n");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view mode = argc > 1 ? argv[1] : "";
  if (mode == "fingerprint" && argc == 2) return fingerprint();
  if (mode == "match" && argc > 3) return match(argc - 2, argv + 2);
  std::cerr << "usage: chromaprint_matcher fingerprint | match EPISODE RECORDING...\n";
  return 2;
}
