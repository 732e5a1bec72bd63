#include <limits>
#include <tuple>

#include <gmock/gmock.h>

#include "catalogue/catalogue_test.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using RecordingsTest = CatalogueFixture;

/// Everything in a recording, so that two can be compared.
auto everything(const Recording& r) {
  return std::tuple(r.id.value, r.title, r.artist, r.album, r.track_number, r.isrc,
                    r.musicbrainz_recording, r.musicbrainz_release, r.version, r.production,
                    r.digest.hex(), r.duration.count(), r.paths);
}

Recording full_recording(Catalogue& catalogue) {
  Recording recording = recording_of(value_of(catalogue.reserve_sources(1)).front(), "비의 노래");
  recording.artist = "'); DROP TABLE recording; --";
  recording.album = "Line\nbreak \"quoted\" 🎵";
  recording.track_number = -3;
  recording.isrc = "KRA012600001";
  recording.musicbrainz_recording = "b1a9c0e9-d987-4042-ae91-78d6a3267d69";
  recording.musicbrainz_release = "release";
  recording.version = "instrumental";
  recording.production = value_of(catalogue.production_named("Queen of Rain")).id;
  recording.paths = {"z \xff\xfe.flac", "a.flac", std::string("nul\0.flac", 9)};
  return recording;
}

TEST_F(RecordingsTest, ComesBackAsItWasAdded) {
  Catalogue catalogue = open();
  const SourceId before = add(catalogue, "first");
  const Recording recording = full_recording(catalogue);
  EXPECT_DONE(catalogue.add_recordings(std::vector{recording}));
  EXPECT_EQ(everything(value_of(catalogue.recording(recording.id))), everything(recording));
  const auto by_digest = value_of(catalogue.recording_of(recording.digest));
  ASSERT_TRUE(by_digest);
  EXPECT_EQ(everything(*by_digest), everything(recording));
  const auto all = value_of(open().recordings());
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, before);
  EXPECT_EQ(all[0].paths.size(), 1U);
  EXPECT_EQ(everything(all[1]), everything(recording));
  EXPECT_FALSE(value_of(catalogue.recording_of(digest_of(999))));
  EXPECT_EQ(error_of(catalogue.recording(SourceId(999))).kind, Error::Kind::kNotFound);
}

