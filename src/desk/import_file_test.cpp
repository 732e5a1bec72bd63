#include "desk/import_file.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/broadcasts.h"
#include "catalogue/catalogue_test.h"
#include "catalogue/credits.h"
#include "catalogue/episode_edits.h"
#include "catalogue/names.h"
#include "catalogue/works.h"
#include "desk/desk.h"
#include "desk/edit_entity.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ImportFileTest : public CatalogueFixture {
 protected:
  ImportFileTest()
      : files_(posix_file_system()),
        desk_(value_of(
            Desk::open(*files_, system_clock(), folder_ + "/desk", Desk::Purpose::kCreate))) {}

  ImportOutcome import(const std::string& text, const ImportOptions& options = {},
                       const std::string& name = "works.csv") {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return value_of(import_file(desk_, path, options));
  }
  ImportOutcome dry(const std::string& text) {
    ImportOptions options;
    options.dry_run = true;
    return import(text, options);
  }
  EditOutcome edit(EntityKind kind, const std::string& name, EntityAction action) {
    return value_of(edit_entity(desk_, {{kind, name}, std::move(action), "Ada"}));
  }
  static std::vector<std::string> texts(const std::vector<ImportProblem>& problems) {
    std::vector<std::string> texts;
    texts.reserve(problems.size());
    for (const ImportProblem& problem : problems) {
      texts.push_back(to_string(problem.at) + ": " + problem.text);
    }
    return texts;
  }
  [[nodiscard]] std::int64_t count(std::string_view table) {
    return value_of(
        number(desk_.catalogue().database(), "SELECT count(*) FROM " + std::string(table)));
  }
  Database& database() { return const_cast<Database&>(desk_.catalogue().database()); }

  std::unique_ptr<FileSystem> files_;
  Desk desk_;
};

constexpr const char* kTears =
    "title,iswc,party,role,share,society,ipi\n"
    "Tears,T-034.524.680-1,Kim,composer,50,KOMCA,00014107338\n"
    "Tears,,House,publisher,50,KOMCA,\n";

