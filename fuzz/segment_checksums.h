#pragma once

#include <cstdint>
#include <vector>

namespace needledrop {

/// The bytes with every checksum put right that a segment of these numbers would have, so that a
/// fuzzer reaches what lies behind the checksums. Takes any bytes.
std::vector<std::uint8_t> with_checksums(std::vector<std::uint8_t> bytes);

}  // namespace needledrop
