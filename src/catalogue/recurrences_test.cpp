#include <gmock/gmock.h>

#include "catalogue/catalogue_test.h"
#include "catalogue/recurrence_naming.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

RecurrencePlace place_of(SourceId file, int start, int end, int position = 0) {
  return {file,
          {Milliseconds(start * 1'000), Milliseconds(end * 1'000)},
          Milliseconds(position * 1'000),
          1,
          0.25,
          0.75};
}

class RecurrencesTest : public CatalogueFixture {
 protected:
  SourceId add_file(std::string path) {
    const NewEpisode episode = episode_of(catalogue_, std::move(path));
    store(catalogue_, episode);
    return episode.file.id;
  }
  void search(std::vector<SourceId> files, std::vector<Recurrence> found) {
    EXPECT_DONE(catalogue_.store_recurrences(files, found));
  }
  [[nodiscard]] std::vector<NamedRecurrence> all() { return value_of(catalogue_.recurrences()); }

  Catalogue catalogue_ = open();
  SourceId one_ = add_file("E01.mp4");
  SourceId two_ = add_file("E02.mp4");
  SourceId three_ = add_file("E03.mp4");
  Recurrence theme_{RecurrenceKind::kTitle, {place_of(one_, 10, 40), place_of(two_, 12, 42)}, 1};
  Recurrence jingle_{
      RecurrenceKind::kJingle, {place_of(one_, 90, 95), place_of(two_, 200, 205)}, 0};
};

TEST_F(RecurrencesTest, AreReadAsTheyWereStored) {
  search({one_, two_}, {theme_, jingle_});
  EXPECT_THAT(all(), ElementsAre(NamedRecurrence{1, "", SourceId(), theme_},
                                 NamedRecurrence{2, "", SourceId(), jingle_}));
  EXPECT_EQ(name_of(all()[1]), "unknown cue 2");
  EXPECT_THAT(value_of(catalogue_.recurrences_of(two_)), SizeIs(2));
  EXPECT_THAT(value_of(catalogue_.recurrences_of(three_)), IsEmpty());
  EXPECT_THAT(value_of(catalogue_.verify()), IsEmpty());
}

TEST_F(RecurrencesTest, KeepTheirNumbersWhenFoundAgainInAnotherOrder) {
  search({one_, two_}, {theme_, jingle_});
  Recurrence moved = theme_;
  moved.places[0].span.start += Milliseconds(800);
  search({one_, two_}, {jingle_, moved});
  EXPECT_THAT(all(), ElementsAre(NamedRecurrence{1, "", SourceId(), moved},
                                 NamedRecurrence{2, "", SourceId(), jingle_}));
}

TEST_F(RecurrencesTest, AnEpisodeThatIsNewJoins) {
  search({one_, two_}, {theme_});
  // A search of the third alone, which meets the second's place 5 s into the music.
  const Recurrence joined{
      RecurrenceKind::kMusic, {place_of(two_, 17, 42, 0), place_of(three_, 30, 60, 0)}, 1};
  search({three_}, {joined});
  const auto known = all();
  ASSERT_THAT(known, SizeIs(1));
  EXPECT_EQ(known[0].id, 1);
  ASSERT_THAT(known[0].music.places, SizeIs(3));
  EXPECT_EQ(known[0].music.places[0].span.start, Milliseconds(10'000));
  EXPECT_EQ(known[0].music.places[0].position, Milliseconds(0));
  EXPECT_EQ(known[0].music.places[2].position, Milliseconds(5'000));
  EXPECT_EQ(known[0].music.best, 2U);
}

TEST_F(RecurrencesTest, NumbersAreNeverUsedAgain) {
  search({one_, two_}, {theme_, jingle_});
  search({one_, two_}, {theme_});
  EXPECT_THAT(all(), SizeIs(1)) << "what is not found again goes";
  search({one_, two_}, {theme_, jingle_});
  EXPECT_EQ(all()[1].id, 3);
}

TEST_F(RecurrencesTest, WhatAPersonHasNamedStays) {
  search({one_, two_}, {theme_, jingle_});
  EXPECT_DONE(catalogue_.label_recurrence(2, "Door bell"));
  search({one_, two_}, {});
  ASSERT_THAT(all(), SizeIs(1));
  EXPECT_EQ(name_of(all()[0]), "Door bell");
  EXPECT_THAT(all()[0].music.places, IsEmpty());
  search({one_, two_}, {jingle_});
  EXPECT_THAT(all(), SizeIs(2)) << "nothing tells that it is the same";
}

TEST_F(RecurrencesTest, ACataloguedOneStaysAsItIs) {
  search({one_, two_}, {theme_, jingle_});
  const SourceId recording = add(catalogue_, "Theme");
  EXPECT_DONE(catalogue_.identify_recurrence(1, recording));
  search({one_, two_}, {jingle_});
  EXPECT_THAT(all(), ElementsAre(NamedRecurrence{1, "", recording, theme_},
                                 NamedRecurrence{2, "", SourceId(), jingle_}));
  EXPECT_DONE(catalogue_.remove_recording(recording));
  EXPECT_EQ(all()[0].recording, SourceId());
}

TEST_F(RecurrencesTest, PlacesGoWithTheirEpisode) {
  search({one_, two_}, {theme_});
  const auto file = value_of(catalogue_.file_of(digest_of(two_.value)));
  EXPECT_DONE(catalogue_.remove_episode(file->episode));
  ASSERT_THAT(all(), SizeIs(1));
  EXPECT_THAT(all()[0].music.places, SizeIs(1));
  EXPECT_EQ(all()[0].music.best, 0U) << "the best one went";
  EXPECT_DONE(catalogue_.store_recurrences(std::vector{one_, two_}, std::vector{theme_}));
  EXPECT_THAT(all()[0].music.places, SizeIs(1)) << "a file that was removed meanwhile has none";
}

TEST_F(RecurrencesTest, AreFoundByNumberNameAndLabel) {
  search({one_, two_}, {theme_, jingle_});
  EXPECT_DONE(catalogue_.label_recurrence(2, "Door Bell"));
  EXPECT_EQ(value_of(catalogue_.find_recurrence("1")).id, 1);
  EXPECT_EQ(value_of(catalogue_.find_recurrence("unknown cue 1")).id, 1);
  EXPECT_EQ(value_of(catalogue_.find_recurrence("unknown cue 2")).id, 2);
  EXPECT_EQ(value_of(catalogue_.find_recurrence("door")).id, 2);
  EXPECT_EQ(error_of(catalogue_.find_recurrence("unknown cue 7")).kind, Error::Kind::kNotFound);
  EXPECT_DONE(catalogue_.label_recurrence(2, "Theme 7"));
  const Error gone = error_of(catalogue_.find_recurrence("unknown cue 7"));
  EXPECT_EQ(gone.kind, Error::Kind::kNotFound);
  EXPECT_EQ(gone.message, "no cue fits 'unknown cue 7'; give its number or a part of its label");
  EXPECT_EQ(value_of(catalogue_.find_recurrence("7")).id, 2);
  EXPECT_EQ(error_of(catalogue_.label_recurrence(7, "x")).kind, Error::Kind::kNotFound);
  EXPECT_EQ(error_of(catalogue_.label_recurrence(1, "\xFF")).kind, Error::Kind::kInvalidArgument);
}

TEST_F(RecurrencesTest, TheOneThatSharesMostPlacesIsTheOldOne) {
  const Recurrence whole{RecurrenceKind::kMusic,
                         {place_of(one_, 10, 40), place_of(two_, 12, 42), place_of(three_, 50, 80)},
                         0};
  const std::vector<NamedRecurrence> known = {{4, "", SourceId(), whole}};
  const Recurrence part{
      RecurrenceKind::kMusic, {place_of(three_, 50, 80), place_of(three_, 500, 530)}, 0};
  const auto result = renamed(known, std::vector{one_, two_, three_}, std::vector{part, theme_});
  ASSERT_THAT(result, SizeIs(2));
  EXPECT_EQ(result[0], (NamedRecurrence{4, "", SourceId(), theme_}));
  EXPECT_EQ(result[1], (NamedRecurrence{0, "", SourceId(), part}));
}

}  // namespace
}  // namespace needledrop
