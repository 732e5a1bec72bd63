#include "scenes/reduced_planner.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "scenes/made_pictures.h"

namespace needledrop {
namespace {

using test::Place;

/// A group of pictures of one place each, shown as they are coded: IPPP...
class ReducedPlannerTest : public testing::Test {
 protected:
  static constexpr std::size_t kPictures = 50;

  /// From `cut` on the other place; kPictures: none.
  void make_group(std::size_t cut) {
    coded_.clear();
    shown_.clear();
    for (std::size_t i = 0; i < kPictures + 1; ++i) {
      Thumb thumb = (i < cut ? one_ : other_).seen_from(60, 60);
      thumb.time = Milliseconds(40 * static_cast<long>(i));
      shown_.push_back(thumb);
      const std::uint32_t bytes = i == 0 || i == cut ? 20'000 : 500;
      if (i < kPictures) coded_.push_back({thumb.time, bytes});
    }
  }
  GroupPlan ask(const std::vector<Thumb>& decoded, bool has_next = true) {
    return planner_.plan(
        {coded_, shown_.front(), has_next ? &shown_[kPictures] : nullptr, decoded});
  }
  /// I P B B P B B ...: what is coded after a P is shown before it.
  void code_in_threes() {
    for (std::size_t i = 1; i + 2 < kPictures; i += 3) {
      coded_[i].time = shown_[i + 2].time;
      coded_[i + 1].time = shown_[i].time;
      coded_[i + 2].time = shown_[i + 1].time;
    }
  }
  /// What is shown of such a group when all but the I and the P are left out.
  std::vector<Thumb> references() const {
    std::vector<Thumb> references;
    for (std::size_t i = 0; i < kPictures; i += 3) references.push_back(shown_[i]);
    return references;
  }
  static bool is_whole(const GroupPlan& plan, std::size_t at) {
    return at < plan.until && std::ranges::any_of(plan.whole, [&](const GroupPlan::Range& range) {
             return at >= range.from && at < range.to;
           });
  }

  Place one_{1};
  Place other_{2};
  std::vector<CodedPicture> coded_;
  std::vector<Thumb> shown_;
  ReducedPlanner planner_;
};

TEST_F(ReducedPlannerTest, WhereKeyframesShowTheSameAndNothingCostMuchNothingIsDecoded) {
  make_group(kPictures + 1);
  EXPECT_EQ(ask({shown_.front()}).until, 0U);
}

TEST_F(ReducedPlannerTest, UpToWhatCostMuchEverythingIsDecoded) {
  for (const std::size_t cut : {2U, 25U, 48U}) {
    make_group(cut);
    const GroupPlan plan = ask({shown_.front()});
    EXPECT_TRUE(is_whole(plan, cut)) << cut;
    EXPECT_EQ(plan.until, cut + 1) << cut;
  }
}

TEST_F(ReducedPlannerTest, WhatIsShownBeforeButCodedAfterIsDecodedToo) {
  make_group(25);
  code_in_threes();
  const GroupPlan plan = ask({shown_.front()});
  EXPECT_TRUE(is_whole(plan, 25));
  EXPECT_TRUE(is_whole(plan, 26));
  EXPECT_TRUE(is_whole(plan, 27));
  EXPECT_EQ(plan.until, 28U);
}

TEST_F(ReducedPlannerTest, AJumpBetweenPicturesThatOthersReferToIsLookedInto) {
  make_group(25);
  code_in_threes();
  const GroupPlan plan = ask(references());
  EXPECT_TRUE(is_whole(plan, 25));
  EXPECT_EQ(plan.until, 28U);
}

TEST_F(ReducedPlannerTest, AStepOfWhatGoesOnForLongerIsNot) {
  make_group(kPictures + 1);
  code_in_threes();
  const Thumb end = other_.seen_from(60, 60);
  for (std::size_t i = 20; i < kPictures + 1; ++i) {
    const double share = std::min((static_cast<double>(i) - 20) / 12, 1.0);
    for (std::size_t k = 0; k < end.luma.size(); ++k) {
      shown_[i].luma[k] =
          static_cast<std::uint8_t>((1 - share) * shown_[i].luma[k] + share * end.luma[k]);
    }
  }
  EXPECT_EQ(ask(references()).until, 0U);
}

TEST_F(ReducedPlannerTest, ACutThatCostNoMoreThanOthersIsLookedFor) {
  make_group(25);
  coded_[25].bytes = 500;
  EXPECT_EQ(ask({shown_.front()}).until, kPictures);
}

TEST_F(ReducedPlannerTest, WithoutANextKeyframeTheRestIsLookedAt) {
  make_group(kPictures + 1);
  EXPECT_EQ(ask({shown_.front()}, false).until, kPictures);
}

TEST_F(ReducedPlannerTest, WithoutANextKeyframeASurpriseDoesNotEndTheLook) {
  make_group(10);
  const GroupPlan plan = ask({shown_.front()}, false);
  EXPECT_TRUE(is_whole(plan, 10));
  EXPECT_EQ(plan.until, kPictures);
}

TEST_F(ReducedPlannerTest, LeftOutPicturesBetweenTwoThatDifferAreAskedFor) {
  make_group(25);
  std::vector<Thumb> decoded;
  for (std::size_t i = 0; i < kPictures; i += 10) decoded.push_back(shown_[i]);
  const GroupPlan plan = ask(decoded);
  EXPECT_GE(plan.until, 25U);
  // Once all is there, nothing more.
  EXPECT_EQ(ask({shown_.begin(), shown_.end() - 1}).until, 0U);
}

TEST_F(ReducedPlannerTest, OfGroupsOfOnePictureThereIsNothingToAsk) {
  make_group(kPictures + 1);
  coded_.resize(1);
  EXPECT_EQ(ask({shown_.front()}).until, 0U);
}

/// Any sizes, any times, any order.
TEST_F(ReducedPlannerTest, PlansStayInsideTheGroup) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    test::Random random(seed);
    make_group(static_cast<std::size_t>(random.below(60)));
    coded_.resize(static_cast<std::size_t>(1 + random.below(static_cast<int>(kPictures))));
    for (CodedPicture& picture : coded_) {
      if (random.below(3) == 0) picture.time = Milliseconds(random.below(2'500) - 200);
      if (random.below(3) == 0) picture.bytes = static_cast<std::uint32_t>(random.below(100'000));
    }
    std::vector<Thumb> decoded{shown_.front()};
    for (std::size_t i = 1; i < coded_.size(); ++i) {
      if (random.below(2) == 0) decoded.push_back(shown_[i]);
    }
    const GroupPlan plan = ask(decoded, random.below(4) != 0);
    EXPECT_LE(plan.until, coded_.size());
    for (const GroupPlan::Range& range : plan.whole) {
      EXPECT_LE(range.from, range.to);
      EXPECT_LE(range.to, coded_.size());
    }
  }
}

}  // namespace
}  // namespace needledrop
