#include "cli/arguments.h"

#include <gtest/gtest.h>

#include "cli/exit_code.h"
#include "cli/help.h"

namespace needledrop {
namespace {

Arguments parsed(const std::vector<std::string>& words) {
  auto result = parse_arguments(words);
  const auto* end = std::get_if<ParseEnd>(&result);
  EXPECT_EQ(end, nullptr) << end->err;
  return end == nullptr ? std::get<Arguments>(result) : Arguments{};
}

ParseEnd ended(const std::vector<std::string>& words) {
  auto result = parse_arguments(words);
  EXPECT_TRUE(std::holds_alternative<ParseEnd>(result));
  return std::holds_alternative<ParseEnd>(result) ? std::get<ParseEnd>(result) : ParseEnd{};
}

TEST(Arguments, CommonOptionsMayStandBeforeAndAfterTheCommand) {
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"--desk", "d", "--json", "--threads", "3", "list"},
                                             {"list", "--desk", "d", "--json", "--threads", "3"}}) {
    const CommonArguments common = parsed(words).common;
    EXPECT_EQ(common.desk, "d");
    EXPECT_TRUE(common.json);
    EXPECT_EQ(common.threads, 3U);
  }
}

TEST(Arguments, PathsStayAsTheyAre) {
  const std::vector<std::string> paths = {"[OST, 1]", "a b", "list", "\xFF", "[x", "{1,2}"};
  std::vector<std::string> words = {"add"};
  words.insert(words.end(), paths.begin(), paths.end());
  EXPECT_EQ(std::get<AddArguments>(parsed(words).command).paths, paths);
  EXPECT_EQ(std::get<CuesArguments>(parsed({"cues", "[x]"}).command).episode, "[x]");
  EXPECT_EQ(std::get<AddArguments>(parsed({"add", "--", "-x"}).command).paths,
            std::vector<std::string>{"-x"});
}

TEST(Arguments, SpotReadsTheEpisode) {
  const auto spot = std::get<SpotArguments>(
      parsed({"spot", "f", "--production", "P", "--episode", "S01E12", "--air-date", "2024-03-09"})
          .command);
  EXPECT_EQ(spot.overrides.production, "P");
  EXPECT_EQ(spot.overrides.season, 1);
  EXPECT_EQ(spot.overrides.number, 12);
  EXPECT_EQ(spot.overrides.air_date, "2024-03-09");
}

TEST(Arguments, NamesReadsWhatToDo) {
  using Action = NamesArguments::Action;
  const auto names = [](std::vector<std::string> words) {
    words.insert(words.begin(), "names");
    return std::get<NamesArguments>(parsed(words).command);
  };
  EXPECT_EQ(names({"party", "3"}).what, "party 3");
  EXPECT_EQ(names({"party 3"}).action, Action::kShow);
  EXPECT_EQ(names({"Party", "add", "3"}).what, "Party");
  const auto add = names(
      {"party", "3", "add", "[김]", "--kind", "romanised", "--language", "ko", "--by", "Ada"});
  EXPECT_EQ(add.action, Action::kAdd);
  EXPECT_EQ(add.name.text, "[김]");
  EXPECT_EQ(add.name.kind, NameKind::kRomanised);
  EXPECT_EQ(add.name.language, "ko");
  EXPECT_EQ(add.author, "Ada");
  EXPECT_EQ(names({"Queen", "remove", "7"}).id, 7);
  const auto search = names({"--search", "kim", "--kind", "party", "--limit", "5"});
  EXPECT_EQ(search.action, Action::kSearch);
  EXPECT_EQ(search.search.kinds, std::vector{EntityKind::kParty});
  EXPECT_EQ(search.search.limit, 5U);
}

