#include <algorithm>
#include <vector>

#include "base/file_system_memory.h"
#include "fuzz_target.h"
#include "index/segment.h"
#include "segment_checksums.h"

namespace needledrop {
namespace {

std::vector<Hash> some_probes() {
  std::vector<Hash> probes;
  for (std::uint32_t i = 0; i < 64; ++i) {
    probes.emplace_back(i < 32 ? i : (i - 32) << 27);
  }
  return probes;
}

Result<void> search(const Segment& segment) {
  const std::vector<Hash> probes = some_probes();
  const std::vector<bool> live(segment.sources().size(), true);
  std::vector<PostingRange> found;
  std::vector<Hit> hits;
  ND_TRY(segment.find(probes, 3, found));
  for (std::size_t i = 0; i < probes.size(); ++i) {
    ND_TRY(segment.read(found[i], static_cast<std::uint32_t>(i), live, hits));
  }
  return {};
}

}  // namespace

/// Opens the bytes as a segment, as they are when odd in number, else with their checksums right.
void fuzz_segment(std::span<const std::uint8_t> bytes) {
  MemoryFileSystem files;
  std::vector<std::uint8_t> content(bytes.begin(), bytes.end());
  files.replace("segment",
                content.size() % 2 == 0 ? with_checksums(std::move(content)) : std::move(content));
  const auto segment = Segment::open(files, "segment", Digest{});
  if (!segment.has_value()) {
    return;
  }
  if (!search(**segment).has_value() && (*segment)->verify().empty()) {
    __builtin_trap();  // verify() finds whatever a search stumbles over
  }
  for (std::size_t i = 0; i < (*segment)->sources().size(); ++i) {
    const auto peaks = (*segment)->peaks(i);
    if (peaks.has_value() && !std::ranges::is_sorted(peaks->peaks)) {
      __builtin_trap();  // a peak list is in order, whatever the bytes
    }
  }
}

}  // namespace needledrop
