#include "desk/tagged_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/catalogue_test.h"
#include "catalogue/credits.h"
#include "catalogue/facts.h"
#include "catalogue/parties.h"
#include "catalogue/works.h"
#include "desk/desk.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class TaggedFactsTest : public CatalogueFixture {
 protected:
  TaggedFactsTest()
      : files_(posix_file_system()),
        desk_(value_of(
            Desk::open(*files_, system_clock(), folder_ + "/desk", Desk::Purpose::kCreate))),
        recording_(add(desk_.catalogue(), "Rain")) {}

  static Tags tags() {
    Tags tags;
    tags.artist = "Kim Hana; Lee Du";
    tags.composer = "Park";
    tags.lyricist = "Kim Hana";
    tags.album = "Queen OST";
    tags.isrc = "KRA012400001";
    tags.label = "House";
    tags.catalogue_number = "HS-1";
    tags.date = "2024-04-14";
    tags.track_number = 3;
    tags.disc_number = 2;
    return tags;
  }
  std::optional<std::int64_t> state(const Tags& tags) {
    return value_of(state_tags(desk_, {{recording_, 0, "album/1.flac", tags}}));
  }
  const Database& database() { return desk_.catalogue().database(); }

  std::unique_ptr<FileSystem> files_;
  Desk desk_;
  SourceId recording_;
};

TEST_F(TaggedFactsTest, ReleasesPeopleAndCodesWithTheFileAsProvenance) {
  EXPECT_TRUE(state(tags()).has_value());
  const EntityRef recording{EntityKind::kRecording, recording_.value};
  const auto credits = value_of(credits_of(database(), recording));
  ASSERT_THAT(credits, SizeIs(4));
  EXPECT_EQ(value_of(party(database(), credits[1].party)).name, "Lee Du");
  EXPECT_EQ(credits[2].role, Role::kComposer);
  EXPECT_EQ(credits[3].party, credits[0].party);
  const Provenance from = value_of(read_provenance(database(), credits[0].provenance));
  EXPECT_EQ(from.kind, Provenance::Kind::kTags);
  EXPECT_EQ(from.name, "album/1.flac");
  EXPECT_EQ(value_of(identifiers_of(database(), recording)).at(0).code.value, "KRA012400001");
  EXPECT_THAT(value_of(places_on(database(), 1)), ElementsAre(ReleasePlace{2, 3, recording_}));
  EXPECT_THAT(value_of(facts_of(database(), {EntityKind::kRelease, 1})), SizeIs(2));
  EXPECT_THAT(value_of(credits_of(database(), {EntityKind::kRelease, 1})), SizeIs(1));
}

TEST_F(TaggedFactsTest, SaidAgainTheyChangeNothing) {
  state(tags());
  EXPECT_EQ(state(tags()), std::nullopt);
  EXPECT_THAT(value_of(made_edits(desk_.catalogue())), SizeIs(1));
  EXPECT_EQ(state({}), std::nullopt);
}

TEST_F(TaggedFactsTest, WhatIsNoDateOrCodeIsNotSaid) {
  Tags wrong = tags();
  wrong.date = "once upon a time";
  wrong.barcode = "x";
  state(wrong);
  const auto facts = value_of(facts_of(database(), {EntityKind::kRelease, 1}));
  ASSERT_THAT(facts, SizeIs(1));
  EXPECT_EQ(facts[0].value, "HS-1");
}

TEST_F(TaggedFactsTest, AlbumsOfOneTitleAreTwoWhereTheirIdsAre) {
  Tags first = tags();
  first.musicbrainz_release = "0b3cc4ec-6e5a-4f0e-9f9f-000000000003";
  state(first);
  Tags second = tags();
  second.musicbrainz_release = "0b3cc4ec-6e5a-4f0e-9f9f-000000000004";
  state(second);
  EXPECT_THAT(value_of(releases(database())), SizeIs(2));
  state(tags());  // could be either: nothing is made of it
  EXPECT_THAT(value_of(releases(database())), SizeIs(2));
}

}  // namespace
}  // namespace needledrop
