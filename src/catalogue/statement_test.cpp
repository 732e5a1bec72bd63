#include "catalogue/statement.h"

#include <cstdint>
#include <fstream>
#include <limits>

#include <gmock/gmock.h>

#include "catalogue/catalogue_test.h"

namespace needledrop {
namespace {

using testing::HasSubstr;

class StatementTest : public CatalogueFixture {
 protected:
  [[nodiscard]] std::unique_ptr<Database> database() const {
    return value_of(Database::open(path_, Database::Access::kReadWrite));
  }
};

TEST_F(StatementTest, ValuesComeBackAsTheyWereBound) {
  const auto db = database();
  auto query = value_of(db->prepare("SELECT ?1, ?2, ?3, ?4, ?5, ?6"));
  const std::string bytes("\xff\0\xfe", 3);
  query.bind(-5, 0.25, "비", Blob{bytes}, std::optional<int>(), std::optional<int>(7));
  ASSERT_TRUE(value_of(query.step()));
  EXPECT_EQ(query.read<std::int64_t>(), -5);
  EXPECT_EQ(query.read<double>(), 0.25);
  EXPECT_EQ(query.read<std::string>(), "비");
  EXPECT_EQ(query.read<Blob>().bytes, bytes);
  EXPECT_EQ(query.read<std::optional<int>>(), std::nullopt);
  EXPECT_EQ(query.read<std::optional<int>>(), 7);
  EXPECT_FALSE(value_of(query.step()));
}

TEST_F(StatementTest, EmptyTextAndBytesAreNotNull) {
  const auto db = database();
  EXPECT_EQ(value_of(number(*db, "SELECT (?1 IS NULL) + (?2 IS NULL)", std::string_view(), Blob{})),
            0);
}

TEST_F(StatementTest, ABindForgetsTheOneBefore) {
  const auto db = database();
  auto query = value_of(db->prepare("SELECT ?1 IS NULL"));
  const auto is_null = [](Statement& row) { return row.read<int>(); };
  EXPECT_EQ(value_of(first_row(query.bind(1), is_null)), 0);
  EXPECT_EQ(value_of(first_row(query.bind(std::optional<int>()), is_null)), 1);
}

TEST_F(StatementTest, ANumberTooLargeIsRefused) {
  const auto db = database();
  const auto error = error_of(db->run("SELECT ?1", std::numeric_limits<std::uint64_t>::max()));
  EXPECT_EQ(error.kind, Error::Kind::kInvalidArgument);
}

TEST_F(StatementTest, WhatWasNeverStoredIsDamage) {
  const auto db = database();
  const auto read_as_int = [](Statement& row) { return row.read<std::uint32_t>(); };
  const auto read_as_text = [](Statement& row) { return row.read<std::string>(); };
  for (const char* sql :
       {"SELECT 'x'", "SELECT NULL", "SELECT 1.5", "SELECT -1", "SELECT 1 << 40"}) {
    auto query = value_of(db->prepare(sql));
    const auto error = error_of(first_row(query, read_as_int));
    EXPECT_EQ(error.kind, Error::Kind::kCorrupt) << sql;
    EXPECT_THAT(error.message, HasSubstr(path_));
    EXPECT_EQ(error_of(all_rows(query, read_as_int)).kind, Error::Kind::kCorrupt) << sql;
  }
  for (const char* sql : {"SELECT 1", "SELECT x'41'", "SELECT CAST(x'ff' AS TEXT)"}) {
    auto query = value_of(db->prepare(sql));
    EXPECT_EQ(error_of(first_row(query, read_as_text)).kind, Error::Kind::kCorrupt) << sql;
  }
}

TEST_F(StatementTest, WhatIsNotCommittedIsUndone) {
  const auto db = database();
  EXPECT_DONE(db->execute("CREATE TABLE t (a)"));
  {
    auto transaction = Transaction::begin(*db, Transaction::Kind::kWrite);
    ASSERT_TRUE(transaction.has_value());
    EXPECT_DONE(db->run("INSERT INTO t VALUES (1)"));
  }
  EXPECT_EQ(value_of(number(*db, "SELECT count(*) FROM t")), 0);
  {
    auto transaction = Transaction::begin(*db, Transaction::Kind::kWrite);
    ASSERT_TRUE(transaction.has_value());
    EXPECT_DONE(db->run("INSERT INTO t VALUES (1)"));
    EXPECT_DONE(transaction->commit());
  }
  EXPECT_EQ(value_of(number(*db, "SELECT count(*) FROM t")), 1);
}

TEST_F(StatementTest, AFullDiskSaysSoAndKeepsWhatWasThere) {
  const auto db = database();
  EXPECT_DONE(
      db->execute("PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1);"
                  "PRAGMA max_page_count = 4"));
  {
    auto transaction = Transaction::begin(*db, Transaction::Kind::kWrite);
    ASSERT_TRUE(transaction.has_value());
    const auto error = error_of(db->run("INSERT INTO t VALUES (zeroblob(1000000))"));
    EXPECT_EQ(error.kind, Error::Kind::kIo);
    EXPECT_THAT(error.message, HasSubstr("no space left"));
    EXPECT_THAT(error.message, HasSubstr(path_));
  }
  EXPECT_EQ(value_of(number(*db, "SELECT count(*) FROM t")), 1);
}

TEST_F(StatementTest, AnotherWriterMakesBusy) {
  const auto one = database();
  EXPECT_DONE(one->execute("PRAGMA journal_mode = WAL; CREATE TABLE t (a)"));
  const auto two = database();
  two->set_patience(Milliseconds(20));
  const auto writing = Transaction::begin(*one, Transaction::Kind::kWrite);
  ASSERT_TRUE(writing.has_value());
  const auto error = error_of(two->run("INSERT INTO t VALUES (1)"));
  EXPECT_EQ(error.kind, Error::Kind::kBusy);
  EXPECT_THAT(error.message, HasSubstr(path_));
  EXPECT_EQ(value_of(number(*two, "SELECT count(*) FROM t")), 0);  // reading never waits
}

TEST_F(StatementTest, FoldsInSql) {
  const auto db = database();
  EXPECT_EQ(value_of(number(*db, "SELECT folded('QUEEN é') = folded(?1)", "queen e\xCC\x81")), 1);
}

TEST_F(StatementTest, APathIsBytes) {
  path_ = folder_ + "/a b ?mode=ro#비\xff.db";
  EXPECT_DONE(database()->execute("CREATE TABLE t (a)"));
  EXPECT_TRUE(std::filesystem::exists(path_));
  EXPECT_EQ(error_of(Database::open(std::string("a\0b", 3), Database::Access::kReadWrite)).kind,
            Error::Kind::kInvalidArgument);
}

}  // namespace
}  // namespace needledrop
