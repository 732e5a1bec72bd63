#include "catalogue/catalogue_edit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/catalogue_test.h"
#include "catalogue/cue_changes.h"
#include "catalogue/decisions.h"

namespace needledrop {
namespace {

using testing::HasSubstr;

class CatalogueEditTest : public CatalogueFixture {
 protected:
  Catalogue catalogue_ = open();

  CatalogueEdit begin(std::string summary) {
    return value_of(
        CatalogueEdit::begin(catalogue_, {"Ada", "2026-03-09T08:00:00Z", std::move(summary)}));
  }
  /// Makes an edit of one statement.
  std::int64_t edit(const std::string& sql) {
    CatalogueEdit edit = begin(sql);
    EXPECT_DONE(edit.database().execute(sql));
    return value_of(edit.commit()).value_or(0);
  }
  [[nodiscard]] std::int64_t count(std::string_view condition) const {
    return value_of(
        number(catalogue_.database(), "SELECT count(*) FROM work WHERE " + std::string(condition)));
  }
};

constexpr const char* kAdd = "INSERT INTO work (title, comment) VALUES ('Promise', '')";
constexpr const char* kRename = "UPDATE work SET title = 'Vow' WHERE title = 'Promise'";

TEST_F(CatalogueEditTest, WhatIsNotCommittedNeverHappened) {
  {
    CatalogueEdit edit = begin("dropped");
    EXPECT_DONE(edit.database().execute(kAdd));
    const auto changes = value_of(edit.changes());
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].kind, RowChange::Kind::kAdded);
    EXPECT_EQ(changes[0].table, "work");
    EXPECT_EQ(changes[0].columns[1], (RowChange::Column{"title", "", "Promise"}));
  }
  EXPECT_EQ(count("1"), 0);
  EXPECT_TRUE(value_of(made_edits(catalogue_)).empty());
}

TEST_F(CatalogueEditTest, ThatChangesNothingIsNotKept) {
  EXPECT_EQ(edit("SELECT 1"), 0);
  EXPECT_TRUE(value_of(made_edits(catalogue_)).empty());
}

TEST_F(CatalogueEditTest, IsUndoneAndRedoneAfterTheCatalogueWasOpenedAgain) {
  const std::int64_t added = edit(kAdd);
  const std::int64_t renamed = edit(kRename);
  catalogue_ = open();
  EXPECT_DONE(undo_edit(catalogue_, renamed));
  EXPECT_EQ(count("title = 'Promise'"), 1);
  EXPECT_DONE(undo_edit(catalogue_, added));
  EXPECT_EQ(count("1"), 0);
  catalogue_ = open();
  EXPECT_DONE(redo_edit(catalogue_, added));
  EXPECT_DONE(redo_edit(catalogue_, renamed));
  EXPECT_EQ(count("title = 'Vow'"), 1);
  EXPECT_THAT(error_of(redo_edit(catalogue_, renamed)).message, HasSubstr("nothing to redo"));
}

TEST_F(CatalogueEditTest, TellsWhoChangedWhatFromWhatToWhat) {
  edit(kAdd);
  const MadeEdit renamed = value_of(made_edit(catalogue_, edit(kRename)));
  EXPECT_EQ(renamed.note.author, "Ada");
  EXPECT_EQ(renamed.note.summary, kRename);
  ASSERT_EQ(renamed.changes.size(), 1U);
  EXPECT_EQ(renamed.changes[0].kind, RowChange::Kind::kChanged);
  EXPECT_EQ(renamed.changes[0].key, "1");
  EXPECT_EQ(renamed.changes[0].columns,
            (std::vector<RowChange::Column>{{"title", "Promise", "Vow"}}));
}

TEST_F(CatalogueEditTest, IsNotUndoneUnderWhatWasChangedSince) {
  const std::int64_t added = edit(kAdd);
  edit(kRename);
  const Error error = error_of(undo_edit(catalogue_, added));
  EXPECT_EQ(error.kind, Error::Kind::kInvalidArgument);
  EXPECT_THAT(error.message, HasSubstr("work 1 was changed since, by edit 2 (UPDATE work"));
  EXPECT_EQ(count("title = 'Vow'"), 1);
}

