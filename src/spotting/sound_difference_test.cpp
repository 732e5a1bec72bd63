#include "spotting/sound_difference.h"

#include <array>

#include <gtest/gtest.h>

#include "spotting/test_versions.h"

namespace needledrop {
namespace {

constexpr int kTicks = 1'000;

/// Slow and obvious: every peak of the other is looked at.
bool has_twin(const Peak& peak, const PeakList& other, int tick) {
  return std::ranges::any_of(other.peaks, [&](const Peak& p) {
    return p.channel == peak.channel && p.reach == Reach::kFar &&
           std::abs(p.tick.value - tick) <= 1 && std::abs(p.frequency - peak.frequency) <= 6;
  });
}

TEST(SoundDifference, TwinsAreFoundLikeByLookingAtAll) {
  const PeakList a = test::random_recording(kTicks, 1);
  PeakList b = test::encoded_anew(a, 2, 0.5);
  test::Random random(3);
  for (Peak& peak : b.peaks) {
    if (random.below(5) == 0) peak.reach = Reach::kMiddle;
  }
  const PeakGrid grid(b);
  int twins = 0;
  for (int shift : {0, 7}) {
    for (const Peak& peak : a.peaks) {
      const bool found = twin_of(peak, grid, peak.tick.value + shift) != nullptr;
      ASSERT_EQ(found, has_twin(peak, b, peak.tick.value + shift));
      twins += found ? 1 : 0;
    }
  }
  EXPECT_GT(twins, 500);
}

class VoiceTest : public testing::Test {
 protected:
  /// Share of the loud peaks that only one has: {the instrumental's, the vocal's}.
  static std::array<double, 2> shares(const PeakList& a, const PeakList& b, int from, int to) {
    const PeakGrid grid_a(a);
    const PeakGrid grid_b(b);
    const SharedStretch whole = {Tick(0), a.length, Tick(0)};
    const SoundDifference difference(grid_a, grid_b, std::span(&whole, 1));
    const auto share = [&](const PeakList& list, auto is_only) {
      int loud = 0;
      int only = 0;
      for (const Peak& peak : list.peaks) {
        if (peak.tick < Tick(from) || peak.tick >= Tick(to) || !is_loud(list, peak)) continue;
        ++loud;
        only += is_only(peak) ? 1 : 0;
      }
      return static_cast<double>(only) / loud;
    };
    return {share(a, [&](const Peak& p) { return difference.is_only_in_a(p, Tick(0)); }),
            share(b, [&](const Peak& p) { return difference.is_only_in_b(p, Tick(0)); })};
  }

  PeakList instrumental_ = test::random_recording(kTicks, 4);
};

TEST_F(VoiceTest, IsOnlyInTheVocalVersionAndOnlyWhereItSings) {
  const PeakList vocal = test::with_voice(instrumental_, 0, 500, 5);
  const auto sung = shares(instrumental_, vocal, 0, 490);
  EXPECT_GT(sung[1], 0.2);
  EXPECT_LT(sung[0], 0.05) << "what the voice hides may still be there";
  const auto rest = shares(instrumental_, vocal, 510, kTicks);
  EXPECT_EQ(rest[0], 0);
  EXPECT_EQ(rest[1], 0);
}

TEST_F(VoiceTest, IsNotHeardInANewEncodingOrAtAnotherLoudness) {
  PeakList louder = test::encoded_anew(instrumental_, 6);
  for (Peak& peak : louder.peaks) peak.level = static_cast<std::uint8_t>(peak.level + 14);
  for (Level& level : louder.levels) level.mid = static_cast<std::uint8_t>(level.mid + 14);
  const auto share = shares(instrumental_, louder, 0, kTicks);
  EXPECT_LT(share[0], 0.05);
  EXPECT_LT(share[1], 0.05);
}

/// A mono edition has no side: that is no version.
TEST_F(VoiceTest, AChannelThatOneLacksTellsNothing) {
  PeakList mono = instrumental_;
  std::erase_if(mono.peaks, [](const Peak& peak) { return peak.channel == Channel::kSide; });
  EXPECT_EQ(shares(instrumental_, mono, 0, kTicks)[0], 0);
}

}  // namespace
}  // namespace needledrop
