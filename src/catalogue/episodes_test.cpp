#include <algorithm>

#include <gmock/gmock.h>

#include "catalogue/catalogue_test.h"
#include "catalogue/lookup.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using EpisodesTest = CatalogueFixture;

std::vector<std::uint32_t> ids_of(const std::vector<EpisodeFile>& files) {
  std::vector<std::uint32_t> ids(files.size());
  std::ranges::transform(files, ids.begin(), [](const EpisodeFile& file) { return file.id.value; });
  return ids;
}

TEST_F(EpisodesTest, AProductionIsFoundByItsTitleInAnyWriting) {
  Catalogue catalogue = open();
  const Production cafe = value_of(catalogue.production_named("Caf\xC3\xA9 Noir"));
  EXPECT_EQ(cafe.title, "Caf\xC3\xA9 Noir");
  EXPECT_EQ(value_of(catalogue.production_named("CAFE\xCC\x81 noir")).id, cafe.id);
  EXPECT_NE(value_of(catalogue.production_named("Cafe Noir")).id, cafe.id);
  EXPECT_EQ(value_of(catalogue.productions()).size(), 2U);
  for (const std::string_view title : {"", " \t", "\xff"}) {
    EXPECT_EQ(error_of(catalogue.production_named(title)).kind, Error::Kind::kInvalidArgument);
  }
}

TEST_F(EpisodesTest, ARemovedProductionTakesItsEpisodesAndLeavesItsRecordings) {
  Catalogue catalogue = open();
  const auto goes = value_of(catalogue.production_named("Goes")).id;
  const auto stays = value_of(catalogue.production_named("Stays")).id;
  Recording recording = recording_of(value_of(catalogue.reserve_sources(1)).front(), "Song");
  recording.production = goes;
  EXPECT_DONE(catalogue.add_recordings(std::vector{recording}));
  NewEpisode one = episode_of(catalogue, "1.mp4");
  one.episode.production = goes;
  one.run.spots = {spot_of(recording.id, 0, 10)};
  store(catalogue, one);
  NewEpisode two = episode_of(catalogue, "2.mp4");
  two.episode.production = stays;
  const auto kept = store(catalogue, two);
  EXPECT_DONE(catalogue.remove_production(goes));
  EXPECT_EQ(value_of(catalogue.recording(recording.id)).production, 0);
  ASSERT_EQ(value_of(catalogue.episodes()).size(), 1U);
  EXPECT_EQ(value_of(catalogue.episodes())[0].id, kept);
  EXPECT_THAT(value_of(catalogue.sources()), ElementsAre(recording.id, two.file.id));
  EXPECT_THAT(value_of(catalogue.verify()), IsEmpty());
  EXPECT_EQ(error_of(catalogue.remove_production(goes)).kind, Error::Kind::kNotFound);
  EXPECT_NE(value_of(catalogue.production_named("Goes")).id, goes);  // ids don't come again
}

TEST_F(EpisodesTest, FootageIsKeptUntilItsFileGoes) {
  Catalogue catalogue = open();
  NewEpisode one = episode_of(catalogue, "1.mp4");
  const auto id = store(catalogue, one);
  EXPECT_FALSE(value_of(catalogue.footage_of(one.file.id)).has_value());
  const std::string bytes("\0\xFF pictures", 11);
  EXPECT_DONE(catalogue.store_footage(one.file.id, "earlier"));
  EXPECT_DONE(catalogue.store_footage(one.file.id, bytes));
  EXPECT_EQ(value_of(catalogue.footage_of(one.file.id)), bytes);
  one.episode.id = id;
  store(catalogue, one);  // spotted again
  EXPECT_EQ(value_of(catalogue.footage_of(one.file.id)), bytes);
  EXPECT_EQ(error_of(catalogue.store_footage(SourceId(99), bytes)).kind, Error::Kind::kNotFound);
  EXPECT_DONE(catalogue.remove_episode(id));
  EXPECT_FALSE(value_of(catalogue.footage_of(one.file.id)).has_value());
}