TEST(Arguments, NamesRefusesWhatWouldDoNothing) {
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"names"},
                                             {"names", "x", "--limit", "5"},
                                             {"names", "x", "--language", "ko"},
                                             {"names", "x", "add"},
                                             {"names", "x", "remove", "y"},
                                             {"names", "x", "--search", "y"},
                                             {"names", "x", "add", "y", "--kind", "party"},
                                             {"names", "--search", "y", "--kind", "search"}}) {
    EXPECT_EQ(ended(words).code, kExitUsage);
  }
}

TEST(Arguments, SpotReadsWhichSubtitles) {
  using From = SubtitleWish::From;
  const auto wish = [](std::vector<std::string> words) {
    words.insert(words.begin(), {"spot", "f"});
    return std::get<SpotArguments>(parsed(words).command).subtitles;
  };
  EXPECT_EQ(wish({}), SubtitleWish{});
  EXPECT_EQ(wish({"--subtitles", "none"}).from, From::kNone);
  const SubtitleWish named =
      wish({"--subtitles", "[x].smi", "--subtitles-language", "kor", "--subtitles-shift", "-2.45"});
  EXPECT_EQ(named.from, From::kFile);
  EXPECT_EQ(named.path, "[x].smi");
  EXPECT_EQ(named.language, "ko");
  EXPECT_EQ(named.shift, Milliseconds(-2'450));
}

TEST(Arguments, ScenesAreLookedForUnlessTurnedOff) {
  const auto depth = [](const std::vector<std::string>& words) {
    return std::get<SpotArguments>(parsed(words).command).scenes;
  };
  EXPECT_EQ(depth({"spot", "a"}), PictureDepth::kFast);
  EXPECT_EQ(depth({"spot", "a", "--scenes", "fast"}), PictureDepth::kFast);
  EXPECT_EQ(depth({"spot", "a", "--scenes", "exact"}), PictureDepth::kExact);
  EXPECT_EQ(depth({"spot", "a", "--scenes", "off"}), std::nullopt);
}

TEST(Arguments, MergeTakesAll) {
  EXPECT_FALSE(std::get<MergeArguments>(parsed({"merge"}).command).all);
  EXPECT_TRUE(std::get<MergeArguments>(parsed({"merge", "--all"}).command).all);
}

TEST(Arguments, RecurTakesEpisodesOrOneCue) {
  EXPECT_TRUE(std::get<RecurArguments>(parsed({"recur"}).command).episodes.empty());
  EXPECT_EQ(std::get<RecurArguments>(parsed({"recur", "1", "[x]"}).command).episodes,
            (std::vector<std::string>{"1", "[x]"}));
  const auto recur = std::get<RecurArguments>(
      parsed({"recur", "--catalogue", "unknown cue 7", "--title", "T", "--artist", "A"}).command);
  EXPECT_EQ(recur.catalogue, "unknown cue 7");
  EXPECT_EQ(recur.identity, (CueIdentity{"T", "A", "", "", "original"}));
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"recur", "--title", "T"},
           {"recur", "--catalogue", "7"},
           {"recur", "--catalogue", "7", "--title", "T", "1"},
           {"recur", "--catalogue", "7", "--label", "7", "--title", "T"},
           {"recur", "--label", "7", "--title", "T", "--artist", "A"},
           {"recur", "--catalogue", "7", "--title", "T", "--recording-version", "x"}}) {
    EXPECT_EQ(ended(words).code, kExitUsage) << words.back();
  }
}

