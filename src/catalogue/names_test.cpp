#include "catalogue/names.h"

#include <gmock/gmock.h>

#include "catalogue/catalogue_test.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class NamesTest : public CatalogueFixture {
 protected:
  Catalogue catalogue_ = open();

  CatalogueEdit begin() {
    return value_of(CatalogueEdit::begin(catalogue_, {"Ada", "2026-03-09T08:00:00Z", "names"}));
  }
  std::int64_t party(std::string_view name, std::string_view kind = "person") {
    CatalogueEdit edit = begin();
    EXPECT_DONE(edit.database().run("INSERT INTO party (kind, name, comment) VALUES (?1, ?2, '')",
                                    kind, name));
    const std::int64_t id = edit.database().last_id();
    EXPECT_TRUE(value_of(edit.commit()).has_value());
    return id;
  }
  /// Adds a name in an edit of its own; returns the edit's id.
  std::int64_t add_further(EntityRef entity, std::string text, std::string language = "",
                           NameKind kind = NameKind::kLocalised) {
    CatalogueEdit edit = begin();
    const std::int64_t from =
        value_of(edit.provenance_id({0, Provenance::Kind::kPerson, "Ada", ""}));
    value_of(needledrop::add_name(
        edit, {0, entity, std::move(text), std::move(language), "", kind, from}));
    return value_of(edit.commit()).value_or(0);
  }
  std::vector<FoundName> found(std::string_view text, std::vector<EntityKind> kinds = {}) {
    return value_of(catalogue_.names().search({std::string(text), std::move(kinds)}));
  }
  [[nodiscard]] std::int64_t count(std::string_view table) const {
    return value_of(number(catalogue_.database(), "SELECT count(*) FROM " + std::string(table)));
  }
};

TEST_F(NamesTest, AreStoredWithLanguageScriptKindAndProvenance) {
  const EntityRef kim{EntityKind::kParty, party("Kim Soo-hyun")};
  add_further(kim, "김수현", "ko", NameKind::kOfficial);
  add_further(kim, "金秀賢", "zh-Hant", NameKind::kLocalised);
  const auto names = value_of(catalogue_.names().of(kim));
  ASSERT_EQ(names.size(), 2U);
  EXPECT_EQ(names[0].text, "김수현");
  EXPECT_EQ(names[0].language, "ko");
  EXPECT_EQ(names[0].script, "Hang");
  EXPECT_EQ(names[0].kind, NameKind::kOfficial);
  EXPECT_EQ(value_of(read_provenance(catalogue_.database(), names[0].provenance)).name, "Ada");
  EXPECT_EQ(names[1].script, "Hani");
  EXPECT_EQ(value_of(catalogue_.names().label(kim)), "Kim Soo-hyun");  // what it was, and stays
}

TEST_F(NamesTest, ScriptsAreFoundFromTheText) {
  EXPECT_EQ(script_of("Kim Soo-hyun 2"), "Latn");
  EXPECT_EQ(script_of("宇多田ヒカル"), "Jpan");
  EXPECT_EQ(script_of("ひかる"), "Jpan");
  EXPECT_EQ(script_of("Анна"), "Cyrl");
  EXPECT_EQ(script_of("김 Kim"), "Zyyy");
  EXPECT_EQ(script_of("2024"), "Zyyy");
}

TEST_F(NamesTest, TheSameNameIsStoredOnce) {
  const EntityRef kim{EntityKind::kParty, party("Kim Soo-hyun")};
  EXPECT_NE(add_further(kim, "김수현", "ko"), 0);
  EXPECT_EQ(add_further(kim, "김수현", "ko"), 0);  // an edit that changes nothing
  EXPECT_NE(add_further(kim, "김수현", ""), 0);
  EXPECT_EQ(value_of(catalogue_.names().of(kim)).size(), 2U);
}

