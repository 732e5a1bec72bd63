#include "catalogue/carried_cues.h"

#include <gtest/gtest.h>

#include "catalogue/catalogue_test.h"
#include "catalogue/cue_changes.h"

namespace needledrop {
namespace {

constexpr SourceId kOld(8);
constexpr SourceId kNew(9);
constexpr SourceId kSong(1);
constexpr Milliseconds kLength{600'000};

Span span(int start, int end) {
  return {Milliseconds(start), Milliseconds(end)};
}

SharedTime shared(int start, int end, int other_start, double rate = 1) {
  return {span(start, end), Milliseconds(other_start), rate};
}

Cue cue(SourceId file, std::int64_t id, std::vector<Span> spans) {
  Cue result;
  result.file = file;
  result.id = id;
  result.recording = result.found_recording = kSong;
  result.spans = result.found = std::move(spans);
  result.confidence = 0.9;
  return result;
}

TEST(CarriedSpans, MoveWithWhatTheFilesShare) {
  const std::vector cut{shared(0, 50'000, 0), shared(70'000, 200'000, 50'000)};
  EXPECT_EQ(carried_spans(std::vector{span(10'000, 20'000)}, cut),
            std::vector{span(10'000, 20'000)});
  EXPECT_EQ(carried_spans(std::vector{span(80'000, 90'000)}, cut),
            std::vector{span(60'000, 70'000)});
  // Over the cut: what was before and after is one now.
  EXPECT_EQ(carried_spans(std::vector{span(40'000, 90'000)}, cut),
            std::vector{span(40'000, 70'000)});
  EXPECT_TRUE(carried_spans(std::vector{span(52'000, 60'000)}, cut).empty());
}

TEST(CarriedSpans, CloseSeamsAndKeepGaps) {
  const std::vector inserted{shared(0, 50'000, 0), shared(50'400, 90'000, 50'400),
                             shared(90'000, 200'000, 120'000)};
  EXPECT_EQ(carried_spans(std::vector{span(40'000, 60'000)}, inserted),
            std::vector{span(40'000, 60'000)});
  EXPECT_EQ(carried_spans(std::vector{span(80'000, 100'000)}, inserted),
            (std::vector{span(80'000, 90'000), span(120'000, 130'000)}));
}

TEST(CarriedSpans, FollowTheRate) {
  EXPECT_EQ(
      carried_spans(std::vector{span(24'000, 48'000)}, std::vector{shared(0, 96'000, 0, 1.25)}),
      std::vector{span(30'000, 60'000)});
}

TEST(CarryCues, TakesTheDecisionsOverToTheCounterpart) {
  Cue decided = cue(kOld, 3, {span(10'000, 20'000)});
  decided.standing = CueStanding::kAccepted;
  decided.note = "from the radio";
  decided.reported = {span(12'000, 18'000)};
  Cue found = cue(kNew, 7, {span(15'100, 25'000)});
  found.confidence = 0.7;
  const auto carried = carry_cues(std::vector{decided}, {kNew, kLength, std::vector{found}, {}},
                                  std::vector{shared(0, 100'000, 5'000)}, {});
  ASSERT_EQ(carried.changes.size(), 1U);
  EXPECT_TRUE(carried.lost.empty());
  EXPECT_EQ(carried.changes[0].before, found);
  const Cue& after = *carried.changes[0].after;
  EXPECT_EQ(after.id, 7);
  EXPECT_EQ(after.file, kNew);
  EXPECT_EQ(after.standing, CueStanding::kAccepted);
  EXPECT_EQ(after.note, "from the radio");
  EXPECT_EQ(after.spans, std::vector{span(15'000, 25'000)});
  EXPECT_EQ(after.reported, std::vector{span(17'000, 23'000)});
  EXPECT_EQ(after.confidence, 0.7);
}

TEST(CarryCues, AddsWhatWasNotFoundAndTellsWhatIsLost) {
  const Cue here = cue(kOld, 3, {span(10'000, 20'000)});
  const Cue gone = cue(kOld, 4, {span(30'000, 40'000)});
  const auto carried = carry_cues(std::vector{here, gone}, {kNew, kLength, {}, {}},
                                  std::vector{shared(0, 34'999, 0)}, {});
  ASSERT_EQ(carried.changes.size(), 1U);
  EXPECT_FALSE(carried.changes[0].before.has_value());
  EXPECT_EQ(carried.changes[0].after->id, 0);
  EXPECT_EQ(carried.lost, std::vector{gone});
}

TEST(CarryCues, KeepsPiecesApartThatWereSplitAndOneThatWasMerged) {
  const Cue whole = cue(kOld, 3, {span(10'000, 40'000)});
  const auto split = value_of(split_changes(whole, Milliseconds(30'000)));
  Cue second = *split[1].after;
  second.id = 4;
  const std::vector same{shared(0, 100'000, 0)};
  const auto pieces =
      carry_cues(std::vector{*split[0].after, second},
                 {kNew, kLength, std::vector{cue(kNew, 7, {span(10'000, 40'000)})}, {}}, same, {});
  ASSERT_EQ(pieces.changes.size(), 2U);
  EXPECT_EQ(pieces.changes[0].after->spans, std::vector{span(10'000, 30'000)});
  EXPECT_FALSE(pieces.changes[1].before.has_value());
  EXPECT_EQ(pieces.changes[1].after->spans, std::vector{span(30'000, 40'000)});
  const auto merged = carry_cues(
      std::vector{whole},
      {kNew,
       kLength,
       std::vector{cue(kNew, 7, {span(10'000, 20'000)}), cue(kNew, 8, {span(25'000, 40'000)})},
       {}},
      same, {});
  ASSERT_EQ(merged.changes.size(), 2U);
  EXPECT_EQ(merged.changes[0].before->id, 8);
  EXPECT_EQ(merged.changes[0].after->spans, whole.spans);
  EXPECT_EQ(merged.changes[1].before->id, 7);
  EXPECT_FALSE(merged.changes[1].after.has_value());
}

// A cue that was edited is decided about, though nobody has accepted it.
TEST(CarryCues, LeavesAloneWhatIsDecidedThereWhateverItsStanding) {
  using enum CueStanding;
  const std::vector same{shared(0, 100'000, 0)};
  const std::vector here{cue(kOld, 3, {span(10'000, 20'000)})};
  for (const CueStanding standing : {kDetected, kAccepted, kRejected}) {
    Cue there = cue(kNew, 7, {span(11'000, 20'000)});
    there.standing = standing;
    EXPECT_TRUE(
        carry_cues(here, {kNew, kLength, std::vector{there}, {7}}, same, {}).changes.empty());
    const auto carried = carry_cues(here, {kNew, kLength, std::vector{there}, {8}}, same, {});
    ASSERT_EQ(carried.changes.size(), 1U);
    EXPECT_EQ(carried.changes[0].before, there);
  }
}

TEST(CarryCues, LeavesAPieceThatIsDecidedThereWhileItReplacesTheOther) {
  const std::vector same{shared(0, 100'000, 0)};
  const auto carried = carry_cues(
      std::vector{cue(kOld, 3, {span(10'000, 40'000)})},
      {kNew,
       kLength,
       std::vector{cue(kNew, 7, {span(10'000, 20'000)}), cue(kNew, 8, {span(20'000, 40'000)})},
       {7}},
      same, {});
  EXPECT_TRUE(carried.changes.empty());  // it would be there twice
}

}  // namespace
}  // namespace needledrop
