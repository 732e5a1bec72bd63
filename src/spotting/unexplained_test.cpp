#include "spotting/unexplained.h"

#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/candidate_search.h"
#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// An episode of ten blocks: window i begins with block i and is two blocks long.
class UnexplainedTest : public testing::Test {
 protected:
  void find(int first_block, int last_block, double evidence) {
    findings_.push_back({{SourceId(1), Tick(0)},
                         {first_block * kBlockTicks, last_block * kBlockTicks, evidence},
                         {}});
  }
  void hear_music(double first, double last) {
    music_.push_back({{Milliseconds(static_cast<int>(first * 1'000)),
                       Milliseconds(static_cast<int>(last * 1'000))},
                      1});
  }
  [[nodiscard]] std::vector<int> unexplained() const {
    return unexplained_windows(PeakGrid(episode_), findings_);
  }
  [[nodiscard]] std::vector<int> strange() const {
    return strange_windows(PeakGrid(episode_), findings_, music_);
  }

  PeakList episode_ = test::random_episode(10 * kBlockTicks, 1);
  std::vector<Finding> findings_;
  std::vector<MusicSpan> music_;
};

TEST_F(UnexplainedTest, WindowsThatAFindingFillsAreExplained) {
  find(2, 6, 200);
  EXPECT_THAT(unexplained(), ElementsAre(0, 1, 5, 6, 7, 8, 9));
}

TEST_F(UnexplainedTest, WindowsAreOpenWhereMoreThanABlockIsUnexplained) {
  const auto open = [&] { return open_windows(PeakGrid(episode_), findings_); };
  EXPECT_THAT(open(), testing::SizeIs(9)) << "window 9 is but a block long: the episode ends there";
  find(2, 6, kExplains);
  EXPECT_THAT(open(), ElementsAre(0, 6, 7, 8));
  findings_.back().stretch.first += 1;
  EXPECT_THAT(open(), ElementsAre(0, 1, 6, 7, 8));
  find(7, 8, kExplains);
  EXPECT_THAT(open(), ElementsAre(0, 1, 8)) << "windows 6, 7 and 8 have a block explained";
}

TEST_F(UnexplainedTest, WeakFindingExplainsNothing) {
  find(0, 10, kExplains - 1);
  EXPECT_THAT(unexplained(), testing::SizeIs(10));
}

TEST_F(UnexplainedTest, WhatASureFindingTouchesIsNotStrange) {
  find(2, 6, 200);
  EXPECT_THAT(strange(), ElementsAre(7, 8, 9));
  findings_.front().stretch.evidence = 50;
  EXPECT_THAT(strange(), ElementsAre(0, 1, 5, 6, 7, 8, 9));
}

TEST_F(UnexplainedTest, OnlyMusicIsStrange) {
  episode_.textures[0].resize(1);
  EXPECT_THAT(strange(), IsEmpty());
  hear_music(5, 9);  // the middle of window i is at 2 s * (i + 1)
  EXPECT_THAT(strange(), ElementsAre(2, 3));
}

TEST_F(UnexplainedTest, LongRunsAreSampledMoreSparsely) {
  EXPECT_THAT(sample_of_runs({}), IsEmpty());
  EXPECT_THAT(sample_of_runs(std::vector{4}), ElementsAre(4));
  EXPECT_THAT(sample_of_runs(std::vector{4, 5, 9, 10, 11}), ElementsAre(5, 9, 11));
  std::vector<int> minute(30);
  std::iota(minute.begin(), minute.end(), 100);
  EXPECT_THAT(sample_of_runs(minute), ElementsAre(103, 109, 115, 121, 127));
}

}  // namespace
}  // namespace needledrop
