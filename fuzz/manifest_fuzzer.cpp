#include <string>

#include <fmt/format.h>

#include "base/digest.h"
#include "fuzz_target.h"
#include "index/manifest.h"

namespace needledrop {
namespace {

void parse_and_compare(const std::string& text) {
  const auto manifest = parse_manifest(text);
  if (manifest.has_value() && encode_manifest(*manifest) != text) {
    __builtin_trap();  // one text for each content
  }
}

}  // namespace

/// Parses the bytes as a manifest, as they are and again with a right checksum after them.
void fuzz_manifest(std::span<const std::uint8_t> bytes) {
  const std::string text(bytes.begin(), bytes.end());
  parse_and_compare(text);
  parse_and_compare(text + fmt::format("checksum {:016x}\n", checksum(bytes)));
}

}  // namespace needledrop
