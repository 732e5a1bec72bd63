#include "desk/sheet_json_reader.h"

#include <set>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "desk/sheet_json.h"

namespace needledrop {
namespace {

using testing::HasSubstr;
using Json = nlohmann::ordered_json;

CueSheet sheet() {
  CueSheet made;
  made.header.production = "눈물의 여왕";
  made.header.actors = {"김수현"};
  made.header.season = 1;
  made.header.isan = "00000000D07A0090Q";
  made.state = {SheetStatus::kFiled, 2, {"a is now b"}, "a reason"};
  made.society = "us";
  made.share_basis = ShareBasis::kSplit;
  made.programme_duration = Milliseconds(60'000);
  made.music_duration = Milliseconds(8'000);
  made.counted_duration = Milliseconds(7'000);
  SheetPart& part = made.parts.emplace_back();
  part.file = "e.mkv";
  part.duration = Milliseconds(60'000);
  part.frame_rate = {30'000, 1'001};
  part.start_timecode = "10:00:00;00";
  SheetCue& cue = made.cues.emplace_back();
  cue.number = 1;
  cue.cue = 7;
  cue.heard = cue.reported = {{Milliseconds(1'000), Milliseconds(9'000)}};
  cue.title = "Rain";
  cue.usage = "BV";
  cue.works = {
      {"RAIN", "T0345246801", {{"김수현", Role::kComposer, Share{500'000}, "1", "KOMCA"}}, {"?"}}};
  cue.is_short = true;
  cue.clearance = Clearance::kExpired;
  return made;
}

TEST(SheetJsonReader, ReadsWhatWasWritten) {
  const std::string text = sheet_json(sheet());
  const auto read = read_sheet_json(text);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(sheet_json(*read), text);
}

/// Takes one field after the other away, at every depth: what is filed today stays readable when
/// a later program writes more.
TEST(SheetJsonReader, OnlyWhatMakesASheetMustBeThere) {
  const Json whole = Json::parse(sheet_json(sheet()));
  const std::set<std::string> needed{
      "sheet",         "header", "state", "status",   "revision",
      "cues",          "number", "id",    "heard",    "start",
      "end",           "name",   "role",  "duration", "programme_duration",
      "music_duration"};
  int tried = 0;
  const auto try_without = [&](const Json::json_pointer& at, const std::string& key) {
    Json less = whole;
    less.at(at).erase(key);
    const auto read = read_sheet_json(less.dump());
    ++tried;
    if (needed.contains(key)) {
      EXPECT_FALSE(read.has_value()) << at << "/" << key;
    } else {
      EXPECT_TRUE(read.has_value()) << at << "/" << key << ": " << read.error().message;
    }
  };
  for (const char* where :
       {"", "/sheet", "/sheet/header", "/sheet/state", "/sheet/parts/0", "/sheet/cues/0",
        "/sheet/cues/0/heard/0", "/sheet/cues/0/works/0", "/sheet/cues/0/works/0/parties/0"}) {
    const Json::json_pointer at(where);
    for (const auto& [key, value] : whole.at(at).items()) {
      if (key != "format") try_without(at, key);
    }
  }
  EXPECT_GT(tried, 70);
}

TEST(SheetJsonReader, WhatWasNotWrittenYetIsWhatNobodyKnows) {
  Json less = Json::parse(sheet_json(sheet()));
  less["sheet"].erase("share_basis");
  less["sheet"].erase("counted_duration");
  const auto read = read_sheet_json(less.dump());
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->share_basis, ShareBasis::kWhole);
  EXPECT_EQ(read->counted_duration, Milliseconds(0));  // its only cue is short
}

TEST(SheetJsonReader, WhatIsOfAnotherTypeOrFormatIsRefused) {
  EXPECT_EQ(read_sheet_json("{").error().kind, Error::Kind::kCorrupt);
  EXPECT_EQ(read_sheet_json("{}").error().kind, Error::Kind::kCorrupt);
  Json later = Json::parse(sheet_json(sheet()));
  later["format"] = 2;
  EXPECT_EQ(read_sheet_json(later.dump()).error().kind, Error::Kind::kUnsupported);
  EXPECT_THAT(read_sheet_json(later.dump()).error().message, HasSubstr("format 2"));
  Json wrong = Json::parse(sheet_json(sheet()));
  wrong["sheet"]["cues"][0]["works"][0]["parties"][0]["share"] = 50;
  EXPECT_THAT(read_sheet_json(wrong.dump()).error().message,
              HasSubstr("/sheet/cues/0/works/0/parties/0/share: not a text"));
}

}  // namespace
}  // namespace needledrop