TEST_F(EpisodesTest, SharedFootageIsKeptWithTheFootageOfBoth) {
  Catalogue catalogue = open();
  NewEpisode one = episode_of(catalogue, "1.mp4");
  store(catalogue, one);
  NewEpisode two = episode_of(catalogue, "2.mp4");
  const auto second = store(catalogue, two);
  const auto span = [](int start, int end) { return Span{Milliseconds(start), Milliseconds(end)}; };
  const std::vector<SharedFootage> of_one{{span(0, 9), Milliseconds(5)},
                                          {span(20, 30), Milliseconds(40)}};
  const std::vector<SharedFootage> of_two{{span(5, 14), Milliseconds(0)}};
  const auto store_shared = [&] {
    return catalogue.store_shared_footage(one.file.id, of_one, two.file.id, of_two);
  };
  EXPECT_FALSE(store_shared().has_value());  // no footage is kept
  EXPECT_DONE(catalogue.store_footage(one.file.id, "one"));
  EXPECT_DONE(catalogue.store_footage(two.file.id, "two"));
  EXPECT_DONE(store_shared());
  EXPECT_DONE(store_shared());  // in place of what was kept
  EXPECT_THAT(
      value_of(catalogue.shared_footage(one.file.id)),
      ElementsAre(FootageInOther{two.file.id, of_one[0]}, FootageInOther{two.file.id, of_one[1]}));
  EXPECT_THAT(value_of(catalogue.shared_footage(two.file.id)),
              ElementsAre(FootageInOther{one.file.id, of_two[0]}));
  EXPECT_DONE(catalogue.store_footage(one.file.id, "seen anew"));
  EXPECT_THAT(value_of(catalogue.shared_footage(one.file.id)), IsEmpty());
  EXPECT_THAT(value_of(catalogue.shared_footage(two.file.id)), IsEmpty());
  EXPECT_DONE(store_shared());
  EXPECT_DONE(catalogue.remove_episode(second));
  EXPECT_THAT(value_of(catalogue.shared_footage(one.file.id)), IsEmpty());
}

TEST_F(EpisodesTest, ARemovedEpisodeTakesItsFiles) {
  Catalogue catalogue = open();
  NewEpisode part = episode_of(catalogue, "1.mp4");
  const auto id = store(catalogue, part);
  NewEpisode second = episode_of(catalogue, "2.mp4");
  second.episode.id = id;
  store(catalogue, second);
  EXPECT_EQ(value_of(catalogue.files_of(id)).size(), 2U);
  EXPECT_DONE(catalogue.remove_episode(id));
  EXPECT_THAT(value_of(catalogue.sources()), IsEmpty());
  EXPECT_FALSE(value_of(catalogue.run_of(part.file.id)));
  EXPECT_EQ(error_of(catalogue.remove_episode(id)).kind, Error::Kind::kNotFound);
  EXPECT_EQ(error_of(catalogue.episode(id)).kind, Error::Kind::kNotFound);
  EXPECT_NE(store(catalogue, episode_of(catalogue, "3.mp4")), id);
}

TEST_F(EpisodesTest, FilesComeInOrderOfCutAndPart) {
  Catalogue catalogue = open();
  std::int64_t id = 0;
  for (const auto& [part, cut] : {std::pair(2, ""), std::pair(1, "export"), std::pair(1, "")}) {
    NewEpisode next = episode_of(catalogue, "x.mp4");
    next.episode.id = id;
    next.file.part = part;
    next.file.cut = cut;
    id = store(catalogue, next);
  }
  EXPECT_THAT(ids_of(value_of(catalogue.files_of(id))), ElementsAre(3, 1, 2));
  EXPECT_THAT(ids_of(value_of(catalogue.episode_files())), ElementsAre(1, 2, 3));
}

