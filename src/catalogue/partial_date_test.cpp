#include "catalogue/partial_date.h"

#include <random>

#include <gmock/gmock.h>

#include "catalogue/catalogue_test.h"

namespace needledrop {
namespace {

PartialDate date_of(std::string_view text) {
  return needledrop::value_of(read_partial_date(text));
}

std::string refusal_of(std::string_view text) {
  const Error error = error_of(read_partial_date(text));
  EXPECT_EQ(error.kind, Error::Kind::kInvalidArgument);
  return error.message;
}

TEST(PartialDate, IsKeptAsPartialAsItIs) {
  EXPECT_EQ(to_string(date_of("2024")), "2024");
  EXPECT_EQ(to_string(date_of("2024-04")), "2024-04");
  EXPECT_EQ(to_string(date_of("2024-04-14")), "2024-04-14");
}

TEST(PartialDate, IsReadInManySpellings) {
  const PartialDate day{2024, 4, 14};
  for (const std::string_view text :
       {"2024-04-14", "2024-4-14", "20240414", "2024.4.14", "2024. 4. 14.", "2024/04/14",
        " 2024–04–14 ", "２０２４－０４－１４", "2024년 4월 14일", "2024년4월14일"}) {
    EXPECT_EQ(date_of(text), day) << text;
  }
  EXPECT_EQ(date_of("2024년 4월"), (PartialDate{2024, 4, std::nullopt}));
  EXPECT_EQ(date_of("2024."), (PartialDate{2024, std::nullopt, std::nullopt}));
}

TEST(PartialDate, WhatDoesNotExistIsRefusedInWords) {
  EXPECT_EQ(refusal_of("2014-02-29"),
            "'2014-02-29' is no date: 2014 is no leap year: February has 28 days");
  EXPECT_EQ(refusal_of("2024-02-30"), "'2024-02-30' is no date: February has 29 days");
  EXPECT_EQ(refusal_of("20240431"), "'20240431' is no date: April has 30 days");
  EXPECT_EQ(refusal_of("1900-02-29"),
            "'1900-02-29' is no date: 1900 is no leap year: February has 28 days");
  EXPECT_EQ(to_string(date_of("2000-02-29")), "2000-02-29");
  EXPECT_EQ(refusal_of("2024-13"), "'2024-13' is no date: there is no month 13");
  EXPECT_EQ(refusal_of("2024-00-10"), "'2024-00-10' is no date: there is no month 0");
  EXPECT_EQ(refusal_of("2024-01-00"), "'2024-01-00' is no date: January has 31 days");
  EXPECT_EQ(refusal_of("0204-04-14"),
            "'0204-04-14' is no date: the year is 204; years are 1800 to 2200");
}

TEST(PartialDate, WhatIsNoDateIsRefused) {
  for (const std::string_view text :
       {"", " ", "14.04.2024", "April 2024", "24-04-14", "202404", "2024-04-14-1", "2024--04",
        "-2024", "2024-004", "2024 04 14", "99999999999999999999", "2024-04-14T08:00", "\xff"}) {
    EXPECT_THAT(refusal_of(text), testing::HasSubstr("year first")) << text;
  }
  EXPECT_THAT(refusal_of(std::string(1'000'000, '2')), testing::HasSubstr("year first"));
}

TEST(PartialDate, ContainsWhatIsMorePrecise) {
  EXPECT_TRUE(contains(date_of("2024"), date_of("2024-04-14")));
  EXPECT_TRUE(contains(date_of("2024-04"), date_of("2024-04-14")));
  EXPECT_TRUE(contains(date_of("2024-04-14"), date_of("2024-04-14")));
  EXPECT_FALSE(contains(date_of("2024-04-14"), date_of("2024-04")));
  EXPECT_FALSE(contains(date_of("2024-04"), date_of("2024")));
  EXPECT_FALSE(contains(date_of("2024-05"), date_of("2024-04-14")));
  EXPECT_FALSE(contains(date_of("2023"), date_of("2024-04-14")));
}

TEST(PartialDate, IsOrderedByTime) {
  EXPECT_LT(date_of("2023-12-31"), date_of("2024"));
  EXPECT_LT(date_of("2024"), date_of("2024-01"));
  EXPECT_LT(date_of("2024-01"), date_of("2024-01-01"));
  EXPECT_LT(date_of("2024-01-31"), date_of("2024-02"));
}

TEST(PartialDate, EveryDayIsReadAsItIsPrinted) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 10'000; ++i) {
    PartialDate date{static_cast<int>(1800 + random() % 401), std::nullopt, std::nullopt};
    if (random() % 3 != 0) date.month = static_cast<int>(1 + random() % 12);
    if (date.month && random() % 3 != 0) {
      date.day = static_cast<int>(
          1 + random() % static_cast<unsigned>(days_in_month(date.year, *date.month)));
    }
    EXPECT_EQ(date_of(to_string(date)), date);
  }
}

}  // namespace
}  // namespace needledrop
