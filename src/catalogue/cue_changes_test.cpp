#include "catalogue/cue_changes.h"

#include <gtest/gtest.h>

#include "catalogue/catalogue_test.h"

namespace needledrop {
namespace {

constexpr Milliseconds kLength{100'000};

Span span(int start, int end) {
  return {Milliseconds(start), Milliseconds(end)};
}

Cue cue_of(std::int64_t id, std::vector<Span> spans) {
  Cue cue;
  cue.id = id;
  cue.file = SourceId(9);
  cue.recording = cue.found_recording = SourceId(1);
  cue.spans = cue.found = std::move(spans);
  cue.confidence = 0.9;
  return cue;
}

TEST(CueChanges, TimesTrimAndExtendTheOuterSpans) {
  const Cue cue = cue_of(1, {span(10'000, 20'000), span(30'000, 40'000)});
  CueValues values;
  values.in = Milliseconds(5'000);
  values.out = Milliseconds(35'000);
  const Cue after = value_of(with_values(cue, values, kLength));
  EXPECT_EQ(after.spans, (std::vector{span(5'000, 20'000), span(30'000, 35'000)}));
  EXPECT_EQ(after.found, cue.found);
  values.in = Milliseconds(25'000);
  EXPECT_EQ(value_of(with_values(cue, values, kLength)).spans, std::vector{span(25'000, 35'000)});
  EXPECT_TRUE(values.concerns_times());
  EXPECT_FALSE(values.concerns_music());
}

TEST(CueChanges, RefuseTimesThatLeaveNothingOrLieOutside) {
  const Cue cue = cue_of(1, {span(10'000, 20'000)});
  for (const auto& [in, out] : {std::pair(30'000, 20'000), std::pair(15'000, 15'000),
                                std::pair(-1, 15'000), std::pair(15'000, 100'001)}) {
    CueValues values;
    values.in = Milliseconds(in);
    values.out = Milliseconds(out);
    EXPECT_EQ(error_of(with_values(cue, values, kLength)).kind, Error::Kind::kInvalidArgument)
        << in << " " << out;
  }
}

TEST(CueChanges, TimesThatAreSetTogetherMoveACuePastItsOwnEnd) {
  const Cue cue = cue_of(1, {span(10'000, 20'000), span(30'000, 40'000)});
  for (const auto& [in, out] :
       {std::pair(40'000, 50'000), std::pair(60'000, 70'000), std::pair(2'000, 9'000)}) {
    CueValues values;
    values.in = Milliseconds(in);
    values.out = Milliseconds(out);
    EXPECT_EQ(value_of(with_values(cue, values, kLength)).spans, std::vector{span(in, out)});
    values.out.reset();
    EXPECT_EQ(with_values(cue, values, kLength).has_value(), in < 40'000);
  }
}

TEST(CueChanges, AnEndThatWasFoundBeyondTheFileGivesWay) {
  const Cue cue = cue_of(1, {span(90'000, 100'200)});
  CueValues values;
  values.note = "checked";
  EXPECT_EQ(value_of(with_values(cue, values, kLength)).spans, cue.spans);
  values.in = Milliseconds(95'000);
  EXPECT_EQ(value_of(with_values(cue, values, kLength)).spans, std::vector{span(95'000, 100'000)});
  values.in = Milliseconds(100'100);
  EXPECT_EQ(error_of(with_values(cue, values, kLength)).kind, Error::Kind::kInvalidArgument);
}

TEST(CueChanges, RestoreTheStandingBeforeTheRejection) {
  Cue cue = cue_of(1, {span(10'000, 20'000)});
  const auto decision = [&](CueStanding before, CueStanding after) {
    Decision one;
    one.changes = {{with_standing(cue, before), with_standing(cue, after)}};
    return one;
  };
  using enum CueStanding;
  const std::vector accepted{decision(kRejected, kRejected), decision(kAccepted, kRejected),
                             decision(kDetected, kAccepted)};
  EXPECT_EQ(restored(with_standing(cue, kRejected), accepted).standing, kAccepted);
  EXPECT_EQ(restored(with_standing(cue, kRejected), std::span(accepted).first(1)).standing,
            kDetected);
  Decision carried;  // it came as rejected
  carried.changes = {{std::nullopt, with_standing(cue, kRejected)}};
  EXPECT_EQ(restored(with_standing(cue, kRejected), std::vector{carried}).standing, kDetected);
  EXPECT_EQ(restored(with_standing(cue, kAccepted), accepted).standing, kAccepted);
}

TEST(CueChanges, AreSettledWherePeopleHaveSaidOtherwise) {
  const Cue cue = cue_of(1, {span(10'000, 20'000)});
  const auto decision = [&](const std::optional<Cue>& before, const Cue& after,
                            DecisionKind kind = DecisionKind::kSet) {
    Decision one;
    one.kind = kind;
    one.changes = {{before, after}};
    return std::vector{one};
  };
  Cue featured = cue;
  featured.function = CueFunction::kFeatured;
  Cue shorter = cue;
  shorter.spans = {span(10'000, 15'000)};
  const Cue named = with_music(cue, {SourceId(), 0, "Hum", ""});
  const Cue accepted = with_standing(cue, CueStanding::kAccepted);
  const Cue rejected = with_standing(cue, CueStanding::kRejected);
  EXPECT_TRUE(is_settled({cue, featured}, decision(cue, featured)));
  EXPECT_FALSE(is_settled({cue, featured}, decision(cue, named)));
  EXPECT_FALSE(is_settled({cue, featured}, decision(cue, shorter)));
  EXPECT_FALSE(is_settled({cue, featured}, {}));
  EXPECT_TRUE(is_settled({cue, named}, decision(cue, named)));
  EXPECT_TRUE(is_settled({cue, named}, decision(cue, accepted)));  // it is what it was called
  EXPECT_FALSE(is_settled({accepted, with_standing(featured, CueStanding::kAccepted)},
                          decision(cue, accepted)));
  EXPECT_TRUE(is_settled({cue, rejected}, decision(cue, accepted)));
  EXPECT_FALSE(is_settled({cue, rejected}, decision(cue, featured)));
  EXPECT_TRUE(is_settled({cue, rejected}, decision(std::nullopt, cue, DecisionKind::kAdd)));
  EXPECT_FALSE(is_settled({cue, rejected}, decision(std::nullopt, cue, DecisionKind::kSplit)));
}

TEST(CueChanges, SplitEveryKindOfSpanAndKeepTheFirstId) {
  Cue cue = cue_of(1, {span(10'000, 20'000), span(30'000, 40'000)});
  cue.reported = {span(12'000, 38'000)};
  const auto changes = value_of(split_changes(cue, Milliseconds(35'000)));
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].before, cue);
  EXPECT_EQ(changes[0].after->id, 1);
  EXPECT_EQ(changes[0].after->spans, (std::vector{span(10'000, 20'000), span(30'000, 35'000)}));
  EXPECT_EQ(changes[0].after->reported, std::vector{span(12'000, 35'000)});
  EXPECT_FALSE(changes[1].before.has_value());
  EXPECT_EQ(changes[1].after->id, 0);
  EXPECT_EQ(changes[1].after->found, std::vector{span(35'000, 40'000)});
  for (const int at : {10'000, 40'000, 0, 99'000}) {
    EXPECT_FALSE(split_changes(cue, Milliseconds(at)).has_value()) << at;
  }
}

TEST(CueChanges, MergeWhatWasSplit) {
  const Cue cue = cue_of(1, {span(10'000, 20'000)});
  const auto split = value_of(split_changes(cue, Milliseconds(12'000)));
  Cue second = *split[1].after;
  second.id = 2;
  const auto merged = value_of(merge_changes(second, *split[0].after));
  ASSERT_EQ(merged.size(), 2U);
  EXPECT_EQ(merged[0].after, cue);
  EXPECT_EQ(merged[1].before, second);
  EXPECT_FALSE(merged[1].after.has_value());
}

TEST(CueChanges, MergingOtherMusicRejectsIt) {
  const Cue first = cue_of(1, {span(10'000, 20'000)});
  Cue second = cue_of(2, {span(18'000, 30'000)});
  second.recording = second.found_recording = SourceId(2);
  const auto merged = value_of(merge_changes(first, second));
  EXPECT_EQ(merged[0].after->spans, std::vector{span(10'000, 30'000)});
  EXPECT_EQ(merged[0].after->recording, SourceId(1));
  EXPECT_EQ(merged[1].after->standing, CueStanding::kRejected);
  EXPECT_FALSE(merge_changes(first, first).has_value());
  second.file = SourceId(8);
  EXPECT_FALSE(merge_changes(first, second).has_value());
}

TEST(CueChanges, ANewMusicAcceptsAndRemembersWhatWasFound) {
  const Cue after = with_music(cue_of(1, {span(0, 5)}), {SourceId(), 7, "Aria", "Kim"});
  EXPECT_EQ(after.standing, CueStanding::kAccepted);
  EXPECT_EQ(after.recording, SourceId());
  EXPECT_EQ(after.work, 7);
  EXPECT_EQ(after.title, "Aria");
  EXPECT_EQ(after.artist, "Kim");
  EXPECT_EQ(after.found_recording, SourceId(1));
}

TEST(CueChanges, AddedCuesLieInTheFile) {
  const MusicIdentity music{SourceId(1), 0, "", ""};
  EXPECT_EQ(value_of(added_cue(SourceId(9), span(0, 100'000), music, kLength)).standing,
            CueStanding::kAccepted);
  EXPECT_FALSE(added_cue(SourceId(9), span(0, 100'001), music, kLength).has_value());
  EXPECT_FALSE(added_cue(SourceId(9), span(5, 5), music, kLength).has_value());
}

}  // namespace
}  // namespace needledrop
