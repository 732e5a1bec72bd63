#include "catalogue/decisions.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/catalogue_test.h"
#include "catalogue/run_cues.h"
#include "catalogue/statement.h"

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
  full.dismissed = {
      {song_,
       {{Milliseconds(1'500), Milliseconds(2'500)}, {Milliseconds(3'500), Milliseconds(9'500)}}},
      {SourceId(), {}},
      {song_, {{Milliseconds(0), Milliseconds(900)}}}};
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
  EXPECT_EQ(value_of(undo_decision(catalogue_, first_episode_, "")).kind, DecisionKind::kSplit);
  EXPECT_EQ(cues(first_), std::vector{b});
  EXPECT_EQ(value_of(undo_decision(catalogue_, first_episode_, "")).kind, DecisionKind::kSet);
  EXPECT_EQ(cues(first_), std::vector{a});
  EXPECT_EQ(error_of(undo_decision(catalogue_, first_episode_, "")).kind, Error::Kind::kNotFound);
  catalogue_ = open();
  EXPECT_EQ(value_of(redo_decision(catalogue_, first_episode_, "")).kind, DecisionKind::kSet);
  EXPECT_EQ(value_of(redo_decision(catalogue_, first_episode_, "")).kind, DecisionKind::kSplit);
  EXPECT_EQ(cues(first_), last);
  EXPECT_EQ(error_of(redo_decision(catalogue_, first_episode_, "")).kind, Error::Kind::kNotFound);
}