TEST_F(RecordingsTest, OneThatCannotBeStoredKeepsAllOut) {
  Catalogue catalogue = open();
  const SourceId known = add(catalogue, "known");
  const auto ids = value_of(catalogue.reserve_sources(2));
  const auto state = value_of(catalogue.recordings_state());
  const auto refuse = [&](const char* why, auto spoil) {
    std::vector<Recording> recordings{recording_of(ids[0], "good"), recording_of(ids[1], "bad")};
    spoil(recordings[1]);
    const Error error = error_of(catalogue.add_recordings(recordings));
    EXPECT_EQ(error.kind, Error::Kind::kInvalidArgument) << why;
    EXPECT_THAT(error.message, HasSubstr(why));
  };
  refuse("not UTF-8", [](Recording& r) { r.title = "\xff"; });
  refuse("not UTF-8", [](Recording& r) { r.artist = std::string("a\0b", 3); });
  refuse("65536", [](Recording& r) { r.album = std::string(70'000, 'x'); });
  refuse("a version is one of", [](Recording& r) { r.version = "karaoke"; });
  refuse("no path", [](Recording& r) { r.paths = {}; });
  refuse("no path", [](Recording& r) { r.paths = {"a", ""}; });
  refuse("not reserved", [](Recording& r) { r.id = SourceId(1000); });
  refuse("not reserved", [](Recording& r) { r.id = SourceId(0); });
  refuse("is taken", [&](Recording& r) { r.id = known; });
  refuse("same sound as recording 1", [&](Recording& r) { r.digest = digest_of(known.value); });
  refuse("not stored", [](Recording& r) { r.production = 77; });
  refuse("not stored", [](Recording& r) { r.duration = Milliseconds(-1); });
  EXPECT_EQ(value_of(catalogue.recordings()).size(), 1U);
  EXPECT_EQ(value_of(catalogue.recordings_state()), state);
}

TEST_F(RecordingsTest, AnUpdateStoresTagsAndNewPathsAndMakesNothingStale) {
  Catalogue catalogue = open();
  Recording recording = full_recording(catalogue);
  EXPECT_DONE(catalogue.add_recordings(std::vector{recording}));
  NewEpisode episode = episode_of(catalogue, "e.mp4");
  store(catalogue, episode);
  const auto state = value_of(catalogue.recordings_state());
  recording.title = "Rain Song";
  recording.production = 0;
  recording.track_number = std::nullopt;
  recording.version = "live";
  auto update = recording;
  update.paths = {"a.flac", "new.flac"};
  EXPECT_DONE(catalogue.update_recording(update));
  recording.paths.emplace_back("new.flac");
  EXPECT_EQ(everything(value_of(catalogue.recording(recording.id))), everything(recording));
  EXPECT_EQ(value_of(catalogue.recordings_state()), state);
  EXPECT_THAT(value_of(catalogue.stale_files()), IsEmpty());
  update.id = SourceId(999);
  EXPECT_EQ(error_of(catalogue.update_recording(update)).kind, Error::Kind::kNotFound);
}

TEST_F(RecordingsTest, RemovalTakesTheSpotsThatNameItAndMakesFilesStale) {
  Catalogue catalogue = open();
  const SourceId goes = add(catalogue, "goes");
  const SourceId stays = add(catalogue, "stays");
  NewEpisode episode = episode_of(catalogue, "e.mp4");
  episode.run.spots = {spot_of(stays, 0, 1000), spot_of(goes, 500, 2000),
                       spot_of(stays, 3000, 4000)};
  episode.run.spots[2].alternatives = {{goes, 0.5}, {stays, 0.25}};
  store(catalogue, episode);
  EXPECT_DONE(catalogue.remove_recording(goes));
  const auto run = value_of(catalogue.run_of(episode.file.id));
  ASSERT_TRUE(run);
  auto expected = episode.run.spots;
  expected.erase(expected.begin() + 1);
  expected[1].alternatives.erase(expected[1].alternatives.begin());
  EXPECT_EQ(run->spots, expected);
  EXPECT_EQ(value_of(catalogue.stale_files()).size(), 1U);
  EXPECT_THAT(value_of(catalogue.sources()), ElementsAre(stays, episode.file.id));
  EXPECT_THAT(value_of(catalogue.verify()), IsEmpty());
  EXPECT_EQ(error_of(catalogue.remove_recording(goes)).kind, Error::Kind::kNotFound);
  EXPECT_EQ(error_of(catalogue.remove_recording(episode.file.id)).kind, Error::Kind::kNotFound);
}

TEST_F(RecordingsTest, IdsAreNeverGivenTwice) {
  Catalogue catalogue = open();
  EXPECT_THAT(value_of(catalogue.reserve_sources(0)), IsEmpty());
  EXPECT_THAT(value_of(catalogue.reserve_sources(3)),
              ElementsAre(SourceId(1), SourceId(2), SourceId(3)));
  const SourceId id = add(catalogue, "x");
  EXPECT_EQ(id, SourceId(4));
  EXPECT_DONE(catalogue.remove_recording(id));
  EXPECT_EQ(value_of(open().reserve_sources(1)).front(), SourceId(5));
  const Error error = error_of(catalogue.reserve_sources(std::numeric_limits<std::size_t>::max()));
  EXPECT_EQ(error.kind, Error::Kind::kInvalidArgument);
  EXPECT_EQ(value_of(catalogue.reserve_sources(1)).front(), SourceId(6));
}

TEST_F(RecordingsTest, EveryComingAndGoingChangesTheState) {
  Catalogue catalogue = open();
  const auto empty = value_of(catalogue.recordings_state());
  EXPECT_DONE(catalogue.add_recordings({}));
  EXPECT_EQ(value_of(catalogue.recordings_state()), empty);
  const SourceId id = add(catalogue, "x");
  const auto one = value_of(catalogue.recordings_state());
  EXPECT_NE(one, empty);
  EXPECT_DONE(catalogue.remove_recording(id));
  const auto none = value_of(catalogue.recordings_state());
  EXPECT_NE(none, one);
  EXPECT_NE(none, empty);
}

class FindRecordingTest : public CatalogueFixture {
 protected:
  FindRecordingTest() {
    add(catalogue_, "Rain");
    add(catalogue_, "Rain Song");
    Recording other = recording_of(value_of(catalogue_.reserve_sources(1)).front(), "Rain Song");
    other.artist = "Haneul";
    other.version = "instrumental";
    other.paths = {"album/cafe\xCC\x81.flac", "\xff"};
    EXPECT_DONE(catalogue_.add_recordings(std::vector{other}));
    add(catalogue_, "비의 여왕");
    add(catalogue_, "1");
    add(catalogue_, "1999");
  }
  SourceId::rep find(std::string_view what) {
    return value_of(catalogue_.find_recording(what)).id.value;
  }
  Error find_error(std::string_view what) { return error_of(catalogue_.find_recording(what)); }

  Catalogue catalogue_ = open();
};

TEST_F(FindRecordingTest, ByIdBeforeAllElse) {
  EXPECT_EQ(find("3"), 3U);
  EXPECT_EQ(find("1"), 1U);     // not the one whose title is "1"
  EXPECT_EQ(find("1999"), 6U);  // no id, so a title
}

TEST_F(FindRecordingTest, ByTheExactBytesOfAnyPath) {
  EXPECT_EQ(find("album/2.flac"), 2U);
  EXPECT_EQ(find("\xff"), 3U);
  EXPECT_EQ(find_error("album/2.FLAC").kind, Error::Kind::kNotFound);
}

TEST_F(FindRecordingTest, ByTitleAndThenByAPartOfIt) {
  EXPECT_EQ(find("RAIN"), 1U);  // the whole title, though it is a part of others
  EXPECT_EQ(find("여왕"), 4U);
  EXPECT_EQ(find("99"), 6U);
}

TEST_F(FindRecordingTest, AnAmbiguousNameListsTheChoices) {
  const Error error = find_error("song");
  EXPECT_EQ(error.kind, Error::Kind::kAmbiguous);
  EXPECT_EQ(error.message,
            "2 recordings fit 'song': 2 Rain Song, 3 Rain Song by Haneul (instrumental); "
            "name it by its number");
}

TEST_F(FindRecordingTest, WhatNothingFits) {
  for (const std::string_view what : {"snow", "", "%", "_", "99999999999999999999", "\xC2\xAD"}) {
    EXPECT_EQ(find_error(what).kind, Error::Kind::kNotFound) << what;
  }
  EXPECT_THAT(find_error("a\x1b[2Jb").message, HasSubstr("a\uFFFD[2Jb"));
}

TEST_F(FindRecordingTest, ManyChoicesAreCounted) {
  for (int i = 0; i < 20; ++i) {
    add(catalogue_, "Theme");
  }
  const Error error = find_error("theme");
  EXPECT_THAT(error.message, HasSubstr("20 recordings fit"));
  EXPECT_THAT(error.message, HasSubstr("and 8 more"));
}

}  // namespace
}  // namespace needledrop
