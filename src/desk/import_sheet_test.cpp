#include "desk/import_sheet.h"

#include <array>
#include <fstream>
#include <functional>
#include <random>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/catalogue_test.h"
#include "catalogue/credits.h"
#include "catalogue/episode_edits.h"
#include "catalogue/facts.h"
#include "catalogue/names.h"
#include "catalogue/parties.h"
#include "catalogue/works.h"
#include "cuesheet/csv.h"
#include "cuesheet/edl.h"
#include "cuesheet/timeline_maker.h"
#include "cuesheet/xlsx.h"
#include "desk/current_sheet.h"
#include "desk/desk.h"
#include "desk/review.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kEpisode = "Queen/S01E01";

class ImportSheetTest : public CatalogueFixture {
 protected:
  ImportSheetTest()
      : files_(posix_file_system()),
        desk_(value_of(
            Desk::open(*files_, system_clock(), folder_ + "/desk", Desk::Purpose::kCreate))) {
    rain_ = add(catalogue(), "비 (Inst.)");
    snow_ = add(catalogue(), "Snow");
  }

  Catalogue& catalogue() { return desk_.catalogue(); }
  const Database& database() { return catalogue().database(); }

  NewEpisode part(int number, std::vector<Spot> spots) {
    NewEpisode made = episode_of(catalogue(), "queen." + std::to_string(number) + ".mkv");
    made.episode.production = production_;
    made.episode.season = 1;
    made.episode.number = 1;
    made.file.part = number;
    made.file.frame_rate = {25, 1};
    made.file.start_timecode = "10:00:00:00";
    made.run.spots = std::move(spots);
    return made;
  }
  /// An episode in two parts: 비 at 0:10 and 2:00, 눈 at 1:00 of the second.
  void spot() {
    edit([&](CatalogueEdit& edit) { production_ = value_of(add_production(edit, {0, "Queen"})); });
    NewEpisode first = part(1, {spot_of(rain_, 10'000, 40'000), spot_of(rain_, 120'000, 150'000)});
    episode_ = store(catalogue(), first);
    NewEpisode second = part(2, {spot_of(snow_, 60'000, 90'000)});
    second.episode.id = episode_;
    store(catalogue(), second);
  }
  void edit(const std::function<void(CatalogueEdit&)>& change) {
    CatalogueEdit edit =
        value_of(CatalogueEdit::begin(catalogue(), {"Ada", "2026-03-09T08:00:00Z", "set up"}));
    change(edit);
    EXPECT_DONE(edit.commit());
  }

  ImportOutcome import(const std::string& bytes, SheetImportOptions options = {},
                       const std::string& name = "sheet.csv") {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path, std::ios::binary) << bytes;
    if (options.episode.empty()) options.episode = kEpisode;
    options.author = "Bea";
    return value_of(import_sheet(desk_, path, options));
  }
  CueSheet sheet() {
    return value_of(live_sheet(desk_, value_of(episode_cues(desk_, kEpisode)), {}));
  }
  void review_as_ada(ReviewRequest request) {
    request.author = "Ada";
    EXPECT_DONE(review(desk_, kEpisode, request));
  }
  void change_cue(int number, CueValues values) {
    ReviewRequest request;
    request.kind = DecisionKind::kSet;
    request.cues.numbers = {{number, number}};
    request.values = std::move(values);
    review_as_ada(request);
  }
  void decide_cue(int number, DecisionKind kind) {
    ReviewRequest request;
    request.kind = kind;
    request.cues.numbers = {{number, number}};
    review_as_ada(request);
  }
  static std::vector<std::string> texts(const std::vector<ImportProblem>& problems) {
    std::vector<std::string> texts;
    texts.reserve(problems.size());
    for (const ImportProblem& problem : problems) {
      texts.push_back(to_string(problem.at) + ": " + problem.text);
    }
    return texts;
  }
  void expect_no_change(const ImportOutcome& outcome) {
    EXPECT_THAT(texts(outcome.errors), IsEmpty());
    if (!outcome.edit.has_value()) return;
    const MadeEdit edit = value_of(made_edit(catalogue(), *outcome.edit));
    for (const DescribedChange& change : value_of(describe_changes(database(), edit.changes))) {
      ADD_FAILURE() << outcome.path << ": " << change.group << " " << change.text;
    }
  }

  std::unique_ptr<FileSystem> files_;
  Desk desk_;
  SourceId rain_;
  SourceId snow_;
  std::int64_t production_ = 0;
  std::int64_t episode_ = 0;
};

