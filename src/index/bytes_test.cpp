#include "index/bytes.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

Bytes varint(std::uint64_t value) {
  Bytes bytes;
  append_varint(bytes, value);
  return bytes;
}

TEST(Varint, TheWorkedExamplesOfTheFormat) {
  EXPECT_EQ(varint(0), (Bytes{0x00}));
  EXPECT_EQ(varint(127), (Bytes{0x7F}));
  EXPECT_EQ(varint(128), (Bytes{0x80, 0x01}));
  EXPECT_EQ(varint(15'000), (Bytes{0x98, 0x75}));
  EXPECT_EQ(varint(0xFFFF'FFFF), (Bytes{0xFF, 0xFF, 0xFF, 0xFF, 0x0F}));
}

TEST(Varint, ComesBackUpToItsLimit) {
  for (const std::uint32_t value : {0U, 1U, 127U, 128U, 16'383U, 16'384U, 0xFFFF'FFFFU}) {
    const Bytes bytes = varint(value);
    ByteReader reader(bytes);
    const auto read = reader.varint(value);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(*read, value);
    EXPECT_TRUE(reader.rest().empty());
    if (value > 0) {
      ByteReader limited(bytes);
      EXPECT_FALSE(limited.varint(value - 1).has_value());
    }
  }
}

TEST(Varint, RefusesEndlessCutAndPaddedNumbers) {
  for (const Bytes& bytes : {Bytes{}, Bytes{0x80}, Bytes{0x80, 0x00}, Bytes(9, 0xFF),
                             Bytes{0xFF, 0xFF, 0xFF, 0xFF, 0x1F}}) {
    ByteReader reader(bytes);
    const auto read = reader.varint(0xFFFF'FFFF);
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().kind, Error::Kind::kCorrupt);
  }
}

TEST(Checksum, CoversEveryBit) {
  Bytes bytes = {1, 2, 3};
  append_checksum(bytes, 0);
  ASSERT_TRUE(ends_in_checksum(bytes));
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    Bytes flipped = bytes;
    flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    EXPECT_FALSE(ends_in_checksum(flipped)) << "bit " << bit;
  }
  EXPECT_FALSE(ends_in_checksum(std::span(bytes).first(7)));
}

}  // namespace
}  // namespace needledrop
