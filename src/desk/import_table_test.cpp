#include "desk/import_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "desk/import_shares.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// What a table says, with what is wrong in it.
struct Read {
  ImportedCatalogue catalogue;
  ImportProblems problems;
  Error error;  // of the header

  [[nodiscard]] std::vector<std::string> errors() const { return texts(problems.errors()); }
  [[nodiscard]] std::vector<std::string> warnings() const { return texts(problems.warnings()); }
  static std::vector<std::string> texts(const std::vector<ImportProblem>& problems) {
    std::vector<std::string> texts;
    for (const ImportProblem& problem : problems) {
      texts.push_back(to_string(problem.at) + ": " + problem.text);
    }
    return texts;
  }
};

Read read(std::string_view csv, const TableWish& wish = {}) {
  Read result;
  auto table = read_spreadsheet(csv);
  EXPECT_TRUE(table.has_value());
  auto catalogue = read_import_table(*table, wish, result.problems);
  if (!catalogue.has_value()) {
    result.error = catalogue.error();
    return result;
  }
  result.catalogue = std::move(*catalogue);
  settle_shares(result.catalogue, result.problems);
  return result;
}

std::string shares_of(const ImportedWork& work) {
  std::string shares;
  for (const ImportedCredit& credit : work.said.credits) {
    shares += credit.share.has_value() ? percent_text(*credit.share) + " " : "- ";
  }
  return shares;
}

TEST(ImportTable, GathersTheRowsOfAWorkInWhateverOrderTheColumnsStand) {
  const Read got = read(
      "Role,SHARE,Party,Title,ISWC,Also Known As\r\n"
      "composer,50,김수현,눈물,T-034.524.680-1,Tears;涙\n"
      "E,50,Publisher,눈물,,\r"
      "composer,100,Lee,Other,,\n");
  EXPECT_THAT(got.errors(), IsEmpty());
  EXPECT_THAT(got.warnings(), IsEmpty());
  ASSERT_EQ(got.catalogue.works.size(), 2U);
  const ImportedWork& work = got.catalogue.works[0];
  EXPECT_EQ(work.title, "눈물");
  EXPECT_EQ(work.said.codes.at(0).code.value, "T0345246801");
  EXPECT_EQ(work.said.credits.at(1).role, Role::kPublisher);
  EXPECT_EQ(shares_of(work), "50.00 50.00 ");
  EXPECT_EQ(work.said.names.at(1).text, "涙");
  EXPECT_EQ(work.said.credits[1].at, (ImportPlace{3, 3, ""}));
}

TEST(ImportTable, OneTitleWithTwoCodesIsTwoWorks) {
  const Read got = read(
      "title,iswc,party,role\n"
      "Promise,T0345246801,A,composer\n"
      "Promise,T9100085652,B,composer\n"
      "Promise,,C,author\n"
      "Promise,T0345246801,D,author\n");
  EXPECT_THAT(got.errors(), IsEmpty());
  ASSERT_EQ(got.catalogue.works.size(), 2U);
  // A row without a code goes with the row before it.
  EXPECT_EQ(got.catalogue.works[1].said.credits.at(1).party.name, "C");
  EXPECT_EQ(got.catalogue.works[0].said.credits.at(1).party.name, "D");
}

TEST(ImportTable, TellsEverythingThatIsWrongWithLineAndColumn) {
  const Read got = read(
      "title,iswc,party,role,share,ipi\n"
      "A,T034524680,X,composer,50,\n"
      "B,,X,singer of songs,50,\n"
      "C,,X,composer,half,\n"
      "D,,X,composer,100.01,\n"
      ",,X,composer,1,\n"
      "E,,,composer,50,\n"
      "F,,X,composer,50,123\n"
      "G,T-034.524.680-2,X,composer,100,\n");
  EXPECT_THAT(got.errors(),
              ElementsAre(HasSubstr("line 2, column 2"), HasSubstr("line 3, column 4"),
                          HasSubstr("line 4, column 5"), HasSubstr("line 5, column 5"),
                          HasSubstr("line 6, column 1"), HasSubstr("line 7, column 3"),
                          HasSubstr("line 8, column 6")));
  EXPECT_THAT(got.warnings(), testing::Contains(HasSubstr("line 9, column 2")));
}

