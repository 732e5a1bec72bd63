#include "desk/import_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> errors_of(std::string_view text) {
  ImportProblems problems;
  const auto read = read_import_document(text, "", problems);
  if (!read.has_value()) return {"all of it: " + read.error().message};
  std::vector<std::string> errors;
  for (const ImportProblem& problem : problems.errors()) {
    errors.push_back(to_string(problem.at) + ": " + problem.text);
  }
  return errors;
}

constexpr const char* kEverything = R"json({"format": 1,
  "people": [{"name": "Kim", "kind": "person", "codes": {"isni": "000000012281955X"},
              "facts": {"birth date": 1988}, "names": ["김"]}],
  "works": [{"title": "Tears", "basis": "split",
             "credits": [{"party": {"name": "Kim", "comment": "the composer"}, "role": "C",
                          "share": 33.3333}],
             "recordings": ["Tears (inst.)", {"isrc": "KRA381001057"}]}],
  "productions": [{"title": "Queen", "facts": {"country": "kr"}}],
  "episodes": [{"production": "Queen", "season": 1, "number": "02",
                "broadcasts": [{"date": "2024-04-14", "time": "21:20", "territory": "KR"}]}],
  "releases": [{"title": "OST", "production": "Queen",
                "recordings": [{"recording": "Tears", "disc": 2, "position": 7}]}]})json";

TEST(ImportDocument, ReadsEveryKindOfThing) {
  ImportProblems problems;
  const auto read = read_import_document(kEverything, "", problems);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_THAT(problems.errors(), IsEmpty());
  EXPECT_EQ(read->parties.at(0).facts.at(0).value, "1988");
  EXPECT_EQ(read->works.at(0).said.credits.at(0).share, (Share{333'333}));
  EXPECT_EQ(read->works.at(0).said.credits.at(0).party.comment, "the composer");
  EXPECT_EQ(read->works.at(0).recordings.at(1).isrc->value, "KRA381001057");
  EXPECT_EQ(read->productions.at(0).said.facts.at(0).value, "KR");
  EXPECT_EQ(read->episodes.at(0).number, 2);
  EXPECT_EQ(read->episodes.at(0).broadcasts.at(0).broadcast.territory, "KR");
  EXPECT_EQ(read->releases.at(0).places.at(0).disc, 2);
}

TEST(ImportDocument, UnknownFieldsDontVanish) {
  EXPECT_THAT(errors_of(R"({"format": 1, "work": []})"), ElementsAre(HasSubstr("/work: ")));
  EXPECT_THAT(
      errors_of(R"({"format": 1, "works": [{"title": "A"}, {"title": "B", "isw/c": "x"}]})"),
      ElementsAre(HasSubstr("/works/1/isw~1c: ")));
  EXPECT_THAT(errors_of(R"({"format": 1, "works": [{"title": "A", "title": "B"}]})"),
              ElementsAre(HasSubstr("'title' is there twice")));
}

TEST(ImportDocument, NamesThePointerOfWhatIsWrong) {
  EXPECT_THAT(
      errors_of(R"({"format": 1, "works": [{"title": "A", "credits":
                [{"party": "X", "role": "bard", "share": "110"}]}, {}, {"title": ["B"]}]})"),
      ElementsAre(HasSubstr("/works/0/credits/0/role"), HasSubstr("/works/0/credits/0/share"),
                  HasSubstr("/works/1"), HasSubstr("/works/2/title"), HasSubstr("/works/2")));
  EXPECT_THAT(errors_of(R"({"format": 1, "people": [7, {"name": "X", "codes": {"ipi": [1]}}]})"),
              ElementsAre(HasSubstr("/people/0"), HasSubstr("/people/0"),
                          HasSubstr("/people/1/codes/ipi/0")));
}

TEST(ImportDocument, RefusesWhatIsNoDocumentOfOurs) {
  EXPECT_THAT(errors_of("{"), ElementsAre(HasSubstr("no JSON")));
  EXPECT_THAT(errors_of("{\"format\": 1, \"works\": [\"\xFF\"]}"),
              ElementsAre(HasSubstr("no JSON")));
  EXPECT_THAT(errors_of("{\"format\": 2}"), ElementsAre(HasSubstr("format")));
  std::string deep = R"({"format": 1, "works": )";
  for (int i = 0; i < 100'000; ++i) deep += '[';
  for (int i = 0; i < 100'000; ++i) deep += ']';
  EXPECT_THAT(errors_of(deep + "}"), ElementsAre(HasSubstr("levels deep")));
}

}  // namespace
}  // namespace needledrop
