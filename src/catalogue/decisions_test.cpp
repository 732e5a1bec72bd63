#include "catalogue/decisions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/catalogue_test.h"
#include "catalogue/run_cues.h"

namespace needledrop {
namespace {

using testing::HasSubstr;

class DecisionsTest : public CatalogueFixture {
 protected:
  DecisionsTest() {
    first_ = store_file("e01.mkv", first_episode_);
    second_ = store_file("e02.mkv", second_episode_);
  }

  SourceId store_file(std::string path, std::int64_t& id) {
    const NewEpisode episode = episode_of(catalogue_, std::move(path));
    id = store(catalogue_, episode);
    return episode.file.id;
  }

  Cue cue(SourceId file, int start, int end) {
    SuggestedSpot finding;
    finding.spot = spot_of(song_, start, end);
    return cues_of_run(file, std::vector{finding}).front();
  }

  Decision make(DecisionKind kind, std::vector<CueChange> changes, std::string author = "Ada") {
    Decision decision;
    decision.kind = kind;
    decision.author = kind == DecisionKind::kRun ? "" : std::move(author);
    decision.at = "2026-03-09T08:00:00Z";
    decision.changes = std::move(changes);
    return value_of(decide(catalogue_, std::move(decision)));
  }

  /// A cue of a run as it stands.
  Cue stored(SourceId file, int start, int end) {
    return *make(DecisionKind::kRun, {{std::nullopt, cue(file, start, end)}}).changes[0].after;
  }

  static CueChange with_note(const Cue& before, std::string note) {
    Cue after = before;
    after.note = std::move(note);
    return {before, after};
  }

  std::vector<Cue> cues(SourceId file) { return value_of(standing_cues(catalogue_, file)); }

