// Parties, works, credits, facts and broadcasts together, as an edit makes them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/broadcasts.h"
#include "catalogue/catalogue_test.h"
#include "catalogue/credits.h"
#include "catalogue/episode_edits.h"
#include "catalogue/facts.h"
#include "catalogue/licences.h"
#include "catalogue/parties.h"
#include "catalogue/works.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class RightsTest : public CatalogueFixture {
 protected:
  Catalogue catalogue_ = open();

  [[nodiscard]] const Database& database() const { return catalogue_.database(); }

  /// Makes an edit of what `make` does.
  template <typename Make>
  void edit(Make make) {
    auto edit = value_of(CatalogueEdit::begin(catalogue_, {"Ada", "2026-03-09T08:00:00Z", "test"}));
    make(edit);
    EXPECT_DONE(edit.commit());
  }
  std::int64_t provenance(CatalogueEdit& edit, std::string name) {
    return value_of(edit.provenance_id({0, Provenance::Kind::kImport, std::move(name), ""}));
  }
};

constexpr EntityRef kWork{EntityKind::kWork, 1};

TEST_F(RightsTest, TwoOfOneNameStayTwo) {
  edit([](CatalogueEdit& edit) {
    EXPECT_EQ(value_of(add_party(edit, {0, Party::Kind::kPerson, "김수현", "the actor"})), 1);
    EXPECT_EQ(value_of(add_party(edit, {0, Party::Kind::kPerson, "김수현", "the singer"})), 2);
    EXPECT_DONE(update_party(edit, {2, Party::Kind::kPerson, "김수현", "the songwriter"}));
    EXPECT_EQ(error_of(update_party(edit, {7, Party::Kind::kPerson, "X", ""})).kind,
              Error::Kind::kNotFound);
    EXPECT_EQ(error_of(add_party(edit, {0, Party::Kind::kPerson, " ", ""})).kind,
              Error::Kind::kInvalidArgument);
  });
  const auto all = value_of(parties(database()));
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(label_of(all[0]), "김수현 (the actor)");
  EXPECT_EQ(label_of(all[1]), "김수현 (the songwriter)");
}

TEST_F(RightsTest, ARecordingPerformsWorksAndStandsOnReleases) {
  const SourceId song = add(catalogue_, "Promise");
  edit([&](CatalogueEdit& edit) {
    const auto from = provenance(edit, "works.csv");
    const auto one = value_of(add_work(edit, {0, "Promise", ""}));
    const auto other = value_of(add_work(edit, {0, "Vow", ""}));
    EXPECT_DONE(link_work(edit, song, other, from));
    EXPECT_DONE(link_work(edit, song, one, from));
    EXPECT_DONE(link_work(edit, song, one, from));
    EXPECT_EQ(error_of(link_work(edit, SourceId(99), one, from)).message,
              "there is no recording 99");
    EXPECT_EQ(error_of(link_work(edit, song, 99, from)).message, "there is no work 99");
    const auto album = value_of(add_release(edit, {0, 0, "OST", ""}));
    EXPECT_DONE(place_on_release(edit, album, {1, 4, song}));
  });
  EXPECT_THAT(value_of(works_of(database(), song)),
              ElementsAre(Work{1, "Promise", ""}, Work{2, "Vow", ""}));
  const auto performed = value_of(performances_of(database(), {EntityKind::kWork, 2}));
  EXPECT_THAT(performed, ElementsAre(Performance{song, 2, 1, FactStanding::kStated}));
  edit([&](CatalogueEdit& edit) {
    EXPECT_DONE(set_performance_standing(edit, song, 2, FactStanding::kDismissed));
    EXPECT_EQ(error_of(unlink_work(edit, song, 7)).kind, Error::Kind::kNotFound);
  });
  EXPECT_THAT(value_of(works_of(database(), song)), ElementsAre(Work{1, "Promise", ""}));
  EXPECT_THAT(value_of(performances_of(database(), {EntityKind::kRecording, song.value})),
              SizeIs(2));
  EXPECT_THAT(value_of(releases_of(database(), song)), ElementsAre(Release{1, 0, "OST", ""}));
  EXPECT_THAT(value_of(places_on(database(), 1)), ElementsAre(ReleasePlace{1, 4, song}));
  EXPECT_DONE(catalogue_.remove_recording(song));
  EXPECT_THAT(value_of(works_of(database(), song)), IsEmpty());
}

