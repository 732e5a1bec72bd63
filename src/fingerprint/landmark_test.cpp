#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fingerprint/fingerprinter.h"
#include "fingerprint/hash.h"
#include "fingerprint/prominence.h"
#include "fingerprint/test_signals.h"

namespace needledrop {
namespace {

using test::analyse;
using testing::IsEmpty;

bool precedes(const HashedLandmark& a, const HashedLandmark& b) {
  return std::tuple(a.tick, a.hash) < std::tuple(b.tick, b.hash);
}

PeakList shifted(PeakList list, int ticks) {
  list.length = list.length + Tick(ticks);
  for (Peak& peak : list.peaks) peak.tick = peak.tick + Tick(ticks);
  return list;
}

Fingerprint shifted(Fingerprint fingerprint, int ticks) {
  for (HashedLandmark& landmark : fingerprint) landmark.tick = landmark.tick + Tick(ticks);
  return fingerprint;
}

/// Every landmark that the peaks could make.
std::set<HashedLandmark> possible_landmarks(const PeakList& list) {
  std::set<HashedLandmark> landmarks;
  for (const Peak& anchor : list.peaks) {
    for (const Peak& target : list.peaks) {
      const int difference = target.frequency - anchor.frequency;
      const int ticks = (target.tick - anchor.tick).value;
      if (anchor.channel == target.channel && is_in_zone(difference, ticks)) {
        landmarks.insert(
            {hash_of({anchor.channel, anchor.frequency, difference, ticks}), anchor.tick});
      }
    }
  }
  return landmarks;
}

TEST(RecordingFingerprint, IsSortedWithoutRepeatsAndMadeOfPairsThatAreThere) {
  for (std::uint32_t seed : {1U, 2U, 3U}) {
    SCOPED_TRACE(seed);
    const PeakList list = test::random_peaks(1'000, 42, seed);
    const Fingerprint fingerprint = recording_fingerprint(list);
    EXPECT_GT(fingerprint.size(), 300U);
    EXPECT_TRUE(std::ranges::is_sorted(fingerprint, precedes));
    EXPECT_EQ(std::ranges::adjacent_find(fingerprint), fingerprint.end());
    const auto possible = possible_landmarks(list);
    EXPECT_TRUE(std::ranges::all_of(fingerprint,
                                    [&](const HashedLandmark& l) { return possible.contains(l); }));
  }
}

/// One channel's landmarks as the definition has them: each anchor with the target in its zone that
/// stands out most, the first of several.
std::set<HashedLandmark> most_prominent_landmarks(const PeakList& list) {
  ProminenceMeter meter;
  std::vector<float> prominences;
  for (const Peak& peak : list.peaks) prominences.push_back(meter.measure(peak));
  std::set<HashedLandmark> landmarks;
  for (const Peak& anchor : list.peaks) {
    const Peak* best = nullptr;
    float most = 0;
    for (std::size_t i = 0; i < list.peaks.size(); ++i) {
      const Peak& target = list.peaks[i];
      const bool is_target =
          is_in_zone(target.frequency - anchor.frequency, (target.tick - anchor.tick).value);
      if (is_target && (best == nullptr || prominences[i] > most)) {
        best = &target;
        most = prominences[i];
      }
    }
    if (best == nullptr) continue;
    landmarks.insert({hash_of({anchor.channel, anchor.frequency, best->frequency - anchor.frequency,
                               (best->tick - anchor.tick).value}),
                      anchor.tick});
  }
  return landmarks;
}

TEST(RecordingFingerprint, WhereNothingCompetesIsEachAnchorWithItsMostProminentTarget) {
  for (std::uint32_t seed : {20U, 21U, 22U}) {
    SCOPED_TRACE(seed);
    PeakList list = test::random_peaks(3'000, 7, seed);
    std::erase_if(list.peaks, [](const Peak& p) { return p.channel != Channel::kMid; });
    // Few levels: many targets stand out alike.
    for (Peak& peak : list.peaks) peak.level = static_cast<std::uint8_t>(peak.level / 40 * 40);
    const Fingerprint fingerprint = recording_fingerprint(list);
    EXPECT_GT(fingerprint.size(), 200U);
    EXPECT_EQ(std::set<HashedLandmark>(fingerprint.begin(), fingerprint.end()),
              most_prominent_landmarks(list));
  }
}

TEST(RecordingFingerprint, PeaksThatArePresentTwiceMakeNoRepeats) {
  PeakList list = test::random_peaks(500, 10, 4);
  const auto once = list.peaks;
  list.peaks.insert(list.peaks.end(), once.begin(), once.end());
  std::ranges::sort(list.peaks);
  const Fingerprint fingerprint = recording_fingerprint(list);
  EXPECT_EQ(std::ranges::adjacent_find(fingerprint), fingerprint.end());
  EXPECT_TRUE(std::ranges::is_sorted(fingerprint, precedes));
}

TEST(RecordingFingerprint, EveryLonePairIsFound) {
  for (Channel channel : {Channel::kMid, Channel::kSide}) {
    for (int ticks : {kZoneFirstTick - 1, kZoneFirstTick, 50, kZoneLastTick, kZoneLastTick + 1}) {
      for (int difference : {-kZoneWidth, -kZoneWidth + 1, 0, kZoneWidth - 1, kZoneWidth}) {
        PeakList list;
        list.length = Tick(300);
        const int target = 2'000 + difference;
        list.peaks = {test::peak_at(20, 2'000, channel),
                      test::peak_at(20 + ticks, target, channel)};
        Fingerprint expected;
        if (is_in_zone(difference, ticks)) {
          expected = {{hash_of({channel, 2'000, difference, ticks}), Tick(20)}};
        }
        EXPECT_EQ(recording_fingerprint(list), expected) << ticks << " ticks, " << difference;
      }
    }
  }
}

TEST(RecordingFingerprint, ChannelsDoNotPair) {
  PeakList list;
  list.length = Tick(100);
  list.peaks = {test::peak_at(20, 2'000, Channel::kMid), test::peak_at(30, 2'000, Channel::kSide)};
  EXPECT_THAT(recording_fingerprint(list), IsEmpty());
  EXPECT_THAT(recording_fingerprint({}), IsEmpty());
}

TEST(RecordingFingerprint, EachChannelIsAsIfAlone) {
  const PeakList both = test::random_peaks(800, 42, 5);
  Fingerprint sum;
  for (Channel channel : {Channel::kMid, Channel::kSide}) {
    PeakList one = both;
    std::erase_if(one.peaks, [&](const Peak& p) { return p.channel != channel; });
    const Fingerprint part = recording_fingerprint(one);
    EXPECT_GT(part.size(), 100U);
    sum.insert(sum.end(), part.begin(), part.end());
  }
  std::ranges::sort(sum, precedes);
  EXPECT_EQ(recording_fingerprint(both), sum);
}

TEST(RecordingFingerprint, OnlyFarReachingPeaksTakePart) {
  const PeakList far = test::random_peaks(500, 30, 6);
  PeakList mixed = far;
  test::Random random(7);
  for (Peak peak : test::random_peaks(500, 100, 8).peaks) {
    peak.reach = random.below(2) == 0 ? Reach::kNear : Reach::kMiddle;
    mixed.peaks.push_back(peak);
  }
  std::ranges::sort(mixed.peaks);
  EXPECT_EQ(recording_fingerprint(mixed), recording_fingerprint(far));
}

TEST(RecordingFingerprint, ThinFingerprintShiftsWithTheSound) {
  const PeakList list = test::random_peaks(2'000, 8, 9);
  const Fingerprint fingerprint = recording_fingerprint(list);
  EXPECT_GT(fingerprint.size(), 200U);
  for (int ticks : {1, 7, 64, 1'000}) {
    EXPECT_EQ(recording_fingerprint(shifted(list, ticks)), shifted(fingerprint, ticks)) << ticks;
  }
}

/// Where more landmarks compete than are kept, which ones win may depend on where a block begins.
TEST(RecordingFingerprint, DenseFingerprintMostlyShiftsWithTheSound) {
  const PeakList list = test::random_peaks(3'000, 42, 10);
  const Fingerprint fingerprint = recording_fingerprint(list);
  for (int ticks : {1, 20, 33, 500}) {
    const Fingerprint moved = shifted(recording_fingerprint(shifted(list, ticks)), -ticks);
    Fingerprint shared;
    std::ranges::set_intersection(fingerprint, moved, std::back_inserter(shared), precedes);
    EXPECT_GT(shared.size(), fingerprint.size() * 7 / 10) << ticks;
  }
}

TEST(RecordingFingerprint, CrowdedRecordingHasNoMoreLandmarksThanADenseOne) {
  const auto dense = recording_fingerprint(test::random_peaks(2'000, 120, 11)).size();
  const auto crowded = recording_fingerprint(test::random_peaks(2'000, 600, 12)).size();
  EXPECT_LT(crowded, dense * 11 / 10);
  EXPECT_GT(crowded, dense * 9 / 10);
}

/// The quota holds from moment to moment: a loud passage takes no place from a quiet one.
TEST(RecordingFingerprint, CrowdedSecondTakesNothingFromItsNeighbours) {
  PeakList list = test::random_peaks(2'000, 20, 13);
  const auto before = recording_fingerprint(list);
  for (Peak peak : test::random_peaks(100, 600, 14).peaks) {
    peak.tick = peak.tick + Tick(1'000);
    peak.level = 255;
    list.peaks.push_back(peak);
  }
  std::ranges::sort(list.peaks);
  const auto after = recording_fingerprint(list);
  const auto count_early = [](const Fingerprint& fingerprint) {
    return std::ranges::count_if(fingerprint, [](const auto& l) { return l.tick < Tick(700); });
  };
  EXPECT_EQ(count_early(after), count_early(before));
}

TEST(RecordingFingerprint, SoundMovedByWholeTicksKeepsItsPeaks) {
  const test::Samples samples = test::melody(48'000, 15);
  for (std::size_t ticks : {1U, 10U, 37U}) {
    test::Samples later(ticks * kHop, 0.0F);
    later.insert(later.end(), samples.begin(), samples.end());
    const PeakList from = analyse({samples, {}, {}}, Detail::kEpisode);
    const PeakList to = analyse({later, {}, {}}, Detail::kEpisode);
    EXPECT_EQ(to.length.value, from.length.value + static_cast<int>(ticks));
    // The columns before the first sample see its onset: there, and a box further, peaks may
    // differ.
    const auto inner = [](const std::vector<Peak>& peaks, int shift) {
      std::vector<Peak> kept;
      for (Peak peak : peaks) {
        peak.tick = peak.tick - Tick(shift);
        if (peak.tick >= Tick(20)) kept.push_back(peak);
      }
      return kept;
    };
    EXPECT_GT(from.peaks.size(), 200U);
    EXPECT_EQ(inner(to.peaks, static_cast<int>(ticks)), inner(from.peaks, 0)) << ticks;
  }
}

}  // namespace
}  // namespace needledrop