  Catalogue catalogue_ = open();
  SourceId song_ = add(catalogue_, "Promise");
  std::int64_t first_episode_ = 0;
  std::int64_t second_episode_ = 0;
  SourceId first_;
  SourceId second_;
};

TEST_F(DecisionsTest, KeepEveryFieldOfACue) {
  Cue full = cue(first_, 1'000, 9'000);
  full.standing = CueStanding::kAccepted;
  full.title = "약속";
  full.artist = "김수현";
  full.spans = {{Milliseconds(1'000), Milliseconds(2'000)},
                {Milliseconds(3'000), Milliseconds(9'000)}};
  full.reported = {{Milliseconds(1'500), Milliseconds(9'000)}};
  full.function = CueFunction::kFeatured;
  full.vocal = CueVocal::kMixed;
  full.perception = CuePerception::kPerformed;
  full.origin = CueOrigin::kLibrary;
  full.note = "from the radio";
  full.confidence = 0.25;
  full.level_db = -12.5;
  full.version_decided = false;
  full.id = make(DecisionKind::kAdd, {{std::nullopt, full}}).changes[0].after->id;
  EXPECT_GT(full.id, 0);
  catalogue_ = open();
  EXPECT_EQ(cues(first_), std::vector{full});
  EXPECT_EQ(value_of(standing_cue(catalogue_, full.id)), full);
}

TEST_F(DecisionsTest, AreUndoneAndRedoneInOrderAfterTheCatalogueWasOpenedAgain) {
  const Cue a = stored(first_, 0, 1'000);
  const Cue b = *make(DecisionKind::kSet, {with_note(a, "b")}).changes[0].after;
  make(DecisionKind::kSplit, {{b, std::nullopt}, {std::nullopt, cue(first_, 500, 900)}});
  const auto last = cues(first_);
  catalogue_ = open();
  EXPECT_EQ(value_of(undo_decision(catalogue_, first_episode_)).kind, DecisionKind::kSplit);
  EXPECT_EQ(cues(first_), std::vector{b});
  EXPECT_EQ(value_of(undo_decision(catalogue_, first_episode_)).kind, DecisionKind::kSet);
  EXPECT_EQ(cues(first_), std::vector{a});
  EXPECT_EQ(error_of(undo_decision(catalogue_, first_episode_)).kind, Error::Kind::kNotFound);
  catalogue_ = open();
  EXPECT_EQ(value_of(redo_decision(catalogue_, first_episode_)).kind, DecisionKind::kSet);
  EXPECT_EQ(value_of(redo_decision(catalogue_, first_episode_)).kind, DecisionKind::kSplit);
  EXPECT_EQ(cues(first_), last);
  EXPECT_EQ(error_of(redo_decision(catalogue_, first_episode_)).kind, Error::Kind::kNotFound);
}

TEST_F(DecisionsTest, TellWhoChangedWhatFromWhatToWhat) {
  const Cue a = stored(first_, 0, 1'000);
  const CueChange change = with_note(a, "later");
  make(DecisionKind::kSet, {change});
  (void)undo_decision(catalogue_, first_episode_);
  const auto events = value_of(decisions_of(catalogue_, first_episode_));
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].kind, DecisionKind::kSet);
  EXPECT_EQ(events[0].author, "Ada");
  EXPECT_EQ(events[0].at, "2026-03-09T08:00:00Z");
  EXPECT_EQ(events[0].state, Decision::State::kUndone);
  EXPECT_EQ(events[0].changes, std::vector{change});
  EXPECT_EQ(events[1].kind, DecisionKind::kRun);
  EXPECT_FALSE(events[1].changes[0].before.has_value());
}

TEST_F(DecisionsTest, ThatAreNewDropWhatWasUndoneInTheirFiles) {
  const Cue a = stored(first_, 0, 1'000);
  const Cue b = stored(second_, 0, 1'000);
  const auto both = make(DecisionKind::kSet, {with_note(a, "1"), with_note(b, "1")});
  make(DecisionKind::kSet, {with_note(*both.changes[0].after, "2")});
  (void)undo_decision(catalogue_, first_episode_);
  (void)undo_decision(catalogue_, first_episode_);
  EXPECT_EQ(cues(second_), std::vector{b});
  make(DecisionKind::kAccept, {with_note(b, "other")});
  // The first file's second decision was made upon the dropped one.
  EXPECT_EQ(error_of(redo_decision(catalogue_, first_episode_)).kind, Error::Kind::kNotFound);
  const auto events = value_of(decisions_of(catalogue_, first_episode_));
  EXPECT_EQ(events[0].state, Decision::State::kDropped);
  EXPECT_EQ(events[1].state, Decision::State::kDropped);
}

TEST_F(DecisionsTest, AreNotUndoneUnderALaterOneInAnotherEpisode) {
  const Cue a = stored(first_, 0, 1'000);
  const Cue b = stored(second_, 0, 1'000);
  const auto both = make(DecisionKind::kAccept, {with_note(a, "1"), with_note(b, "1")});
  const auto later = make(DecisionKind::kReject, {with_note(*both.changes[1].after, "2")}, "Grace");
  const Error error = error_of(undo_decision(catalogue_, first_episode_));
  EXPECT_EQ(error.kind, Error::Kind::kInvalidArgument);
  EXPECT_THAT(error.message, HasSubstr("decision " + std::to_string(later.id)));
  EXPECT_THAT(error.message, HasSubstr("Grace"));
  (void)undo_decision(catalogue_, second_episode_);
  EXPECT_EQ(value_of(undo_decision(catalogue_, first_episode_)).id, both.id);
  EXPECT_EQ(cues(first_), std::vector{a});
  EXPECT_EQ(cues(second_), std::vector{b});
}

TEST_F(DecisionsTest, AreRefusedOnACueThatWasChangedMeanwhile) {
  const Cue a = stored(first_, 0, 1'000);
  make(DecisionKind::kSet, {with_note(a, "theirs")});
  Decision late;
  late.author = "Grace";
  late.at = "2026-03-09T08:00:01Z";
  late.changes = {with_note(a, "mine"), {std::nullopt, cue(first_, 5'000, 6'000)}};
  EXPECT_EQ(error_of(decide(catalogue_, late)).kind, Error::Kind::kBusy);
  ASSERT_EQ(cues(first_).size(), 1U);
  EXPECT_EQ(cues(first_)[0].note, "theirs");
}

TEST_F(DecisionsTest, ByNobodyDoNotDecideAndAreRefusedWhereSomebodyHas) {
  const Cue a = stored(first_, 0, 1'000);
  EXPECT_FALSE(value_of(is_decided(catalogue_, first_)));
  EXPECT_EQ(error_of(undo_decision(catalogue_, first_episode_)).kind, Error::Kind::kNotFound);
  make(DecisionKind::kAccept, {with_note(a, "1")});
  EXPECT_TRUE(value_of(is_decided(catalogue_, first_)));
  EXPECT_FALSE(value_of(is_decided(catalogue_, second_)));
  Decision run;
  run.kind = DecisionKind::kRun;
  run.at = "2026-03-09T08:00:01Z";
  run.changes = {{std::nullopt, cue(first_, 5'000, 6'000)}};
  EXPECT_EQ(error_of(decide(catalogue_, run)).kind, Error::Kind::kBusy);
}

TEST_F(DecisionsTest, ThatMayBeRedoneKeepRunsAway) {
  const Cue a = stored(first_, 0, 1'000);
  make(DecisionKind::kAccept, {with_note(a, "1")});
  (void)undo_decision(catalogue_, first_episode_);
  EXPECT_TRUE(value_of(is_decided(catalogue_, first_)));
  Decision run;
  run.kind = DecisionKind::kRun;
  run.at = "2026-03-09T08:00:01Z";
  run.changes = {{std::nullopt, cue(first_, 5'000, 6'000)}};
  EXPECT_EQ(error_of(decide(catalogue_, run)).kind, Error::Kind::kBusy);
  run.changes = {{std::nullopt, cue(second_, 5'000, 6'000)}};
  EXPECT_TRUE(decide(catalogue_, run).has_value());
  EXPECT_TRUE(redo_decision(catalogue_, first_episode_).has_value());
  EXPECT_EQ(cues(first_)[0].note, "1");
}

TEST_F(DecisionsTest, ThatChangeNothingAreNotStored) {
  const Cue a = stored(first_, 0, 1'000);
  EXPECT_EQ(make(DecisionKind::kSet, {with_note(a, "")}).id, 0);
  EXPECT_EQ(value_of(decisions_of(catalogue_, first_episode_)).size(), 1U);
}

TEST_F(DecisionsTest, GoWithTheirEpisodeAndLeaveNoIdBehind) {
  const Cue a = stored(first_, 0, 1'000);
  make(DecisionKind::kSet, {with_note(a, "1")});
  EXPECT_DONE(catalogue_.remove_episode(first_episode_));
  EXPECT_TRUE(cues(first_).empty());
  EXPECT_EQ(error_of(standing_cue(catalogue_, a.id)).kind, Error::Kind::kNotFound);
  EXPECT_GT(stored(second_, 0, 1'000).id, a.id);
  EXPECT_TRUE(value_of(catalogue_.verify()).empty());
}

TEST_F(DecisionsTest, KeepTheTitleOfARecordingThatWasRemoved) {
  const Cue a = stored(first_, 0, 1'000);
  EXPECT_EQ(a.title, "");
  EXPECT_DONE(catalogue_.remove_recording(song_));
  const Cue left = cues(first_).at(0);
  EXPECT_EQ(left.id, a.id);
  EXPECT_EQ(left.recording, SourceId());
  EXPECT_EQ(left.title, "Promise");
}

TEST_F(DecisionsTest, RefuseSpansThatAreNone) {
  Cue bad = cue(first_, 0, 1'000);
  Decision decision;
  decision.at = "2026-03-09T08:00:00Z";
  for (const std::vector<Span>& spans :
       {std::vector<Span>{},
        {{Milliseconds(5), Milliseconds(5)}},
        {{Milliseconds(5), Milliseconds(9)}, {Milliseconds(8), Milliseconds(10)}},
        {{Milliseconds(-1), Milliseconds(9)}}}) {
    bad.spans = spans;
    decision.changes = {{std::nullopt, bad}};
    EXPECT_EQ(error_of(decide(catalogue_, decision)).kind, Error::Kind::kInvalidArgument);
  }
  EXPECT_TRUE(cues(first_).empty());
}

TEST(DecisionKind, IsReadAsItIsWritten) {
  for (int i = 0; i <= static_cast<int>(DecisionKind::kCarry); ++i) {
    const auto kind = static_cast<DecisionKind>(i);
    EXPECT_EQ(decision_kind(to_string(kind)), kind);
  }
  EXPECT_FALSE(decision_kind("guess").has_value());
}

}  // namespace
}  // namespace needledrop
