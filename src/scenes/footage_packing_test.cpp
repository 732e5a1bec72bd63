#include "scenes/footage_packing.h"

#include <cstdlib>
#include <random>

#include <gtest/gtest.h>

#include "scenes/painted_footage.h"

namespace needledrop {
namespace {

Footage some_footage(int pictures) {
  const Painter painter(3);
  Footage footage;
  for (int i = 0; i < pictures; ++i) {
    const Thumb thumb = painter.paint(i / 4, i % 4, Milliseconds(1'000 * i + i % 7));
    footage.push_back(footage_picture_of(thumb));
    footage.back().is_new = i % 4 == 0;
  }
  return footage;
}

template <typename Plane>
void expect_near(const Plane& a, const Plane& b) {
  for (std::size_t i = 0; i < a.size(); ++i) ASSERT_LE(std::abs(a[i] - b[i]), 2);
}

TEST(FootagePacking, GivesBackWhatWasPacked) {
  const Footage footage = some_footage(23);
  const auto back = unpack(pack(footage));
  ASSERT_TRUE(back.has_value()) << back.error().message;
  ASSERT_EQ(back->size(), footage.size());
  for (std::size_t i = 0; i < footage.size(); ++i) {
    EXPECT_EQ((*back)[i].time, footage[i].time);
    EXPECT_EQ((*back)[i].is_new, footage[i].is_new);
    expect_near((*back)[i].luma, footage[i].luma);
    expect_near((*back)[i].blue, footage[i].blue);
    expect_near((*back)[i].red, footage[i].red);
  }
  EXPECT_EQ(pack(*back), pack(footage));
}

TEST(FootagePacking, NothingIsFootageToo) {
  const auto back = unpack(pack({}));
  ASSERT_TRUE(back.has_value());
  EXPECT_TRUE(back->empty());
}

TEST(FootagePacking, EveryCutShortIsCorrupt) {
  const std::string bytes = pack(some_footage(5));
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const auto back = unpack(std::string_view(bytes).substr(0, length));
    ASSERT_FALSE(back.has_value()) << length;
    EXPECT_EQ(back.error().kind, Error::Kind::kCorrupt);
  }
}

TEST(FootagePacking, DamageIsToldOrHarmless) {
  const std::string bytes = pack(some_footage(5));
  constexpr std::uint32_t kSeed = 11;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  int told = 0;
  for (int i = 0; i < 2'000; ++i) {
    std::string damaged = bytes;
    damaged[random() % damaged.size()] ^= static_cast<char>(1 + random() % 255);
    const auto back = unpack(damaged);
    told += back.has_value() ? 0 : 1;
    for (std::size_t j = 1; back.has_value() && j < back->size(); ++j) {
      ASSERT_LT((*back)[j - 1].time, (*back)[j].time);
    }
  }
  EXPECT_GT(told, 1'900);  // zlib's checksum sees nearly all
}

TEST(FootagePacking, ALieAboutTheLengthCostsNoMemory) {
  std::string bytes = pack(some_footage(1));
  bytes.replace(1, 2, "\xFF\xFF\xFF\x7F");
  const auto back = unpack(bytes);
  ASSERT_FALSE(back.has_value());
  EXPECT_EQ(back.error().kind, Error::Kind::kCorrupt);
}

}  // namespace
}  // namespace needledrop
