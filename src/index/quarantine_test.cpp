#include "index/quarantine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file_system_memory.h"

namespace needledrop {
namespace {

using testing::ElementsAre;

const std::string kName = "segment-00000012";

class QuarantineTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(files_.create_directory("d").has_value()); }

  std::string put(std::vector<std::uint8_t> bytes) {
    files_.replace("d/" + kName, std::move(bytes));
    const auto path = quarantine(files_, "d", kName);
    EXPECT_TRUE(path.has_value()) << path.error().message;
    return *path;
  }

  MemoryFileSystem files_;
};

TEST_F(QuarantineTest, KeepsEveryVersionOfAFileOnce) {
  EXPECT_EQ(put({1}), "d/quarantine/" + kName);
  EXPECT_EQ(put({2}), "d/quarantine/" + kName + ".2");
  EXPECT_EQ(put({3}), "d/quarantine/" + kName + ".3");
  EXPECT_EQ(put({2}), "d/quarantine/" + kName + ".2");
  EXPECT_THAT(*files_.list("d/quarantine"), ElementsAre(kName, kName + ".2", kName + ".3"));
  EXPECT_THAT(*files_.content("d/quarantine/" + kName), ElementsAre(1));
  EXPECT_THAT(*files_.content("d/" + kName), ElementsAre(2));
}

TEST_F(QuarantineTest, IsDurableWhenItReturns) {
  put({1, 2, 3});
  files_.lose_power(MemoryFileSystem::UnsyncedNames::kLost);
  EXPECT_THAT(*files_.content("d/quarantine/" + kName), ElementsAre(1, 2, 3));
}

TEST_F(QuarantineTest, BeginsAnUnfinishedCopyAnew) {
  ASSERT_TRUE(files_.create_directory("d/quarantine").has_value());
  files_.replace("d/quarantine/unfinished", {9, 9, 9, 9});
  EXPECT_EQ(put({1}), "d/quarantine/" + kName);
  EXPECT_THAT(*files_.list("d/quarantine"), ElementsAre(kName));
  EXPECT_THAT(*files_.content("d/quarantine/" + kName), ElementsAre(1));
}

TEST_F(QuarantineTest, AFileThatIsNotThereIsAnError) {
  const auto path = quarantine(files_, "d", kName);
  ASSERT_FALSE(path.has_value());
  EXPECT_EQ(path.error().kind, Error::Kind::kNotFound);
}

}  // namespace
}  // namespace needledrop
