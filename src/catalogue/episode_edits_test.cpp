#include "catalogue/episode_edits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/catalogue_test.h"
#include "catalogue/entity_lookup.h"
#include "catalogue/parties.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class EpisodeEditsTest : public CatalogueFixture {
 protected:
  Catalogue catalogue_ = open();
  CatalogueEdit edit_ =
      value_of(CatalogueEdit::begin(catalogue_, {"Ada", "2026-03-09T08:00:00Z", "test"}));
  const Database& database_ = catalogue_.database();
};

TEST_F(EpisodeEditsTest, AnEpisodeIsKnownBeforeItsFileIs) {
  const std::int64_t queen = value_of(add_production(edit_, {0, "Queen"}));
  Episode episode{0, queen, 1, 2, "Rain", {}};
  episode.id = value_of(add_episode(edit_, episode));
  episode.title = "Rain, again";
  EXPECT_DONE(update_episode(edit_, episode));
  EXPECT_TRUE(value_of(edit_.commit()).has_value());
  EXPECT_EQ(value_of(catalogue_.find_episode("Queen/S01E02")).title, "Rain, again");
  episode.id = 99;
  EXPECT_EQ(error_of(update_episode(edit_, episode)).kind, Error::Kind::kNotFound);
  EXPECT_EQ(error_of(add_episode(edit_, {})).kind, Error::Kind::kInvalidArgument);
  EXPECT_EQ(error_of(add_production(edit_, {0, " "})).kind, Error::Kind::kInvalidArgument);
}

TEST_F(EpisodeEditsTest, ASeasonIsMadeOnce) {
  const std::int64_t queen = value_of(add_production(edit_, {0, "Queen"}));
  const std::int64_t second = value_of(season_of(edit_, queen, 2));
  EXPECT_EQ(value_of(season_of(edit_, queen, 2)), second);
  EXPECT_THAT(value_of(seasons(database_)), ElementsAre(Season{second, queen, 2}));
  EXPECT_EQ(error_of(season_of(edit_, queen + 1, 1)).kind, Error::Kind::kNotFound);
  EXPECT_EQ(value_of(find_entity(database_, EntityKind::kSeason, "queen s02")).id, second);
}

TEST_F(EpisodeEditsTest, ThingsAreFoundByNumberNameOrPart) {
  const std::int64_t actor =
      value_of(add_party(edit_, {0, Party::Kind::kPerson, "Kim Soo-hyun", "the actor"}));
  const std::int64_t other = value_of(add_party(edit_, {0, Party::Kind::kPerson, "Kim", ""}));
  const auto find = [&](std::string_view what) {
    return find_entity(database_, EntityKind::kParty, what);
  };
  EXPECT_EQ(value_of(find(std::to_string(actor))).id, actor);
  EXPECT_EQ(value_of(find("KIM")).id, other);  // the whole name stands before a part
  EXPECT_EQ(value_of(find("soo-hyun")).id, actor);
  EXPECT_THAT(error_of(find("ki")).message,
              HasSubstr("2 parties fit 'ki': 1 Kim Soo-hyun (the actor)"));
  EXPECT_EQ(error_of(find("Lee")).kind, Error::Kind::kNotFound);
  EXPECT_EQ(error_of(find("")).kind, Error::Kind::kNotFound);
  EXPECT_EQ(error_of(find_entity(database_, EntityKind::kRecording, "x")).kind,
            Error::Kind::kInvalidArgument);
}

}  // namespace
}  // namespace needledrop