TEST(Arguments, ASheetsFormatIsSaidOrToldByItsFile) {
  const auto sheet = [](const std::vector<std::string>& words) {
    const auto parsed = parse_arguments(words);
    EXPECT_TRUE(std::holds_alternative<Arguments>(parsed));
    return std::get<SheetArguments>(std::get<Arguments>(parsed).command);
  };
  EXPECT_EQ(sheet({"sheet", "1"}).format, SheetFormat::kCsv);
  EXPECT_EQ(sheet({"sheet", "1", "-o", "x.pdf"}).format, SheetFormat::kPdf);
  EXPECT_EQ(sheet({"sheet", "1", "-o", "x.pdf", "--format", "edl"}).format, SheetFormat::kEdl);
  EXPECT_TRUE(sheet({"sheet", "1"}).options.has_mark);
  EXPECT_FALSE(sheet({"sheet", "1", "--no-bom"}).options.has_mark);
  EXPECT_FALSE(sheet({"sheet", "1"}).is_rolled_up);
  EXPECT_FALSE(sheet({"sheet", "1"}).has_format);
  EXPECT_TRUE(sheet({"sheet", "1", "--rolled-up", "-o", "x.xlsx"}).is_rolled_up);
  EXPECT_TRUE(sheet({"sheet", "1", "-o", "x.xlsx"}).has_format);
  EXPECT_EQ(sheet({"sheet", "1", "--format", "pdf", "--paper", "letter"}).options.paper,
            Paper::kLetter);
  const TimelineOptions timeline =
      sheet({"sheet", "1", "--format", "edl", "--frame-rate", "29.97", "--start-timecode",
             "10:00:00:00", "--drop-frame", "--part", "2"})
          .options.timeline;
  EXPECT_EQ(timeline.rate, (Fraction{30'000, 1'001}));
  EXPECT_EQ(timeline.start_timecode, "10:00:00:00");
  EXPECT_EQ(timeline.drop_frame, true);
  EXPECT_EQ(timeline.part, 2);
  EXPECT_EQ(
      sheet({"sheet", "1", "--format", "otio", "--no-drop-frame"}).options.timeline.drop_frame,
      false);
  EXPECT_EQ(sheet({"sheet", "1", "--format", "otio"}).options.timeline.drop_frame, std::nullopt);
}

TEST(Arguments, ImportTakesAFileAndWhatItIs) {
  const auto import = std::get<ImportArguments>(
      parsed({"import", "[x].csv", "--as", "people", "--dry-run", "--by", "Ada"}).command);
  EXPECT_EQ(import.file, "[x].csv");
  EXPECT_EQ(import.options.kind, TableKind::kPeople);
  EXPECT_TRUE(import.options.dry_run);
  EXPECT_EQ(import.author, "Ada");
  EXPECT_FALSE(import.cue_sheet.has_value());
  const auto sheet = std::get<ImportArguments>(
      parsed({"import", "x.csv", "--episode", "S01E03", "--map", "title=Titel", "--part", "2",
              "--frame-rate", "29.97", "--drop-frame", "--dry-run"})
          .command);
  ASSERT_TRUE(sheet.cue_sheet.has_value());
  EXPECT_EQ(sheet.cue_sheet->episode, "S01E03");
  EXPECT_EQ(sheet.cue_sheet->part, 2);
  EXPECT_EQ(sheet.cue_sheet->reader.mapping.size(), 1U);
  EXPECT_TRUE(sheet.cue_sheet->reader.clock.timebase->is_drop_frame);
  EXPECT_TRUE(sheet.cue_sheet->dry_run);
}

