#include "catalogue/schema.h"

#include <array>
#include <fstream>
#include <iterator>
#include <thread>

#include <gmock/gmock.h>

#include "catalogue/catalogue_test.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SchemaTest : public CatalogueFixture {
 protected:
  [[nodiscard]] std::unique_ptr<Database> database() const {
    return value_of(Database::open(path_, Database::Access::kReadWrite));
  }
  void make_frozen(const std::string& name) const {
    std::ifstream file(std::string(NEEDLEDROP_FORMATS) + "/" + name);
    const std::string script{std::istreambuf_iterator<char>(file), {}};
    ASSERT_FALSE(script.empty());
    EXPECT_DONE(database()->execute(script));
  }
  [[nodiscard]] Error open_error(Catalogue::Mode mode) const {
    auto catalogue = Catalogue::open(path_, mode);
    return catalogue.has_value() ? Error{Error::Kind::kCancelled, "it opened"} : catalogue.error();
  }
};

TEST_F(SchemaTest, VersionOneOpensWithEverythingInIt) {
  make_frozen("catalogue-v1.sql");
  Catalogue catalogue = open();
  EXPECT_THAT(value_of(catalogue.verify()), IsEmpty());
  EXPECT_THAT(value_of(catalogue.sources()), ElementsAre(SourceId(3), SourceId(4), SourceId(7)));
  EXPECT_EQ(value_of(catalogue.recordings_state()), 5U);
  EXPECT_EQ(value_of(catalogue.reserve_sources(1)).front(), SourceId(10));

  const Recording recording = value_of(catalogue.recording(SourceId(3)));
  EXPECT_EQ(recording.title, "비의 노래");
  EXPECT_EQ(recording.track_number, 4);
  EXPECT_EQ(recording.production, 2);
  EXPECT_EQ(recording.duration, Milliseconds(201'500));
  EXPECT_EQ(recording.digest.hex(), "000102030405060708090a0b0c0d0e0f");
  EXPECT_THAT(recording.paths, ElementsAre("ost/04.flac", "\xff.flac"));

  const Episode episode = value_of(catalogue.find_episode("queen of rain/s01e12"));
  EXPECT_EQ(episode.id, 6);
  EXPECT_EQ(episode.air_date, "2026-03-08");
  const auto files = value_of(catalogue.files_of(6));
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].path, "e12\xfe.mxf");
  EXPECT_EQ(files[0].size, 5'000'000'000U);
  EXPECT_EQ(files[0].frame_rate, (Fraction{30'000, 1001}));
  EXPECT_EQ(files[0].start_timecode, "10:00:00;00");

  const auto run = value_of(catalogue.run_of(SourceId(7)));
  ASSERT_TRUE(run && run->spots.size() == 1);
  const Spot& spot = run->spots[0];
  EXPECT_EQ(spot.span, (Span{Milliseconds(61'500), Milliseconds(95'250)}));
  EXPECT_EQ(spot.alignments.size(), 2U);
  EXPECT_THAT(spot.alternatives, ElementsAre(Alternative{SourceId(4), 0.41}));
  EXPECT_EQ(spot.ground, Ground::kBackground);
  EXPECT_FALSE(spot.version_decided);
  EXPECT_EQ(value_of(catalogue.stale_files()).size(), 1U);
  EXPECT_THAT(run->unidentified, IsEmpty());
}

// What was frozen is what the first migration makes.
TEST_F(SchemaTest, VersionOneIsTheFirstMigration) {
  const auto tables = [](const Database& db) {
    auto query =
        value_of(db.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"));
    return value_of(all_rows(query, [](Statement& row) { return row.read<std::string>(); }));
  };
  make_frozen("catalogue-v1.sql");
  const auto frozen = tables(*database());
  path_ += "2";
  const auto fresh = database();
  EXPECT_DONE(migrate(*fresh, schema_migrations().first(1)));
  EXPECT_EQ(tables(*fresh), frozen);
}

TEST_F(SchemaTest, StepsAreMadeOnceAndInOrder) {
  constexpr std::array<const char*, 3> kSteps{"CREATE TABLE a (x)", "INSERT INTO a VALUES (1)",
                                              "UPDATE a SET x = x * 10 + 2"};
  const auto db = database();
  EXPECT_DONE(migrate(*db, std::span(kSteps).first(1)));
  EXPECT_EQ(value_of(number(*db, "SELECT count(*) FROM a")), 0);
  EXPECT_DONE(migrate(*db, kSteps));
  EXPECT_DONE(migrate(*db, kSteps));
  EXPECT_EQ(value_of(number(*db, "SELECT x FROM a")), 12);
  EXPECT_EQ(value_of(number(*db, "PRAGMA user_version")), 3);
  EXPECT_EQ(value_of(number(*db, "PRAGMA application_id")), 0x4E445250);
}

TEST_F(SchemaTest, AStepThatFailsChangesNothing) {
  constexpr std::array<const char*, 2> kSteps{"CREATE TABLE a (x)",
                                              "INSERT INTO a VALUES (1); INSERT INTO b VALUES (1)"};
  const auto db = database();
  EXPECT_DONE(migrate(*db, std::span(kSteps).first(1)));
  EXPECT_FALSE(migrate(*db, kSteps).has_value());
  EXPECT_EQ(value_of(number(*db, "PRAGMA user_version")), 1);
  EXPECT_EQ(value_of(number(*db, "SELECT count(*) FROM a")), 0);
}

TEST_F(SchemaTest, ANewerCatalogueIsRefusedUntouched) {
  static_cast<void>(open());
  EXPECT_DONE(database()->execute("PRAGMA user_version = 99"));
  for (const auto mode : {Catalogue::Mode::kReadWrite, Catalogue::Mode::kReadOnly}) {
    const Error error = open_error(mode);
    EXPECT_EQ(error.kind, Error::Kind::kUnsupported);
    EXPECT_THAT(error.message, HasSubstr(path_));
    EXPECT_THAT(error.message, HasSubstr("format 99"));
    EXPECT_THAT(error.message, HasSubstr("newer needledrop"));
  }
  EXPECT_EQ(value_of(number(*database(), "PRAGMA user_version")), 99);
}

TEST_F(SchemaTest, AnOlderCatalogueIsNotReadOnlyMigrated) {
  constexpr std::array<const char*, 2> kSteps{"CREATE TABLE a (x)", "CREATE TABLE b (x)"};
  const auto db = database();
  EXPECT_DONE(migrate(*db, std::span(kSteps).first(1)));
  const Error error = error_of(require_current(*db, kSteps));
  EXPECT_EQ(error.kind, Error::Kind::kUnsupported);
  EXPECT_THAT(error.message, HasSubstr("older format 1"));
}

TEST_F(SchemaTest, ADatabaseOfAnotherProgramIsRefusedUntouched) {
  EXPECT_DONE(database()->execute("CREATE TABLE moz_places (x)"));
  for (const auto mode : {Catalogue::Mode::kReadWrite, Catalogue::Mode::kReadOnly}) {
    const Error error = open_error(mode);
    EXPECT_EQ(error.kind, Error::Kind::kCorrupt);
    EXPECT_THAT(error.message, HasSubstr("another program"));
  }
  EXPECT_EQ(value_of(number(*database(), "SELECT count(*) FROM sqlite_schema")), 1);
}

TEST_F(SchemaTest, OurNumberWithoutOurTablesIsDamage) {
  EXPECT_DONE(
      database()->execute("PRAGMA application_id = 0x4E445250; PRAGMA user_version = 1;"
                          "CREATE TABLE recording (id)"));
  EXPECT_EQ(open_error(Catalogue::Mode::kReadWrite).kind, Error::Kind::kCorrupt);
}

TEST_F(SchemaTest, ManyMayMakeTheSameCatalogue) {
  std::array<std::string, 6> faults;
  std::vector<std::jthread> threads;
  threads.reserve(faults.size());
  for (std::string& fault : faults) {
    threads.emplace_back([&] {
      auto catalogue = Catalogue::open(path_, Catalogue::Mode::kReadWrite);
      const auto ids = catalogue.has_value() ? catalogue->reserve_sources(1)
                                             : Result<std::vector<SourceId>>(catalogue.error());
      fault = ids.has_value() ? "" : ids.error().message;
    });
  }
  threads.clear();
  EXPECT_THAT(faults, testing::Each(""));
  EXPECT_EQ(value_of(open().reserve_sources(1)).front(), SourceId(7));
}

}  // namespace
}  // namespace needledrop
