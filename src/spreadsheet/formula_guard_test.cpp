#include "spreadsheet/formula_guard.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

TEST(FormulaGuard, AFormulaBecomesText) {
  for (const char* text : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1",
                           "＠x", "=HYPERLINK(\"http://x\",\"y\")", "=", "-"}) {
    EXPECT_EQ(guarded_against_formulas(text), std::string("'") + text);
  }
  for (const char* text : {"1=1", "a-b", "'quoted'", "", "비", "#1", "$", "'"}) {
    EXPECT_EQ(guarded_against_formulas(text), text);
  }
}

TEST(FormulaGuard, IsTakenBackExactly) {
  for (const char* text : {"=1", "'=1", "''=1", "'a'", "a", "", "'", "''", "'＝", "-", "'-'"}) {
    EXPECT_EQ(without_formula_guard(guarded_against_formulas(text)), text);
  }
}

}  // namespace
}  // namespace needledrop
