// What survives of a recording's peaks and landmarks under speech, and how rare a hash is: the
// figures behind fingerprint/hash.h, fingerprint/landmark.cpp and spotting/evidence.cpp.
//
//   hash_study SPEECH RECORDING...
//
// Prints Markdown. Speech is laid without pauses over the middle channel of the first minute of
// each recording, shifted by a part of a tick.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <string>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "fingerprint/fingerprinter.h"
#include "fingerprint/hash.h"
#include "fingerprint/parameters.h"
#include "media/media_file.h"
#include "spotting/peak_grid.h"
#include "spotting/probe.h"

namespace needledrop {
namespace {

constexpr std::size_t kExcerpt = 60UL * kAnalysisRate;
constexpr std::size_t kShift = 1'000 + 100;  // samples cut off the start: 4.3 ticks
constexpr int kNearest = 8;                  // eighths of a bin
constexpr double kHoursOf100000 = 100'000 * 4 / 60.0;

using Samples = std::vector<float>;

class Collector final : public BlockSink {
 public:
  void on_block(const Block& block) override {
    samples.insert(samples.end(), block.mid.begin(), block.mid.end());
  }
  Samples samples;
};

Samples load(const std::string& path) {
  auto file = MediaFile::open(path, {});
  Collector collector;
  if (!file.has_value() || !(*file)->decode(collector, {}, [](Milliseconds) {}).has_value()) {
    fmt::print(stderr, "hash_study: {}: cannot be decoded\n", path);
    std::exit(1);
  }
  return std::move(collector.samples);
}

PeakList analyse(const Samples& samples, Detail detail) {
  Fingerprinter fingerprinter(detail);
  fingerprinter.on_block({samples, {}, {}});
  return fingerprinter.finish();
}

double rms(const Samples& samples) {
  double sum = 0;
  for (float s : samples) sum += static_cast<double>(s) * static_cast<double>(s);
  return std::sqrt(sum / static_cast<double>(samples.size()));
}

struct Excerpt {
  Samples music;
  Samples speech;
  PeakList recording;
};

PeakList episode_of(const Excerpt& excerpt, double level_db) {
  Samples mix(excerpt.music.begin() + kShift, excerpt.music.end());
  const double gain = std::pow(10, level_db / 20) * rms(excerpt.speech) / rms(mix);
  for (std::size_t i = 0; i < mix.size(); ++i) {
    mix[i] = static_cast<float>(mix[i] * gain) + excerpt.speech[i];
  }
  return analyse(mix, Detail::kEpisode);
}

/// Where one peak of a recording was found in an episode.
struct Trace {
  bool found = false;
  Reach reach = Reach::kNear;
  int frequency = 0;  // distance in eighths of a bin
  int ticks = 0;
};

Trace trace_of(const PeakGrid& episode, const Peak& peak, int tick) {
  Trace best;
  for (int step : {0, -1, 1}) {
    const auto range = episode.at(peak.channel, tick + step);
    for (auto i = range.first; i < range.last; ++i) {
      const Peak& seen = episode.list().peaks[i];
      const int distance = std::abs(seen.frequency - peak.frequency);
      if (distance <= kNearest && (!best.found || seen.reach > best.reach ||
                                   (seen.reach == best.reach && distance < best.frequency))) {
        best = {true, seen.reach, distance, std::abs(step)};
      }
    }
  }
  return best;
}

struct Survival {
  double peaks = 0;
  std::array<double, 3> by_reach{};
  std::array<double, kNearest + 1> by_frequency{};
  std::array<double, 2> by_tick{};
  double found = 0;
  double landmarks = 0;
  double landmarks_found = 0;  // by the probes of spotting

  void add(const Excerpt& excerpt, double level_db, int offset) {
    const PeakList list = episode_of(excerpt, level_db);
    const PeakGrid episode(list);
    const int shift = static_cast<int>(std::lround(static_cast<double>(kShift) / kHop)) + offset;
    for (const Peak& peak : excerpt.recording.peaks) {
      const int tick = peak.tick.value - shift;
      if (tick < 8 || tick > list.length.value - 8) continue;
      const Trace trace = trace_of(episode, peak, tick);
      ++peaks;
      if (!trace.found) continue;
      ++found;
      ++by_reach[static_cast<std::size_t>(trace.reach)];
      ++by_frequency[static_cast<std::size_t>(trace.frequency)];
      ++by_tick[static_cast<std::size_t>(trace.ticks)];
    }
    count_landmarks(excerpt, episode, shift);
  }

