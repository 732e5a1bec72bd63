#include <limits>

#include <gmock/gmock.h>

#include "catalogue/catalogue_test.h"

namespace needledrop {
namespace {

using testing::IsEmpty;

class RunsTest : public CatalogueFixture {
 protected:
  RunsTest() : song_(add(catalogue_, "Song")), other_(add(catalogue_, "Song (Inst.)")) {}

  Catalogue catalogue_ = open();
  SourceId song_;
  SourceId other_;
};

TEST_F(RunsTest, ComesBackAsItWasStored) {
  NewEpisode next = episode_of(catalogue_, "서울 \xff.mxf");
  next.episode = {0, value_of(catalogue_.production_named("P")).id, 1, 12, "T", "2026-03-08"};
  next.file.part = 2;
  next.file.cut = "export";
  next.file.frame_rate = {30'000, 1001};
  next.file.start_timecode = "10:00:00;00";
  Spot spot = spot_of(song_, 61'500, 95'250);
  spot.start_error = Milliseconds(40);
  spot.end_error = Milliseconds(120);
  spot.alignments = {
      {{Milliseconds(61'500), Milliseconds(80'000)}, Milliseconds(-20), 1.0417, 1.0417},
      {{Milliseconds(80'000), Milliseconds(95'250)}, Milliseconds(45'000), 0.1 + 0.2, 1}};
  spot.confidence = 0.1 + 0.2;
  spot.level_db = -8.123456789;
  spot.ground = Ground::kBackground;
  spot.from_loudspeaker = true;
  spot.version_decided = false;
  spot.alternatives = {{other_, 1.0 / 3}};
  next.run.spots = {spot, spot_of(other_, 0, 0), spot};
  next.run.unidentified = {{{Milliseconds(5), Milliseconds(2'005)}, 0.1 + 0.2},
                           {{Milliseconds(99'000), Milliseconds(123'456)}, 1}};
  const auto id = store(catalogue_, next);

  Catalogue again = open(Catalogue::Mode::kReadOnly);
  const auto run = value_of(again.run_of(next.file.id));
  ASSERT_TRUE(run);
  EXPECT_EQ(run->spots, next.run.spots);
  EXPECT_EQ(run->unidentified, next.run.unidentified);
  EXPECT_EQ(run->at, next.run.at);
  EXPECT_EQ(run->catalogue_state, next.run.catalogue_state);
  const Episode episode = value_of(again.episode(id));
  EXPECT_EQ(episode.production, next.episode.production);
  EXPECT_EQ(episode.season, 1);
  EXPECT_EQ(episode.number, 12);
  EXPECT_EQ(episode.title, "T");
  EXPECT_EQ(episode.air_date, "2026-03-08");
  const auto file = value_of(again.file_of(next.file.digest));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->path, next.file.path);
  EXPECT_EQ(file->episode, id);
  EXPECT_EQ(file->part, 2);
  EXPECT_EQ(file->cut, "export");
  EXPECT_EQ(file->duration, next.file.duration);
  EXPECT_EQ(file->frame_rate, next.file.frame_rate);
  EXPECT_EQ(file->start_timecode, next.file.start_timecode);
  EXPECT_EQ(file->layout, "stereo");
}

TEST_F(RunsTest, ANewRunReplacesTheOneBefore) {
  NewEpisode next = episode_of(catalogue_, "e.mp4");
  next.run.spots = {spot_of(song_, 0, 10)};
  next.run.unidentified = {{{Milliseconds(5), Milliseconds(2'005)}, 0.5}};
  next.episode.id = store(catalogue_, next);
  const auto first = value_of(catalogue_.run_of(next.file.id));
  next.episode.title = "Named";
  next.file.path = "moved.mp4";
  next.run.spots = {spot_of(other_, 5, 20), spot_of(other_, 30, 40)};
  next.run.unidentified.clear();
  EXPECT_EQ(store(catalogue_, next), next.episode.id);
  const auto second = value_of(catalogue_.run_of(next.file.id));
  ASSERT_TRUE(first && second);
  EXPECT_GT(second->id, first->id);
  EXPECT_EQ(second->spots, next.run.spots);
  EXPECT_THAT(second->unidentified, IsEmpty());
  EXPECT_EQ(value_of(catalogue_.episode(next.episode.id)).title, "Named");
  ASSERT_EQ(value_of(catalogue_.episode_files()).size(), 1U);
  EXPECT_EQ(value_of(catalogue_.episode_files())[0].path, "moved.mp4");
  EXPECT_FALSE(value_of(catalogue_.run_of(SourceId(999))));
}

TEST_F(RunsTest, FilesAreStaleWhenTheirRunSawOtherRecordings) {
  const NewEpisode one = episode_of(catalogue_, "1.mp4");
  store(catalogue_, one);
  EXPECT_THAT(value_of(catalogue_.stale_files()), IsEmpty());
  add(catalogue_, "New");
  const NewEpisode two = episode_of(catalogue_, "2.mp4");
  store(catalogue_, two);
  const auto stale = value_of(catalogue_.stale_files());
  ASSERT_EQ(stale.size(), 1U);
  EXPECT_EQ(stale[0].id, one.file.id);
}

TEST_F(RunsTest, SpotsOfARecordingRemovedMeanwhileAreLeftOut) {
  NewEpisode next = episode_of(catalogue_, "e.mp4");
  next.run.spots = {spot_of(song_, 0, 10), spot_of(other_, 20, 30)};
  next.run.spots[1].alternatives = {{song_, 0.5}};
  EXPECT_DONE(catalogue_.remove_recording(song_));
  store(catalogue_, next);
  const auto run = value_of(catalogue_.run_of(next.file.id));
  ASSERT_TRUE(run && run->spots.size() == 1);
  EXPECT_EQ(run->spots[0], spot_of(other_, 20, 30));
  EXPECT_EQ(value_of(catalogue_.stale_files()).size(), 1U);
}

TEST_F(RunsTest, WhatCannotBeStoredLeavesEverythingAsItWas) {
  NewEpisode good = episode_of(catalogue_, "e.mp4");
  good.run.spots = {spot_of(song_, 0, 10)};
  good.episode.id = store(catalogue_, good);
  const auto refuse = [&](Error::Kind kind, auto spoil) {
    NewEpisode bad = good;
    bad.episode.title = "changed";
    spoil(bad);
    EXPECT_EQ(error_of(catalogue_.store_run(bad.episode, bad.file, bad.run)).kind, kind);
  };
  using Kind = Error::Kind;
  const auto nan = std::numeric_limits<double>::quiet_NaN();
  refuse(Kind::kNotFound, [](NewEpisode& e) { e.episode.id = 99; });
  refuse(Kind::kInvalidArgument, [](NewEpisode& e) { e.episode.title = "\xff"; });
  refuse(Kind::kInvalidArgument, [](NewEpisode& e) { e.episode.air_date = "yesterday"; });
  refuse(Kind::kInvalidArgument, [](NewEpisode& e) { e.episode.production = 99; });
  refuse(Kind::kInvalidArgument, [](NewEpisode& e) { e.file.path = ""; });
  refuse(Kind::kInvalidArgument, [](NewEpisode& e) { e.file.id = SourceId(99); });
  refuse(Kind::kInvalidArgument, [](NewEpisode& e) { e.file.digest = digest_of(1234); });
  refuse(Kind::kInvalidArgument, [&](NewEpisode& e) { e.file.id = song_; });
  refuse(Kind::kInvalidArgument, [](NewEpisode& e) { e.file.frame_rate = {25, 0}; });
  refuse(Kind::kInvalidArgument, [](NewEpisode& e) { e.run.at = "now"; });
  refuse(Kind::kInvalidArgument, [](NewEpisode& e) { e.run.spots[0].recording = SourceId(99); });
  refuse(Kind::kInvalidArgument, [&](NewEpisode& e) { e.run.spots[0].level_db = nan; });
  refuse(Kind::kInvalidArgument, [](NewEpisode& e) { e.run.spots[0].confidence = 1.5; });
  refuse(Kind::kInvalidArgument, [](NewEpisode& e) {
    e.run.spots[0].span = {Milliseconds(2), Milliseconds(1)};
  });
  refuse(Kind::kInvalidArgument, [](NewEpisode& e) { e.run.spots[0].alignments[0].rate = 0; });
  const auto run = value_of(catalogue_.run_of(good.file.id));
  ASSERT_TRUE(run);
  EXPECT_EQ(run->spots, good.run.spots);
  EXPECT_EQ(value_of(catalogue_.episode(good.episode.id)).title, "");
  EXPECT_EQ(value_of(catalogue_.episodes()).size(), 1U);
}

TEST_F(RunsTest, ASoundMayBeARecordingAndAnEpisodesFile) {
  NewEpisode next = episode_of(catalogue_, "e.mp4");
  next.file.digest = digest_of(song_.value);
  store(catalogue_, next);
  EXPECT_EQ(value_of(catalogue_.recording_of(next.file.digest))->id, song_);
  EXPECT_EQ(value_of(catalogue_.file_of(next.file.digest))->id, next.file.id);
}

TEST_F(RunsTest, AFileMayMoveToAnotherEpisode) {
  NewEpisode next = episode_of(catalogue_, "e.mp4");
  const auto first = store(catalogue_, next);
  const auto second = store(catalogue_, next);  // again as a new episode
  EXPECT_NE(first, second);
  EXPECT_THAT(value_of(catalogue_.files_of(first)), IsEmpty());
  EXPECT_EQ(value_of(catalogue_.files_of(second)).size(), 1U);
}

}  // namespace
}  // namespace needledrop
