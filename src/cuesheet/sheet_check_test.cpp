#include "cuesheet/sheet_check.h"

#include <gmock/gmock.h>

namespace needledrop {
namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr Role kC = Role::kComposer;

/// A sheet at which there is nothing to find.
CueSheet faultless() {
  CueSheet sheet;
  SheetHeader& header = sheet.header;
  header.production = "Queen of Rain";
  header.number = 1;
  header.type = "series episode";
  header.country = "KR";
  header.year = "2024";
  header.production_company = header.broadcaster = header.preparer = "Sea";
  header.first_transmission = "2024-04-14";
  sheet.parts = {{std::nullopt, "e.mkv", Milliseconds(60'000), {}, {}, {}}};
  sheet.programme_duration = Milliseconds(60'000);
  SheetCue cue;
  cue.number = 1;
  cue.standing = CueStanding::kAccepted;
  cue.heard = cue.reported = {{Milliseconds(1000), Milliseconds(9000)}};
  cue.title = "Promise";
  cue.function = CueFunction::kBackground;
  cue.works = {{"Promise",
                "T0345246801",
                {{"Moon Sea", kC, Share{500'000}, "00014107338", "KOMCA"},
                 {"Tide", Role::kPublisher, Share{500'000}, "00014107338", ""}},
                {}}};
  sheet.cues = {cue};
  sheet.music_duration = Milliseconds(8000);
  return sheet;
}

std::vector<SheetFault> faults_with(void (*spoil)(CueSheet&)) {
  CueSheet sheet = faultless();
  spoil(sheet);
  return check_sheet(sheet);
}

auto is_error(int cue, const std::string& message) {
  return testing::AllOf(Field(&SheetFault::gravity, SheetFault::Gravity::kError),
                        Field(&SheetFault::cue, cue),
                        Field(&SheetFault::message, HasSubstr(message)));
}

auto is_warning(int cue, const std::string& message) {
  return testing::AllOf(Field(&SheetFault::gravity, SheetFault::Gravity::kWarning),
                        Field(&SheetFault::cue, cue),
                        Field(&SheetFault::message, HasSubstr(message)));
}

TEST(SheetCheck, FindsNothingWhereAllIsThere) {
  EXPECT_THAT(check_sheet(faultless()), IsEmpty());
}

TEST(SheetCheck, CodesOfTheHeaderHaveCheckDigits) {
  EXPECT_THAT(faults_with([](CueSheet& s) {
                s.header.isan = "00000000D07A0090Q";
                s.header.eidr = "10.5240/7791-8534-2C23-9030-8610-5";
              }),
              IsEmpty());
  EXPECT_THAT(faults_with([](CueSheet& s) { s.header.isan = "00000000D07A0090X"; }),
              Contains(is_warning(0, "Q")));
  EXPECT_THAT(
      faults_with([](CueSheet& s) { s.header.eidr = "10.5240/7791-8534-2C23-9030-8610-6"; }),
      Contains(is_warning(0, "5")));
  EXPECT_THAT(faults_with([](CueSheet& s) { s.header.eidr = "10.5240/7791"; }),
              Contains(Field(&SheetFault::gravity, SheetFault::Gravity::kError)));
}

TEST(SheetCheck, WhereASocietySplitsAWorkItNeedsAPublisher) {
  const auto alone = [](CueSheet& s) {
    s.cues[0].works[0].parties.pop_back();
    s.cues[0].works[0].parties[0].share = Share{1'000'000};
  };
  EXPECT_THAT(faults_with(alone), IsEmpty());
  CueSheet sheet = faultless();
  sheet.share_basis = ShareBasis::kSplit;
  EXPECT_THAT(check_sheet(sheet), IsEmpty());
  alone(sheet);
  EXPECT_THAT(check_sheet(sheet), Contains(is_warning(1, "has no publisher")));
}

TEST(SheetCheck, SharesMustAddUpToAWhole) {
  EXPECT_THAT(
      faults_with([](CueSheet& s) { s.cues[0].works[0].parties[0].share = Share{495'000}; }),
      Contains(is_error(1, "add up to 99.50 %, not 100 %")));
  EXPECT_THAT(
      faults_with([](CueSheet& s) { s.cues[0].works[0].parties[0].share = Share{500'100}; }),
      IsEmpty());
  EXPECT_THAT(
      faults_with([](CueSheet& s) { s.cues[0].works[0].parties[0].share = Share{500'101}; }),
      Contains(is_error(1, "add up to 100.0101 %")));
  EXPECT_THAT(faults_with([](CueSheet& s) { s.cues[0].works[0].parties[1].share.reset(); }),
              Contains(is_error(1, "the share of Tide in 'Promise' is not known")));
}

TEST(SheetCheck, AWorkNeedsWritersWithNumbers) {
  EXPECT_THAT(faults_with([](CueSheet& s) { s.cues[0].works.clear(); }),
              Contains(is_error(1, "the work that 'Promise' performs is not known")));
  EXPECT_THAT(faults_with([](CueSheet& s) {
                s.cues[0].works[0].parties.erase(s.cues[0].works[0].parties.begin());
              }),
              Contains(is_error(1, "nobody is known to have written 'Promise'")));
  EXPECT_THAT(faults_with([](CueSheet& s) { s.cues[0].works[0].parties[0].ipi = ""; }),
              Contains(is_warning(1, "Moon Sea (composer) has no IPI")));
  EXPECT_THAT(faults_with([](CueSheet& s) { s.cues[0].works[0].parties[0].ipi = "00014107339"; }),
              Contains(is_warning(1, "38")));
  EXPECT_THAT(faults_with([](CueSheet& s) { s.cues[0].works[0].conflicts = {"50 or 40?"}; }),
              Contains(is_error(1, "50 or 40?")));
  EXPECT_THAT(
      faults_with([](CueSheet& s) { s.cues[0].works[0].parties[1].role = Role::kAdministrator; }),
      Contains(is_warning(1, "no original publisher")));
}

TEST(SheetCheck, TheTitleMustBeTheRegisteredOne) {
  EXPECT_THAT(faults_with([](CueSheet& s) { s.cues[0].title = "PROMISE (Inst.)"; }), IsEmpty());
  EXPECT_THAT(faults_with([](CueSheet& s) { s.cues[0].title = "Love Theme"; }),
              Contains(is_warning(1, "'Love Theme' differs from the title")));
}

TEST(SheetCheck, TimesMayNotOverlapOrLeaveTheProgramme) {
  EXPECT_THAT(faults_with([](CueSheet& s) {
                s.cues.push_back(s.cues[0]);
                s.cues[1].number = 2;
                s.cues[1].reported = {{Milliseconds(8999), Milliseconds(9500)}};
              }),
              Contains(is_error(1, "overlaps that of cue 2")));
  EXPECT_THAT(faults_with([](CueSheet& s) { s.cues[0].reported[0].end = Milliseconds(60'001); }),
              Contains(is_error(1, "outside the programme")));
  EXPECT_THAT(faults_with([](CueSheet& s) { s.music_duration = Milliseconds(60'001); }),
              Contains(is_error(0, "more music than programme")));
}

TEST(SheetCheck, AUseNeedsItsCode) {
  EXPECT_THAT(faults_with([](CueSheet& s) { s.society = "us"; }),
              Contains(is_error(1, "its code for us depends")));
  EXPECT_THAT(faults_with([](CueSheet& s) { s.cues[0].function = CueFunction::kUnknown; }),
              Contains(is_error(1, "what the music is for")));
  EXPECT_THAT(faults_with([](CueSheet& s) { s.cues[0].origin = CueOrigin::kLibrary; }),
              Contains(is_error(1, "label and catalogue number")));
}

TEST(SheetCheck, ErrorsComeFirst) {
  const auto faults = faults_with([](CueSheet& s) {
    s.header.broadcaster = "";
    s.cues[0].standing = CueStanding::kDetected;
    s.cues[0].works.clear();
  });
  ASSERT_EQ(faults.size(), 3U);
  EXPECT_EQ(faults[0].gravity, SheetFault::Gravity::kError);
  EXPECT_THAT(faults[1], is_warning(0, "the broadcaster is not known"));
  EXPECT_THAT(faults[2], is_warning(1, "nobody has reviewed it"));
  EXPECT_TRUE(has_errors(faults));
  EXPECT_FALSE(has_errors(std::span(faults).subspan(1)));
}

TEST(SheetCheck, WhatIsNotClearedIsAWarning) {
  EXPECT_THAT(faults_with([](CueSheet& s) { s.cues[0].clearance = Clearance::kExpired; }),
              Contains(is_warning(1, "expired at broadcast")));
  EXPECT_THAT(faults_with([](CueSheet& s) { s.cues[0].clearance = Clearance::kCleared; }),
              Not(Contains(is_warning(1, "cleared"))));
}

}  // namespace
}  // namespace needledrop
