#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/file_system_memory.h"
#include "fingerprint/fingerprinter.h"
#include "fingerprint/parameters.h"
#include "fingerprint/peak_picker.h"
#include "fingerprint/test_signals.h"
#include "index/index.h"

/// Made-up recordings and episodes as peak lists, and an index in memory over the recordings. The
/// same seed gives the same content.
namespace needledrop::test {

inline int ticks_of(double seconds) {
  return static_cast<int>(std::lround(seconds / kTickSeconds));
}

inline double seconds_of(Milliseconds time) {
  return static_cast<double>(time.count()) / 1'000;
}

inline void sort_peaks(PeakList& list) {
  const auto place = [](const Peak& p) { return std::tuple(p.tick, p.channel, p.frequency); };
  std::ranges::sort(list.peaks);
  list.peaks.erase(std::unique(list.peaks.begin(), list.peaks.end(),
                               [&](const Peak& a, const Peak& b) { return place(a) == place(b); }),
                   list.peaks.end());
}

inline Peak random_peak(int ticks, Channel channel, Random& random) {
  Peak peak;
  peak.tick = Tick(random.below(ticks));
  peak.frequency = static_cast<std::uint16_t>(
      random.within(kFirstBin * kBinFractions, kLastBin * kBinFractions - 1));
  peak.level = static_cast<std::uint8_t>(random.within(140, 200));
  peak.channel = channel;
  peak.reach = Reach::kFar;
  return peak;
}

/// Far-reaching peaks, 42 a second and channel, none within another's box.
inline PeakList random_recording(int ticks, std::uint32_t seed) {
  constexpr double kPerSecond = 42;
  const PeakBox box = kPeakBoxes[static_cast<std::size_t>(Reach::kFar)];
  Random random(seed);
  PeakList list;
  list.length = Tick(ticks);
  list.levels.assign(static_cast<std::size_t>((ticks + kLevelTicks - 1) / kLevelTicks),
                     {200, 190, 0});
  const auto count = static_cast<std::size_t>(kPerSecond * ticks * kTickSeconds);
  for (Channel channel : {Channel::kMid, Channel::kSide}) {
    std::vector<std::vector<int>> taken(static_cast<std::size_t>(ticks));
    for (std::size_t i = 0; i < count; ++i) {
      const Peak peak = random_peak(ticks, channel, random);
      const int first = std::max(0, peak.tick.value - box.ticks);
      const int last = std::min(ticks - 1, peak.tick.value + box.ticks);
      bool is_free = true;
      for (int t = first; t <= last && is_free; ++t) {
        is_free = std::ranges::none_of(taken[static_cast<std::size_t>(t)], [&](int frequency) {
          return std::abs(frequency - peak.frequency) <= box.bins * kBinFractions;
        });
      }
      if (!is_free) continue;
      taken[static_cast<std::size_t>(peak.tick.value)].push_back(peak.frequency);
      list.peaks.push_back(peak);
    }
  }
  sort_peaks(list);
  return list;
}

/// Peaks of all reaches at random places: speech, effects and music that nobody has catalogued.
/// `density` 1 is about what an episode holds, per second and channel 42 far, 30 middle, 80 near.
inline PeakList random_episode(int ticks, std::uint32_t seed, double density = 1) {
  Random random(seed);
  PeakList list;
  list.length = Tick(ticks);
  list.levels.assign(static_cast<std::size_t>((ticks + kLevelTicks - 1) / kLevelTicks),
                     {205, 195, 0});
  for (Channel channel : {Channel::kMid, Channel::kSide}) {
    for (const auto& [reach, per_second] :
         {std::pair{Reach::kFar, 42}, {Reach::kMiddle, 30}, {Reach::kNear, 80}}) {
      const auto count = static_cast<int>(density * per_second * ticks * kTickSeconds);
      for (int i = 0; i < count; ++i) {
        Peak peak = random_peak(ticks, channel, random);
        peak.reach = reach;
        list.peaks.push_back(peak);
      }
    }
  }
  sort_peaks(list);
  return list;
}

/// A use to be planted: ticks [from, from + length) of the recording, from tick `at` of the
/// episode.
struct Use {
  int at = 0;
  int from = 0;
  int length = 0;
  double survival = 0.8;  // of a peak
  int louder = 0;         // half decibels
};

/// Puts a louder peak beside the place of one, near enough to hide it.
inline void mask(PeakList& episode, Peak peak, int tick, int louder, Random& random) {
  const int aside = random.within(12, 24) * (random.below(2) == 0 ? 1 : -1);
  peak.tick = Tick(std::clamp(tick + random.within(-2, 2), 0, episode.length.value - 1));
  peak.frequency = static_cast<std::uint16_t>(
      std::clamp(peak.frequency + aside, kFirstBin * kBinFractions, kLastBin * kBinFractions));
  peak.level = static_cast<std::uint8_t>(std::clamp(peak.level + louder + 24, 0, 255));
  episode.peaks.push_back(peak);
}

/// Plays part of a recording in the episode: surviving peaks are displaced by up to an eighth of a
/// bin and a tick, and some lose reach; in the place of the others stands something louder.
inline void plant(PeakList& episode, const PeakList& recording, const Use& use,
                  std::uint32_t seed) {
  Random random(seed);
  for (Peak peak : recording.peaks) {
    const int within = peak.tick.value - use.from;
    if (within < 0 || within >= use.length) continue;
    if (random.share() >= use.survival) {
      mask(episode, peak, use.at + within, use.louder, random);
      continue;
    }
    const int jitter = random.below(5);
    const int tick = use.at + within + (jitter == 0 ? -1 : jitter == 1 ? 1 : 0);
    if (tick < 0 || tick >= episode.length.value) continue;
    peak.tick = Tick(tick);
    peak.frequency = static_cast<std::uint16_t>(peak.frequency + random.within(-1, 1));
    peak.level = static_cast<std::uint8_t>(std::clamp(peak.level + use.louder, 0, 255));
    const int reach = random.below(4);
    peak.reach = reach == 0 ? Reach::kNear : reach == 1 ? Reach::kMiddle : Reach::kFar;
    episode.peaks.push_back(peak);
  }
  sort_peaks(episode);
}

/// Time that passes only while somebody sleeps.
class TestClock final : public Clock {
 public:
  [[nodiscard]] std::chrono::system_clock::time_point now() const override {
    return std::chrono::system_clock::time_point(slept_);
  }
  void sleep(std::chrono::milliseconds duration) override { slept_ += duration; }

