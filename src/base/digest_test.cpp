#include "base/digest.h"

#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace needledrop {
namespace {

std::vector<std::uint8_t> sample_bytes() {
  std::vector<std::uint8_t> bytes(10'000);
  std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
  return bytes;
}

TEST(Digest, CutsDoNotChangeIt) {
  const auto bytes = sample_bytes();
  Digester whole;
  whole.update(bytes);
  for (std::size_t cut : {1U, 7U, 256U, 9'999U}) {
    Digester parts;
    for (std::size_t at = 0; at < bytes.size(); at += cut) {
      parts.update(std::span(bytes).subspan(at, std::min(cut, bytes.size() - at)));
    }
    EXPECT_EQ(parts.digest(), whole.digest()) << "cut into " << cut;
  }
}

TEST(Digest, OneFlippedBitChangesIt) {
  auto bytes = sample_bytes();
  Digester before;
  before.update(bytes);
  bytes[5'000] ^= 1;
  Digester after;
  after.update(bytes);
  EXPECT_NE(before.digest(), after.digest());
}

TEST(Digest, HexRoundTripAndRefusals) {
  Digester digester;
  const auto digest = digester.digest();
  EXPECT_EQ(digest.hex(), "99aa06d3014798d86001c324468d497f");  // XXH3-128 of nothing
  EXPECT_EQ(*Digest::from_hex(digest.hex()), digest);
  EXPECT_FALSE(Digest::from_hex("99aa").has_value());
  EXPECT_FALSE(Digest::from_hex(std::string(32, 'x')).has_value());
}

}  // namespace
}  // namespace needledrop