TEST_F(NamesTest, WhatIsNoNameIsRefused) {
  const EntityRef kim{EntityKind::kParty, party("Kim Soo-hyun")};
  CatalogueEdit edit = begin();
  const std::int64_t from = value_of(edit.provenance_id({}));
  const auto refusal = [&](EntityRef entity, std::string text, std::string language) {
    return error_of(needledrop::add_name(
        edit, {0, entity, std::move(text), std::move(language), "", NameKind::kOfficial, from}));
  };
  EXPECT_THAT(refusal(kim, "!?", "").message, HasSubstr("has no letters"));
  EXPECT_THAT(refusal(kim, "\xff", "").message, HasSubstr("not UTF-8"));
  EXPECT_THAT(refusal(kim, std::string(70'000, 'a'), "").message, HasSubstr("65536 are the most"));
  for (const char* tag : {"Korean", "k", "ko_KR", "ko-", "-", "ko-toolongtag", "한국"}) {
    EXPECT_THAT(refusal(kim, "Kim", tag).message, HasSubstr("no language tag")) << tag;
  }
  EXPECT_EQ(refusal({EntityKind::kParty, 99}, "Kim", "").message, "there is no party 99");
  EXPECT_EQ(refusal({EntityKind::kRelease, 1}, "Kim", "").kind, Error::Kind::kNotFound);
  EXPECT_EQ(error_of(remove_name(edit, 7)).message, "there is no name 7");
}

TEST_F(NamesTest, KindsHaveWords) {
  for (const auto kind :
       {NameKind::kOfficial, NameKind::kLocalised, NameKind::kRomanised, NameKind::kSearch}) {
    EXPECT_EQ(name_kind(to_string(kind)), kind);
  }
  EXPECT_FALSE(name_kind("alias").has_value());
}

TEST_F(NamesTest, FindWhatTheyName) {
  const EntityRef kim{EntityKind::kParty, party("Kim Soo-hyun")};
  EXPECT_THAT(found("김수현"), ElementsAre(FoundName{kim, NameFit::kRomanised, "Kim Soo-hyun"}));
  add_further(kim, "김수현", "ko", NameKind::kOfficial);
  EXPECT_THAT(found("김수현"), ElementsAre(FoundName{kim, NameFit::kExact, "김수현"}));
  EXPECT_THAT(found("soohyun kim"), ElementsAre(FoundName{kim, NameFit::kExact, "Kim Soo-hyun"}));
  EXPECT_THAT(found("김수현", {EntityKind::kProduction}), IsEmpty());
}

TEST_F(NamesTest, TwoPeopleOfOneNameStayTwo) {
  const EntityRef actor{EntityKind::kParty, party("김수현")};
  const EntityRef writer{EntityKind::kParty, party("김수현")};
  EXPECT_THAT(found("Kim Soo-hyun"), ElementsAre(FoundName{actor, NameFit::kRomanised, "김수현"},
                                                 FoundName{writer, NameFit::kRomanised, "김수현"}));
}

TEST_F(NamesTest, WordsOfOrganisationsKeepTheirOrder) {
  party("Studio Dragon", "organisation");
  EXPECT_EQ(found("dragon studio").at(0).fit, NameFit::kPart);
  EXPECT_EQ(found("studio dragon").at(0).fit, NameFit::kExact);
}

TEST_F(NamesTest, EverythingWithATitleIsFound) {
  const Production production = value_of(catalogue_.production_named("눈물의 여왕"));
  const SourceId recording = add(catalogue_, "Love You With All My Heart");
  Recording tagged = value_of(catalogue_.recording(recording));
  tagged.artist = "크러쉬";
  EXPECT_DONE(catalogue_.update_recording(tagged));
  NewEpisode episode = episode_of(catalogue_, "e.mkv");
  episode.episode.title = "The Wedding";
  const std::int64_t id = store(catalogue_, episode);
  EXPECT_THAT(found("눈물"),
              ElementsAre(FoundName{
                  {EntityKind::kProduction, production.id}, NameFit::kPrefix, "눈물의 여왕"}));
  EXPECT_EQ(found("love you with").at(0).entity,
            (EntityRef{EntityKind::kRecording, recording.value}));
  EXPECT_EQ(found("keureoswi").at(0).name, "크러쉬");
  EXPECT_EQ(found("wedding").at(0).entity, (EntityRef{EntityKind::kEpisode, id}));
  EXPECT_EQ(count("name_change"), 0);
}

TEST_F(NamesTest, ComeAndGoWithTheirEditsAndEntities) {
  const EntityRef kim{EntityKind::kParty, party("Kim Soo-hyun")};
  const std::int64_t edit = add_further(kim, "Zampano", "it");
  EXPECT_EQ(found("zampano").size(), 1U);
  EXPECT_DONE(undo_edit(catalogue_, edit));
  EXPECT_THAT(found("zampano"), IsEmpty());
  EXPECT_DONE(redo_edit(catalogue_, edit));
  EXPECT_EQ(found("zampano").size(), 1U);
  EXPECT_DONE(catalogue_.database().run("DELETE FROM party WHERE id = ?1", kim.id));
  EXPECT_THAT(found("zampano"), IsEmpty());  // although its keys are still there
  EXPECT_EQ(count("name"), 0);
  EXPECT_DONE(bring_name_keys_up_to_date(catalogue_.database()));
  EXPECT_EQ(count("name_key"), 0);
  EXPECT_EQ(count("name_change"), 0);
}

TEST_F(NamesTest, OfARemovedRecordingAreGone) {
  const SourceId recording = add(catalogue_, "Promise");
  add_further({EntityKind::kRecording, recording.value}, "약속", "ko");
  EXPECT_EQ(found("약속").size(), 1U);
  EXPECT_DONE(catalogue_.remove_recording(recording));
  EXPECT_THAT(found("약속"), IsEmpty());
  EXPECT_EQ(count("name"), 0);
  EXPECT_EQ(count("name_key"), 0);
}

TEST_F(NamesTest, AreFoundBeforeTheirKeysAreDerived) {
  EXPECT_DONE(catalogue_.database().run(
      "INSERT INTO party (kind, name, comment) VALUES ('person', '김지원', '')"));
  EXPECT_EQ(count("name_change"), 1);
  const auto before = found("kim ji won");
  EXPECT_THAT(before,
              ElementsAre(FoundName{{EntityKind::kParty, 1}, NameFit::kRomanised, "김지원"}));
  EXPECT_DONE(bring_name_keys_up_to_date(catalogue_.database()));
  EXPECT_EQ(count("name_change"), 0);
  EXPECT_EQ(found("kim ji won"), before);
  const Catalogue reader = open(Catalogue::Mode::kReadOnly);
  EXPECT_EQ(value_of(reader.names().search({"kim ji won", {}})), before);
}

TEST_F(NamesTest, LabelsSayWhatIsMeant) {
  const Production production = value_of(catalogue_.production_named("Queen"));
  NewEpisode episode = episode_of(catalogue_, "e.mkv");
  episode.episode.production = production.id;
  episode.episode.season = 1;
  episode.episode.number = 2;
  const std::int64_t id = store(catalogue_, episode);
  const Names names = catalogue_.names();
  EXPECT_EQ(value_of(names.label({EntityKind::kEpisode, id})), "Queen/S01E02");
  EXPECT_EQ(value_of(names.label({EntityKind::kProduction, production.id})), "Queen");
  const SourceId untitled = add(catalogue_, "");
  EXPECT_EQ(value_of(names.label({EntityKind::kRecording, untitled.value})),
            "recording " + std::to_string(untitled.value));
  EXPECT_EQ(error_of(names.label({EntityKind::kWork, 5})).message, "there is no work 5");
  EXPECT_DONE(catalogue_.database().run("INSERT INTO season (production, number) VALUES (?1, 1)",
                                        production.id));
  EXPECT_EQ(value_of(names.label({EntityKind::kSeason, 1})), "Queen, season 1");
}

TEST_F(NamesTest, RecordingsAndEpisodesAreFoundByFurtherNames) {
  const SourceId promise = add(catalogue_, "Promise");
  const SourceId vow = add(catalogue_, "약속 (Vow)");
  add_further({EntityKind::kRecording, promise.value}, "약속", "ko");
  EXPECT_EQ(value_of(catalogue_.find_recording("약속")).id, vow);  // as before: a part of its title
  add_further({EntityKind::kRecording, promise.value}, "Das Versprechen", "de");
  EXPECT_EQ(value_of(catalogue_.find_recording("DAS versprechen")).id, promise);
  EXPECT_EQ(value_of(catalogue_.find_recording("versprech")).id, promise);

  NewEpisode episode = episode_of(catalogue_, "e.mkv");
  episode.episode.production = value_of(catalogue_.production_named("눈물의 여왕")).id;
  episode.episode.season = 1;
  episode.episode.number = 2;
  const std::int64_t id = store(catalogue_, episode);
  add_further({EntityKind::kProduction, episode.episode.production}, "Queen of Tears", "en");
  EXPECT_EQ(value_of(catalogue_.find_episode("queen of tears/S01E02")).id, id);
  EXPECT_EQ(value_of(catalogue_.find_episode("tears")).id, id);
  add_further({EntityKind::kEpisode, id}, "The Wedding", "en");
  EXPECT_EQ(value_of(catalogue_.find_episode("the wedding")).id, id);
}

TEST_F(NamesTest, HostileTextIsSearchedForAsText) {
  add(catalogue_, "Promise");
  for (const std::string& text :
       {std::string("\" OR whole : \"p"), std::string("p*"), std::string("NEAR(a b)"),
        std::string("\xff\xfe"), std::string("a\0b", 3), std::string(100'000, 'x'),
        std::string(100'000, '('), std::string("-promise"), std::string("{word} : promise")}) {
    EXPECT_TRUE(catalogue_.names().search({text, {}}).has_value()) << text.substr(0, 20);
  }
  EXPECT_EQ(found("\"promise\" *").size(), 1U);
}

}  // namespace
}  // namespace needledrop
