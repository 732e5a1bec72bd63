#include "catalogue/run_cues.h"

#include <gtest/gtest.h>

#include "catalogue/catalogue_test.h"

namespace needledrop {
namespace {

constexpr SourceId kFile(9);
constexpr SourceId kSong(1);
constexpr SourceId kInstrumental(2);
constexpr SourceId kOther(3);

SuggestedSpot found(SourceId recording, int start, int end) {
  SuggestedSpot finding;
  finding.spot = spot_of(recording, start, end);
  finding.function = CueFunction::kBackground;
  return finding;
}

Span span(int start, int end) {
  return {Milliseconds(start), Milliseconds(end)};
}

RecordingFamilies families() {
  const std::vector<Relation> relations{{kSong, kInstrumental, RelationKind::kVersion, 0.5, {}},
                                        {kSong, kOther, RelationKind::kSampled, 0.5, {}}};
  return RecordingFamilies(relations);
}

TEST(RecordingFamilies, ConnectVersionsOfVersionsAndNoQuotations) {
  const std::vector<Relation> relations{
      {SourceId(4), SourceId(7), RelationKind::kEdit, 0.5, {}},
      {SourceId(2), SourceId(3), RelationKind::kSame, 0.9, {}},
      {SourceId(3), SourceId(7), RelationKind::kVersion, 0.5, {}},
      {SourceId(5), SourceId(7), RelationKind::kSampled, 0.5, {}},
  };
  const RecordingFamilies families(relations);
  for (const auto id : {2U, 3U, 4U, 7U}) EXPECT_EQ(families.of(SourceId(id)), SourceId(2)) << id;
  EXPECT_EQ(families.of(SourceId(5)), SourceId(5));
  EXPECT_EQ(families.of(SourceId(99)), SourceId(99));
}

TEST(RunCues, AreOneASpotInTheOrderOfTime) {
  const auto cues =
      cues_of_run(kFile, std::vector{found(kSong, 60'000, 70'000), found(kOther, 5'000, 65'000)});
  ASSERT_EQ(cues.size(), 2U);
  EXPECT_EQ(cues[0].recording, kOther);
  EXPECT_EQ(cues[0].spans, std::vector{span(5'000, 65'000)});
  EXPECT_EQ(cues[1].recording, kSong);
  EXPECT_EQ(cues[1].function, CueFunction::kBackground);
  EXPECT_EQ(cues[1].found, cues[1].spans);
  EXPECT_EQ(cues[1].found_recording, kSong);
}

TEST(RunCues, JoinWhatOneRecordingPlaysOnAfterAPause) {
  const auto cues =
      cues_of_run(kFile, std::vector{found(kSong, 0, 10'000), found(kOther, 9'000, 11'000),
                                     found(kSong, 12'000, 20'000), found(kSong, 22'001, 30'000)});
  ASSERT_EQ(cues.size(), 3U);
  EXPECT_EQ(cues[0].spans, (std::vector{span(0, 10'000), span(12'000, 20'000)}));
  EXPECT_EQ(cues[2].spans, std::vector{span(22'001, 30'000)});
}

TEST(RunCues, OfASpotWithoutLengthThereIsNone) {
  EXPECT_TRUE(cues_of_run(kFile, std::vector{found(kSong, 5, 5)}).empty());
}

TEST(FollowChanges, KeepTheIdOfAVersionThatOverlaps) {
  auto standing =
      cues_of_run(kFile, std::vector{found(kSong, 0, 10'000), found(kOther, 20'000, 30'000)});
  standing[0].id = 5;
  standing[1].id = 6;
  const auto fresh = cues_of_run(
      kFile, std::vector{found(kInstrumental, 4'000, 12'000), found(kSong, 20'000, 30'000)});
  const auto changes = follow_changes(standing, fresh, families());
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].before->id, 5);
  EXPECT_EQ(changes[0].after->id, 5);
  EXPECT_EQ(changes[0].after->recording, kInstrumental);
  EXPECT_EQ(changes[1].before->id, 6);
  EXPECT_FALSE(changes[1].after.has_value());
  EXPECT_FALSE(changes[2].before.has_value());
  EXPECT_EQ(changes[2].after->recording, kSong);
}

TEST(FollowChanges, AreNoneWhereTheRunSaysTheSame) {
  auto standing = cues_of_run(kFile, std::vector{found(kSong, 0, 10'000)});
  standing[0].id = 5;
  EXPECT_TRUE(
      follow_changes(standing, cues_of_run(kFile, std::vector{found(kSong, 0, 10'000)}), families())
          .empty());
}

}  // namespace
}  // namespace needledrop
