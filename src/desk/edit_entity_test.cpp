#include "desk/edit_entity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/catalogue_edit.h"
#include "catalogue/catalogue_test.h"
#include "catalogue/works.h"
#include "desk/cue_music.h"
#include "desk/desk.h"

namespace needledrop {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class EditEntityTest : public CatalogueFixture {
 protected:
  EditEntityTest()
      : files_(posix_file_system()),
        desk_(value_of(
            Desk::open(*files_, system_clock(), folder_ + "/desk", Desk::Purpose::kCreate))) {}

  Result<EditOutcome> edit(EntityName what, EntityAction action) {
    return edit_entity(desk_, {std::move(what), std::move(action), "Ada"});
  }
  void add_work_called(const std::string& title) {
    EXPECT_DONE(edit({EntityKind::kWork, title}, AddThing{}));
  }
  std::vector<ListedStatement> listed(const std::string& title) {
    return value_of(list_statements(desk_, {EntityKind::kWork, title})).statements;
  }

  std::unique_ptr<FileSystem> files_;
  Desk desk_;
};

TEST_F(EditEntityTest, WhatIsEnteredByHandIsPreferred) {
  add_work_called("Promise");
  const EditOutcome outcome =
      value_of(edit({EntityKind::kWork, "promise"}, SetFact{Property::kLanguage, "ko"}));
  EXPECT_TRUE(outcome.edit.has_value());
  EXPECT_THAT(outcome.changes.at(0).text, HasSubstr("Promise: language ko"));
  const auto said = listed("Promise");
  ASSERT_THAT(said, SizeIs(1));
  EXPECT_EQ(std::get<Fact>(said[0].what).standing, FactStanding::kPreferred);
  EXPECT_EQ(said[0].provenance, "entered by Ada");
  // Said again, it is so already; said otherwise, the later one holds.
  EXPECT_FALSE(value_of(edit({EntityKind::kWork, "Promise"}, SetFact{Property::kLanguage, "ko"}))
                   .edit.has_value());
  EXPECT_DONE(edit({EntityKind::kWork, "Promise"}, SetFact{Property::kLanguage, "ja"}));
  const auto facts = value_of(facts_of(desk_.catalogue().database(), {EntityKind::kWork, 1}));
  EXPECT_EQ(held_fact(facts, Property::kLanguage).value, "ja");
}

TEST_F(EditEntityTest, ACreditMakesItsPartyButNeverGuessesOne) {
  add_work_called("Promise");
  const EntityName promise{EntityKind::kWork, "Promise"};
  EXPECT_THAT(value_of(edit(promise, SetCredit{Role::kComposer, "Kim Soo-hyun", {}, ""})).warning,
              HasSubstr("it was made"));
  EXPECT_EQ(value_of(edit(promise, SetCredit{Role::kAuthor, "KIM SOO-HYUN", {}, ""})).warning, "");
  EXPECT_THAT(error_of(edit(promise, SetCredit{Role::kArranger, "Kim", {}, ""})).message,
              HasSubstr("nobody is called just 'Kim'; for Kim Soo-hyun write 1"));
  EXPECT_DONE(edit(promise, SetCredit{Role::kArranger, "1", Share{100}, "KOMCA"}));
  EXPECT_THAT(listed("Promise"), SizeIs(3));
}

TEST_F(EditEntityTest, DecisionsAreAboutIdsThatStay) {
  add_work_called("Promise");
  const EntityName promise{EntityKind::kWork, "Promise"};
  EXPECT_DONE(edit(promise, SetFact{Property::kLanguage, "ko"}));
  EXPECT_DONE(edit(promise, SetFact{Property::kLanguage, "ja"}));
  EXPECT_DONE(edit(promise, SetCode{CodeScheme::kIswc, "T-034.524.680-1"}));
  const auto before = listed("Promise");
  ASSERT_THAT(before, SizeIs(3));
  EXPECT_EQ(to_string(before[0].id), "f1");
  EXPECT_EQ(to_string(before[2].id), "i1");
  EXPECT_DONE(edit(promise, Decide{Decide::What::kRemove, before[0].id}));
  EXPECT_DONE(edit(promise, Decide{Decide::What::kDismiss, before[1].id}));
  EXPECT_DONE(edit(promise, Decide{Decide::What::kDismiss, before[2].id}));
  const auto after = listed("Promise");
  ASSERT_THAT(after, SizeIs(2));
  EXPECT_EQ(after[0].id, before[1].id);
  EXPECT_EQ(std::get<Fact>(after[0].what).standing, FactStanding::kDismissed);
  EXPECT_EQ(std::get<Identifier>(after[1].what).standing, FactStanding::kDismissed);
  EXPECT_EQ(error_of(edit(promise, Decide{Decide::What::kRemove, before[0].id})).kind,
            Error::Kind::kNotFound);
}

TEST_F(EditEntityTest, IdsAreReadAsTheyAreWritten) {
  for (const StatementId id :
       {StatementId{StatementId::Kind::kFact, 12}, StatementId{StatementId::Kind::kCredit, 1},
        StatementId{StatementId::Kind::kCode, 7}, StatementId{StatementId::Kind::kBroadcast, 99},
        StatementId{StatementId::Kind::kPerformance, 3, 12}}) {
    EXPECT_EQ(statement_id(to_string(id)), id) << to_string(id);
  }
  for (const char* text : {"", "f", "12", "x1", "f1-2", "p3", "p3-", "f 1"}) {
    EXPECT_EQ(statement_id(text), std::nullopt) << text;
  }
}

TEST_F(EditEntityTest, WhatAFileSaysIsDismissedRatherThanRemoved) {
  add_work_called("Promise");
  const SourceId recording = add(desk_.catalogue(), "Promise (vocal)");
  {
    CatalogueEdit made =
        value_of(CatalogueEdit::begin(desk_.catalogue(), {"", "2026-03-09T08:00:00Z", "import"}));
    const auto from = value_of(made.provenance_id({0, Provenance::Kind::kImport, "/a/b.csv", ""}));
    EXPECT_DONE(link_work(made, recording, 1, from));
    EXPECT_DONE(made.commit());
  }
  const EntityName promise{EntityKind::kWork, "Promise"};
  const auto said = listed("Promise");
  ASSERT_THAT(said, SizeIs(1));
  EXPECT_EQ(said[0].other, "recording 1 Promise (vocal)");
  const EditOutcome outcome = value_of(edit(promise, Decide{Decide::What::kRemove, said[0].id}));
  EXPECT_THAT(outcome.warning, HasSubstr("it is from b.csv"));
  EXPECT_THAT(value_of(works_of(desk_.catalogue().database(), recording)), IsEmpty());
  EXPECT_THAT(listed("Promise"), SizeIs(1));
}

TEST_F(EditEntityTest, ThingsAreAddedAndRenamedByHand) {
  EXPECT_DONE(edit({EntityKind::kProduction, "Queen"}, AddThing{}));
  EXPECT_DONE(edit({EntityKind::kSeason, "queen S02"}, AddThing{}));
  EXPECT_DONE(edit({EntityKind::kSeason, "Queen S02"}, SetFact{Property::kYear, "2024"}));
  EXPECT_DONE(edit({EntityKind::kProduction, "Queen"}, SetCode{CodeScheme::kWikidata, "Q42"}));
  EXPECT_EQ(error_of(edit({EntityKind::kSeason, "Queen"}, AddThing{})).kind,
            Error::Kind::kInvalidArgument);
  EXPECT_DONE(edit({EntityKind::kRelease, "Queen OST"}, AddThing{}));
  EXPECT_DONE(edit({EntityKind::kParty, "Kim"}, AddThing{false, "the actor"}));
  EXPECT_DONE(edit({EntityKind::kParty, "Kim"}, Rename{"Kim Soo-hyun", std::nullopt}));
  const auto known = value_of(party(desk_.catalogue().database(), 1));
  EXPECT_EQ(label_of(known), "Kim Soo-hyun (the actor)");
  add_work_called("Vow");
  EXPECT_DONE(edit({EntityKind::kWork, "Vow"}, Rename{"Promise", "of 2024"}));
  EXPECT_DONE(edit({EntityKind::kWork, "Promise"}, SetCredit{Role::kComposer, "1", {}, ""}));
  const auto credits =
      value_of(list_statements(desk_, {EntityKind::kParty, "Kim Soo-hyun"})).statements;
  ASSERT_THAT(credits, SizeIs(1));
  EXPECT_EQ(credits[0].other, "work 1 Promise");
  EXPECT_EQ(error_of(edit({EntityKind::kProduction, "Queen"}, Rename{"King", {}})).kind,
            Error::Kind::kInvalidArgument);
}

TEST_F(EditEntityTest, AnEpisodeIsGivenItsTitle) {
  const NewEpisode made = episode_of(desk_.catalogue(), "queen.e12.mkv");
  const std::int64_t id = value_of(desk_.catalogue().store_run(made.episode, made.file, made.run));
  const EntityName meant{EntityKind::kEpisode, std::to_string(id)};
  const EditOutcome outcome = value_of(edit(meant, Rename{"비밀", std::nullopt}));
  EXPECT_EQ(value_of(desk_.catalogue().episode(id)).title, "비밀");
  EXPECT_EQ(error_of(edit(meant, Rename{"Secret", "of spring"})).kind,
            Error::Kind::kInvalidArgument);
  EXPECT_DONE(undo_edit(desk_.catalogue(), *outcome.edit));
  EXPECT_EQ(value_of(desk_.catalogue().episode(id)).title, made.episode.title);
}

TEST_F(EditEntityTest, NamesThatFitSeveralThingsAreNotGuessed) {
  add_work_called("Promise");
  add_work_called("The Promise");
  EXPECT_DONE(edit({EntityKind::kParty, "Promise Music"}, AddThing{true, ""}));
  EXPECT_EQ(error_of(edit({{}, "Promise"}, SetFact{Property::kLanguage, "ko"})).kind,
            Error::Kind::kAmbiguous);
  EXPECT_EQ(error_of(edit({EntityKind::kWork, "Promis"}, SetFact{Property::kLanguage, "ko"})).kind,
            Error::Kind::kAmbiguous);
  EXPECT_DONE(edit({{}, "Promise Music"}, SetFact{Property::kSociety, "KOMCA"}));
  EXPECT_THAT(error_of(edit({{}, "3"}, SetFact{Property::kLanguage, "ko"})).message,
              HasSubstr("say work 3"));
  EXPECT_EQ(error_of(edit({{}, "Nothing"}, SetFact{Property::kLanguage, "ko"})).kind,
            Error::Kind::kNotFound);
  EXPECT_EQ(error_of(edit({EntityKind::kEpisode, "New"}, AddThing{})).kind,
            Error::Kind::kInvalidArgument);
}

TEST_F(EditEntityTest, ARecordingPerformsAWork) {
  const SourceId recording = add(desk_.catalogue(), "Promise (vocal)");
  add_work_called("Promise");
  EXPECT_DONE(edit({EntityKind::kRecording, "Promise (vocal)"}, LinkWork{"Promise"}));
  EXPECT_THAT(value_of(works_of(desk_.catalogue().database(), recording)), SizeIs(1));
  EXPECT_FALSE(value_of(edit({EntityKind::kRecording, "Promise (vocal)"}, LinkWork{"Promise"}))
                   .edit.has_value());
  EXPECT_EQ(error_of(edit({EntityKind::kWork, "Promise"}, LinkWork{"Promise"})).kind,
            Error::Kind::kInvalidArgument);
}

TEST_F(EditEntityTest, AnIsrcThatAPersonEntersGoesBeforeThatOfTags) {
  const SourceId id = add(desk_.catalogue(), "Promise");
  Recording recording = value_of(desk_.catalogue().recording(id));
  recording.isrc = "KRA381001057";
  EXPECT_DONE(desk_.catalogue().update_recording(recording));
  EXPECT_EQ(value_of(cue_music(desk_, recording)).isrc, "KRA381001057");
  const EntityName promise{EntityKind::kRecording, "Promise"};
  EXPECT_DONE(edit(promise, SetCode{CodeScheme::kIsrc, "KR-A38-10-01058"}));
  EXPECT_EQ(value_of(cue_music(desk_, recording)).isrc, "KRA381001058");
  EXPECT_DONE(edit(promise, Decide{Decide::What::kDismiss, {StatementId::Kind::kCode, 1}}));
  EXPECT_EQ(value_of(cue_music(desk_, recording)).isrc, "");
}

TEST_F(EditEntityTest, WhatFailsLeavesNothing) {
  add_work_called("Promise");
  EXPECT_EQ(error_of(edit({EntityKind::kWork, "Promise"}, SetFact{Property::kYear, "soon"})).kind,
            Error::Kind::kInvalidArgument);
  EXPECT_THAT(value_of(made_edits(desk_.catalogue())), SizeIs(1));
  EXPECT_THAT(listed("Promise"), IsEmpty());
}

}  // namespace
}  // namespace needledrop
