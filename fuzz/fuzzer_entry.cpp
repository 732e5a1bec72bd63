#include "fuzz_target.h"

/// The entry point that libFuzzer calls; NEEDLEDROP_FUZZ_TARGET is the function to fuzz.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  needledrop::NEEDLEDROP_FUZZ_TARGET({bytes, size});
  return 0;
}
