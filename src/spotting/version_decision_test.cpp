#include "spotting/version_decision.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/relation_search.h"
#include "spotting/spotter.h"
#include "spotting/test_versions.h"

namespace needledrop {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr int kTicks = 3'000;

/// A family in an index, found as `add` finds it, and an episode: seen through the whole spotter.
class VersionDecisionTest : public testing::Test {
 protected:
  void add(std::vector<PeakList> lists) {
    for (PeakList& list : lists) ids_.push_back(index_.add(std::move(list)));
  }

  [[nodiscard]] std::vector<Spot> spots() const {
    const auto snapshot = index_.snapshot();
    std::vector<Relation> relations;
    for (const SourceId id : ids_) {
      const auto found = find_relations(*snapshot, id);
      EXPECT_TRUE(found.has_value());
      for (const Relation& relation : *found) {
        if (relation.a == id) relations.push_back(relation);
      }
    }
    const auto spots = Spotter(*snapshot, Relatives(relations)).spot(episode_, {});
    EXPECT_TRUE(spots.has_value()) << spots.error().message;
    return spots.has_value() ? spots->spots : std::vector<Spot>();
  }

  void play(const PeakList& recording, const test::Use& use) {
    test::plant(episode_, recording, use, ++seed_);
  }

  static void expect_span(const Spot& spot, int first, int last) {
    EXPECT_NEAR(test::seconds_of(spot.span.start), first * kTickSeconds, 1);
    EXPECT_NEAR(test::seconds_of(spot.span.end), last * kTickSeconds, 1);
  }

  test::TestIndex index_;
  std::vector<SourceId> ids_;
  PeakList song_ = test::random_recording(kTicks, 1);
  PeakList vocal_ = test::with_voice(song_, 1'000, 2'000, 2);
  PeakList episode_ = test::random_episode(4'000, 3);
  std::uint32_t seed_ = 10;
};

TEST_F(VersionDecisionTest, TheVersionThatIsHeardIsNamed) {
  add({song_, vocal_});
  const PeakList silence = episode_;
  for (const SourceId id : ids_) {
    episode_ = silence;
    play(id == ids_[0] ? song_ : vocal_, {500, 800, 1'000, 0.6});
    const auto found = spots();
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].recording, id);
    EXPECT_TRUE(found[0].version_decided);
    ASSERT_THAT(found[0].alternatives, SizeIs(1));
    EXPECT_LT(found[0].alternatives[0].confidence, found[0].confidence);
    expect_span(found[0], 500, 1'500);
  }
}

TEST_F(VersionDecisionTest, EitherWhereNothingThatDiffersWasPlayed) {
  add({song_, vocal_});
  play(vocal_, {500, 100, 800, 0.6});
  const auto found = spots();
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].recording, ids_[0]) << "the first, for want of anything better";
  EXPECT_FALSE(found[0].version_decided);
  ASSERT_THAT(found[0].alternatives, SizeIs(1));
  EXPECT_EQ(found[0].alternatives[0].recording, ids_[1]);
  EXPECT_DOUBLE_EQ(found[0].alternatives[0].confidence, found[0].confidence);
}

TEST_F(VersionDecisionTest, AReissueIsNamedByTheEarlierId) {
  add({song_, test::encoded_anew(song_, 20, 0.8)});
  play(test::encoded_anew(song_, 20, 0.8), {500, 100, 1'500, 0.8});
  const auto found = spots();
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].recording, ids_[0]);
  EXPECT_FALSE(found[0].version_decided);
  ASSERT_THAT(found[0].alternatives, SizeIs(1));
  EXPECT_EQ(found[0].alternatives[0].recording, ids_[1]);
}

TEST_F(VersionDecisionTest, AReissueOfAVersionIsDecidedAgainstLikeIt) {
  add({song_, vocal_, test::encoded_anew(song_, 21, 0.9)});
  play(vocal_, {300, 700, 1'400, 0.7});
  const auto found = spots();
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].recording, ids_[1]);
  EXPECT_TRUE(found[0].version_decided);
  EXPECT_THAT(found[0].alternatives, SizeIs(2));
}

/// Half the use is heard clearly in either version, and a version is found in each half.
TEST_F(VersionDecisionTest, TwoVersionsDoNotSplitOneUse) {
  add({song_, vocal_});
  play(vocal_, {500, 200, 700, 0.3});
  play(vocal_, {1'200, 900, 900, 0.7});
  const auto found = spots();
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].recording, ids_[1]);
  expect_span(found[0], 500, 2'100);
  EXPECT_THAT(found[0].alignments, SizeIs(1));
}

TEST_F(VersionDecisionTest, AnEditIsNamedForItsCutAndTheWholeForWhatTheEditLacks) {
  const PeakList edit =
      test::joined(test::cut_out(song_, 0, 1'000), test::cut_out(song_, 2'000, 3'000));
  add({song_, edit});
  const PeakList silence = episode_;
  play(edit, {300, 400, 1'400, 0.7});
  auto found = spots();
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].recording, ids_[1]);
  EXPECT_TRUE(found[0].version_decided);
  EXPECT_THAT(found[0].alignments, SizeIs(1));

  episode_ = silence;
  play(song_, {300, 400, 1'400, 0.7});
  found = spots();
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].recording, ids_[0]);
  EXPECT_TRUE(found[0].version_decided);
}

TEST_F(VersionDecisionTest, OtherRecordingsAreNotTouched) {
  const PeakList other = test::random_recording(1'500, 30);
  add({other, song_, vocal_});
  play(other, {200, 0, 1'400, 0.7});
  play(vocal_, {1'900, 1'100, 800, 0.7});
  const auto found = spots();
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].recording, ids_[0]);
  EXPECT_TRUE(found[0].version_decided);
  EXPECT_THAT(found[0].alternatives, IsEmpty());
  EXPECT_EQ(found[1].recording, ids_[2]);
}

}  // namespace
}  // namespace needledrop
