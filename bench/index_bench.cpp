#include <cstdlib>
#include <memory>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include "base/clock.h"
#include "base/file_system_memory.h"
#include "index/index.h"
#include "index/peak_block.h"
#include "index/synthetic_source.h"

/// What a probe costs, and a posting and a peak take up, over made-up recordings of 4 minutes with
/// 80 peaks and 115 landmarks a second, hashes evenly over 2^26 cells.

namespace needledrop {
namespace {

constexpr std::uint32_t kCells = 1U << 26;
constexpr SyntheticDensity kFourMinutes{.ticks = 15'000,
                                        .landmarks = std::size_t{240} * 115,
                                        .peaks = std::size_t{240} * 80,
                                        .hashes = kCells,
                                        .hash_step = 1};

std::vector<NewSource> recordings(std::uint32_t first, std::uint32_t count) {
  std::vector<NewSource> sources;
  for (std::uint32_t id = first; id < first + count; ++id) {
    std::mt19937 random(id);
    sources.push_back(synthetic_source(SourceId(id), SourceKind::kRecording, kFourMinutes, random));
  }
  return sources;
}

/// An index of some recordings, in segments of equal size.
struct Library {
  MemoryFileSystem files;
  std::unique_ptr<Index> index;

  Library(std::uint32_t count, std::uint32_t segments) : index(*Index::open(files, "index")) {
    const auto writer = *index->writer(system_clock(), std::chrono::milliseconds(0));
    for (std::uint32_t i = 0; i < segments; ++i) {
      const std::uint32_t each = count / segments;
      if (!writer->add(recordings(1 + i * each, each)).has_value()) {
        std::abort();
      }
    }
  }
};

struct CountingSink final : HitSink {
  std::size_t count = 0;
  void on_hits(std::span<const Hit> hits) override { count += hits.size(); }
};

void search(benchmark::State& state, const Library& library, const std::vector<Hash>& probes) {
  const auto snapshot = library.index->snapshot();
  CountingSink sink;
  for ([[maybe_unused]] auto _ : state) {
    if (!snapshot->search(probes, 1, 10'000, sink).has_value()) {
      state.SkipWithError("corrupt");
      return;
    }
  }
  const auto done = static_cast<double>(state.iterations()) * static_cast<double>(probes.size());
  state.counters["probe"] =
      benchmark::Counter(done, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["hits_a_probe"] = static_cast<double>(sink.count) / done;
}

/// Arguments: recordings, segments, probes. Nearly all probes miss: 4 recordings fill 1 cell in
/// 600.
void BM_RandomProbes(benchmark::State& state) {
  const Library library(static_cast<std::uint32_t>(state.range(0)),
                        static_cast<std::uint32_t>(state.range(1)));
  std::mt19937 random(1);
  std::vector<Hash> probes;
  for (std::int64_t i = 0; i < state.range(2); ++i) {
    probes.emplace_back(static_cast<std::uint32_t>(random() % kCells));
  }
  search(state, library, probes);
}
BENCHMARK(BM_RandomProbes)
    ->Unit(benchmark::kMillisecond)
    ->Args({20, 1, 300'000})
    ->Args({20, 1, 10'000})
    ->Args({20, 20, 300'000})
    ->Args({200, 1, 300'000})
    ->Args({200, 1, 10'000});

/// Every probe is a landmark of some recording.
void BM_ProbesThatHit(benchmark::State& state) {
  const Library library(static_cast<std::uint32_t>(state.range(0)), 1);
  std::vector<Hash> probes;
  for (const NewSource& source : recordings(1, 10)) {
    for (const HashedLandmark& landmark : source.fingerprint) {
      probes.push_back(landmark.hash);
    }
  }
  search(state, library, probes);
}
BENCHMARK(BM_ProbesThatHit)->Unit(benchmark::kMillisecond)->Arg(20)->Arg(200);

void BM_AddRecordings(benchmark::State& state) {
  const auto sources = recordings(1, static_cast<std::uint32_t>(state.range(0)));
  double bytes = 0;
  double peaks = 0;
  double postings = 0;
  for ([[maybe_unused]] auto _ : state) {
    MemoryFileSystem files;
    const auto index = *Index::open(files, "index");
    const auto writer = *index->writer(system_clock(), std::chrono::milliseconds(0));
    if (!writer->add(sources).has_value()) {
      state.SkipWithError("not added");
      return;
    }
    bytes = static_cast<double>(files.content("index/segment-00000002")->size());
  }
  double peak_bytes = 0;
  for (const NewSource& source : sources) {
    peaks += static_cast<double>(source.peaks.peaks.size());
    postings += static_cast<double>(source.fingerprint.size());
    peak_bytes += static_cast<double>(encode_peaks(source.peaks).size());
  }
  const auto count = static_cast<double>(sources.size());
  state.counters["recordings_a_second"] = benchmark::Counter(
      count * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
  state.counters["bytes_a_peak"] = peak_bytes / peaks;
  state.counters["bytes_a_posting"] = (bytes - peak_bytes) / postings;
  state.counters["MB_an_hour"] = bytes / count * 15 / 1e6;
}
BENCHMARK(BM_AddRecordings)->Unit(benchmark::kMillisecond)->Arg(15)->Arg(150);

/// Arguments: recordings, segments, and whether each tenth recording is removed. All become one.
void BM_Merge(benchmark::State& state) {
  const auto count = static_cast<std::uint32_t>(state.range(0));
  double bytes = 0;
  for ([[maybe_unused]] auto _ : state) {
    state.PauseTiming();
    Library library(count, static_cast<std::uint32_t>(state.range(1)));
    const auto writer = *library.index->writer(system_clock(), std::chrono::milliseconds(0));
    std::vector<SourceId> removed;
    for (std::uint32_t id = 10; id <= count && state.range(2) != 0; id += 10) {
      removed.emplace_back(id);
    }
    if (!writer->remove(removed).has_value()) {
      std::abort();
    }
    state.ResumeTiming();
    const auto merged = writer->merge({.all = true});
    if (!merged.has_value()) {
      state.SkipWithError("not merged");
      return;
    }
    bytes += static_cast<double>(merged->bytes);
  }
  state.counters["bytes_written"] = benchmark::Counter(bytes, benchmark::Counter::kIsRate);
  state.counters["recordings_a_second"] =
      benchmark::Counter(static_cast<double>(count) * static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate);
}
BENCHMARK(BM_Merge)
    ->Unit(benchmark::kMillisecond)
    ->Args({200, 1, 1})
    ->Args({200, 4, 0})
    ->Args({200, 40, 0});

void BM_ReadPeaks(benchmark::State& state) {
  const Library library(1, 1);
  const auto snapshot = library.index->snapshot();
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(snapshot->peaks(SourceId(1)));
  }
}
BENCHMARK(BM_ReadPeaks)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace needledrop

BENCHMARK_MAIN();
