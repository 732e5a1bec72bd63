#include "catalogue/proposals.h"

#include <algorithm>
#include <random>
#include <tuple>

#include <gtest/gtest.h>

#include "catalogue/catalogue_test.h"
#include "catalogue/cue_changes.h"

namespace needledrop {
namespace {

constexpr SourceId kFile(9);
constexpr SourceId kSong(1);
constexpr SourceId kInstrumental(2);
constexpr SourceId kOther(3);
constexpr Milliseconds kLength{3'600'000};

Span span(int start, int end) {
  return {Milliseconds(start), Milliseconds(end)};
}

SuggestedSpot found(SourceId recording, int start, int end) {
  SuggestedSpot finding;
  finding.spot = spot_of(recording, start, end);
  return finding;
}

RecordingFamilies families() {
  return RecordingFamilies(
      std::vector{Relation{kSong, kInstrumental, RelationKind::kVersion, 0.5, {}}});
}

std::vector<Cue> stored(std::vector<Cue> cues) {
  for (std::size_t i = 0; i < cues.size(); ++i) cues[i].id = static_cast<std::int64_t>(i) + 1;
  return cues;
}

std::vector<Cue> cues_of(const std::vector<SuggestedSpot>& findings) {
  return stored(cues_of_run(kFile, findings));
}

std::vector<Proposal> proposals(const std::vector<Cue>& cues,
                                const std::vector<SuggestedSpot>& findings) {
  return propose(kFile, cues, findings, families());
}

void settle(std::vector<Cue>& cues, const std::vector<CueChange>& changes) {
  for (const CueChange& change : changes) {
    std::int64_t id = cues.empty() ? 1 : std::ranges::max(cues, {}, &Cue::id).id + 1;
    if (change.before.has_value()) {
      id = change.before->id;
      std::erase_if(cues, [&](const Cue& cue) { return cue.id == id; });
    }
    if (!change.after.has_value()) continue;
    cues.push_back(*change.after);
    cues.back().id = id;
  }
}

TEST(Propose, NothingWhereTheRunSaysTheSame) {
  const std::vector findings{found(kSong, 0, 10'000), found(kSong, 11'000, 20'000),
                             found(kOther, 15'000, 30'000)};
  EXPECT_TRUE(proposals(cues_of(findings), findings).empty());
}

TEST(Propose, NothingForBordersWithinTheirError) {
  const auto cues = cues_of({found(kSong, 10'000, 20'000)});
  EXPECT_TRUE(proposals(cues, {found(kSong, 10'250, 19'750)}).empty());
  ASSERT_EQ(proposals(cues, {found(kSong, 10'251, 20'000)}).size(), 1U);
  SuggestedSpot vague = found(kSong, 11'000, 20'000);
  vague.spot.start_error = Milliseconds(1'000);
  EXPECT_TRUE(proposals(cues, {vague}).empty());
}

TEST(Propose, ToMoveACueWithWhatTheRunSaysOfIt) {
  const auto cues = cues_of({found(kSong, 10'000, 20'000)});
  const std::vector findings{found(kSong, 8'000, 14'000), found(kSong, 15'000, 21'000)};
  const auto made = proposals(cues, findings);
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(made[0].kind, Proposal::Kind::kMove);
  EXPECT_EQ(made[0].findings, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(made[0].change.before, cues[0]);
  EXPECT_EQ(made[0].change.after->spans, (std::vector{span(8'000, 14'000), span(15'000, 21'000)}));
  EXPECT_EQ(made[0].change.after->found, made[0].change.after->spans);
}

TEST(Propose, AnotherMemberOfTheFamily) {
  const auto cues = cues_of({found(kSong, 0, 10'000)});
  const auto made = proposals(cues, {found(kInstrumental, 0, 10'000)});
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(made[0].kind, Proposal::Kind::kChange);
  EXPECT_EQ(made[0].change.after->recording, kInstrumental);
}

TEST(Propose, ToAddAndToDropWhatSharesLessThanHalfOrIsOtherMusic) {
  const auto cues = cues_of({found(kSong, 0, 10'000), found(kOther, 50'000, 60'000)});
  const auto made = proposals(cues, {found(kSong, 5'001, 15'001), found(kSong, 50'000, 60'000)});
  ASSERT_EQ(made.size(), 4U);
  EXPECT_EQ(made[0].kind, Proposal::Kind::kDrop);
  EXPECT_EQ(made[0].change.before->recording, kSong);
  EXPECT_EQ(made[1].kind, Proposal::Kind::kAdd);
  EXPECT_EQ(made[2].kind, Proposal::Kind::kAdd);
  EXPECT_EQ(made[3].kind, Proposal::Kind::kDrop);
  // Half of the shorter is enough, however long the other is.
  const auto enough = proposals(cues, {found(kSong, 5'000, 15'000), found(kOther, 30'000, 90'000)});
  ASSERT_EQ(enough.size(), 2U);
  EXPECT_EQ(enough[0].kind, Proposal::Kind::kMove);
  EXPECT_EQ(enough[1].kind, Proposal::Kind::kMove);
}

TEST(Propose, NeverWhatIsRejectedForItsFamily) {
  auto cues = cues_of({found(kSong, 0, 10'000)});
  cues[0].standing = CueStanding::kRejected;
  EXPECT_TRUE(proposals(cues, {found(kSong, 0, 10'000)}).empty());
  EXPECT_TRUE(proposals(cues, {found(kInstrumental, 2'000, 16'000)}).empty());
  EXPECT_TRUE(proposals(cues, {}).empty());
  EXPECT_EQ(proposals(cues, {found(kOther, 0, 10'000)}).size(), 1U);
  EXPECT_EQ(proposals(cues, {found(kSong, 0, 30'000)}).size(), 1U);
}

TEST(Propose, NothingBackThatAPersonHasReassigned) {
  auto cues = cues_of({found(kSong, 0, 10'000)});
  cues[0] = with_music(cues[0], {kOther, 0, "", ""});
  EXPECT_TRUE(proposals(cues, {found(kSong, 0, 10'000)}).empty());
  // Nor when a run comes to hear it as the person did.
  EXPECT_TRUE(proposals(cues, {found(kOther, 0, 10'000)}).empty());
}

TEST(Propose, NeverToDropWhatAPersonAdded) {
  auto cues = stored({*added_cue(kFile, span(0, 10'000), {SourceId(), 0, "Hum", ""}, kLength)});
  EXPECT_TRUE(proposals(cues, {}).empty());
  EXPECT_EQ(proposals(cues, {found(kSong, 0, 10'000)}).size(), 1U);
  cues = stored({*added_cue(kFile, span(0, 10'000), {kSong, 0, "", ""}, kLength)});
  EXPECT_TRUE(proposals(cues, {found(kSong, 100, 10'000)}).empty());
  // Nor to move it, nor that it is another version: a person has said all of that.
  EXPECT_TRUE(proposals(cues, {found(kSong, 1'000, 14'000)}).empty());
  EXPECT_TRUE(proposals(cues, {found(kInstrumental, 1'000, 10'000)}).empty());
}

TEST(Propose, ToMoveOnlyTheBorderThatNobodyHasSet) {
  const auto found_cues = cues_of({found(kSong, 10'000, 20'000)});
  CueValues values;
  values.out = Milliseconds(18'000);
  std::vector cues{*with_values(found_cues[0], values, kLength)};
  auto made = proposals(cues, {found(kSong, 8'000, 21'000)});
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(made[0].change.after->spans, std::vector{span(8'000, 18'000)});
  EXPECT_EQ(made[0].change.after->found, std::vector{span(8'000, 21'000)});
  EXPECT_TRUE(proposals(cues, {found(kSong, 10'000, 14'000)}).empty());
  // Taken, the border is still the person's.
  cues = {*made[0].change.after};
  made = proposals(cues, {found(kSong, 9'000, 25'000)});
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(made[0].change.after->spans, std::vector{span(9'000, 18'000)});
  values = {};
  values.in = Milliseconds(5'000);
  cues = {*with_values(found_cues[0], values, kLength)};
  made = proposals(cues, {found(kSong, 12'000, 15'000), found(kSong, 16'000, 23'000)});
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(made[0].change.after->spans, (std::vector{span(5'000, 15'000), span(16'000, 23'000)}));
}

TEST(Propose, NothingWhereNothingIsLeftBetweenWhatAPersonHasSet) {
  const auto found_cues = cues_of({found(kSong, 10'000, 20'000)});
  CueValues values;
  values.out = Milliseconds(12'000);
  const std::vector cues{*with_values(found_cues[0], values, kLength)};
  EXPECT_TRUE(proposals(cues, {found(kSong, 14'000, 24'000)}).empty());
}

TEST(Propose, NothingForWhatAPersonHasPutTogether) {
  auto cues = cues_of({found(kSong, 0, 10'000)});
  cues.push_back(*added_cue(kFile, span(12'000, 20'000), {kSong, 0, "", ""}, kLength));
  cues.back().id = 7;
  settle(cues, *merge_changes(cues[0], cues[1]));
  ASSERT_EQ(cues.size(), 1U);
  EXPECT_TRUE(proposals(cues, {found(kSong, 1'000, 14'000)}).empty());
}

TEST(Propose, KeepsTheBordersBetweenWhatAPersonSplit) {
  auto cues = cues_of({found(kSong, 0, 30'000)});
  settle(cues, *split_changes(cues[0], Milliseconds(20'000)));
  cues[1].standing = CueStanding::kRejected;
  const auto made = proposals(cues, {found(kSong, 1'000, 40'000)});
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(made[0].change.after->spans, std::vector{span(1'000, 20'000)});
  // Also where the run hears nothing to speak of beyond it.
  cues[1].standing = CueStanding::kAccepted;
  for (const Proposal& proposal : proposals(cues, {found(kSong, 1'000, 22'000)})) {
    if (proposal.kind == Proposal::Kind::kDrop) continue;
    EXPECT_EQ(proposal.change.after->spans, std::vector{span(1'000, 20'000)});
  }
}

TEST(Propose, NothingThatAPersonHasDismissedUntilABorderMoves) {
  const std::vector found_cues = cues_of({found(kSong, 10'000, 20'000)});
  auto made = proposals(found_cues, {found(kSong, 8'000, 20'000)});
  ASSERT_EQ(made.size(), 1U);
  std::vector cues = found_cues;
  settle(cues, {dismissal(made[0])});
  EXPECT_EQ(cues[0].spans, found_cues[0].spans);
  EXPECT_EQ(cues[0].standing, CueStanding::kDetected);
  EXPECT_TRUE(proposals(cues, {found(kSong, 8'000, 20'000)}).empty());
  EXPECT_TRUE(proposals(cues, {found(kSong, 8'250, 19'750)}).empty());
  EXPECT_EQ(proposals(cues, {found(kInstrumental, 8'000, 20'000)}).size(), 1U);
  EXPECT_EQ(proposals(cues, {}).size(), 1U);
  made = proposals(cues, {found(kSong, 8'251, 20'000)});
  ASSERT_EQ(made.size(), 1U);
  settle(cues, {dismissal(made[0])});  // beside the first
  EXPECT_TRUE(proposals(cues, {found(kSong, 7'750, 20'000)}).empty());
  // Taken, it begins anew.
  settle(cues, {proposals(cues, {found(kSong, 6'000, 20'000)}).at(0).change});
  EXPECT_EQ(proposals(cues, {found(kSong, 8'000, 20'000)}).size(), 1U);
}

TEST(Propose, NeitherToDropNorToAddWhatWasDismissed) {
  std::vector cues = cues_of({found(kSong, 0, 10'000)});
  settle(cues, {dismissal(proposals(cues, {}).at(0))});
  EXPECT_TRUE(proposals(cues, {}).empty());
  const auto made = proposals(cues, {found(kOther, 0, 10'000)});
  ASSERT_EQ(made.size(), 1U);
  settle(cues, {dismissal(made[0])});
  EXPECT_EQ(cues[1].standing, CueStanding::kRejected);
  EXPECT_TRUE(proposals(cues, {found(kOther, 0, 10'000)}).empty());
  EXPECT_TRUE(proposals(cues, {found(kOther, 1'000, 11'000)}).empty());
  EXPECT_EQ(proposals(cues, {found(kOther, 9'000, 30'000)}).size(), 1U);
}

/// One random thing that a person may do.
std::vector<CueChange> any_decision(std::mt19937& random, const std::vector<Cue>& cues) {
  const auto any = [&](int most) {
    return static_cast<int>(random() % static_cast<unsigned>(most));
  };
  const Cue& cue = cues[random() % cues.size()];
  const Milliseconds middle = cue.spans.front().start + cue.spans.front().length() / 2;
  const auto one = [&](const Cue& after) { return std::vector<CueChange>{{cue, after}}; };
  switch (any(7)) {
    case 0:
      return one(with_standing(cue, CueStanding::kAccepted));
    case 1:
      return one(with_standing(cue, CueStanding::kRejected));
    case 2: {
      CueValues values;
      values.out = cue.spans.back().end - Milliseconds(any(900));
      const auto after = with_values(cue, values, kLength);
      return after.has_value() ? one(*after) : std::vector<CueChange>();
    }
    case 3: {
      CueValues values;
      values.in = cue.spans.front().start + Milliseconds(any(3'000));
      const auto after = with_values(cue, values, kLength);
      return after.has_value() ? one(*after) : std::vector<CueChange>();
    }
    case 4: {
      const auto changes = split_changes(cue, middle);
      return changes.has_value() ? *changes : std::vector<CueChange>();
    }
    case 5: {
      const auto changes = merge_changes(cue, cues[random() % cues.size()]);
      return changes.has_value() ? *changes : std::vector<CueChange>();
    }
    default:
      return one(
          with_music(cue, {SourceId(static_cast<SourceId::rep>(50 + random() % 3)), 0, "", ""}));
  }
}

// What people decide is never proposed to be taken back by the run that they looked at.
TEST(Propose, NothingBecauseOfDecisionsAlone) {
  constexpr unsigned kSeed = 20260309;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  for (int round = 0; round < 500; ++round) {
    std::vector<SuggestedSpot> findings;
    for (int i = 0, at = 0; i < 8; ++i) {
      at += 3'000 + static_cast<int>(random() % 20'000);
      const int length = 2'000 + static_cast<int>(random() % 30'000);
      findings.push_back(
          found(SourceId(static_cast<SourceId::rep>(10 + random() % 4)), at, at + length));
      at += length;
    }
    std::vector<Cue> cues = cues_of(findings);
    for (int i = 0; i < 12; ++i) {
      settle(cues, any_decision(random, cues));
      const auto made = proposals(cues, findings);
      for (const Proposal& proposal : made) {
        ADD_FAILURE() << "round " << round << ", decision " << i << ": "
                      << to_string(proposal.kind);
      }
      if (!made.empty()) return;
    }
  }
}

bool is_in_set(const Cue& cue) {
  return cue.found.empty() || cue.spans.front().start != cue.found.front().start;
}

bool is_out_set(const Cue& cue) {
  return cue.found.empty() || cue.spans.back().end != cue.found.back().end;
}

/// Whatever somebody has said of a cue is as it was, though the proposal be taken.
void expect_kept(const Proposal& proposal) {
  const auto& [before, after] = proposal.change;
  if (!before.has_value()) return;
  EXPECT_NE(before->standing, CueStanding::kRejected);
  EXPECT_FALSE(before->found.empty());
  if (!after.has_value()) return;
  const auto said = [](const Cue& cue) {
    return std::tuple(cue.id, cue.file, cue.standing, cue.work, cue.title, cue.artist, cue.reported,
                      cue.function, cue.perception, cue.origin, cue.note);
  };
  EXPECT_EQ(said(*before), said(*after));
  EXPECT_TRUE(before->recording == after->recording ||
              before->recording == before->found_recording);
  EXPECT_TRUE(!is_in_set(*before) || before->spans.front().start == after->spans.front().start);
  EXPECT_TRUE(!is_out_set(*before) || before->spans.back().end == after->spans.back().end);
}

/// The findings, heard a little elsewhere, some no longer.
std::vector<SuggestedSpot> shifted(const std::vector<SuggestedSpot>& findings,
                                   std::mt19937& random) {
  std::vector<SuggestedSpot> after;
  for (const SuggestedSpot& finding : findings) {
    if (random() % 6 == 0) continue;
    const auto jitter = [&] { return static_cast<int>(random() % 3'000) - 1'500; };
    const Span& span = finding.spot.span;
    const int start = std::max(0, static_cast<int>(span.start.count()) + jitter());
    after.push_back(found(finding.spot.recording, start,
                          std::max(start + 500, static_cast<int>(span.end.count()) + jitter())));
  }
  return after;
}

// Spotted again with shifted borders, nothing that is decided changes, taken or not; and what is
// dismissed stays away.
TEST(Propose, NothingThatIsDecidedChangesWhenARunShifts) {
  constexpr unsigned kSeed = 20260312;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  std::size_t seen = 0;
  for (int round = 0; round < 500; ++round) {
    std::vector<SuggestedSpot> findings;
    for (int i = 0, at = 0; i < 8; ++i) {
      at += 3'000 + static_cast<int>(random() % 20'000);
      const int length = 2'000 + static_cast<int>(random() % 30'000);
      findings.push_back(
          found(SourceId(static_cast<SourceId::rep>(1 + random() % 6)), at, at + length));
      at += length;
    }
    std::vector<Cue> cues = cues_of(findings);
    for (int run = 0; run < 4; ++run) {
      for (unsigned i = 0; i < random() % 6; ++i) settle(cues, any_decision(random, cues));
      const auto later = shifted(findings, random);
      const auto made = proposals(cues, later);
      seen += made.size();
      for (const Proposal& proposal : made) expect_kept(proposal);
      if (testing::Test::HasFailure()) FAIL() << "round " << round << ", run " << run;
      if (run % 2 == 0) {
        const std::vector<Cue> before = cues;
        for (const Proposal& proposal : made) settle(cues, {dismissal(proposal)});
        for (const Cue& cue : before) {
          const auto now = std::ranges::find(cues, cue.id, &Cue::id);
          EXPECT_EQ(now->spans, cue.spans);
          EXPECT_EQ(now->standing, cue.standing);
        }
        EXPECT_TRUE(proposals(cues, later).empty()) << "round " << round << ", run " << run;
      } else if (!made.empty()) {
        settle(cues, {made[random() % made.size()].change});
        if (cues.empty()) break;
      }
    }
  }
  EXPECT_GT(seen, 1'000U);
}

// Taking all that a run proposes leaves nothing to propose.
TEST(Propose, NothingMoreOnceAllIsTaken) {
  constexpr unsigned kSeed = 20260310;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  for (int round = 0; round < 500; ++round) {
    std::vector<SuggestedSpot> before;
    std::vector<SuggestedSpot> after;
    for (int i = 0, at = 0; i < 8; ++i) {
      at += 3'000 + static_cast<int>(random() % 20'000);
      const int length = 2'000 + static_cast<int>(random() % 30'000);
      const SourceId recording(static_cast<SourceId::rep>(1 + random() % 6));
      before.push_back(found(recording, at, at + length));
      const int shift = static_cast<int>(random() % 3'000) - 1'500;
      if (random() % 4 != 0) after.push_back(found(recording, at + shift, at + length - shift / 2));
      at += length;
    }
    std::vector<Cue> cues = cues_of(before);
    std::vector<CueChange> changes;
    for (const Proposal& proposal : proposals(cues, after)) changes.push_back(proposal.change);
    settle(cues, changes);
    EXPECT_TRUE(proposals(cues, after).empty()) << "round " << round;
  }
}

}  // namespace
}  // namespace needledrop