 private:
  std::chrono::milliseconds slept_{0};
};

/// An index in memory. Recordings get the ids 1, 2, 3...
class TestIndex {
 public:
  TestIndex() {
    auto index = Index::open(files_, "index");
    EXPECT_TRUE(index.has_value());
    index_ = std::move(*index);
  }

  SourceId add(PeakList recording) {
    NewSource source;
    source.entry = {SourceId(next_id_++), SourceKind::kRecording, {}, recording.length};
    source.fingerprint = recording_fingerprint(recording);
    source.peaks = std::move(recording);
    auto writer = index_->writer(clock_, std::chrono::milliseconds(0));
    EXPECT_TRUE(writer.has_value());
    const auto added = (*writer)->add({&source, 1});
    EXPECT_TRUE(added.has_value()) << added.error().message;
    return source.entry.id;
  }

  void remove(SourceId id) {
    auto writer = index_->writer(clock_, std::chrono::milliseconds(0));
    EXPECT_TRUE(writer.has_value());
    EXPECT_TRUE((*writer)->remove({&id, 1}).has_value());
  }

  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const { return index_->snapshot(); }

 private:
  MemoryFileSystem files_;
  TestClock clock_;
  std::unique_ptr<Index> index_;
  std::uint32_t next_id_ = 1;
};

}  // namespace needledrop::test
