#pragma once

#include <bit>
#include <cstdint>
#include <span>

#include "index/bytes.h"

namespace needledrop {

/// Two codes for runs of integers. Both give a size that follows from counts and bounds alone, so
/// that a reader knows it before it looks. Readers need eight more readable bytes behind a run:
/// every block ends in a checksum, which provides them.
///
/// Packed: each value in `width` bits, lowest bit first, bytes in order.
///
/// Monotone (Elias 1974, Fano 1971): `count` ascending values of at most `last`. With
/// l = floor(log2(last / count)), or 0 when last < count, the low l bits of each value are packed;
/// of the high bits there is a bitmap in which value i sets bit (value >> l) + i. That takes at
/// most log2(last / count) + 2 bits a value, half a bit more than any code needs for values that
/// lie anyhow.

/// Bits that hold any value up to `largest`; 0 for 0.
inline unsigned width_of(std::uint32_t largest) {
  return static_cast<unsigned>(std::bit_width(largest));
}

inline std::size_t packed_size(std::size_t count, unsigned width) {
  return (count * width + 7) / 8;
}

void append_packed(Bytes& out, std::span<const std::uint32_t> values, unsigned width);

/// Value i of a packed run; width at most 32.
inline std::uint32_t packed_at(const std::uint8_t* run, std::size_t i, unsigned width) {
  const std::size_t bit = i * width;
  const auto word = load<std::uint64_t>(run + bit / 8) >> (bit % 8);
  return static_cast<std::uint32_t>(word & ((std::uint64_t{1} << width) - 1));
}

/// l above.
unsigned monotone_low_bits(std::size_t count, std::uint32_t last);

std::size_t monotone_size(std::size_t count, std::uint32_t last);

void append_monotone(Bytes& out, std::span<const std::uint32_t> values, std::uint32_t last);

/// Fills `values`; false when the bytes are not the code of so many ascending values up to `last`.
bool decode_monotone(const std::uint8_t* run, std::uint32_t last, std::span<std::uint32_t> values);

/// A monotone run that is searched where it lies: a value is found in some 20 ns, while decoding
/// takes 1.5 ns for each value of the run. Of bytes that are no such code the answers are any, but
/// never more than `count`. Borrows the bytes.
class MonotoneRun {
 public:
  MonotoneRun(const std::uint8_t* run, std::size_t count, std::uint32_t last);

  /// The number of values less than `value`.
  [[nodiscard]] std::size_t count_less(std::uint32_t value) const;

 private:
  [[nodiscard]] std::size_t first_bit_of(std::size_t high) const;

  const std::uint8_t* run_;
  const std::uint8_t* bitmap_;
  std::size_t count_;
  std::uint32_t last_;
  unsigned low_bits_;
};

}  // namespace needledrop
