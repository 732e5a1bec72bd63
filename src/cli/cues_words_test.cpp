#include "cli/cues_words.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

using What = CuesArguments::What;

CuesArguments read(const std::vector<std::string>& words, const CuesOptions& options = {}) {
  const auto result = read_cues_words("1", words, options);
  EXPECT_TRUE(result.has_value()) << (result.has_value() ? "" : result.error().message);
  return result.has_value() ? *result : CuesArguments{};
}

std::string refusal(const std::vector<std::string>& words, const CuesOptions& options = {}) {
  const auto result = read_cues_words("1", words, options);
  EXPECT_FALSE(result.has_value());
  return result.has_value() ? "" : result.error().message;
}

TEST(CuesWords, NameCuesByPlaceRangeAndId) {
  const CueChoice choice = read({"accept", "3", "5-9", "#12"}).request.cues;
  EXPECT_EQ(choice.numbers, (std::vector<std::pair<int, int>>{{3, 3}, {5, 9}}));
  EXPECT_EQ(choice.ids, std::vector<std::int64_t>{12});
  EXPECT_FALSE(choice.all);
  EXPECT_TRUE(read({"take", "all"}).request.cues.all);
  EXPECT_EQ(read({"dismiss", "2"}).request.kind, DecisionKind::kDismiss);
  for (const char* word : {"", "x", "9-5", "#", "#0", "#1x", "-", "3-", "1-2-3"}) {
    EXPECT_FALSE(read_cues_words("1", {"reject", word}, {}).has_value()) << word;
  }
}

TEST(CuesWords, ReadWhatSetSets) {
  CuesOptions options;
  options.in = "0:10.5";
  options.function = "opening theme";
  options.note = "";
  options.reported = "0:11-0:20,1:00-1:10";
  const CueValues values = read({"set", "2"}, options).request.values;
  EXPECT_EQ(values.in, Milliseconds(10'500));
  EXPECT_EQ(values.function, CueFunction::kOpeningTheme);
  EXPECT_EQ(values.note, "");
  EXPECT_EQ(values.reported->size(), 2U);
  options.reported = "auto";
  EXPECT_TRUE(read({"set", "2"}, options).request.values.reported->empty());
  options.reported = "0:11";
  EXPECT_NE(refusal({"set", "2"}, options), "");
  EXPECT_NE(refusal({"set", "2"}).find("cues needs: EPISODE set"), std::string::npos);
}

TEST(CuesWords, ReadTheOtherActions) {
  EXPECT_EQ(read({}).what, What::kList);
  EXPECT_EQ(read({"undo"}).what, What::kUndo);
  EXPECT_EQ(read({"history"}).what, What::kHistory);
  EXPECT_EQ(read({"split", "2", "1:00"}).request.at, Milliseconds(60'000));
  const ReviewRequest added = read({"add", "0:10", "0:20", "Hum"}).request;
  EXPECT_EQ(added.kind, DecisionKind::kAdd);
  EXPECT_EQ(added.span, (Span{Milliseconds(10'000), Milliseconds(20'000)}));
  EXPECT_EQ(added.recording, "Hum");
  CuesOptions titled;
  titled.title = "Hum";
  EXPECT_EQ(read({"reassign", "4"}, titled).request.title, "Hum");
  EXPECT_NE(refusal({"reassign", "4"}), "");
}

TEST(CuesWords, AreAboutACut) {
  CuesOptions options;
  EXPECT_FALSE(read({}, options).request.cut.has_value());
  options.cut = "director";
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{}, {"undo"}, {"history"}, {"accept", "1"}, {"carry"}}) {
    EXPECT_EQ(read(words, options).request.cut, "director");
  }
}

TEST(CuesWords, RefuseWhatWouldDoNothing) {
  CuesOptions options;
  options.season = true;
  EXPECT_NE(refusal({"split", "1", "0:10"}, options).find("--season would do nothing"),
            std::string::npos);
  options = {};
  options.by = "Ada";
  EXPECT_NE(refusal({}, options), "");
  EXPECT_NE(refusal({"undo"}, options), "");
  options = {};
  options.dry_run = true;
  EXPECT_NE(refusal({"history"}, options), "");
  EXPECT_TRUE(read({"accept", "1"}, options).request.is_preview);
  options = {};
  options.from = "x.mkv";
  EXPECT_NE(refusal({"accept", "1"}, options), "");
  EXPECT_EQ(read({"carry"}, options).from, "x.mkv");
}

}  // namespace
}  // namespace needledrop
