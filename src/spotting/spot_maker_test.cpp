#include "spotting/spot_maker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr int kTickMs = 1'000 * kHop / kAnalysisRate;

Explanation explanation(std::uint32_t source, int offset, int first, int last, double evidence) {
  return {{{SourceId(source), Tick(offset)}, {first, last, evidence}, {}}, {}, {}};
}

std::vector<Spot> made_of(const std::vector<Explanation>& explanations) {
  static const PeakList episode = test::random_episode(8'000, 1, 0.1);
  static const RecordingPeaks recordings = {{{SourceId(1), {}}, test::random_recording(8'000, 2)},
                                            {{SourceId(2), {}}, test::random_recording(8'000, 3)}};
  return spots_of(PeakGrid(episode), recordings, explanations);
}

TEST(SpotMaker, PiecesWithOneOffsetAreOneAlignmentOverAHold) {
  const auto spots =
      made_of({explanation(1, 50, 100, 500, 200), explanation(1, 51, 540, 900, 200)});
  ASSERT_THAT(spots, SizeIs(1));
  EXPECT_EQ(spots[0].span, (Span{Milliseconds(100 * kTickMs), Milliseconds(900 * kTickMs)}));
  ASSERT_THAT(spots[0].alignments, SizeIs(1));
  EXPECT_EQ(spots[0].alignments[0].recording_start, Milliseconds(50 * kTickMs));
}

TEST(SpotMaker, PlaybackIsReportedWithThePlaceInTheRecordingItself) {
  const Playback fast = {1'041'667, 1'020'000};
  Explanation piece = explanation(1, 50, 2'050, 3'000, 200);
  piece.finding.hypothesis.playback = fast;
  const PeakList episode = test::random_episode(8'000, 1, 0.1);
  const RecordingPeaks recordings = {
      {{SourceId(1), fast}, played(test::random_recording(8'000, 2), fast)}};
  const std::vector<Explanation> pieces = {piece};
  const auto spots = spots_of(PeakGrid(episode), recordings, pieces);
  ASSERT_THAT(spots, SizeIs(1));
  ASSERT_THAT(spots[0].alignments, SizeIs(1));
  const Alignment& alignment = spots[0].alignments[0];
  EXPECT_DOUBLE_EQ(alignment.rate, 1.041667);
  EXPECT_DOUBLE_EQ(alignment.pitch, 1.02);
  EXPECT_NEAR(static_cast<double>(alignment.recording_start.count()), 2'000 * kTickMs * 1.041667,
              1);
}

TEST(SpotMaker, JumpWithoutAGapIsASecondAlignment) {
  const auto spots =
      made_of({explanation(1, 50, 100, 500, 200), explanation(1, -700, 502, 900, 200)});
  ASSERT_THAT(spots, SizeIs(1));
  ASSERT_THAT(spots[0].alignments, SizeIs(2));
  EXPECT_EQ(spots[0].alignments[1].span.start, Milliseconds(502 * kTickMs));
  EXPECT_EQ(spots[0].alignments[1].recording_start, Milliseconds(1'202 * kTickMs));
}

TEST(SpotMaker, AnotherUseAMinuteLaterIsAnotherSpot) {
  for (int offset : {0, 3'000}) {
    EXPECT_THAT(
        made_of({explanation(1, 0, 100, 500, 200), explanation(1, offset, 4'500, 5'000, 200)}),
        SizeIs(2));
  }
}

TEST(SpotMaker, AnotherRecordingInBetweenDoesNotPartAUse) {
  const auto spots = made_of({explanation(1, 0, 100, 500, 200), explanation(2, 0, 300, 520, 200),
                              explanation(1, 0, 530, 900, 200)});
  ASSERT_THAT(spots, SizeIs(2));
  EXPECT_EQ(spots[0].recording, SourceId(1));
  EXPECT_THAT(spots[0].alignments, SizeIs(1));
  EXPECT_EQ(spots[1].recording, SourceId(2));
}

TEST(SpotMaker, MoreEvidenceIsMoreConfidence) {
  double before = 0;
  for (double evidence : {10.0, 25.0, 50.0, 100.0}) {
    const auto spots = made_of({explanation(1, 0, 100, 500, evidence)});
    ASSERT_THAT(spots, SizeIs(1));
    EXPECT_GT(spots[0].confidence, before);
    EXPECT_LE(spots[0].confidence, 1);
    before = spots[0].confidence;
  }
}

TEST(SpotMaker, RivalThatFitsAsWellLeavesTheVersionOpen) {
  Explanation piece = explanation(1, 0, 100, 500, 200);
  piece.rivals = {{SourceId(2), 200}};
  const auto open = made_of({piece});
  ASSERT_THAT(open, SizeIs(1));
  EXPECT_FALSE(open[0].version_decided);
  ASSERT_THAT(open[0].alternatives, SizeIs(1));
  EXPECT_EQ(open[0].alternatives[0].recording, SourceId(2));
  piece.rivals = {{SourceId(2), 110}};
  const auto decided = made_of({piece});
  ASSERT_THAT(decided, SizeIs(1));
  EXPECT_TRUE(decided[0].version_decided);
  EXPECT_LT(decided[0].alternatives.at(0).confidence, decided[0].confidence + 1e-12);
  EXPECT_THAT(made_of({}), IsEmpty());
}

}  // namespace
}  // namespace needledrop
