#include "desk/review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/catalogue_test.h"
#include "desk/desk.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Two episodes of a season with a song in each, and a desk to review them.
class ReviewTest : public CatalogueFixture {
 protected:
  ReviewTest() {
    for (int number : {1, 2}) {
      NewEpisode made = episode_of(desk_.catalogue(), "e" + std::to_string(number) + ".mkv");
      made.episode.production = value_of(desk_.catalogue().production_named("Saga")).id;
      made.episode.season = 1;
      made.episode.number = number;
      made.run.spots = {spot_of(song_, 10'000, 20'000)};
      episodes_.push_back(made);
      episodes_.back().episode.id = store(desk_.catalogue(), made);
    }
  }

  /// As if an episode had been spotted again.
  void find(std::size_t episode, std::vector<Spot> spots) {
    episodes_[episode].run.spots = std::move(spots);
    store(desk_.catalogue(), episodes_[episode]);
  }

  [[nodiscard]] std::string name(std::size_t episode) const {
    return std::to_string(episodes_[episode].episode.id);
  }
  EpisodeCues cues(std::size_t episode) { return value_of(episode_cues(desk_, name(episode))); }
  Cue cue(std::size_t episode) { return cues(episode).parts.at(0).cues.at(0); }

  static ReviewRequest request(DecisionKind kind, CueChoice choice = {true, {}, {}}) {
    ReviewRequest made;
    made.kind = kind;
    made.cues = std::move(choice);
    made.author = "Ada";
    return made;
  }
  Reviewed decide(std::size_t episode, const ReviewRequest& wanted) {
    return value_of(review(desk_, name(episode), wanted));
  }

  std::unique_ptr<FileSystem> files_ = posix_file_system();
  Desk desk_ = *Desk::open(*files_, system_clock(), folder_ + "/desk", Desk::Purpose::kCreate);
  SourceId song_ = add(desk_.catalogue(), "Promise");
  SourceId other_ = add(desk_.catalogue(), "1999");
  std::vector<NewEpisode> episodes_;
};

TEST_F(ReviewTest, ReachesOverTheSeasonSaveWhatWasDecidedThere) {
  ReviewRequest set = request(DecisionKind::kSet);
  set.values.function = CueFunction::kFeatured;
  decide(1, set);
  set.values.function = CueFunction::kBumper;
  set.season = true;
  set.is_preview = true;
  const Reviewed preview = decide(0, set);
  ASSERT_EQ(preview.episodes.size(), 2U);
  EXPECT_THAT(preview.episodes[1].changes, IsEmpty());
  EXPECT_THAT(preview.episodes[1].kept, ElementsAre(cue(1)));
  set.is_preview = false;
  EXPECT_EQ(decide(0, set).decision.changes.size(), 1U);
  EXPECT_EQ(cue(1).function, CueFunction::kFeatured);
  // What is not about the function reaches it.
  set.values = {};
  set.values.origin = CueOrigin::kLibrary;
  EXPECT_EQ(decide(0, set).decision.changes.size(), 2U);
  EXPECT_EQ(cue(1).origin, CueOrigin::kLibrary);
  // And what was decided from here for all may be decided anew from here.
  set.values.origin = CueOrigin::kCommercial;
  decide(0, set);
  EXPECT_EQ(cue(1).origin, CueOrigin::kCommercial);
}

TEST_F(ReviewTest, RestoresOverTheSeasonWhatItRejected) {
  decide(0, request(DecisionKind::kAccept));
  ReviewRequest reject = request(DecisionKind::kReject, {false, {{1, 1}}, {}});
  reject.season = true;
  decide(0, reject);
  EXPECT_EQ(cue(1).standing, CueStanding::kRejected);
  ReviewRequest restore = request(DecisionKind::kRestore);
  restore.season = true;
  decide(0, restore);
  EXPECT_EQ(cue(0).standing, CueStanding::kAccepted);
  EXPECT_EQ(cue(1).standing, CueStanding::kDetected);
  decide(1, request(DecisionKind::kReject));
  decide(0, reject);
  const Reviewed kept = decide(0, restore);
  ASSERT_EQ(kept.episodes.size(), 2U);
  EXPECT_EQ(kept.episodes[1].kept.size(), 1U);
  EXPECT_EQ(cue(1).standing, CueStanding::kRejected);
}

TEST_F(ReviewTest, NamesProposalsByTheCueThatTheyAreAbout) {
  decide(0, request(DecisionKind::kAccept));
  const std::int64_t id = cue(0).id;
  for (const DecisionKind kind : {DecisionKind::kTake, DecisionKind::kDismiss}) {
    const Error none = error_of(review(desk_, name(0), request(kind, {false, {}, {id}})));
    EXPECT_EQ(none.kind, Error::Kind::kNotFound);
    EXPECT_THAT(none.message, HasSubstr("no proposal about cue #" + std::to_string(id)));
  }
  find(0, {spot_of(song_, 12'000, 20'000)});
  EXPECT_EQ(cues(0).parts[0].proposals.size(), 1U);
  decide(0, request(DecisionKind::kDismiss, {false, {}, {id}}));
  EXPECT_THAT(cues(0).parts[0].proposals, IsEmpty());
  (void)value_of(turn_back(desk_, name(0), std::nullopt, Turn::kUndo));
  decide(0, request(DecisionKind::kTake, {false, {}, {id}}));
  EXPECT_EQ(cue(0).spans.front().start, Milliseconds(12'000));
}

TEST_F(ReviewTest, TakesANumberForTheIdOfARecording) {
  ReviewRequest adding = request(DecisionKind::kAdd, {});
  adding.span = {Milliseconds(30'000), Milliseconds(40'000)};
  for (const char* word : {"1999", "#1999", "99999999999999999999"}) {
    adding.recording = word;
    EXPECT_EQ(error_of(review(desk_, name(0), adding)).kind, Error::Kind::kNotFound) << word;
  }
  adding.recording = "#" + std::to_string(other_.value);
  EXPECT_EQ(decide(0, adding).decision.changes.at(0).after->recording, other_);
  adding.recording = "Hum";
  EXPECT_EQ(decide(0, adding).decision.changes.at(0).after->title, "Hum");
}

TEST_F(ReviewTest, SaysForHowLongMusicIsHeardAndReported) {
  find(0, {spot_of(song_, 10'000, 20'400), spot_of(other_, 15'000, 30'400)});
  const EpisodeCues both = cues(0);
  EXPECT_EQ(music_length(both), Milliseconds(20'400));
  EXPECT_EQ(reported_length(both), Milliseconds(20'000));
}

}  // namespace
}  // namespace needledrop
