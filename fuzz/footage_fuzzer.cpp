#include <string_view>

#include "fuzz_target.h"
#include "scenes/footage_packing.h"

namespace needledrop {

/// Unpacks the bytes as footage; what comes of it can be packed, and comes back the same.
void fuzz_footage(std::span<const std::uint8_t> bytes) {
  const auto footage =
      unpack(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  if (!footage.has_value()) return;
  const auto again = unpack(pack(*footage));
  if (!again.has_value() || *again != *footage) __builtin_trap();
}

}  // namespace needledrop
