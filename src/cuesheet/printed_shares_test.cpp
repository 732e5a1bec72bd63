#include "cuesheet/printed_shares.h"

#include <cmath>
#include <random>

#include <gmock/gmock.h>

namespace needledrop {
namespace {

using testing::ElementsAre;

SheetWork work(const std::vector<std::pair<Role, std::optional<int>>>& parties) {
  SheetWork made;
  for (const auto& [role, share] : parties) {
    SheetParty party;
    party.role = role;
    if (share.has_value()) party.share = Share{*share};
    made.parties.push_back(party);
  }
  return made;
}

std::vector<std::string> texts(const SheetWork& of, ShareBasis basis) {
  std::vector<std::string> all;
  for (const auto& share : printed_shares(of, basis)) {
    all.push_back(share.has_value() ? percent_text(*share) : "");
  }
  return all;
}

TEST(PrintedShares, OfTheWholeAreWhatTheyAre) {
  EXPECT_THAT(
      texts(work({{Role::kComposer, 166'650}, {Role::kAuthor, std::nullopt}}), ShareBasis::kWhole),
      ElementsAre("16.665", ""));
}

TEST(PrintedShares, SplitTheyMakeAHundredPercentOnEachSide) {
  EXPECT_THAT(texts(work({{Role::kComposer, 300'000},
                          {Role::kAuthor, 200'000},
                          {Role::kPublisher, 400'000},
                          {Role::kSubPublisher, 100'000}}),
                    ShareBasis::kSplit),
              ElementsAre("60.00", "40.00", "80.00", "20.00"));
  EXPECT_THAT(texts(work({{Role::kComposer, 1'000'000}}), ShareBasis::kSplit),
              ElementsAre("100.00"));
}

TEST(PrintedShares, WhatDoesNotMakeAWholeHasNoHalves) {
  EXPECT_THAT(
      texts(work({{Role::kComposer, 500'000}, {Role::kPublisher, 400'000}}), ShareBasis::kSplit),
      ElementsAre("", ""));
  EXPECT_THAT(texts(work({{Role::kComposer, 1'000'000}, {Role::kAuthor, std::nullopt}}),
                    ShareBasis::kSplit),
              ElementsAre("", ""));
}

/// Against the plain quotient of each.
TEST(PrintedShares, EverySideAddsUpHoweverItIsDivided) {
  for (std::uint32_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    SheetWork of;
    std::int64_t left = Share::kWhole;
    const int count = 1 + static_cast<int>(random() % 8);
    for (int i = 0; i < count; ++i) {
      const std::int64_t share =
          i + 1 == count ? left : static_cast<std::int64_t>(random() % (left + 1));
      left -= share;
      SheetParty party;
      party.role = random() % 2 == 0 ? Role::kComposer : Role::kPublisher;
      party.share = Share{share};
      of.parties.push_back(party);
    }
    const auto printed = printed_shares(of, ShareBasis::kSplit);
    for (const RoleSide side : {RoleSide::kWriter, RoleSide::kPublisher}) {
      std::int64_t whole = 0;
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < of.parties.size(); ++i) {
        if (side_of(of.parties[i].role) == side) whole += of.parties[i].share->millionths;
      }
      for (std::size_t i = 0; i < of.parties.size(); ++i) {
        if (side_of(of.parties[i].role) != side || whole == 0) continue;
        ASSERT_TRUE(printed[i].has_value());
        EXPECT_EQ(printed[i]->millionths % 100, 0);
        EXPECT_NEAR(
            static_cast<double>(printed[i]->millionths),
            1e6 * static_cast<double>(of.parties[i].share->millionths) / static_cast<double>(whole),
            100);
        sum += printed[i]->millionths;
      }
      EXPECT_EQ(sum, whole == 0 ? 0 : Share::kWhole);
    }
  }
}

}  // namespace
}  // namespace needledrop