TEST_F(DecisionsTest, TellWhoChangedWhatFromWhatToWhat) {
  const Cue a = stored(first_, 0, 1'000);
  const CueChange change = with_note(a, "later");
  make(DecisionKind::kSet, {change});
  (void)undo_decision(catalogue_, first_episode_, "");
  const auto events = value_of(decisions_of(catalogue_, first_episode_, ""));
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
  (void)undo_decision(catalogue_, first_episode_, "");
  (void)undo_decision(catalogue_, first_episode_, "");
  EXPECT_EQ(cues(second_), std::vector{b});
  make(DecisionKind::kAccept, {with_note(b, "other")});
  // The first file's second decision was made upon the dropped one.
  EXPECT_EQ(error_of(redo_decision(catalogue_, first_episode_, "")).kind, Error::Kind::kNotFound);
  const auto events = value_of(decisions_of(catalogue_, first_episode_, ""));
  EXPECT_EQ(events[0].state, Decision::State::kDropped);
  EXPECT_EQ(events[1].state, Decision::State::kDropped);
}

TEST_F(DecisionsTest, AreUndoneInTheirOwnCutOnly) {
  NewEpisode director = episode_of(catalogue_, "e01 director.mkv");
  director.episode.id = first_episode_;
  director.file.cut = "director";
  store(catalogue_, director);
  const Cue a = stored(first_, 0, 1'000);
  const Cue b = stored(director.file.id, 0, 1'000);
  make(DecisionKind::kSet, {with_note(a, "1")});
  make(DecisionKind::kSet, {with_note(b, "2")});
  EXPECT_EQ(value_of(decisions_of(catalogue_, first_episode_, "")).size(), 2U);
  EXPECT_TRUE(undo_decision(catalogue_, first_episode_, "").has_value());
  EXPECT_EQ(cues(first_)[0].note, "");
  EXPECT_EQ(cues(director.file.id)[0].note, "2");
  EXPECT_FALSE(redo_decision(catalogue_, first_episode_, "director").has_value());
  EXPECT_TRUE(undo_decision(catalogue_, first_episode_, "director").has_value());
  make(DecisionKind::kAccept, {with_note(b, "3")});
  EXPECT_TRUE(redo_decision(catalogue_, first_episode_, "").has_value());
  EXPECT_EQ(cues(first_)[0].note, "1");
}

/// The slow twin of dropping what can't be redone: until nothing more changes, what was undone
/// before something that is dropped, in an episode that this touches, is dropped too.
struct UndoneModel {
  struct Entry {
    std::int64_t id = 0;
    std::set<std::int64_t> episodes;
    std::int64_t undone = 0;  // 0: it stands
    bool is_dropped = false;
  };
  std::vector<Entry> entries;
  std::int64_t turns = 0;

  void decide(std::int64_t id, const std::set<std::int64_t>& episodes) {
    std::map<std::int64_t, std::int64_t> before;
    for (const std::int64_t episode : episodes) before[episode] = turns + 1;
    for (bool has_changed = true; has_changed;) {
      has_changed = false;
      for (Entry& entry : entries) {
        if (entry.undone == 0 || entry.is_dropped) continue;
        for (const std::int64_t episode : entry.episodes) {
          if (entry.undone < before[episode]) entry.is_dropped = has_changed = true;
        }
        if (!entry.is_dropped) continue;
        for (const std::int64_t episode : entry.episodes) {
          before[episode] = std::max(before[episode], entry.undone);
        }
      }
    }
    entries.push_back({id, episodes, 0, false});
  }
  Entry& entry(std::int64_t id) { return *std::ranges::find(entries, id, &Entry::id); }
};

TEST_F(DecisionsTest, DropWhatASlowerTwinDrops) {
  constexpr unsigned kSeed = 20260311;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  EXPECT_DONE(catalogue_.database().execute("PRAGMA synchronous = OFF"));
  std::vector<std::int64_t> episodes{first_episode_, second_episode_};
  std::vector<SourceId> files{first_, second_};
  for (const char* path : {"e03.mkv", "e04.mkv", "e05.mkv"}) {
    files.push_back(store_file(path, episodes.emplace_back()));
  }
  for (const SourceId file : files) {
    for (int i = 0; i < 3; ++i) stored(file, 2'000 * i, 2'000 * i + 1'000);
  }
  UndoneModel model;
  std::size_t dropped = 0;
  for (int event = 0; event < 500; ++event) {
    const std::size_t place = random() % episodes.size();
    const auto what = random() % 9;
    if (what < 4) {
      const auto undone = undo_decision(catalogue_, episodes[place], "");
      if (undone.has_value()) model.entry(undone->id).undone = ++model.turns;
    } else if (what < 5) {
      const auto redone = redo_decision(catalogue_, episodes[place], "");
      if (redone.has_value()) model.entry(redone->id).undone = 0;
    } else {
      std::vector<CueChange> changes;
      std::set<std::int64_t> touched;
      for (const std::size_t at : std::set{place, random() % episodes.size()}) {
        const auto there = cues(files[at]);
        changes.push_back(with_note(there[random() % there.size()], std::to_string(event)));
        touched.insert(episodes[at]);
      }
      model.decide(make(DecisionKind::kSet, changes).id, touched);
    }
    if (event % 25 != 24) continue;
    for (const std::int64_t episode : episodes) {
      for (const Decision& decision : value_of(decisions_of(catalogue_, episode, ""))) {
        if (decision.kind == DecisionKind::kRun) continue;
        const auto& expected = model.entry(decision.id);
        const bool is_dropped = decision.state == Decision::State::kDropped;
        dropped += is_dropped ? 1 : 0;
        ASSERT_EQ(is_dropped, expected.is_dropped) << "event " << event << ", " << decision.id;
        ASSERT_EQ(decision.state == Decision::State::kStands, expected.undone == 0);
      }
    }
  }
  EXPECT_GT(dropped, 100U);
}

// Ten thousand decisions of which each was made on top of the one before.
TEST_F(DecisionsTest, AreDroppedInTimeThatGrowsWithTheirNumber) {
  constexpr int kMany = 10'000;
  EXPECT_DONE(catalogue_.database().execute("PRAGMA synchronous = OFF"));
  const Cue a = stored(first_, 0, 1'000);
  const Cue b = stored(second_, 0, 1'000);
  const std::string both[] = {std::to_string(a.id), std::to_string(b.id)};
  for (int i = 0; i < kMany; ++i) {
    const std::string id = std::to_string(1'000 + i);
    EXPECT_DONE(catalogue_.database().execute(
        "INSERT INTO decision (id, made_at, author, kind, note, undone) VALUES (" + id +
        ", '2026-03-09T08:00:00Z', 'Ada', 'set', '', " + std::to_string(kMany - i) + ")"));
    EXPECT_DONE(catalogue_.database().execute(
        "INSERT INTO decision_cue (decision, cue, before, after) SELECT " + id +
        ", id, version, version FROM cue WHERE id = " + both[i % 2] +
        (i % 10 == 1 ? " OR id = " + both[0] : "")));
  }
  const auto start = std::chrono::steady_clock::now();
  make(DecisionKind::kSet, {with_note(a, "new")});
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  EXPECT_EQ(
      value_of(number(catalogue_.database(), "SELECT count(*) FROM decision WHERE is_dropped")),
      kMany);
  EXPECT_LT(elapsed.count(), 10.0);
  std::printf("dropped %d undone decisions in %.3f s\n", kMany, elapsed.count());
}

TEST_F(DecisionsTest, AreNotUndoneUnderALaterOneInAnotherEpisode) {
  const Cue a = stored(first_, 0, 1'000);
  const Cue b = stored(second_, 0, 1'000);
  const auto both = make(DecisionKind::kAccept, {with_note(a, "1"), with_note(b, "1")});
  const auto later = make(DecisionKind::kReject, {with_note(*both.changes[1].after, "2")}, "Grace");
  const Error error = error_of(undo_decision(catalogue_, first_episode_, ""));
  EXPECT_EQ(error.kind, Error::Kind::kInvalidArgument);
  EXPECT_THAT(error.message, HasSubstr("decision " + std::to_string(later.id)));
  EXPECT_THAT(error.message, HasSubstr("Grace"));
  (void)undo_decision(catalogue_, second_episode_, "");
  EXPECT_EQ(value_of(undo_decision(catalogue_, first_episode_, "")).id, both.id);
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
  EXPECT_EQ(error_of(undo_decision(catalogue_, first_episode_, "")).kind, Error::Kind::kNotFound);
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
  (void)undo_decision(catalogue_, first_episode_, "");
  EXPECT_TRUE(value_of(is_decided(catalogue_, first_)));
  Decision run;
  run.kind = DecisionKind::kRun;
  run.at = "2026-03-09T08:00:01Z";
  run.changes = {{std::nullopt, cue(first_, 5'000, 6'000)}};
  EXPECT_EQ(error_of(decide(catalogue_, run)).kind, Error::Kind::kBusy);
  run.changes = {{std::nullopt, cue(second_, 5'000, 6'000)}};
  EXPECT_TRUE(decide(catalogue_, run).has_value());
  EXPECT_TRUE(redo_decision(catalogue_, first_episode_, "").has_value());
  EXPECT_EQ(cues(first_)[0].note, "1");
}

TEST_F(DecisionsTest, ByPeopleAreToldByCue) {
  const Cue a = stored(first_, 0, 1'000);
  const Cue b = stored(first_, 2'000, 3'000);
  const Cue c = stored(second_, 0, 1'000);
  const auto both = make(DecisionKind::kSet, {with_note(a, "1"), with_note(c, "1")});
  make(DecisionKind::kSet, {with_note(*both.changes[0].after, "2")}, "Grace");
  make(DecisionKind::kSet, {with_note(b, "3")});
  make(DecisionKind::kMerge, {{cues(first_)[1], std::nullopt}});
  using Authors = std::map<std::int64_t, std::set<std::string>>;
  EXPECT_EQ(value_of(decided_cues(catalogue_, first_)), (Authors{{a.id, {"Ada", "Grace"}}}));
  EXPECT_EQ(value_of(decided_cues(catalogue_, second_)), (Authors{{c.id, {"Ada"}}}));
  const auto about = value_of(decisions_about(catalogue_, a.id));
  ASSERT_EQ(about.size(), 2U);  // without the run
  EXPECT_EQ(about[0].author, "Grace");
  EXPECT_EQ(about[1].id, both.id);
  EXPECT_EQ(about[1].changes, std::vector{both.changes[0]});
  (void)undo_decision(catalogue_, second_episode_, "");
  EXPECT_EQ(value_of(decisions_about(catalogue_, c.id)).size(), 1U);  // it can't be taken back yet
}

TEST_F(DecisionsTest, ThatChangeNothingAreNotStored) {
  const Cue a = stored(first_, 0, 1'000);
  EXPECT_EQ(make(DecisionKind::kSet, {with_note(a, "")}).id, 0);
  EXPECT_EQ(value_of(decisions_of(catalogue_, first_episode_, "")).size(), 1U);
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