TEST_F(ImportFileTest, MakesWhatIsNewAndChangesNothingTheSecondTime) {
  const ImportOutcome first = import(kTears);
  EXPECT_THAT(first.errors, IsEmpty());
  ASSERT_TRUE(first.edit.has_value());
  const auto credits = value_of(credits_of(database(), {EntityKind::kWork, 1}));
  ASSERT_EQ(credits.size(), 2U);
  EXPECT_EQ(credits[0].share, (Share{500'000}));
  EXPECT_EQ(provenance_text(value_of(read_provenance(database(), credits[1].provenance))),
            "works.csv, line 3");
  EXPECT_EQ(value_of(party(database(), credits[1].party)).kind, Party::Kind::kOrganisation);
  const ImportOutcome second = import(kTears);
  EXPECT_FALSE(second.edit.has_value());
  EXPECT_THAT(second.counts, IsEmpty());
  EXPECT_EQ(second.known, 4U);
  // Nor when lines have moved.
  const ImportOutcome moved =
      import(std::string(kTears).replace(0, 42, "title,iswc,party,role,share,society,ipi\n\n\n"));
  EXPECT_FALSE(moved.edit.has_value());
}

TEST_F(ImportFileTest, ADryRunTellsAndChangesNothing) {
  const ImportOutcome told = dry(kTears);
  EXPECT_FALSE(told.edit.has_value());
  EXPECT_EQ(count("work"), 0);
  EXPECT_EQ(count("provenance"), 0);
  std::vector<std::string> texts;
  for (const DescribedChange& change : told.changes)
    texts.push_back(change.group + " " + change.text);
  EXPECT_THAT(texts, testing::IsSupersetOf({"work 1 Tears", "party 1 Kim",
                                            "credit Tears: composer Kim, 50.00, KOMCA",
                                            "code Tears: iswc T-034.524.680-1"}));
}

TEST_F(ImportFileTest, UndoneItIsAsIfItHadNeverBeen) {
  import("name\nKim\n", {}, "people.csv");
  const ImportOutcome made = import(kTears);
  EXPECT_DONE(undo_edit(desk_.catalogue(), *made.edit));
  for (const char* table : {"work", "credit", "identifier", "fact"}) EXPECT_EQ(count(table), 0);
  EXPECT_EQ(count("party"), 1);
  EXPECT_DONE(redo_edit(desk_.catalogue(), *made.edit));
  EXPECT_EQ(count("credit"), 2);
}

TEST_F(ImportFileTest, NothingIsHalfDoneAndAllErrorsAreTold) {
  const ImportOutcome outcome =
      import("title,party,role,share\nA,X,composer,60\nA,Y,author,60\nB,X,nobody,1\nC,X,C,100\n");
  EXPECT_THAT(texts(outcome.errors),
              ElementsAre(HasSubstr("line 3, column 4"), HasSubstr("line 4, column 3")));
  EXPECT_EQ(count("work"), 0);
  EXPECT_EQ(count("party"), 0);
  EXPECT_EQ(count("edit"), 0);
}

TEST_F(ImportFileTest, PeopleAreMatchedByCodeThenByExactName) {
  import("name,comment,ipi\nKim Soo-hyun,the actor,\nKim Soo-hyun,the singer,\nLee,,00014107338\n",
         {}, "people.csv");
  const ImportOutcome two = import("title,party,role\nA,KIM SOO-HYUN,composer\n");
  EXPECT_THAT(texts(two.errors), ElementsAre(HasSubstr("line 2, column 2: 2 parties fit")));
  EXPECT_THAT(two.errors.at(0).text, HasSubstr("1 Kim Soo-hyun (the actor), 2 Kim"));
  // Another romanisation is another person until somebody says otherwise.
  import("title,party,role\nA,Kim Suhyeon,composer\n");
  EXPECT_EQ(count("party"), 4);
  // A code stands above the name.
  import("title,party,role,ipi\nB,Yi,composer,14107338\n");
  EXPECT_EQ(value_of(credits_of(database(), {EntityKind::kWork, 2})).at(0).party, 3);
  // The same name under another code is another person.
  const ImportOutcome other = import("title,party,role,ipi\nC,Lee,composer,00000000101\n");
  EXPECT_THAT(texts(other.warnings), testing::Contains(HasSubstr("another code")));
  EXPECT_EQ(count("party"), 5);
}

TEST_F(ImportFileTest, ATitleAloneDoesNotMakeTwoWorksOne) {
  import("title,party,role\nPromise,Ada,composer\n");
  const ImportOutcome others = import("title,party,role\nPromise,Bob,composer\n", {}, "b.csv");
  EXPECT_THAT(texts(others.errors), ElementsAre(HasSubstr("line 2: the catalogue has a work")));
  import("title,party,role\nPromise,House,publisher\n", {}, "c.csv");
  EXPECT_EQ(count("work"), 1);
  import("title,comment,party,role\nPromise,Bob's,Bob,composer\n", {}, "d.csv");
  EXPECT_EQ(count("work"), 2);
}

TEST_F(ImportFileTest, WhatAPersonPreferredHolds) {
  import(kTears);
  edit(EntityKind::kWork, "Tears", SetCredit{Role::kComposer, "Kim", Share{400'000}, ""});
  const std::string other = "title,party,role,share\nTears,Kim,composer,50\n";
  const ImportOutcome refused = import(other, {}, "b.csv");
  ASSERT_EQ(refused.errors.size(), 1U);
  EXPECT_EQ(to_string(refused.errors[0].at), "line 2, column 4");
  EXPECT_THAT(refused.errors[0].text, HasSubstr("which is preferred"));
  EXPECT_THAT(refused.errors[0].text, HasSubstr("by Ada, edit 2"));
  ImportOptions beside;
  beside.side_by_side = true;
  EXPECT_TRUE(import(other, beside, "b.csv").edit.has_value());
  const auto held = held_credits(value_of(credits_of(database(), {EntityKind::kWork, 1})));
  EXPECT_EQ(held.credits.at(0).share, (Share{400'000}));
}

TEST_F(ImportFileTest, WhatAPersonDismissedStaysDismissed) {
  import("name,birth_date\nKim,1990\n", {}, "people.csv");
  edit(EntityKind::kParty, "Kim", Decide{Decide::What::kDismiss, {StatementId::Kind::kFact, 1}});
  const ImportOutcome again = import("name,birth_date\nKim,1990\n", {}, "others.csv");
  EXPECT_THAT(texts(again.errors), ElementsAre(HasSubstr("line 2, column 2")));
  // The file that said it first says nothing new.
  EXPECT_THAT(import("name,birth_date\nKim,1990\n", {}, "people.csv").errors, IsEmpty());
}

TEST_F(ImportFileTest, OtherContradictionsStandSideBySide) {
  import("name,birth_date\nKim,1988-02\n", {}, "a.csv");
  EXPECT_THAT(import("name,birth_date\nKim,1988-02-16\n", {}, "b.csv").warnings, IsEmpty());
  const ImportOutcome other = import("name,birth_date\nKim,1990\n", {}, "c.csv");
  EXPECT_EQ(other.warning_count, 2U);
  EXPECT_THAT(other.warnings.at(0).text, HasSubstr("(a.csv, line 2); both stand"));
  EXPECT_EQ(count("fact"), 3);
}

TEST_F(ImportFileTest, AnIsrcIsOfOneSoundOnly) {
  const SourceId vocal = add(desk_.catalogue(), "Tears");
  const SourceId other = add(desk_.catalogue(), "Rain");
  const ImportOutcome linked = import("title,recording,isrc\nTears,Tears,KR-A38-10-01057\n");
  EXPECT_THAT(linked.errors, IsEmpty());
  EXPECT_THAT(value_of(works_of(database(), vocal)), ElementsAre(Work{1, "Tears", ""}));
  const ImportOutcome twice = import("title,recording,isrc\nRain,Rain,KRA381001057\n");
  ASSERT_EQ(twice.errors.size(), 1U);
  EXPECT_EQ(to_string(twice.errors[0].at), "line 2, column 3");
  EXPECT_THAT(twice.errors[0].text, HasSubstr("1 Tears"));
  EXPECT_THAT(twice.errors[0].text, HasSubstr(std::to_string(other.value) + " Rain"));
  // By the code alone, the recording that has it is meant.
  import("title,isrc\nTears again,KRA381001057\n");
  EXPECT_THAT(value_of(works_of(database(), vocal)), testing::Contains(Work{2, "Tears again", ""}));
}

TEST_F(ImportFileTest, EpisodesAndBroadcasts) {
  import(
      "production,season,number,title,first_broadcast,director\n"
      "Queen,1,1,One,2024-03-09,Jang\nQueen,1,2,,2024-03-10,Jang\n",
      {}, "episodes.csv");
  import(
      "production,season,number,date,time,zone,channel,territory\n"
      "queen,1,2,2024-03-10,21:20,Asia/Seoul,tvN,KR\n"
      "Queen,1,3,2024-03-16,25:10,Asia/Seoul,tvN,KR\n",
      {}, "broadcasts.csv");
  const auto all = value_of(episodes(database()));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(count("production"), 1);
  EXPECT_EQ(count("party"), 1);
  EXPECT_EQ(when_text(value_of(broadcasts_of(database(), all[1].id)).at(0)),
            "2024-03-10 21:20 Asia/Seoul");
  EXPECT_THAT(
      import("production,season,number,date\nQueen,1,2,2024-03-10\n", {}, "more.csv").errors,
      IsEmpty());
}

TEST_F(ImportFileTest, FurtherNamesAreFound) {
  import("name,also_known_as\n김수현,Kim Soo-hyun; KIM SUHYEON\n", {}, "people.csv");
  EXPECT_EQ(value_of(Names(database()).of({EntityKind::kParty, 1})).size(), 2U);
}

TEST_F(ImportFileTest, APartyFoundByItsCodeUnderAnotherNameIsTold) {
  import("name,ipi\nKim Soo-hyun,00014107338\n", {}, "people.csv");
  const ImportOutcome other = import("title,party,role,ipi\nA,S. H. Kim,composer,14107338\n");
  EXPECT_THAT(texts(other.warnings),
              ElementsAre("line 2, column 2: the catalogue calls the party of this code 'Kim "
                          "Soo-hyun' (1), not 'S. H. Kim'; its name stays"));
  EXPECT_EQ(count("party"), 1);
}

TEST_F(ImportFileTest, FurtherNamesMeanTheirThing) {
  import("name,also_known_as\n김수현,Kim Soo-hyun\n", {}, "people.csv");
  import("title,party,role,also_known_as\nTears,KIM SOO-HYUN,composer,눈물\n");
  EXPECT_EQ(count("party"), 1);
  import("title,party,role\n눈물,Kim Soo-hyun,author\n", {}, "b.csv");
  EXPECT_EQ(count("work"), 1);
  // Its own name goes before another's further one.
  import("name\n눈물\nKim Du\n", {}, "c.csv");
  import("name,also_known_as\nLee,Kim Du\n", {}, "d.csv");
  const ImportOutcome own = import("title,party,role\nB,Kim Du,composer\n", {}, "e.csv");
  EXPECT_THAT(texts(own.errors), IsEmpty());
}

TEST_F(ImportFileTest, EpisodesWithoutASeasonAreNotDoubled) {
  import("production,number,title,type\nQueen,1,One,series\nQueen,2,,series\n", {}, "a.csv");
  EXPECT_FALSE(import("production,number,title,type\nQueen,1,One,series\n", {}, "a.csv").edit);
  const ImportOutcome later =
      import("production,season,number,type\nQueen,1,1,series\n", {}, "b.csv");
  EXPECT_THAT(texts(later.warnings), ElementsAre(HasSubstr("does not say the season")));
  EXPECT_EQ(count("episode"), 2);
  import("production,season,number,type\nKing,1,1,series\nKing,2,1,series\n", {}, "c.csv");
  EXPECT_THAT(texts(import("production,number,type\nKing,1,series\n", {}, "d.csv").errors),
              ElementsAre(HasSubstr("2 episodes fit 'episode 1'")));
  import("production,number,type\nKing,2,series\n", {}, "e.csv");
  EXPECT_EQ(count("episode"), 5);
}

TEST_F(ImportFileTest, ReleasesOfOneTitleBelongToTheirProductions) {
  const auto document = [](const std::string& production) {
    return R"({"format": 1, "releases": [{"title": "OST", "production": ")" + production +
           R"(", "facts": {"release date": "2024"}}]})";
  };
  import(document("Queen"), {}, "a.json");
  import(document("King"), {}, "b.json");
  import(document("King"), {}, "c.json");
  EXPECT_EQ(count("release"), 2);
  EXPECT_THAT(
      texts(import(R"({"format": 1, "releases": [{"title": "OST"}]})", {}, "d.json").errors),
      ElementsAre(HasSubstr("2 releases fit 'OST'")));
}

TEST_F(ImportFileTest, OneFileIsASourceAndNotItsName) {
  import("name,birth_date\nKim,1990\n", {}, "credits.csv");
  std::filesystem::create_directory(folder_ + "/other");
  EXPECT_FALSE(import("name,birth_date\nKim,1990\n", {}, "credits.csv").edit.has_value());
  const ImportOutcome other = import("name,birth_date\nKim,1990\n", {}, "other/credits.csv");
  EXPECT_TRUE(other.edit.has_value());
  const auto facts = value_of(facts_of(database(), {EntityKind::kParty, 1}));
  ASSERT_EQ(facts.size(), 2U);
  EXPECT_EQ(provenance_text(value_of(read_provenance(database(), facts[1].provenance))),
            "credits.csv, line 2");
}

TEST_F(ImportFileTest, CodesThatAPersonDecidedOnHold) {
  add(desk_.catalogue(), "Tears");
  const std::string first = "title,recording,isrc\nTears,Tears,KR-A38-10-01057\n";
  import(first, {}, "a.csv");
  const ImportOutcome several =
      import("title,recording,isrc\nTears,Tears,KRA381001058\n", {}, "b.csv");
  EXPECT_THAT(texts(several.warnings),
              ElementsAre("line 2, column 3: isrc KR-A38-10-01058 is another than isrc "
                          "KR-A38-10-01057 (a.csv, line 2); both stand"));
  // Removed by hand, it does not come back with the file; from another it is an error.
  edit(EntityKind::kRecording, "Tears",
       Decide{Decide::What::kRemove, {StatementId::Kind::kCode, 1}});
  EXPECT_FALSE(import(first, {}, "a.csv").edit.has_value());
  EXPECT_THAT(texts(import(first, {}, "c.csv").errors), ElementsAre(HasSubstr("was dismissed")));
  const EntityRef tears{EntityKind::kRecording, 1};
  EXPECT_EQ(held_code(value_of(identifiers_of(database(), tears)), CodeScheme::kIsrc),
            "KRA381001058");
  edit(EntityKind::kRecording, "Tears", SetCode{CodeScheme::kIsrc, "KRA381001059"});
  EXPECT_THAT(texts(import("title,recording,isrc\nTears,Tears,KRA381001060\n", {}, "d.csv").errors),
              ElementsAre(HasSubstr("contradicts isrc KR-A38-10-01059, which is preferred")));
  EXPECT_EQ(held_code(value_of(identifiers_of(database(), tears)), CodeScheme::kIsrc),
            "KRA381001059");
}

}  // namespace
}  // namespace needledrop
