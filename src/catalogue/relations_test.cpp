#include <gmock/gmock.h>

#include "catalogue/catalogue_test.h"
#include "catalogue/statement.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class RelationsTest : public CatalogueFixture {
 protected:
  Catalogue catalogue_ = open();
  SourceId song_ = add(catalogue_, "Song");
  SourceId vocal_ = add(catalogue_, "Song");
  SourceId edit_ = add(catalogue_, "Song");
  Relation version_ = {song_, vocal_, RelationKind::kVersion, 0.5, {{Tick(0), Tick(900), Tick(0)}}};
  Relation shortened_ = {song_,
                         edit_,
                         RelationKind::kEdit,
                         0.75,
                         {{Tick(10), Tick(500), Tick(10)}, {Tick(700), Tick(800), Tick(-190)}}};
};

TEST_F(RelationsTest, AreReadAsTheyWereStored) {
  EXPECT_THAT(value_of(catalogue_.unaligned_recordings()), ElementsAre(song_, vocal_, edit_));
  const auto before = value_of(catalogue_.recordings_state());
  EXPECT_DONE(
      catalogue_.store_relations(std::vector{song_, edit_}, std::vector{version_, shortened_}));
  EXPECT_THAT(value_of(catalogue_.relations()), ElementsAre(version_, shortened_));
  EXPECT_THAT(value_of(catalogue_.unaligned_recordings()), ElementsAre(vocal_));
  EXPECT_NE(value_of(catalogue_.recordings_state()), before) << "runs decided without them";
  EXPECT_THAT(value_of(catalogue_.verify()), IsEmpty());
}

TEST_F(RelationsTest, ThatNothingIsSharedMakesNoRunStale) {
  const auto before = value_of(catalogue_.recordings_state());
  EXPECT_DONE(catalogue_.store_relations(std::vector{song_}, {}));
  EXPECT_EQ(value_of(catalogue_.recordings_state()), before);
  EXPECT_THAT(value_of(catalogue_.relations()), IsEmpty());
}

TEST_F(RelationsTest, StoringAPairAgainReplacesIt) {
  EXPECT_DONE(catalogue_.store_relations({}, std::vector{version_, shortened_}));
  version_.kind = RelationKind::kSame;
  version_.stretches = {{Tick(3), Tick(4), Tick(1)}};
  EXPECT_DONE(catalogue_.store_relations({}, std::vector{version_}));
  EXPECT_THAT(value_of(catalogue_.relations()), ElementsAre(version_, shortened_));
}

TEST_F(RelationsTest, GoWithTheirRecordings) {
  EXPECT_DONE(catalogue_.store_relations({}, std::vector{version_, shortened_}));
  EXPECT_DONE(catalogue_.remove_recording(vocal_));
  EXPECT_THAT(value_of(catalogue_.relations()), ElementsAre(shortened_));
  EXPECT_DONE(catalogue_.store_relations(std::vector{vocal_}, std::vector{version_}));
  EXPECT_THAT(value_of(catalogue_.relations()), ElementsAre(shortened_)) << "removed meanwhile";
  EXPECT_DONE(catalogue_.remove_recording(song_));
  EXPECT_THAT(value_of(catalogue_.relations()), IsEmpty());
  EXPECT_THAT(value_of(catalogue_.verify()), IsEmpty());
}

TEST_F(RelationsTest, TimesThatNoRecordingHasAreDamage) {
  EXPECT_DONE(catalogue_.store_relations({}, std::vector{version_}));
  EXPECT_DONE(value_of(Database::open(path_, Database::Access::kReadWrite))
                  ->execute("UPDATE shared_stretch SET offset_ms = 1 << 50"));
  EXPECT_EQ(error_of(catalogue_.relations()).kind, Error::Kind::kCorrupt);
}

}  // namespace
}  // namespace needledrop