TEST_F(CatalogueEditTest, IsNotUndoneUnderWhatHangsOnIt) {
  const std::int64_t party =
      edit("INSERT INTO party (kind, name, comment) VALUES ('person', 'A', '')");
  edit(
      "INSERT INTO work (title, comment) VALUES ('W', '');"
      "INSERT INTO provenance (kind, name, location) VALUES ('person', '', '');"
      "INSERT INTO credit (entity_kind, entity, party, role, society, provenance, standing) "
      "VALUES ('work', 1, 1, 'composer', '', 1, 'stated')");
  EXPECT_THAT(error_of(undo_edit(catalogue_, party)).message, HasSubstr("credit 1 hangs on it"));
  EXPECT_EQ(value_of(number(catalogue_.database(), "SELECT count(*) FROM credit")), 1);
}

TEST_F(CatalogueEditTest, IsNotUndoneWhenSomethingOfItWasRemovedSince) {
  const std::int64_t added = edit(
      "INSERT INTO work (title, comment) VALUES ('W', '');"
      "INSERT INTO provenance (kind, name, location) VALUES ('person', '', '');"
      "INSERT INTO fact (entity_kind, entity, property, value, provenance, standing) "
      "VALUES ('work', 1, 'language', 'ko', 1, 'stated')");
  const std::int64_t removal = edit("DELETE FROM fact");
  EXPECT_THAT(error_of(undo_edit(catalogue_, added)).message,
              HasSubstr("fact 1 was removed since, by edit 2 (DELETE FROM fact)"));
  EXPECT_EQ(count("1"), 1);
  EXPECT_DONE(undo_edit(catalogue_, removal));
  EXPECT_DONE(undo_edit(catalogue_, added));
  EXPECT_EQ(count("1"), 0);
  EXPECT_EQ(value_of(number(catalogue_.database(), "SELECT count(*) FROM fact")), 0);
  // What it was made on must be there again.
  EXPECT_THAT(error_of(redo_edit(catalogue_, removal)).message,
              HasSubstr("fact 1 was removed since, by edit 1"));
}

/// With an episode's file and its cues.
class EditedCuesTest : public CatalogueEditTest {
 protected:
  EditedCuesTest() { store(catalogue_, episode_); }

  Decision decision(std::int64_t work, std::vector<Cue> before = {}) {
    const auto cue =
        before.empty()
            ? value_of(added_cue(episode_.file.id, {Milliseconds(1'000), Milliseconds(5'000)},
                                 {SourceId(), work, "Promise", ""}, episode_.file.duration))
            : with_music(before[0], {SourceId(), work, "Vow", ""});
    Decision decision;
    decision.kind = DecisionKind::kImport;
    decision.author = "Ada";
    decision.at = "2026-03-09T08:00:00Z";
    decision.changes = {{before.empty() ? std::nullopt : std::optional(before[0]), cue}};
    return decision;
  }
  std::vector<Cue> cues() { return value_of(standing_cues(catalogue_, episode_.file.id)); }

  NewEpisode episode_ = episode_of(catalogue_, "e01.mkv");
};

TEST_F(EditedCuesTest, AWorkThatACueNamesIsNotTakenBack) {
  const std::int64_t added = edit(kAdd);
  EXPECT_DONE(decide(catalogue_, decision(1)));
  EXPECT_THAT(error_of(undo_edit(catalogue_, added)).message, HasSubstr("cue 1 names work 1"));
  EXPECT_EQ(cues().at(0).work, 1);
  EXPECT_DONE(undo_decision(catalogue_, 1, ""));
  EXPECT_DONE(undo_edit(catalogue_, added));
}

