#include "desk/file_name.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

TEST(FileName, PartsOfAPath) {
  EXPECT_EQ(file_name("a/b.c.mp3"), "b.c.mp3");
  EXPECT_EQ(file_stem("a/b.c.mp3"), "b.c");
  EXPECT_EQ(file_extension("a/b.c.mp3"), "mp3");
  EXPECT_EQ(file_stem("a.b/.hidden"), ".hidden");
  EXPECT_EQ(file_extension("a.b/none"), "");
}

TEST(FileName, InvalidBytesAreReplacedOneByOne) {
  const std::string replacement = "\xEF\xBF\xBD";
  EXPECT_EQ(valid_utf8("a\xFF\xFEz"), "a" + replacement + replacement + "z");
  EXPECT_EQ(valid_utf8("\xEA\xB2"), replacement + replacement);  // cut off
  EXPECT_EQ(valid_utf8("\xC0\xAF"), replacement + replacement);  // overlong
  EXPECT_EQ(valid_utf8("\xED\xA0\x80").size(), 9U);              // surrogate
  EXPECT_EQ(valid_utf8("\xF4\x90\x80\x80").size(), 12U);         // above U+10FFFF
  EXPECT_EQ(valid_utf8("\xF0\x9F\x8E\xB5 \xEA\xB2\xA8"), "\xF0\x9F\x8E\xB5 \xEA\xB2\xA8");
}

TEST(FileName, ValidityAgreesWithReplacement) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string bytes{static_cast<char>(a), static_cast<char>(b)};
      EXPECT_EQ(is_valid_utf8(bytes), valid_utf8(bytes) == bytes) << a << " " << b;
    }
  }
}

TEST(FileName, PercentEncodingIsOfBytes) {
  EXPECT_EQ(percent_encoded("a/b c\xFF%~.mp3"), "a/b%20c%FF%25~.mp3");
}

}  // namespace
}  // namespace needledrop
