#include "cli/table.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

TEST(Table, ColumnsLineUpAcrossScripts) {
  Table table({{"n", Table::Align::kRight}, {"title"}, {"end"}});
  table.add_row({"1", "겨울", "x"});
  table.add_row({"12", "Song", "y"});
  EXPECT_EQ(table.text(80),
            " n  title  end\n"
            " 1  겨울   x\n"
            "12  Song   y\n");
}

TEST(Table, LongTextGivesWayToTheTerminal) {
  Table table({{"title", Table::Align::kLeft, true}, {"time", Table::Align::kRight}});
  table.add_row({"a very long title indeed", "0:10"});
  EXPECT_EQ(table.text(16),
            "title       time\n"
            "a very lo…  0:10\n");
}

TEST(Table, SomeOfATitleStaysInTheNarrowestTerminal) {
  Table table({{"title", Table::Align::kLeft, true}});
  table.add_row({"a very long title indeed"});
  EXPECT_EQ(table.text(1), "title\na very …\n");
}

TEST(Table, NotesStandUnderAColumnAndTakeTheRestOfTheLine) {
  Table table({{"in", Table::Align::kRight}, {"title", Table::Align::kLeft, true}, {"usage"}});
  table.add_row({"0:10", "Song", "use"});
  table.add_note(1, "what is said\nover it");
  table.add_row({"0:20", "Hymn", "use"});
  EXPECT_EQ(table.text(24),
            "  in  title  usage\n"
            "0:10  Song   use\n"
            "      what is said\xEF\xBF\xBDover…\n"
            "0:20  Hymn   use\n");
  EXPECT_NE(table.text(3).find("\n      what is…\n"), std::string::npos) << table.text(3);
}

TEST(Table, CellsCannotControlTheTerminal) {
  Table table({{"title"}});
  table.add_row({"x\x1b[0m\n"});
  EXPECT_EQ(table.text(80), "title\nx\xEF\xBF\xBD[0m\xEF\xBF\xBD\n");
}

}  // namespace
}  // namespace needledrop
