#include "catalogue/sheets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/catalogue_test.h"
#include "catalogue/licences.h"

namespace needledrop {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class SheetsTest : public CatalogueFixture {
 protected:
  Catalogue catalogue_ = open();
  std::int64_t episode_ = store(catalogue_, episode_of(catalogue_, "e.mkv"));

  SheetRevision newest() { return value_of(newest_revision(catalogue_.database(), episode_, "")); }
  Result<void> step(SheetStatus after, std::string document = "") {
    SheetRevision revision = newest();
    revision.document = std::move(document);
    return take_sheet_step(
        catalogue_, revision,
        {"2026-03-09T08:00:00Z", "Ada", revision.revision, revision.status, after, ""});
  }
};

TEST_F(SheetsTest, BeginAsADraft) {
  EXPECT_EQ(newest().status, SheetStatus::kDraft);
  EXPECT_EQ(newest().revision, 1);
  EXPECT_THAT(value_of(sheet_steps(catalogue_.database(), episode_, "")), IsEmpty());
}

TEST_F(SheetsTest, GoStepByStepAndRememberWhoTookThem) {
  EXPECT_DONE(step(SheetStatus::kInReview));
  EXPECT_DONE(step(SheetStatus::kApproved));
  EXPECT_DONE(step(SheetStatus::kFiled, "{}"));
  EXPECT_EQ(newest().status, SheetStatus::kFiled);
  const auto steps = value_of(sheet_steps(catalogue_.database(), episode_, ""));
  ASSERT_THAT(steps, SizeIs(3));
  EXPECT_EQ(steps[2].author, "Ada");
  EXPECT_EQ(steps[2].before, SheetStatus::kApproved);
}

TEST_F(SheetsTest, WhatWasFiledStaysAndTheNextRevisionBegins) {
  EXPECT_DONE(step(SheetStatus::kApproved));
  EXPECT_DONE(step(SheetStatus::kFiled, "filed"));
  EXPECT_DONE(step(SheetStatus::kRevised, "something else"));
  EXPECT_EQ(newest().revision, 2);
  EXPECT_EQ(newest().status, SheetStatus::kDraft);
  const auto all = value_of(sheet_revisions(catalogue_.database(), episode_, ""));
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].status, SheetStatus::kRevised);
  EXPECT_EQ(all[0].document, "filed");
}

TEST_F(SheetsTest, WhatIsSaidWithARevisionIsOfTheNextOne) {
  SheetRevision revision = newest();
  revision.society = "us";
  EXPECT_DONE(take_sheet_step(
      catalogue_, revision,
      {"2026-03-09T08:00:00Z", "Ada", 1, SheetStatus::kDraft, SheetStatus::kApproved, ""}));
  EXPECT_DONE(step(SheetStatus::kFiled, "filed"));
  revision = newest();
  EXPECT_EQ(revision.society, "us");
  revision.incomplete = "a writer is not known";
  revision.society = "uk";
  EXPECT_DONE(take_sheet_step(
      catalogue_, revision,
      {"2026-03-09T08:00:00Z", "Ada", 1, SheetStatus::kFiled, SheetStatus::kRevised, ""}));
  const auto all = value_of(sheet_revisions(catalogue_.database(), episode_, ""));
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].incomplete, "");
  EXPECT_EQ(all[0].society, "us");
  EXPECT_EQ(all[0].document, "filed");
  EXPECT_EQ(all[1].incomplete, "a writer is not known");
  EXPECT_EQ(all[1].society, "uk");
}

TEST_F(SheetsTest, WhatWasFiledOutlivesItsEpisode) {
  EXPECT_DONE(step(SheetStatus::kApproved));
  EXPECT_DONE(step(SheetStatus::kFiled, "filed"));
  EXPECT_DONE(step(SheetStatus::kRevised));
  EXPECT_DONE(catalogue_.remove_episode(episode_));
  const auto all = value_of(sheet_revisions(catalogue_.database(), episode_, ""));
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].document, "filed");
  EXPECT_THAT(value_of(catalogue_.verify()), IsEmpty());
}

TEST_F(SheetsTest, StepsThatMakeNoSenseAreRefused) {
  EXPECT_THAT(error_of(step(SheetStatus::kFiled, "{}")).message,
              HasSubstr("a sheet that is draft can't become filed"));
  EXPECT_DONE(step(SheetStatus::kApproved));
  EXPECT_THAT(error_of(step(SheetStatus::kFiled)).message, HasSubstr("no document"));
  EXPECT_DONE(step(SheetStatus::kFiled, "{}"));
  EXPECT_EQ(error_of(step(SheetStatus::kDraft)).kind, Error::Kind::kInvalidArgument);
}

TEST_F(SheetsTest, WhoComesLateIsTold) {
  const SheetRevision seen = newest();
  EXPECT_DONE(step(SheetStatus::kApproved));
  EXPECT_EQ(error_of(take_sheet_step(catalogue_, seen,
                                     {"2026-03-09T08:00:00Z", "Bo", 1, seen.status,
                                      SheetStatus::kInReview, ""}))
                .kind,
            Error::Kind::kBusy);
}

TEST_F(SheetsTest, LicencesAreCheckedAndFoundByProduction) {
  const SourceId song = add(catalogue_, "Promise");
  const std::int64_t production = value_of(catalogue_.production_named("Queen")).id;
  auto edit = value_of(CatalogueEdit::begin(catalogue_, {"Ada", "2026-03-09T08:00:00Z", "test"}));
  Licence licence;
  licence.of = {EntityKind::kRecording, song.value};
  licence.production = production;
  licence.first_day = "2024.1.1";
  licence.provenance = value_of(edit.provenance_id({0, Provenance::Kind::kPerson, "Ada", ""}));
  EXPECT_EQ(value_of(add_licence(edit, licence)), 1);
  licence.last_day = "2023-12-31";
  EXPECT_THAT(error_of(add_licence(edit, licence)).message, HasSubstr("before it begins"));
  licence.last_day = "2024-02";
  EXPECT_THAT(error_of(add_licence(edit, licence)).message, HasSubstr("needs a day"));
  licence.kind = Licence::Kind::kSync;
  EXPECT_THAT(error_of(add_licence(edit, licence)).message,
              HasSubstr("a sync licence is of a work"));
  EXPECT_DONE(edit.commit());
  const auto found = value_of(licences_for(catalogue_.database(), production));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].first_day, "2024-01-01");
  EXPECT_THAT(value_of(licences_for(catalogue_.database(), production + 1)), IsEmpty());
  EXPECT_DONE(catalogue_.remove_recording(song));
  EXPECT_EQ(value_of(licences_for(catalogue_.database(), production)).at(0).was_of, "Promise");
}

}  // namespace
}  // namespace needledrop