TEST(ImportTable, SharesAboveAHundredAreAnErrorAndBelowAWarning) {
  const Read above = read(
      "title,party,role,share\n"
      "A,X,composer,50.005\n"
      "A,Y,author,50.005\n");
  EXPECT_THAT(above.errors(), ElementsAre(HasSubstr("line 3, column 4: the shares of writers and "
                                                    "publishers of 'A' come to 100.01")));
  const Read below = read("title,party,role,share\nA,X,composer,33.33\nA,Y,author,66.66\n");
  EXPECT_THAT(below.errors(), IsEmpty());
  EXPECT_THAT(below.warnings(), ElementsAre(HasSubstr("line 2: the shares")));
  const Read exact = read("title,party,role,share\nA,X,composer,\"33,3333\"\nA,Y,author,66.6667\n");
  EXPECT_THAT(exact.warnings(), IsEmpty());
  const Read open = read("title,party,role,share\nA,X,composer,33\nA,Y,author,\n");
  EXPECT_THAT(open.warnings(), IsEmpty());
}

TEST(ImportTable, SplitSharesAreHalvesOfTheWholeWork) {
  const Read got = read(
      "title,party,role,share,basis\n"
      "A,X,composer,100,split\n"
      "A,P,publisher,33.3333,split\n"
      "A,Q,publisher,66.6667,split\n");
  EXPECT_THAT(got.errors(), IsEmpty());
  EXPECT_THAT(got.warnings(), IsEmpty());
  EXPECT_EQ(shares_of(got.catalogue.works.at(0)), "50.00 16.6666 33.3333 ");
  const Read mixed = read("title,party,role,share,basis\nA,X,composer,100,split\nA,P,E,50,whole\n");
  EXPECT_THAT(mixed.errors(), ElementsAre(HasSubstr("line 3, column 5")));
}

TEST(ImportTable, WhatIsSaidTwiceIsOneAndWhatContradictsItselfAnError) {
  const Read got = read(
      "title,party,role,share,recording\n"
      "A,X,composer,100,A (vocal)\n"
      "A,X,composer,100,A (inst.)\n");
  EXPECT_THAT(got.errors(), IsEmpty());
  EXPECT_EQ(got.catalogue.works.at(0).said.credits.size(), 1U);
  EXPECT_EQ(got.catalogue.works.at(0).recordings.size(), 2U);
  const Read torn = read("title,party,role,share\nA,X,composer,60\nA,X,composer,40\n");
  EXPECT_THAT(torn.errors(), ElementsAre(HasSubstr("line 3, column 4")));
}

TEST(ImportTable, FindsTheKindFromTheColumns) {
  EXPECT_EQ(read("name,ipi\nA,\n").catalogue.parties.size(), 1U);
  EXPECT_EQ(
      read("production,season,number,first_broadcast\nQ,1,1,2024\n").catalogue.episodes.size(), 1U);
  const Read aired = read("production,season,number,date,time\nQ,1,1,2024-04-14,21:20\n");
  EXPECT_EQ(aired.catalogue.episodes.at(0).broadcasts.at(0).broadcast.time, "21:20");
  EXPECT_THAT(read("title,colour\nA,red\n").error.message, HasSubstr("--as"));
  EXPECT_THAT(read("title,party,rolle\nA,X,C\n").error.message,
              HasSubstr("line 1, column 3: 'rolle' is no column of works"));
  EXPECT_THAT(read("title,party,title\nA,X,C\n").error.message, HasSubstr("twice"));
  TableWish lenient;
  lenient.header.ignores_unknown = true;
  EXPECT_EQ(read("title,party,colour,role\nA,X,red,C\n", lenient).catalogue.works.size(), 1U);
}

TEST(ImportTable, RefusesDatesThatDontExist) {
  const Read got = read(
      "production,season,number,date,time,zone\n"
      "Q,1,1,2024-02-30,,\n"
      "Q,1,2,2024-04-14,31:00,\n"
      "Q,1,x,2024-04-14,,\n"
      "Q,1,3,2024-04-14,25:10,Asia/Nowhere\n");
  EXPECT_THAT(got.errors(),
              ElementsAre(HasSubstr("line 2, column 4"), HasSubstr("line 3, column 4"),
                          HasSubstr("line 4, column 3"), HasSubstr("line 5, column 4")));
}

TEST(ImportTable, KeepsFiftyErrorsAndCountsTheRest) {
  std::string csv = "title,party,role\n";
  for (int i = 0; i < 60; ++i) csv += "A,X,nonsense\n";
  const Read got = read(csv);
  EXPECT_EQ(got.errors().size(), 50U);
  EXPECT_EQ(got.problems.error_count(), 60U);
}

}  // namespace
}  // namespace needledrop
