#include "fingerprint/parameters.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

/// Every segment stores this digest and is refused when it differs: a change here makes every index
/// that exists unreadable, and every recording must be added again.
TEST(Parameters, DigestStaysAsIndexesOnDiskHaveIt) {
  EXPECT_EQ(parameters_digest().hex(), "29356bfb09d6f4e507d7bebf88e404fd");
}

TEST(Parameters, FrequenciesFitTheHash) {
  EXPECT_LE(kLastBin * kBinFractions, 1 << 13);
}

}  // namespace
}  // namespace needledrop