TEST_F(ImportSheetTest, LinesOfNoCueBecomeCuesOfTheirPart) {
  spot();
  const ImportOutcome outcome = import(
      "part,title,artist,in,out,usage,vocal,work,iswc,party,party_role,party_share,party_ipi\n"
      "1,비 (Inst.),,0:10,0:40,,,,,,,,\n"
      "2,Harbour,Kim Hana,0:05,0:25,featured,vocal,Harbour,T-034.524.680-1,Lee "
      "Du,C,50,00014107338\n"
      "2,Harbour,Kim Hana,0:05,0:25,featured,vocal,Harbour,T-034.524.680-1,House,E,50,\n");
  EXPECT_THAT(texts(outcome.errors), IsEmpty());
  ASSERT_TRUE(outcome.edit.has_value());
  const CueSheet made = sheet();
  ASSERT_THAT(made.cues, SizeIs(4));
  const SheetCue& cue = made.cues[2];
  EXPECT_EQ(cue.part, 2);
  EXPECT_EQ(cue.standing, CueStanding::kAccepted);
  EXPECT_THAT(cue.heard, ElementsAre(Span{Milliseconds(5'000), Milliseconds(25'000)}));
  EXPECT_EQ(cue.title, "Harbour");
  EXPECT_EQ(cue.artist, "Kim Hana");
  EXPECT_EQ(cue.function, CueFunction::kFeatured);
  EXPECT_EQ(cue.vocal, CueVocal::kVocal);
  ASSERT_THAT(cue.works, SizeIs(1));
  EXPECT_EQ(cue.works[0].iswc, "T0345246801");
  ASSERT_THAT(cue.works[0].parties, SizeIs(2));
  EXPECT_EQ(cue.works[0].parties[0].ipi, "00014107338");
  EXPECT_EQ(cue.works[0].parties[1].share, (Share{500'000}));
  const auto decisions = value_of(decisions_of(catalogue(), episode_, ""));
  EXPECT_EQ(decisions.at(0).kind, DecisionKind::kImport);
  EXPECT_EQ(decisions.at(0).author, "Bea");
  // One edit, taken back as one.
  EXPECT_DONE(undo_edit(catalogue(), *outcome.edit));
  EXPECT_THAT(sheet().cues, SizeIs(3));
  EXPECT_THAT(value_of(works(database())), IsEmpty());
  EXPECT_DONE(redo_edit(catalogue(), *outcome.edit));
  EXPECT_EQ(to_csv(sheet()), to_csv(made));
}

TEST_F(ImportSheetTest, ADryRunTellsAndChangesNothing) {
  spot();
  SheetImportOptions options;
  options.dry_run = true;
  const ImportOutcome told = import("title,in,out\nHarbour,3:00,3:20\nSnow,61:00,61:40\n", options);
  std::vector<std::string> changes;
  for (const DescribedChange& change : told.changes) {
    changes.push_back(fmt::format("{} {} {}", to_string(change.kind), change.group, change.text));
  }
  EXPECT_THAT(changes,
              testing::UnorderedElementsAre(HasSubstr("changed cue #3 Snow, 1:00-1:40, accepted"),
                                            HasSubstr("Harbour, 3:00-3:20, accepted")));
  EXPECT_THAT(sheet().cues, SizeIs(3));
  EXPECT_THAT(value_of(made_edits(catalogue())), SizeIs(1));
}

TEST_F(ImportSheetTest, WhatNobodyDecidedFollowsTheSheetAndTheRestIsTold) {
  spot();
  decide_cue(2, DecisionKind::kAccept);
  decide_cue(3, DecisionKind::kReject);
  const ImportOutcome outcome =
      import("title,in,out\n비,0:12,0:44\n비,2:05,2:30\nSnow,61:00,61:30\nHail,0:13,0:43\n");
  EXPECT_THAT(texts(outcome.warnings),
              ElementsAre("line 3: cue #2 '비 (Inst.)' begins 0:05 earlier; Ada decided about it, "
                          "and it stays",
                          HasSubstr("line 4: 'Snow' was rejected here by Ada (cue #3)")));
  const CueSheet made = sheet();
  ASSERT_THAT(made.cues, SizeIs(3));
  EXPECT_EQ(extent(made.cues[0]), (Span{Milliseconds(12'000), Milliseconds(44'000)}));
  EXPECT_EQ(made.cues[0].standing, CueStanding::kAccepted);
  EXPECT_EQ(made.cues[1].title, "Hail");
  EXPECT_EQ(extent(made.cues[2]), (Span{Milliseconds(120'000), Milliseconds(150'000)}));
}

TEST_F(ImportSheetTest, OtherMusicIsToldUnlessTheLineNamesARecording) {
  spot();
  const ImportOutcome outcome =
      import("title,in,out\nRegen,0:10,0:40\nSnow,2:00,2:30\nSnow,61:00,61:30\n");
  EXPECT_THAT(texts(outcome.warnings),
              ElementsAre(HasSubstr("line 2: 'Regen' was heard as '비 (Inst.)' (cue #1)")));
  const CueSheet made = sheet();
  ASSERT_THAT(made.cues, SizeIs(3));
  EXPECT_EQ(made.cues[0].title, "비 (Inst.)");
  EXPECT_EQ(made.cues[1].title, "Snow");
  // By a further name it is the same music.
  edit([&](CatalogueEdit& edit) {
    const auto from = value_of(edit.provenance_id({0, Provenance::Kind::kPerson, "Ada", ""}));
    value_of(add_name(
        edit,
        {0, {EntityKind::kRecording, rain_.value}, "Regen", "de", "", NameKind::kLocalised, from}));
  });
  const ImportOutcome again = import("title,in,out\nRegen,0:10,0:40\n");
  EXPECT_THAT(again.warnings, IsEmpty());
  expect_no_change(again);
}

TEST_F(ImportSheetTest, SheetsOfOthersByColumnMappingAndWritersInOneCell) {
  spot();
  SheetImportOptions options;
  options.reader.mapping = value_of(read_sheet_mapping("title=Stück,in=Von,out=Bis"));
  const ImportOutcome outcome = import(
      "Nr;Stück;Komponist;Verlag;Von;Bis\n"
      "1;Hafen;Lee Du / Ann Example (A) 25;Haus;10:00:20:00;10:00:30:12\n",
      options);
  EXPECT_THAT(texts(outcome.errors), IsEmpty());
  const CueSheet made = sheet();
  ASSERT_THAT(made.cues, SizeIs(4));
  const SheetCue& cue = made.cues[1];
  EXPECT_EQ(extent(cue), (Span{Milliseconds(20'000), Milliseconds(30'480)}));
  ASSERT_THAT(cue.works, SizeIs(1));
  const auto& parties = cue.works[0].parties;
  ASSERT_THAT(parties, SizeIs(3));
  EXPECT_EQ(parties[0].role, Role::kComposer);
  EXPECT_EQ(parties[1].name, "Ann Example");
  EXPECT_EQ(parties[1].role, Role::kAuthor);
  EXPECT_EQ(parties[1].share, (Share{250'000}));
  EXPECT_EQ(parties[2].name, "Haus");
}

TEST_F(ImportSheetTest, NothingIsHalfDoneAndErrorsNameTheirPlaces) {
  spot();
  const ImportOutcome outcome = import(
      "part,title,in,out,isrc,party,party_role,party_share\n"
      "1,A,0:50,0:55,,X,composer,60\n1,A,0:50,0:55,,Y,bard,10\n"
      "3,B,0:05,0:10,,,,\n2,C,0:05,0:10,nonsense,,,\n1,D,90:00,91:00,,,,\n2,E,59:00,61:00,,,,\n");
  EXPECT_THAT(texts(outcome.errors),
              ElementsAre(HasSubstr("line 3, column 7: 'bard' is no role"),
                          HasSubstr("line 4: the episode has no part 3"),
                          HasSubstr("line 5, column 5"), HasSubstr("line 7: 3540.000 s")));
  EXPECT_THAT(sheet().cues, SizeIs(3));
  EXPECT_THAT(value_of(works(database())), IsEmpty());
  EXPECT_EQ(error_of(import_sheet(desk_, folder_ + "/sheet.csv",
                                  {"Nobody/S01E01", {}, {}, "", "", false, false}))
                .kind,
            Error::Kind::kNotFound);
}

TEST_F(ImportSheetTest, AnEditDecisionListOfAPartIsReadInItsFrames) {
  spot();
  SheetImportOptions options;
  options.part = 2;
  const ImportOutcome outcome = import(
      "TITLE: QUEEN\nFCM: NON-DROP FRAME\n"
      "001  AX       A     C        00:00:00:00 00:00:10:00 10:00:01:00 10:00:11:05\n"
      "* FROM CLIP NAME: Harbour\n"
      "002  AX       A     C        00:00:00:00 00:00:30:00 10:01:00:00 10:01:30:00\n"
      "* FROM CLIP NAME: Snow\n",
      options, "queen.edl");
  EXPECT_THAT(texts(outcome.errors), IsEmpty());
  const CueSheet made = sheet();
  ASSERT_THAT(made.cues, SizeIs(4));
  EXPECT_EQ(made.cues[2].title, "Harbour");
  EXPECT_EQ(made.cues[2].part, 2);
  EXPECT_EQ(extent(made.cues[2]), (Span{Milliseconds(1'000), Milliseconds(11'200)}));
}

/// What an episode may hold, made at random.
class ExportedSheets : public ImportSheetTest {
 protected:
  int below(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }
  std::string pick(std::initializer_list<const char*> texts) {
    return *(texts.begin() + below(static_cast<int>(texts.size())));
  }

  void make_works() {
    constexpr std::array kNames{"김수현", "Lee Du", "Ann"};
    constexpr std::array kTitles{"비", "Snow", "=Sum", "Rain / Sun"};
    edit([&](CatalogueEdit& edit) {
      for (int i = 0; i < 6; ++i) {
        value_of(add_party(edit, {0, Party::Kind::kPerson, kNames.at(i % 3), std::to_string(i)}));
      }
      const auto from = value_of(edit.provenance_id({0, Provenance::Kind::kImport, "a.csv", ""}));
      const auto other = value_of(edit.provenance_id({0, Provenance::Kind::kImport, "b.csv", ""}));
      for (int i = 0; i < 8; ++i) {
        const auto work = value_of(add_work(edit, {0, kTitles.at(i % 4), std::to_string(i)}));
        // Of those of one name a work knows one.
        const std::int64_t namesakes = 3 * static_cast<std::int64_t>(below(2));
        for (int k = below(5); k > 0; --k) {
          Credit credit{
              0,    {EntityKind::kWork, work}, namesakes + 1 + below(3), Role::kComposer, {}, "",
              from, FactStanding::kStated};
          if (below(3) == 0) credit.role = Role::kPublisher;
          if (below(2) == 0) credit.share = Share{50'000 * static_cast<std::int64_t>(below(3))};
          if (below(2) == 0) credit.society = pick({"KOMCA", "ASCAP"});
          if (below(4) == 0) credit.provenance = other;
          value_of(add_credit(edit, credit));
        }
        if (i < 4 && below(2) == 0) EXPECT_DONE(link_work(edit, rain_, work, from));
        if (i >= 4 && below(2) == 0) EXPECT_DONE(link_work(edit, snow_, work, from));
      }
      value_of(add_fact(
          edit,
          {0, {EntityKind::kParty, 1}, Property::kSociety, "KOMCA", from, FactStanding::kStated}));
    });
  }

  void review_at_random() {
    const int count = static_cast<int>(value_of(episode_cues(desk_, kEpisode)).parts.size());
    ASSERT_EQ(count, 2);
    for (int i = 0; i < 4; ++i) {
      ReviewRequest request;
      request.kind = DecisionKind::kAdd;
      request.part = 1 + below(2);
      const int start = below(3'000'000);
      request.span = {Milliseconds(start), Milliseconds(start + 500 + below(60'000))};
      request.recording = pick({"Snow", "Harbour", "비 (Inst.)", "+Plus", "12m Odd"});
      request.artist = pick({"", "@home", "Kim"});
      request.work = below(3) == 0 ? 1 + below(8) : 0;
      review_as_ada(request);
    }
    const int cues = static_cast<int>(placed_cues(value_of(episode_cues(desk_, kEpisode))).size());
    decide_cue(1 + below(cues),
               pick({"a", "r"}) == "a" ? DecisionKind::kAccept : DecisionKind::kReject);
    CueValues values;
    values.note = pick({"", "-check", "loud"});
    values.function = below(2) == 0 ? CueFunction::kFeatured : CueFunction::kOpeningTheme;
    change_cue(1 + below(cues), values);
  }

  std::mt19937 random_;
};

TEST_F(ExportedSheets, ChangeNothingWhenTheyAreImported) {
  constexpr unsigned kSeed = 20260309;
  random_.seed(kSeed);
  spot();
  make_works();
  for (int round = 0; round < 12; ++round) {
    SCOPED_TRACE(fmt::format("seed {}, round {}", kSeed, round));
    review_at_random();
    const CueSheet exported = sheet();
    expect_no_change(import(to_csv(exported)));
    expect_no_change(import(to_csv(exported, {true, true}), {}, "wide.csv"));
    expect_no_change(import(value_of(to_xlsx(exported)), {}, "sheet.xlsx"));
    for (const int part : {1, 2}) {
      SheetImportOptions options;
      options.part = part;
      TimelineOptions timeline;
      timeline.part = part;
      const std::string edl = value_of(to_edl(value_of(make_timeline(exported, timeline))));
      expect_no_change(import(edl, options, "sheet.edl"));
    }
    EXPECT_EQ(to_csv(sheet()), to_csv(exported));
  }
}

}  // namespace
}  // namespace needledrop