TEST_F(EpisodesTest, FilesAreKnownBySizeAndDigest) {
  Catalogue catalogue = open();
  NewEpisode episode = episode_of(catalogue, "x.mp4");
  episode.file.size = 6'000'000'000;
  store(catalogue, episode);
  EXPECT_TRUE(value_of(catalogue.has_file_of_size(6'000'000'000)));
  EXPECT_FALSE(value_of(catalogue.has_file_of_size(6'000'000'001)));
  const auto file = value_of(catalogue.file_of(episode.file.digest));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->id, episode.file.id);
  EXPECT_FALSE(value_of(catalogue.file_of(digest_of(999))));
  EXPECT_FALSE(value_of(catalogue.recording_of(episode.file.digest)));  // known, but no recording
}

TEST(EpisodeMark, IsReadInThreeForms) {
  const auto read = [](std::string_view text) {
    const auto mark = read_episode_mark(text);
    return mark ? std::pair(mark->season.value_or(-1), mark->number) : std::pair(-2, -2);
  };
  EXPECT_EQ(read("S01E12"), std::pair(1, 12));
  EXPECT_EQ(read("s1e2"), std::pair(1, 2));
  EXPECT_EQ(read("02x003"), std::pair(2, 3));
  EXPECT_EQ(read("E7"), std::pair(-1, 7));
  for (const char* text : {"", "S", "S01", "S01E", "E", "x1", "1x", "12", "S01E12b", "SE1", "S1E-1",
                           "S1E1234567", "episode 1"}) {
    EXPECT_EQ(read(text), std::pair(-2, -2)) << text;
  }
}

class FindEpisodeTest : public CatalogueFixture {
 protected:
  FindEpisodeTest() {
    add_episode("Queen of Rain", 1, 1, "The Flood");     // 1
    add_episode("Queen of Rain", 1, 2, "");              // 2
    add_episode("Queen Mary", 1, 2, "The Crown");        // 3
    add_episode("Rain", 2, 2, "Drought");                // 4
    add_episode("", std::nullopt, std::nullopt, "4");    // 5
    add_episode("", std::nullopt, 3, "");                // 6
    add_episode("눈물의 여왕", std::nullopt, 1, "1회");  // 7
    add_episode("AC/DC Story", 1, 9, "Bells");           // 8
  }

  void add_episode(std::string_view production, std::optional<int> season,
                   std::optional<int> number, std::string title) {
    NewEpisode next = episode_of(catalogue_, "in/" + std::to_string(++count_) + "\xff.mp4");
    if (!production.empty()) {
      next.episode.production = value_of(catalogue_.production_named(production)).id;
    }
    next.episode.season = season;
    next.episode.number = number;
    next.episode.title = std::move(title);
    EXPECT_EQ(store(catalogue_, next), count_);
  }
  std::int64_t find(std::string_view what) { return value_of(catalogue_.find_episode(what)).id; }
  Error find_error(std::string_view what) { return error_of(catalogue_.find_episode(what)); }

  int count_ = 0;
  Catalogue catalogue_ = open();
};

TEST_F(FindEpisodeTest, ByIdBeforeAllElse) {
  EXPECT_EQ(find("4"), 4);
  EXPECT_EQ(find("8"), 8);
}

TEST_F(FindEpisodeTest, ByTheExactBytesOfAPath) {
  EXPECT_EQ(find("in/3\xff.mp4"), 3);
}

TEST_F(FindEpisodeTest, ByPlaceInAProduction) {
  EXPECT_EQ(find("Queen of Rain/S01E02"), 2);
  EXPECT_EQ(find("queen of rain/s1e2"), 2);
  EXPECT_EQ(find("QUEEN OF RAIN/1x02"), 2);
  EXPECT_EQ(find("Queen of Rain/E2"), 2);
  EXPECT_EQ(find("눈물의 여왕/E01"), 7);
  EXPECT_EQ(find("AC/DC Story/S01E09"), 8);
}

TEST_F(FindEpisodeTest, AProductionMayBeShortened) {
  EXPECT_EQ(find("queen m/S01E02"), 3);
  EXPECT_EQ(find("mary/S01E02"), 3);
  EXPECT_EQ(find("여왕/E1"), 7);
  EXPECT_EQ(find("queen/S01E01"), 1);  // two productions begin so, one has that episode
}

TEST_F(FindEpisodeTest, AWholeTitleIsNotAPartOfAnother) {
  EXPECT_EQ(find("rain/S02E02"), 4);
  EXPECT_EQ(find_error("rain/S01E02").kind, Error::Kind::kNotFound);
}

TEST_F(FindEpisodeTest, WithoutAProductionWhenOnlyOneFits) {
  EXPECT_EQ(find("S02E02"), 4);
  EXPECT_EQ(find("E3"), 6);
  EXPECT_EQ(find_error("S01E02").kind, Error::Kind::kAmbiguous);
}

TEST_F(FindEpisodeTest, ByAPartOfATitle) {
  EXPECT_EQ(find("drought"), 4);
  EXPECT_EQ(find("FLOOD"), 1);
  EXPECT_EQ(find("눈물"), 7);
  EXPECT_EQ(find("mary"), 3);
  EXPECT_EQ(find("Rain"), 4);  // the whole title of a production comes before parts
}

TEST_F(FindEpisodeTest, AnAmbiguousNameListsTheChoices) {
  const Error error = find_error("queen");
  EXPECT_EQ(error.kind, Error::Kind::kAmbiguous);
  EXPECT_EQ(error.message,
            "3 episodes fit 'queen': 1 Queen of Rain/S01E01, 2 Queen of Rain/S01E02, "
            "3 Queen Mary/S01E02; name it by its number");
  EXPECT_EQ(find_error("queen/S01E02").message,
            "2 episodes fit 'queen/S01E02': 2 Queen of Rain/S01E02, 3 Queen Mary/S01E02; "
            "name it by its number");
}

TEST_F(FindEpisodeTest, WhatNothingFits) {
  for (const std::string_view what : {"", "99", "snow", "queen/S09E09", "snow/S01E01", "%"}) {
    EXPECT_EQ(find_error(what).kind, Error::Kind::kNotFound) << what;
  }
}

}  // namespace
}  // namespace needledrop
