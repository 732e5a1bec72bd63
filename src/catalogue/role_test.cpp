#include "catalogue/role.h"

#include <gtest/gtest.h>

#include "catalogue/catalogue_test.h"

namespace needledrop {
namespace {

TEST(Role, IsReadFromItsWordAndFromItsCwrCode) {
  EXPECT_EQ(value_of(read_role("composer")), Role::kComposer);
  EXPECT_EQ(value_of(read_role(" C ")), Role::kComposer);
  EXPECT_EQ(value_of(read_role("se")), Role::kSubPublisher);
  EXPECT_EQ(value_of(read_role("Sub-Publisher")), Role::kSubPublisher);
  EXPECT_EQ(value_of(read_role("music_director")), Role::kMusicDirector);
  EXPECT_EQ(value_of(read_role("Lyricist")), Role::kAuthor);
  EXPECT_EQ(value_of(read_role("ＣＡ")), Role::kComposerAuthor);
}

TEST(Role, ThatIsUnknownIsAnErrorThatListsThem) {
  const Error error = error_of(read_role("gaffer"));
  EXPECT_EQ(error.kind, Error::Kind::kInvalidArgument);
  EXPECT_NE(error.message.find("'gaffer'"), std::string::npos);
  EXPECT_NE(error.message.find("sub-publisher"), std::string::npos);
}

TEST(Role, SaysItsSideAndItsCode) {
  EXPECT_EQ(side_of(Role::kArranger), RoleSide::kWriter);
  EXPECT_EQ(cwr_code(Role::kArranger), "AR");
  EXPECT_EQ(side_of(Role::kAdministrator), RoleSide::kPublisher);
  EXPECT_EQ(cwr_code(Role::kDirector), "");
  EXPECT_EQ(to_string(Role::kComposerAuthor), "composer and author");
}

TEST(Share, IsExactToTheMillionth) {
  EXPECT_EQ(value_of(read_share("50")).millionths, 500'000);
  EXPECT_EQ(value_of(read_share("33.33")).millionths, 333'300);
  EXPECT_EQ(value_of(read_share(" 33,3333 % ")).millionths, 333'333);
  EXPECT_EQ(value_of(read_share("100")).millionths, Share::kWhole);
  EXPECT_EQ(value_of(read_share("0.0001")).millionths, 1);
}

TEST(Share, OutsideAWholeIsRefusedWithTheNumber) {
  EXPECT_NE(error_of(read_share("100.01")).message.find("100.01"), std::string::npos);
  EXPECT_NE(error_of(read_share("-1")).message.find("below 0"), std::string::npos);
  for (const char* text : {"", "%", "half", "1.2.3", ".5", "5.", "1e2", "12.34567", "9999999999",
                           "+5", "0x10", "٥٠"}) {
    EXPECT_FALSE(read_share(text).has_value()) << text;
  }
}

TEST(Share, IsPrintedWithTwoDecimalsAtLeast) {
  EXPECT_EQ(percent_text(Share{500'000}), "50.00");
  EXPECT_EQ(percent_text(Share{166'650}), "16.665");
  EXPECT_EQ(percent_text(Share{1}), "0.0001");
  for (std::int64_t millionths = 0; millionths <= Share::kWhole; millionths += 997) {
    EXPECT_EQ(value_of(read_share(percent_text(Share{millionths}))).millionths, millionths);
  }
}

}  // namespace
}  // namespace needledrop
