#pragma once

#include <cstdint>

namespace needledrop {

/// What of this process lies in memory, in bytes, as the kernel tells it.
struct ResidentMemory {
  std::uint64_t own = 0;          // anonymous: heap and stacks
  std::uint64_t mapped = 0;       // pages of files, which the system takes back when it needs them
  std::uint64_t peak_in_all = 0;  // the most that both ever were together
};

ResidentMemory resident_memory();

}  // namespace needledrop
