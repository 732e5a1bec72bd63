#include "spotting/explanation.h"

#include <algorithm>
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

/// An episode under construction, and the findings that verification would bring.
class ExplanationTest : public testing::Test {
 protected:
  void play(std::uint32_t source, const test::Use& use) {
    test::plant(episode_, recording(source), use, ++seed_);
  }

  [[nodiscard]] const PeakList& recording(std::uint32_t source) const {
    return recordings_.at({SourceId(source), {}});
  }

  /// The stretches that the decoder sees for a hypothesis.
  [[nodiscard]] std::vector<Finding> findings(std::uint32_t source, int offset) const {
    const PeakGrid grid(episode_);
    const Hypothesis hypothesis = {SourceId(source), Tick(offset)};
    const int first = std::max(0, offset);
    const int last = std::min(grid.ticks(), (recording(source).length + Tick(offset)).value);
    const auto expectations = expectations_of(grid, recording(source), hypothesis, first, last, {});
    const Gains gains = gains_of(expectations, {});
    std::vector<Finding> result;
    for (const Stretch& stretch :
         decode(evidence_under(gains, expectations, first, last), first).stretches) {
      result.push_back({hypothesis, stretch, gains});
    }
    return result;
  }

  [[nodiscard]] std::vector<Explanation> explained(std::vector<Finding> findings) const {
    const PeakGrid grid(episode_);
    return explain(grid, recordings_, std::move(findings));
  }