TEST(Arguments, EditTakesAThingAndAnAction) {
  const auto edit = [](std::vector<std::string> words) {
    words.insert(words.begin(), "edit");
    return std::get<EditArguments>(parsed(words).command).request;
  };
  EXPECT_TRUE(std::holds_alternative<EditArguments::History>(edit({"--history"})));
  EXPECT_EQ(std::get<EditArguments::Undo>(edit({"--undo", "7"})).edit, 7);
  EXPECT_EQ(std::get<EditArguments::Show>(edit({"show", "7"})).edit, 7);
  EXPECT_EQ(std::get<EditArguments::Facts>(edit({"work", "3", "facts"})).what.kind,
            EntityKind::kWork);
  // A work that is called "work".
  EXPECT_EQ(std::get<EditArguments::Facts>(edit({"work", "facts"})).what.text, "work");
  const auto credit = std::get<EntityEdit>(
      edit({"Promise", "credit", "C", "Kim", "--share", "33.3333", "--society", "KOMCA"}));
  EXPECT_EQ(credit.what.kind, std::nullopt);
  EXPECT_EQ(std::get<SetCredit>(credit.action).share, (Share{333'333}));
  EXPECT_EQ(
      std::get<LinkWork>(std::get<EntityEdit>(edit({"recording", "X", "work", "Y"})).action).work,
      "Y");
  EXPECT_TRUE(
      std::get<AddThing>(std::get<EntityEdit>(edit({"party", "X", "add", "--organisation"})).action)
          .is_organisation);
}

TEST(Arguments, WrongUsageEndsWithOneLineAndItsCode) {
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"frobnicate"},
                                             {"add"},
                                             {"spot"},
                                             {"spot", "a", "b", "--episode", "1"},
                                             {"spot", "a", "--stale"},
                                             {"spot", "--stale", "--production", "P"},
                                             {"spot", "a", "--episode", "x"},
                                             {"spot", "a", "b", "--subtitles", "x.srt"},
                                             {"spot", "--stale", "--subtitles", "x.srt"},
                                             {"spot", "--stale", "--scenes", "exact"},
                                             {"spot", "--stale", "--scenes", "fast"},
                                             {"scenes", "1", "-o", "x.vtt"},
                                             {"scenes", "1", "undo", "-o", "x.vtt"},
                                             {"spot", "a", "--subtitles-language", "not one"},
                                             {"spot", "a", "--subtitles-shift", "1e9"},
                                             {"spot", "a", "--subtitles-shift", "nan"},
                                             {"add", "a", "--recording-version", "loud"},
                                             {"list", "frogs"},
                                             {"list", "--threads", "0"},
                                             {"sheet", "1", "--format", "doc"},
                                             {"sheet", "1", "--format", "pdf", "--bom"},
                                             {"sheet", "1", "--format", "edl", "--rolled-up"},
                                             {"sheet", "1", "check", "--rolled-up"},
                                             {"compare", "a.csv", "1", "-o", "x.doc"},
                                             {"compare", "a.csv", "1", "--format", "doc"},
                                             {"compare", "a.csv", "1", "--paper", "a4"},
                                             {"sheet", "1", "--format", "csv", "--paper", "a4"},
                                             {"sheet", "1", "--format", "csv", "--part", "1"},
                                             {"sheet", "1", "--format", "vtt", "--drop-frame"},
                                             {"sheet", "1", "--format", "edl", "--frame-rate", "x"},
                                             {"merge", "x"},
                                             {"import"},
                                             {"import", "a", "b"},
                                             {"import", "a", "--as", "cheese"},
                                             {"import", "a", "--as", "cuesheet"},
                                             {"import", "a", "--map", "title=Titel"},
                                             {"import", "a", "--as", "works", "--episode", "1"},
                                             {"import", "a", "--episode", "1", "--map", "x"},
                                             {"edit"},
                                             {"edit", "--undo", "x"},
                                             {"edit", "--undo", "1", "--redo", "2"},
                                             {"edit", "Promise", "set", "colour", "red"},
                                             {"edit", "Promise", "credit", "bard", "Kim"},
                                             {"edit", "Promise", "facts", "--share", "50"},
                                             {"edit", "Promise", "prefer", "1"},
                                             {"stats", "--bogus"}}) {
    const ParseEnd end = ended(words);
    EXPECT_EQ(end.code, kExitUsage) << words.front();
    EXPECT_FALSE(end.err.empty());
    EXPECT_EQ(end.err.find('\n'), std::string::npos);
  }
}

TEST(Arguments, HelpIsOfTheCommandThatWasAsked) {
  EXPECT_EQ(ended({"--help"}).out, full_help());
  EXPECT_EQ(ended({"spot", "--help"}).out, command_help("spot"));
  EXPECT_EQ(ended({"spot", "--help"}).code, kExitDone);
  EXPECT_EQ(ended({"--version"}).out, version_text());
  EXPECT_EQ(ended({}).code, kExitUsage);
}

}  // namespace
}  // namespace needledrop
