#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include "fingerprint/column.h"
#include "fingerprint/fingerprinter.h"
#include "spotting/decoder.h"
#include "spotting/evidence.h"
#include "spotting/probe.h"

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
    ColumnMaker columns(sink);
    columns.on_samples(minute_of_sound());
    columns.finish();
  }
  state.SetItemsProcessed(state.iterations() * kSeconds);
}
BENCHMARK(BM_Columns)->Unit(benchmark::kMillisecond);

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
  const PeakGrid grid(list);
  std::size_t hashes = 0;
  for (auto _ : state) {
    hashes = probes_of(grid, 0, grid.ticks()).hashes.size();
  }
  state.SetItemsProcessed(state.iterations() * kSeconds);
  state.counters["hashes a second of sound"] = static_cast<double>(hashes) / kSeconds;
}
BENCHMARK(BM_Probes)->Unit(benchmark::kMillisecond);

void BM_Evidence(benchmark::State& state) {
  const PeakList list = peaks_of(Detail::kEpisode);
  const PeakList recording = peaks_of(Detail::kRecording);
  const PeakGrid grid(list);
  const Hypothesis hypothesis = {SourceId(1), Tick(static_cast<std::int32_t>(state.range(0)))};
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        decode(evidence_of(grid, recording, hypothesis, 0, grid.ticks(), {}), 0));
  }
  state.SetItemsProcessed(state.iterations() * kSeconds);
}
BENCHMARK(BM_Evidence)->Unit(benchmark::kMillisecond)->ArgName("offset")->Arg(0)->Arg(100);

}  // namespace
}  // namespace needledrop

BENCHMARK_MAIN();