  PeakList episode_ = test::random_episode(3'000, 1);
  RecordingPeaks recordings_ = {{{SourceId(1), {}}, test::random_recording(1'500, 2)},
                                {{SourceId(2), {}}, test::random_recording(1'500, 3)}};
  std::uint32_t seed_ = 4;
};

std::vector<Finding> operator+(std::vector<Finding> a, const std::vector<Finding>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// Where a stretch begins is for the decoder to say; chance may move it by a second.
constexpr int kEdge = 70;

void expect_stretch(const Explanation& explanation, int first, int last) {
  EXPECT_NEAR(explanation.finding.stretch.first, first, kEdge);
  EXPECT_NEAR(explanation.finding.stretch.last, last, kEdge);
}

TEST_F(ExplanationTest, NothingFoundIsNothingExplained) {
  EXPECT_THAT(explained({}), IsEmpty());
  EXPECT_THAT(explained(findings(1, 100)), IsEmpty());
}

TEST_F(ExplanationTest, TwoRecordingsAtOnceAreBothFound) {
  play(1, {500, 0, 1'200});
  play(2, {900, 100, 1'200});
  const auto kept = explained(findings(2, 800) + findings(1, 500));
  ASSERT_THAT(kept, SizeIs(2));
  EXPECT_EQ(kept[0].finding.hypothesis, (Hypothesis{SourceId(1), Tick(500)}));
  EXPECT_EQ(kept[1].finding.hypothesis, (Hypothesis{SourceId(2), Tick(800)}));
  expect_stretch(kept[0], 500, 1'700);
  expect_stretch(kept[1], 900, 2'100);
  EXPECT_THAT(kept[0].rivals, testing::Each(testing::Field(&Rival::source, SourceId(2))));
}

TEST_F(ExplanationTest, TwinBecomesARivalNotASecondFinding) {
  recordings_[{SourceId(2), {}}] = recordings_[{SourceId(1), {}}];
  play(1, {500, 0, 1'000});
  const auto kept = explained(findings(2, 500) + findings(1, 500));
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_EQ(kept[0].finding.hypothesis.source, SourceId(1)) << "ties go by id";
  ASSERT_THAT(kept[0].rivals, SizeIs(1));
  EXPECT_EQ(kept[0].rivals[0].source, SourceId(2));
  EXPECT_NEAR(kept[0].rivals[0].evidence, kept[0].finding.stretch.evidence, 1e-6);
}

/// A version that differs in a third of its peaks explains less, but not nothing.
TEST_F(ExplanationTest, LikelyVersionIsARivalAndTheTrueOneIsKept) {
  test::Random random(9);
  PeakList version = recordings_[{SourceId(2), {}}];
  std::erase_if(version.peaks, [&](const Peak&) { return random.below(3) > 0; });
  for (const Peak& peak : recordings_[{SourceId(1), {}}].peaks) {
    if (random.below(8) > 0) version.peaks.push_back(peak);
  }
  test::sort_peaks(version);
  recordings_[{SourceId(2), {}}] = version;
  play(1, {500, 0, 1'000});
  const auto kept = explained(findings(1, 500) + findings(2, 500));
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_EQ(kept[0].finding.hypothesis.source, SourceId(1));
  ASSERT_THAT(kept[0].rivals, SizeIs(1));
  EXPECT_LT(kept[0].rivals[0].evidence, kept[0].finding.stretch.evidence);
}

TEST_F(ExplanationTest, RecordingAtTwoPlacesIsFoundTwice) {
  play(1, {200, 300, 600});
  play(1, {1'900, 0, 700});
  const auto kept = explained(findings(1, 1'900) + findings(1, -100));
  ASSERT_THAT(kept, SizeIs(2));
  expect_stretch(kept[0], 200, 800);
  expect_stretch(kept[1], 1'900, 2'600);
  EXPECT_THAT(kept[0].rivals, IsEmpty());
  EXPECT_THAT(kept[1].rivals, IsEmpty());
}

TEST_F(ExplanationTest, RecordingThatRepeatsItselfIsFoundOncePerMoment) {
  PeakList& recording = recordings_[{SourceId(1), {}}];
  std::erase_if(recording.peaks, [](const Peak& p) { return p.tick >= Tick(500); });
  const auto bar = recording.peaks;
  for (int repeat = 1; repeat < 3; ++repeat) {
    for (Peak peak : bar) {
      peak.tick = peak.tick + Tick(500 * repeat);
      recording.peaks.push_back(peak);
    }
  }
  play(1, {1'000, 0, 1'500});
  std::vector<Finding> all;
  for (int offset : {0, 500, 1'000, 1'500, 2'000}) {
    all = all + findings(1, offset);
  }
  EXPECT_GT(all.size(), 3U);
  const auto kept = explained(all);
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_EQ(kept[0].finding.hypothesis.offset, Tick(1'000));
  expect_stretch(kept[0], 1'000, 2'500);
}

/// As an echo would have it: peaks of its own, but not a second use.
TEST_F(ExplanationTest, RecordingOverItselfIsOneUse) {
  play(1, {1'000, 0, 1'000});
  play(1, {1'100, 0, 1'000, 0.6, 0});
  const auto echo = findings(1, 1'100);
  EXPECT_THAT(echo, testing::Not(IsEmpty()));
  const auto kept = explained(findings(1, 1'000) + echo);
  ASSERT_THAT(kept, testing::Not(IsEmpty()));
  EXPECT_EQ(kept[0].finding.hypothesis.offset, Tick(1'000));
  for (std::size_t i = 1; i < kept.size(); ++i) {
    EXPECT_GE(kept[i].finding.stretch.first, kept[i - 1].finding.stretch.last);
  }
}

TEST_F(ExplanationTest, OrderOfTheFindingsDoesNotMatter) {
  play(1, {300, 0, 900, 0.5, 0});
  play(2, {600, 0, 900, 0.4, 0});
  play(1, {1'800, 200, 900, 0.6, 0});
  auto all = findings(1, 300) + findings(2, 600) + findings(1, 1'600);
  const auto kept = explained(all);
  EXPECT_THAT(kept, SizeIs(3));
  std::ranges::reverse(all);
  const auto reversed = explained(all);
  ASSERT_EQ(reversed.size(), kept.size());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    EXPECT_EQ(reversed[i].finding.hypothesis, kept[i].finding.hypothesis);
    EXPECT_EQ(reversed[i].finding.stretch.first, kept[i].finding.stretch.first);
    EXPECT_EQ(reversed[i].finding.stretch.last, kept[i].finding.stretch.last);
    EXPECT_EQ(reversed[i].finding.stretch.evidence, kept[i].finding.stretch.evidence);
  }
  EXPECT_TRUE(std::ranges::is_sorted(kept, {}, [](const Explanation& e) {
    return std::tuple(e.finding.stretch.first, e.finding.hypothesis.source);
  }));
}

}  // namespace
}  // namespace needledrop