  void count_landmarks(const Excerpt& excerpt, const PeakGrid& episode, int shift) {
    const Probes probes = ProbeMaker(episode.list()).probes(0, episode.ticks(), nullptr);
    Fingerprint asked;
    for (std::size_t i = 0; i < probes.hashes.size(); ++i) {
      for (std::uint32_t step = 0; step < Probes::kWidth; ++step) {
        asked.push_back({Hash(probes.hashes[i].value + step), probes.ticks[i]});
      }
    }
    std::sort(asked.begin(), asked.end());
    for (const HashedLandmark& landmark : recording_fingerprint(excerpt.recording)) {
      const int tick = landmark.tick.value - shift;
      if (tick < 8 || tick > episode.ticks() - kZoneLastTick - 8) continue;
      ++landmarks;
      const auto first = std::lower_bound(asked.begin(), asked.end(),
                                          HashedLandmark{landmark.hash, Tick(tick - 1)});
      landmarks_found +=
          first != asked.end() && first->hash == landmark.hash && first->tick <= Tick(tick + 1);
    }
  }
};

void print_survival(const std::vector<Excerpt>& excerpts) {
  fmt::print(
      "| music against speech | far | + middle | + near | within 1/8 bin | same tick | landmarks "
      "found |\n|---|--:|--:|--:|--:|--:|--:|\n");
  struct Row {
    const char* name;
    double level_db;
    int offset;
  };
  for (const Row& row :
       {Row{"40 dB", 40, 0}, Row{"0 dB", 0, 0}, Row{"-5 dB", -5, 0}, Row{"-10 dB", -10, 0},
        Row{"-15 dB", -15, 0}, Row{"-10 dB, wrong offset", -10, 400}}) {
    Survival survival;
    for (const Excerpt& excerpt : excerpts) survival.add(excerpt, row.level_db, row.offset);
    const double far = survival.by_reach[2];
    const double middle = far + survival.by_reach[1];
    fmt::print("| {} | {:.3f} | {:.3f} | {:.3f} | {:.2f} | {:.2f} | {:.4f} |\n", row.name,
               far / survival.peaks, middle / survival.peaks, survival.found / survival.peaks,
               (survival.by_frequency[0] + survival.by_frequency[1]) / survival.found,
               survival.by_tick[0] / survival.found, survival.landmarks_found / survival.landmarks);
  }
}

/// The chance that a probe made from one piece of music meets a given posting of another, as bits.
double effective_bits(const std::vector<Excerpt>& excerpts) {
  std::unordered_map<std::uint32_t, int> postings;
  std::vector<Fingerprint> fingerprints;
  for (const Excerpt& excerpt : excerpts) {
    fingerprints.push_back(recording_fingerprint(excerpt.recording));
    for (const auto& landmark : fingerprints.back()) ++postings[landmark.hash.value];
  }
  const double all = std::accumulate(
      fingerprints.begin(), fingerprints.end(), 0.0,
      [](double sum, const Fingerprint& f) { return sum + static_cast<double>(f.size()); });
  double chance = 0;
  double probes = 0;
  for (std::size_t i = 0; i < excerpts.size(); ++i) {
    for (const auto& landmark : fingerprints[i]) --postings[landmark.hash.value];
    const double others = all - static_cast<double>(fingerprints[i].size());
    const PeakList list = analyse(excerpts[i].music, Detail::kEpisode);
    for (const Hash first : ProbeMaker(list).probes(0, list.length.value, nullptr).hashes) {
      for (std::uint32_t step = 0; step < Probes::kWidth; ++step) {
        const auto it = postings.find(first.value + step);
        chance += it != postings.end() ? it->second / others : 0;
        ++probes;
      }
    }
    for (const auto& landmark : fingerprints[i]) ++postings[landmark.hash.value];
  }
  return -std::log2(chance / probes);
}

void print_hash(const std::vector<Excerpt>& excerpts) {
  double seconds = 0;
  double postings = 0;
  for (const Excerpt& excerpt : excerpts) {
    seconds += excerpt.recording.length.value * kTickSeconds;
    postings += static_cast<double>(recording_fingerprint(excerpt.recording).size());
  }
  const double bits = effective_bits(excerpts);
  const double a_second = 2 * postings / seconds;  // both channels
  const double total = a_second * kHoursOf100000 * 3'600;
  fmt::print(
      "\nA hash has 32 bits of field and {:.1f} effective bits: minus the binary logarithm of the "
      "chance that a probe from one of the {} pieces meets a given posting of another. At {:.0f} "
      "postings a second of recording (two channels), 100,000 recordings of 4 minutes hold {:.2e} "
      "postings, and a probe meets {:.1f} of them.\n",
      bits, excerpts.size(), a_second, total, total / std::exp2(bits));
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() < 3) {
    fmt::print(stderr, "usage: hash_study SPEECH RECORDING RECORDING...\n");
    return 2;
  }
  const Samples speech = load(arguments[0]);
  std::vector<Excerpt> excerpts;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    Excerpt excerpt;
    excerpt.music = load(arguments[i]);
    excerpt.music.resize(std::min(excerpt.music.size(), kExcerpt));
    const std::size_t at = (i - 1) * kExcerpt / 4 % (speech.size() - kExcerpt);
    excerpt.speech.assign(speech.begin() + static_cast<std::ptrdiff_t>(at),
                          speech.begin() + static_cast<std::ptrdiff_t>(at + kExcerpt));
    excerpt.recording = analyse(excerpt.music, Detail::kRecording);
    excerpts.push_back(std::move(excerpt));
  }
  print_survival(excerpts);
  print_hash(excerpts);
  return 0;
}

}  // namespace
}  // namespace needledrop

int main(int argc, char** argv) {
  return needledrop::run(std::vector<std::string>(argv + 1, argv + argc));
}
