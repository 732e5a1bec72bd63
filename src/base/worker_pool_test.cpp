#include "base/worker_pool.h"

#include <vector>

#include <gtest/gtest.h>

namespace needledrop {
namespace {

TEST(WorkerPool, EveryTaskRunsOnceWhateverTheThreads) {
  for (unsigned threads : {1U, 2U, 7U}) {
    std::vector<int> runs(1'000, 0);
    parallel_for(runs.size(), threads, [&](std::size_t i) { ++runs[i]; });
    EXPECT_EQ(runs, std::vector<int>(1'000, 1)) << threads << " threads";
  }
}

TEST(WorkerPool, NothingToDoIsNoError) {
  parallel_for(0, 4, [](std::size_t) { FAIL(); });
  EXPECT_GE(usable_processors(), 1U);
}

}  // namespace
}  // namespace needledrop
