#include "spotting/doubt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Findings over an episode at random, each of a recording of its own.
class DoubtTest : public testing::Test {
 protected:
  void find(std::uint32_t source, int first, int last, double evidence) {
    Explanation explanation;
    explanation.finding = {{SourceId(source), Tick(first)}, {first, last, evidence}, {}};
    for (auto& channel : explanation.finding.gains.bands) channel.fill({-20, 0.6F});
    recordings_[{SourceId(source), {}}] = test::random_recording(last - first, source);
    explanations_.push_back(std::move(explanation));
    if (evidence < kLeastStrong) doubt(source, first, last, evidence);
  }

  void doubt(std::uint32_t source, int first, int last, double evidence) {
    weak_.push_back({SourceId(source), {first, last, evidence}});
  }

  [[nodiscard]] std::vector<std::uint32_t> believed() const {
    const PeakList episode = test::random_episode(2'000, 1);
    std::vector<Explanation> explanations = explanations_;
    remove_doubtful(PeakGrid(episode), recordings_, weak_, explanations);
    std::vector<std::uint32_t> sources;
    for (const Explanation& e : explanations) sources.push_back(e.finding.hypothesis.source.value);
    return sources;
  }

  std::vector<Explanation> explanations_;
  std::vector<WeakFinding> weak_;
  RecordingPeaks recordings_;
};

TEST_F(DoubtTest, WeakFindingAloneIsBelieved) {
  find(1, 100, 400, 30);
  doubt(2, 100, 400, 13);
  doubt(3, 500, 800, 29);
  EXPECT_THAT(believed(), ElementsAre(1));
}

TEST_F(DoubtTest, CrowdIsNot) {
  find(1, 100, 400, 60);
  find(2, 150, 350, 40);
  EXPECT_THAT(believed(), IsEmpty());
}

TEST_F(DoubtTest, FindingThatWasTooWeakItselfMakesACrowd) {
  find(1, 100, 400, 40);
  doubt(2, 200, 500, 20);
  EXPECT_THAT(believed(), IsEmpty());
}

TEST_F(DoubtTest, CrossfadeIsNoCrowd) {
  find(1, 100, 500, 60);
  find(2, 400, 800, 50);
  EXPECT_THAT(believed(), ElementsAre(1, 2));
}

TEST_F(DoubtTest, SameRecordingTwiceIsNoCrowd) {
  find(1, 100, 500, 60);
  doubt(1, 100, 500, 40);
  EXPECT_THAT(believed(), ElementsAre(1));
}

TEST_F(DoubtTest, StrongFindingsStandWhateverIsBeside) {
  find(1, 100, 400, kLeastStrong);
  find(2, 100, 400, kLeastStrong);
  doubt(3, 100, 400, 140);
  EXPECT_THAT(believed(), ElementsAre(1, 2));
}

TEST_F(DoubtTest, WeakFindingInsideAStrongOneNeedsMore) {
  find(1, 100, 1'000, 400);
  find(2, 300, 600, 50);
  find(3, 700, 900, 70);
  find(4, 900, 1'300, 50);  // for a quarter only
  EXPECT_THAT(believed(), ElementsAre(1, 3, 4));
}

TEST_F(DoubtTest, WhatIsLoudMustShowItself) {
  for (auto [source, gain, clarity] :
       {std::tuple{1U, 20.0F, 0.1F}, {2U, 20.0F, 0.6F}, {3U, -40.0F, 0.1F}}) {
    const int first = static_cast<int>(source) * 400;
    find(source, first, first + 300, 40);
    for (auto& channel : explanations_.back().finding.gains.bands) channel.fill({gain, clarity});
  }
  EXPECT_THAT(believed(), ElementsAre(2, 3));
}

}  // namespace
}  // namespace needledrop
