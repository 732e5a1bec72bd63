#include "spreadsheet/number_format.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

TEST(NumberFormat, TellsDatesTimesAndShares) {
  for (const char* code : {"yyyy-mm-dd", "yyyy\"년\" m\"월\" d\"일\"", "[$-412]yyyy/mm/dd;@", "mmm",
                           "d-mmm-yy h:mm", "[Red]dd.mm.yyyy"}) {
    EXPECT_EQ(meaning_of_format(code), NumberMeaning::kDate) << code;
  }
  for (const char* code : {"h:mm", "[h]:mm:ss", "mm:ss.000", "[mm]:ss", "H:MM AM/PM"}) {
    EXPECT_EQ(meaning_of_format(code), NumberMeaning::kTime) << code;
  }
  for (const char* code : {"0%", "0.00%", "#,##0.0 %"}) {
    EXPECT_EQ(meaning_of_format(code), NumberMeaning::kShare) << code;
  }
  for (const char* code : {"General", "GENERAL", "0.00", "#,##0", "@", "", "\"days\" 0", "\\d0",
                           "0_d", "0;[Red]dd", "\"", "[", "\\", "[]"}) {
    EXPECT_EQ(meaning_of_format(code), NumberMeaning::kPlain) << code;
  }
  EXPECT_EQ(meaning_of_built_in_format(0), NumberMeaning::kPlain);
  EXPECT_EQ(meaning_of_built_in_format(14), NumberMeaning::kDate);
  EXPECT_EQ(meaning_of_built_in_format(46), NumberMeaning::kTime);
  EXPECT_EQ(meaning_of_built_in_format(10), NumberMeaning::kShare);
}

TEST(ShownNumber, DatesAreIso) {
  const auto date = [](const char* stored, bool counts_from_1904 = false) {
    return shown_number(stored, NumberMeaning::kDate, counts_from_1904);
  };
  EXPECT_EQ(date("1"), "1900-01-01");
  EXPECT_EQ(date("59"), "1900-02-28");
  EXPECT_EQ(date("60"), "60");  // the day that never was
  EXPECT_EQ(date("61"), "1900-03-01");
  EXPECT_EQ(date("45360"), "2024-03-09");
  EXPECT_EQ(date("45360.875"), "2024-03-09 21:00:00");
  EXPECT_EQ(date("2958465"), "9999-12-31");
  EXPECT_EQ(date("2958466"), "2958466");
  EXPECT_EQ(date("0.5"), "12:00:00");
  EXPECT_EQ(date("-1"), "-1");
  EXPECT_EQ(date("43898", true), "2024-03-09");
  EXPECT_EQ(date("45359.99999999999"), "2024-03-09");
}

TEST(ShownNumber, TimesGrowBeyondADay) {
  const auto time = [](const char* s) { return shown_number(s, NumberMeaning::kTime, false); };
  EXPECT_EQ(time("0.00237268518518519"), "00:03:25");
  EXPECT_EQ(time("0.0023784722222"), "00:03:25.500");
  EXPECT_EQ(time("1.5"), "36:00:00");
  EXPECT_EQ(time("-0.5"), "-12:00:00");
}

TEST(ShownNumber, PlainNumbersKeepTheirDigits) {
  const auto plain = [](const char* s) { return shown_number(s, NumberMeaning::kPlain, false); };
  EXPECT_EQ(plain("12"), "12");
  EXPECT_EQ(plain("1.0000000000000001E-1"), "0.1");
  EXPECT_EQ(plain("33.33"), "33.33");
  EXPECT_EQ(plain("33.329999999999998"), "33.33");
  EXPECT_EQ(plain("14107338"), "14107338");
  EXPECT_EQ(plain("1E+20"), "1e+20");
  EXPECT_EQ(plain("-0"), "0");
  EXPECT_EQ(plain("abc"), "abc");
  EXPECT_EQ(plain("1e999"), "1e999");
  EXPECT_EQ(plain("nan"), "nan");
  EXPECT_EQ(plain(""), "");
}

TEST(ShownNumber, SharesAreOfAHundred) {
  const auto share = [](const char* s) { return shown_number(s, NumberMeaning::kShare, false); };
  EXPECT_EQ(share("0.5"), "50%");
  EXPECT_EQ(share("0.33329999999999999"), "33.33%");
  EXPECT_EQ(share("1"), "100%");
}

}  // namespace
}  // namespace needledrop
