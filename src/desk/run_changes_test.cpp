#include "desk/run_changes.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

Spot spot(std::uint32_t recording, int start, int end) {
  Spot made;
  made.recording = SourceId(recording);
  made.span = {Milliseconds(start), Milliseconds(end)};
  return made;
}

TEST(RunChanges, EqualRunsHaveNone) {
  const std::vector<Spot> run = {spot(1, 0, 10), spot(2, 5, 20), spot(1, 30, 40)};
  EXPECT_TRUE(compare_runs(run, run).empty());
}

TEST(RunChanges, NewGoneAndMovedAreToldApart) {
  const std::vector<Spot> before = {spot(1, 0, 10), spot(2, 20, 30)};
  const std::vector<Spot> after = {spot(1, 1, 10), spot(3, 20, 30)};
  const RunChanges changes = compare_runs(before, after);
  ASSERT_EQ(changes.moved.size(), 1U);
  EXPECT_EQ(changes.moved[0].before, before[0]);
  EXPECT_EQ(changes.moved[0].after, after[0]);
  EXPECT_EQ(changes.added, std::vector<Spot>{after[1]});
  EXPECT_EQ(changes.gone, std::vector<Spot>{before[1]});
}

TEST(RunChanges, ASpotThatSplitIsMovedOnceAndNewOnce) {
  const std::vector<Spot> before = {spot(1, 0, 100)};
  const std::vector<Spot> after = {spot(1, 0, 60), spot(1, 70, 100)};
  const RunChanges changes = compare_runs(before, after);
  EXPECT_EQ(changes.moved.size(), 1U);
  EXPECT_EQ(changes.added, std::vector<Spot>{after[1]});
  EXPECT_TRUE(changes.gone.empty());
}

TEST(RunChanges, TheSameRecordingElsewhereIsAnotherSpot) {
  const RunChanges changes =
      compare_runs(std::vector<Spot>{spot(1, 0, 10)}, std::vector<Spot>{spot(1, 10, 20)});
  EXPECT_EQ(changes.added.size(), 1U);
  EXPECT_EQ(changes.gone.size(), 1U);
}

}  // namespace
}  // namespace needledrop