TEST_F(EditedCuesTest, DecisionsAreMadeUndoneAndRedoneWithTheEdit) {
  std::int64_t imported = 0;
  {
    CatalogueEdit edit = begin("import of sheet.csv");
    EXPECT_DONE(edit.database().execute(kAdd));
    EXPECT_DONE(decide(edit, decision(1)));
    imported = value_of(edit.commit()).value_or(0);
  }
  const auto made = cues();
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(made[0].title, "Promise");
  EXPECT_DONE(undo_edit(catalogue_, imported));
  EXPECT_TRUE(cues().empty());
  EXPECT_TRUE(value_of(decisions_of(catalogue_, 1, "")).empty());
  EXPECT_FALSE(value_of(is_decided(catalogue_, episode_.file.id)));
  EXPECT_EQ(count("1"), 0);
  EXPECT_DONE(redo_edit(catalogue_, imported));
  EXPECT_EQ(cues(), made);
  // A decision on top of it stands in its way.
  EXPECT_DONE(decide(catalogue_, decision(1, made)));
  EXPECT_THAT(error_of(undo_edit(catalogue_, imported)).message, HasSubstr("cue 1 was changed"));
  EXPECT_DONE(undo_decision(catalogue_, 1, ""));
  EXPECT_EQ(cues(), made);
}

TEST_F(CatalogueEditTest, IsNotUndoneUnderARecordingThatCameToItsProduction) {
  const std::int64_t made = edit("INSERT INTO production (title) VALUES ('Queen of Rain')");
  const SourceId song = add(catalogue_, "Promise");
  Recording recording = value_of(catalogue_.recording(song));
  recording.production = value_of(catalogue_.production_named("Queen of Rain")).id;
  EXPECT_DONE(catalogue_.update_recording(recording));
  EXPECT_THAT(error_of(undo_edit(catalogue_, made)).message, HasSubstr("recording 1 hangs on it"));
  EXPECT_EQ(value_of(catalogue_.recording(song)).production, recording.production);
}

TEST_F(CatalogueEditTest, TakesBackARemovalWithAllThatHungOnIt) {
  edit(
      "INSERT INTO party (kind, name, comment) VALUES ('person', 'A', '');"
      "INSERT INTO work (title, comment) VALUES ('W', '');"
      "INSERT INTO provenance (kind, name, location) VALUES ('person', '', '');"
      "INSERT INTO credit (entity_kind, entity, party, role, society, provenance, standing) "
      "VALUES ('work', 1, 1, 'composer', '', 1, 'stated')");
  const std::int64_t removal = edit("DELETE FROM work");
  EXPECT_EQ(value_of(number(catalogue_.database(), "SELECT count(*) FROM credit")), 0);
  EXPECT_DONE(undo_edit(catalogue_, removal));
  EXPECT_EQ(value_of(number(catalogue_.database(), "SELECT count(*) FROM credit")), 1);
  EXPECT_DONE(redo_edit(catalogue_, removal));
  EXPECT_EQ(value_of(number(catalogue_.database(), "SELECT count(*) FROM credit")), 0);
  EXPECT_EQ(count("1"), 0);
}

TEST_F(CatalogueEditTest, ThatWasDamagedIsToldOf) {
  const std::int64_t added = edit(kAdd);
  EXPECT_DONE(catalogue_.database().run("UPDATE edit SET changes = ?1", Blob{"T\x05nonsense"}));
  EXPECT_FALSE(undo_edit(catalogue_, added).has_value());
  EXPECT_EQ(error_of(made_edit(catalogue_, added)).kind, Error::Kind::kCorrupt);
}

TEST_F(CatalogueEditTest, StoresEachProvenanceOnce) {
  CatalogueEdit edit = begin("provenance");
  const Provenance provenance{0, Provenance::Kind::kImport, "works.csv", "line 3"};
  const auto id = value_of(edit.provenance_id(provenance));
  EXPECT_EQ(value_of(edit.provenance_id(provenance)), id);
  EXPECT_EQ(provenance_text(value_of(read_provenance(edit.database(), id))), "works.csv, line 3");
  EXPECT_EQ(error_of(read_provenance(edit.database(), id + 1)).kind, Error::Kind::kNotFound);
}

}  // namespace
}  // namespace needledrop
