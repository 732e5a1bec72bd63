#include "index/packing.h"

#include <algorithm>

#include "base/assert.h"

namespace needledrop {

namespace {

/// Appends the low `width` bits of each value.
void append_low_bits(Bytes& out, std::span<const std::uint32_t> values, unsigned width) {
  const std::uint32_t mask = width == 32 ? ~0U : (std::uint32_t{1} << width) - 1;
  std::uint64_t pending = 0;
  unsigned pending_bits = 0;
  for (const std::uint32_t value : values) {
    pending |= static_cast<std::uint64_t>(value & mask) << pending_bits;
    pending_bits += width;
    for (; pending_bits >= 8; pending_bits -= 8) {
      out.push_back(static_cast<std::uint8_t>(pending));
      pending >>= 8;
    }
  }
  if (pending_bits > 0) {
    out.push_back(static_cast<std::uint8_t>(pending));
  }
}

}  // namespace

void append_packed(Bytes& out, std::span<const std::uint32_t> values, unsigned width) {
  append_low_bits(out, values, width);
}

unsigned monotone_low_bits(std::size_t count, std::uint32_t last) {
  const unsigned width = count == 0 ? 0 : width_of(static_cast<std::uint32_t>(last / count));
  return width == 0 ? 0 : width - 1;
}

std::size_t monotone_size(std::size_t count, std::uint32_t last) {
  if (count == 0) {
    return 0;
  }
  const unsigned low_bits = monotone_low_bits(count, last);
  return packed_size(count, low_bits) + (count + (last >> low_bits) + 7) / 8;
}

void append_monotone(Bytes& out, std::span<const std::uint32_t> values, std::uint32_t last) {
  const std::size_t size = monotone_size(values.size(), last);
  const unsigned low_bits = monotone_low_bits(values.size(), last);
  const std::size_t start = out.size();
  append_low_bits(out, values, low_bits);
  const std::size_t bitmap = out.size();
  out.resize(start + size);
  for (std::size_t i = 0; i < values.size(); ++i) {
    ND_ASSERT(values[i] <= last);
    const std::size_t bit = (values[i] >> low_bits) + i;
    out[bitmap + bit / 8] |= static_cast<std::uint8_t>(1U << (bit % 8));
  }
}

bool decode_monotone(const std::uint8_t* run, std::uint32_t last, std::span<std::uint32_t> values) {
  if (values.empty()) {
    return true;
  }
  const unsigned low_bits = monotone_low_bits(values.size(), last);
  const std::uint8_t* bitmap = run + packed_size(values.size(), low_bits);
  const std::size_t bits = values.size() + (last >> low_bits);
  std::size_t i = 0;
  for (std::size_t base = 0; base < bits; base += 64) {
    auto word = load<std::uint64_t>(bitmap + base / 8);
    if (bits - base < 64) {
      word &= (std::uint64_t{1} << (bits - base)) - 1;
    }
    for (; word != 0; word &= word - 1, ++i) {
      if (i == values.size()) {
        return false;
      }
      // At most last >> low_bits, since bit - i is: the value fits.
      const std::size_t high = base + static_cast<unsigned>(std::countr_zero(word)) - i;
      values[i] = static_cast<std::uint32_t>(high << low_bits) | packed_at(run, i, low_bits);
    }
  }
  return i == values.size() && values.back() <= last && std::ranges::is_sorted(values);
}

MonotoneRun::MonotoneRun(const std::uint8_t* run, std::size_t count, std::uint32_t last)
    : run_(run),
      bitmap_(run + packed_size(count, monotone_low_bits(count, last))),
      count_(count),
      last_(last),
      low_bits_(monotone_low_bits(count, last)) {}

/// Where the bits of the values with these high bits begin: behind as many zeros. REQUIRES: high <=
/// last >> low_bits.
std::size_t MonotoneRun::first_bit_of(std::size_t high) const {
  if (high == 0) {
    return 0;
  }
  const std::size_t bits = count_ + (last_ >> low_bits_);
  for (std::size_t base = 0; base < bits; base += 64) {
    auto zeros = ~load<std::uint64_t>(bitmap_ + base / 8);
    const auto in_word = static_cast<std::size_t>(std::popcount(zeros));
    if (in_word < high) {
      high -= in_word;
      continue;
    }
    for (; high > 1; --high) zeros &= zeros - 1;
    return base + static_cast<std::size_t>(std::countr_zero(zeros)) + 1;
  }
  return bits;
}

std::size_t MonotoneRun::count_less(std::uint32_t value) const {
  if (value > last_) {
    return count_;
  }
  const std::size_t high = value >> low_bits_;
  std::size_t bit = first_bit_of(high);
  std::size_t i = bit - high;
  const std::uint32_t low = value & ((std::uint32_t{1} << low_bits_) - 1);
  while (i < count_ && (bitmap_[bit / 8] >> (bit % 8) & 1) != 0 &&
         packed_at(run_, i, low_bits_) < low) {
    ++bit;
    ++i;
  }
  return std::min(i, count_);
}

}  // namespace needledrop
