#include <map>
#include <numeric>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include "fingerprint/column.h"
#include "fingerprint/fingerprinter.h"
#include "fingerprint/peak_picker.h"
#include "fingerprint/texture_meter.h"
#include "index/landmark_sieve.h"
#include "spotting/close_search.h"
#include "spotting/decoder.h"
#include "spotting/evidence.h"
#include "spotting/music_activity.h"
#include "spotting/probe.h"
#include "spotting/rate_fit.h"

/// What each stage costs for a minute of one channel of sound, or of peaks found in it.

namespace needledrop {
namespace {

constexpr int kSeconds = 60;

/// Noise with a slow beat: as many peaks as music has, none of its regularity.
const std::vector<float>& minute_of_sound() {
  static const std::vector<float> samples = [] {
    std::mt19937 random(1);
    std::normal_distribution<float> noise(0, 0.1F);
    std::vector<float> made(static_cast<std::size_t>(kSeconds) * kAnalysisRate);
    for (float& sample : made) sample = noise(random);
    return made;
  }();
  return samples;
}

PeakList peaks_of(Detail detail) {
  Fingerprinter fingerprinter(detail);
  fingerprinter.on_block({minute_of_sound(), {}, {}});
  return fingerprinter.finish();
}

class Nowhere final : public ColumnSink {
 public:
  void on_column(std::span<const float> power) override { benchmark::DoNotOptimize(power.data()); }
};

void BM_Columns(benchmark::State& state) {
  for (auto _ : state) {
    Nowhere sink;
    ColumnMaker columns(sink, sink);
    columns.on_samples(minute_of_sound(), minute_of_sound());
    columns.finish();
  }
  state.SetItemsProcessed(state.iterations() * kSeconds);
}
BENCHMARK(BM_Columns)->Unit(benchmark::kMillisecond);

/// Keeps a minute of columns.
class Kept final : public ColumnSink {
 public:
  void on_column(std::span<const float> power) override {
    columns.emplace_back(power.begin(), power.end());
  }
  std::vector<std::vector<float>> columns;
};

void BM_Peaks(benchmark::State& state) {
  Kept mid;
  Nowhere side;
  ColumnMaker maker(mid, side);
  maker.on_samples(minute_of_sound(), {});
  maker.finish();
  for (auto _ : state) {
    std::vector<Peak> peaks;
    PeakPicker picker(Channel::kMid, Reach::kNear, peaks);
    for (const auto& column : mid.columns) picker.on_column(column);
    picker.finish();
    benchmark::DoNotOptimize(peaks.data());
  }
  state.SetItemsProcessed(state.iterations() * kSeconds);
}
BENCHMARK(BM_Peaks)->Unit(benchmark::kMillisecond);

/// Of both channels, columns included: less BM_Columns, it is what textures cost.
void BM_Textures(benchmark::State& state) {
  for (auto _ : state) {
    TextureMeter mid;
    TextureMeter side;
    ColumnMaker columns(mid, side);
    columns.on_samples(minute_of_sound(), minute_of_sound());
    columns.finish();
    benchmark::DoNotOptimize(mid.finish());
  }
  state.SetItemsProcessed(state.iterations() * kSeconds);
}
BENCHMARK(BM_Textures)->Unit(benchmark::kMillisecond);

void BM_Analysis(benchmark::State& state) {
  const auto detail = state.range(0) == 0 ? Detail::kRecording : Detail::kEpisode;
  for (auto _ : state) {
    benchmark::DoNotOptimize(peaks_of(detail));
  }
  state.SetItemsProcessed(state.iterations() * kSeconds);
}
BENCHMARK(BM_Analysis)->Unit(benchmark::kMillisecond)->ArgName("episode")->Arg(0)->Arg(1);

void BM_Landmarks(benchmark::State& state) {
  const PeakList recording = peaks_of(Detail::kRecording);
  for (auto _ : state) {
    benchmark::DoNotOptimize(recording_fingerprint(recording));
  }
  state.SetItemsProcessed(state.iterations() * kSeconds);
}
BENCHMARK(BM_Landmarks)->Unit(benchmark::kMillisecond);

void BM_Probes(benchmark::State& state) {
  const PeakList list = peaks_of(Detail::kEpisode);
  std::size_t hashes = 0;
  for (auto _ : state) {
    hashes = ProbeMaker(list).probes(0, list.length.value, nullptr).hashes.size();
  }
  state.SetItemsProcessed(state.iterations() * kSeconds);
  state.counters["hashes a second of sound"] = static_cast<double>(hashes) / kSeconds;
}
BENCHMARK(BM_Probes)->Unit(benchmark::kMillisecond);

/// A sieve of so many thousand postings, made and asked: the argument is 300 for two hours of
/// recordings.
void BM_Sieve(benchmark::State& state) {
  const PeakList list = peaks_of(Detail::kEpisode);
  const ProbeMaker maker(list);
  LandmarkSieve sieve;
  std::mt19937 random(2);
  for (std::int64_t i = 0; i < state.range(0) * 1'000; ++i) {
    sieve.insert(Hash(static_cast<std::uint32_t>(random())));
  }
  std::size_t hashes = 0;
  for (auto _ : state) {
    hashes = maker.probes(0, list.length.value, &sieve).hashes.size();
  }
  state.SetItemsProcessed(state.iterations() * kSeconds);
  state.counters["hashes a second of sound"] = static_cast<double>(hashes) / kSeconds;
}
BENCHMARK(BM_Sieve)->Unit(benchmark::kMillisecond)->Arg(300)->Arg(6'000);

void BM_Evidence(benchmark::State& state) {
  const PeakList list = peaks_of(Detail::kEpisode);
  const PeakList recording = peaks_of(Detail::kRecording);
  const PeakGrid grid(list);
  const Hypothesis hypothesis = {SourceId(1), Tick(static_cast<std::int32_t>(state.range(0)))};
  for (auto _ : state) {
    const auto expectations = expectations_of(grid, recording, hypothesis, 0, grid.ticks(), {});
    const Gains gains = gains_of(expectations, {});
    benchmark::DoNotOptimize(evidence_under(gains, expectations, 0, grid.ticks()));
  }
  state.SetItemsProcessed(state.iterations() * kSeconds);
}
BENCHMARK(BM_Evidence)->Unit(benchmark::kMillisecond)->ArgName("offset")->Arg(0)->Arg(100);

void BM_MusicActivity(benchmark::State& state) {
  PeakList list = peaks_of(Detail::kEpisode);
  list.textures[1] = list.textures[0];
  for (auto _ : state) {
    benchmark::DoNotOptimize(music_activity(list));
  }
  state.SetItemsProcessed(state.iterations() * kSeconds);
}
BENCHMARK(BM_MusicActivity)->Unit(benchmark::kMillisecond);

void BM_Viterbi(benchmark::State& state) {
  const PeakList list = peaks_of(Detail::kEpisode);
  const PeakList recording = peaks_of(Detail::kRecording);
  const PeakGrid grid(list);
  const auto expectations = expectations_of(grid, recording, {}, 0, grid.ticks(), {});
  const auto evidence = evidence_under(gains_of(expectations, {}), expectations, 0, grid.ticks());
  for (auto _ : state) {
    benchmark::DoNotOptimize(decode(evidence, 0));
  }
  state.SetItemsProcessed(state.iterations() * kSeconds);
}
BENCHMARK(BM_Viterbi)->Unit(benchmark::kMillisecond);

/// As many recordings of a minute, one of which is the episode itself.
void BM_CloseSearch(benchmark::State& state) {
  const PeakList list = peaks_of(Detail::kEpisode);
  const PeakGrid grid(list);
  std::map<SourceId, PeakList> recordings;
  for (std::uint32_t id = 1; id <= static_cast<std::uint32_t>(state.range(0)); ++id) {
    recordings[SourceId(id)] =
        played(peaks_of(Detail::kRecording),
               {Playback::kUnity, Playback::kUnity - 1'000 * (static_cast<std::int32_t>(id) - 1)});
  }
  const PeakIndex index(recordings);
  std::vector<int> windows(30);
  std::iota(windows.begin(), windows.end(), 0);
  for (auto _ : state) {
    benchmark::DoNotOptimize(CloseSearch(index, grid, 1).find(windows, {}));
  }
  state.SetItemsProcessed(state.iterations() * kSeconds);
}
BENCHMARK(BM_CloseSearch)->Unit(benchmark::kMillisecond)->ArgName("minutes")->Arg(1)->Arg(120);

void BM_RateFit(benchmark::State& state) {
  const PeakList list = peaks_of(Detail::kEpisode);
  const PeakList recording = peaks_of(Detail::kRecording);
  const PeakGrid grid(list);
  const Hypothesis coarse = {SourceId(1), Tick(0), {1'001'500, 999'000}};
  for (auto _ : state) {
    benchmark::DoNotOptimize(fit_playback(grid, recording, coarse, {500, 750, 0}));
  }
}
BENCHMARK(BM_RateFit)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace needledrop

BENCHMARK_MAIN();