TEST_F(RightsTest, CreditsThatContradictStandSideBySideUntilOneIsPreferred) {
  std::int64_t first = 0;
  std::int64_t second = 0;
  edit([&](CatalogueEdit& edit) {
    const auto writer = value_of(add_party(edit, {0, Party::Kind::kPerson, "Moon Sea", ""}));
    EXPECT_EQ(value_of(add_work(edit, {0, "Promise", ""})), kWork.id);
    Credit credit{0,
                  kWork,
                  writer,
                  Role::kComposer,
                  Share{500'000},
                  "",
                  provenance(edit, "a.csv"),
                  FactStanding::kStated};
    first = value_of(add_credit(edit, credit));
    EXPECT_EQ(value_of(add_credit(edit, credit)), first);
    credit.share = Share{400'000};
    credit.provenance = provenance(edit, "b.csv");
    second = value_of(add_credit(edit, credit));
    credit.role = Role::kAuthor;
    add_credit(edit, credit).value_or(0);
  });
  HeldCredits held = held_credits(value_of(credits_of(database(), kWork)));
  EXPECT_THAT(held.credits, SizeIs(2));
  EXPECT_EQ(held.credits[0].share, Share{500'000});
  ASSERT_THAT(held.conflicts, SizeIs(1));
  EXPECT_THAT(held.conflicts[0], SizeIs(2));

  edit([&](CatalogueEdit& edit) {
    EXPECT_DONE(set_credit_standing(edit, first, FactStanding::kPreferred));
    EXPECT_DONE(set_credit_standing(edit, second, FactStanding::kPreferred));
  });
  held = held_credits(value_of(credits_of(database(), kWork)));
  EXPECT_THAT(held.conflicts, IsEmpty());
  EXPECT_EQ(held.credits[0].share, Share{400'000});
  EXPECT_EQ(value_of(credit(database(), first)).standing, FactStanding::kStated);
}

TEST_F(RightsTest, WhatOnlyOneSaysCompletesTheOthers) {
  edit([&](CatalogueEdit& edit) {
    add_party(edit, {0, Party::Kind::kPerson, "Moon Sea", ""}).value_or(0);
    add_work(edit, {0, "Promise", ""}).value_or(0);
    Credit credit{0,
                  kWork,
                  1,
                  Role::kComposer,
                  Share{500'000},
                  "",
                  provenance(edit, "a"),
                  FactStanding::kStated};
    add_credit(edit, credit).value_or(0);
    credit = {0,
              kWork,
              1,
              Role::kComposer,
              std::nullopt,
              "KOMCA",
              provenance(edit, "b"),
              FactStanding::kStated};
    add_credit(edit, credit).value_or(0);
  });
  const HeldCredits held = held_credits(value_of(credits_of(database(), kWork)));
  ASSERT_THAT(held.credits, SizeIs(1));
  EXPECT_EQ(held.credits[0].share, Share{500'000});
  EXPECT_EQ(held.credits[0].society, "KOMCA");
  EXPECT_THAT(held.conflicts, IsEmpty());
}

TEST_F(RightsTest, FactsAreCheckedAndKeepTheirPrecision) {
  EXPECT_EQ(value_of(read_fact_value(Property::kCountry, "kr")), "KR");
  EXPECT_EQ(value_of(read_fact_value(Property::kReleaseDate, "2024.4")), "2024-04");
  EXPECT_THAT(error_of(read_fact_value(Property::kReleaseDate, "2014-02-29")).message,
              HasSubstr("leap"));
  EXPECT_FALSE(read_fact_value(Property::kCountry, "Korea").has_value());
  EXPECT_FALSE(read_fact_value(Property::kYear, "2024-04").has_value());
  EXPECT_EQ(value_of(read_fact_value(Property::kOrigin, "Library")), "library");
  EXPECT_FALSE(read_fact_value(Property::kOrigin, "attic").has_value());
  for (const Property each : kProperties) EXPECT_EQ(property(to_string(each)), each);
}

TEST_F(RightsTest, ThePreferredFactHoldsAndTheOthersStay) {
  const std::int64_t production = value_of(catalogue_.production_named("Queen")).id;
  const EntityRef queen{EntityKind::kProduction, production};
  edit([&](CatalogueEdit& edit) {
    for (const char* year : {"2023", "2024", "2023"}) {
      add_fact(edit, {0, queen, Property::kYear, year, provenance(edit, year), {}}).value_or(0);
    }
    EXPECT_EQ(error_of(add_fact(edit, {0, {EntityKind::kWork, 9}, Property::kYear, "2023", 1, {}}))
                  .message,
              "there is no work 9");
  });
  auto facts = value_of(facts_of(database(), queen));
  ASSERT_THAT(facts, SizeIs(2));
  EXPECT_EQ(held_fact(facts, Property::kYear).value, "2023");
  EXPECT_THAT(held_fact(facts, Property::kYear).conflicts, SizeIs(2));
  edit([&](CatalogueEdit& edit) {
    EXPECT_DONE(set_fact_standing(edit, facts[1].id, FactStanding::kPreferred));
  });
  facts = value_of(facts_of(database(), queen));
  EXPECT_EQ(held_fact(facts, Property::kYear).value, "2024");
  EXPECT_THAT(held_fact(facts, Property::kYear).conflicts, IsEmpty());
  EXPECT_EQ(held_fact(facts, Property::kCountry).value, "");
  EXPECT_DONE(catalogue_.remove_production(production));
  EXPECT_THAT(value_of(facts_of(database(), queen)), IsEmpty());
}

TEST_F(RightsTest, VaguerDatesDoNotContradictPreciserOnes) {
  const EntityRef kim{EntityKind::kParty, 1};
  edit([&](CatalogueEdit& edit) {
    value_of(add_party(edit, {0, Party::Kind::kPerson, "Kim", ""}));
    for (const char* value : {"1994", "1994-03-07", "1994-03"}) {
      value_of(add_fact(edit, {0, kim, Property::kBirthDate, value, provenance(edit, value),
                               FactStanding::kStated}));
    }
  });
  const HeldFact held = held_fact(value_of(facts_of(database(), kim)), Property::kBirthDate);
  EXPECT_EQ(held.value, "1994-03-07");
  EXPECT_THAT(held.conflicts, IsEmpty());
  edit([&](CatalogueEdit& edit) {
    value_of(add_fact(edit, {0, kim, Property::kBirthDate, "1994-03-08", provenance(edit, "x"),
                             FactStanding::kStated}));
  });
  EXPECT_THAT(held_fact(value_of(facts_of(database(), kim)), Property::kBirthDate).conflicts,
              SizeIs(4));
}

TEST_F(RightsTest, TheFirstTransmissionIsThePreferredOneElseTheEarliest) {
  edit([&](CatalogueEdit& edit) {
    const auto id = value_of(add_episode(edit, {0, 0, 1, 1, "One", std::nullopt}));
    const auto from = provenance(edit, "a.csv");
    const auto first = [&] {
      return value_of(first_transmission(
          edit.database(), {id, 0, 1, 1, "One", std::optional<std::string>("2024-05-01")}));
    };
    EXPECT_EQ(first().text, "2024-05-01");
    Broadcast said;
    said.episode = id;
    said.provenance = from;
    for (const char* date : {"2024-03", "2024-03-10", "2024-04-01"}) {
      said.date = date;
      said.channel = date;
      value_of(add_broadcast(edit, said));
    }
    EXPECT_EQ(first().date, "2024-03-10");
    EXPECT_EQ(first().channel, "2024-03-10");
    EXPECT_DONE(set_broadcast_standing(edit, 3, FactStanding::kPreferred));
    EXPECT_EQ(first().date, "2024-04-01");
  });
}

TEST_F(RightsTest, LicencesOutliveWhatTheyAreOf) {
  const SourceId song = add(catalogue_, "Promise");
  edit([&](CatalogueEdit& edit) {
    Licence licence;
    licence.of = {EntityKind::kRecording, song.value};
    licence.licensor = "House";
    licence.provenance = provenance(edit, "a.csv");
    value_of(add_licence(edit, licence));
  });
  EXPECT_DONE(catalogue_.remove_recording(song));
  const auto held = value_of(licences_for(database(), 1));
  ASSERT_THAT(held, SizeIs(1));
  EXPECT_EQ(held[0].was_of, "Promise");
  EXPECT_EQ(held[0].licensor, "House");
}

TEST_F(RightsTest, CodesAreNormalisedAndFindWhatTheyName) {
  edit([&](CatalogueEdit& edit) {
    add_work(edit, {0, "Promise", ""}).value_or(0);
    const Identifier said{
        0, kWork, {CodeScheme::kIswc, "T-034.524.680-1", ""}, provenance(edit, "a")};
    const auto id = value_of(add_identifier(edit, said));
    EXPECT_EQ(value_of(add_identifier(edit, said)), id);
    EXPECT_FALSE(add_identifier(edit, {0, kWork, {CodeScheme::kIswc, "T-1", ""}, 1}).has_value());
  });
  EXPECT_EQ(value_of(identifiers_of(database(), kWork)).at(0).code.value, "T0345246801");
  EXPECT_THAT(value_of(identified_by(database(), {CodeScheme::kIswc, "T0345246801", ""})),
              ElementsAre(kWork));
  EXPECT_THAT(value_of(identified_by(database(), {CodeScheme::kIswc, "T0000000000", ""})),
              IsEmpty());
}

TEST_F(RightsTest, BroadcastsKnowTheirPartTimeAndZone) {
  const std::int64_t episode = store(catalogue_, episode_of(catalogue_, "e.mkv"));
  edit([&](CatalogueEdit& edit) {
    const auto from = provenance(edit, "schedule.csv");
    Broadcast evening{0, episode, 2, "2024.4.14", "9:20", "Asia/Seoul", "tvN", "kr", from, {}};
    evening.time = "21:20";
    const auto id = value_of(add_broadcast(edit, evening));
    EXPECT_EQ(value_of(add_broadcast(edit, evening)), id);
    evening.time = "25.10";
    EXPECT_NE(value_of(add_broadcast(edit, evening)), id);
  });
  const auto all = value_of(broadcasts_of(database(), episode));
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(when_text(all[0]), "2024-04-14 21:20 Asia/Seoul");
  EXPECT_EQ(all[0].territory, "KR");
  EXPECT_EQ(all[0].part, 2);
  EXPECT_EQ(all[1].time, "25:10");
}

TEST_F(RightsTest, ABroadcastThatCannotBeIsRefusedWithTheReason) {
  const auto refused = [](std::string date, std::string time, std::string zone) {
    Broadcast broadcast;
    broadcast.date = std::move(date);
    broadcast.time = std::move(time);
    broadcast.zone = std::move(zone);
    return error_of(checked_broadcast(broadcast)).message;
  };
  EXPECT_THAT(refused("2014-02-29", "", ""), HasSubstr("leap"));
  EXPECT_THAT(refused("2024-04-14", "30:00", ""), HasSubstr("no time of day"));
  EXPECT_THAT(refused("2024-04-14", "2160", ""), HasSubstr("no time of day"));
  EXPECT_THAT(refused("2024-04", "21:20", ""), HasSubstr("needs a day"));
  EXPECT_THAT(refused("2024-04-14", "21:20", "Asia/Nowhere"), HasSubstr("no time zone"));
}

}  // namespace
}  // namespace needledrop
