#include <algorithm>
#include <vector>

#include "base/file_system_memory.h"
#include "fuzz_target.h"
#include "index/bytes.h"
#include "index/peak_block.h"
#include "index/segment.h"
#include "index/segment_format.h"
#include "index/segment_salvage.h"
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

/// Every source that a row says it is, wherever a row may lie: none is refused as unknown.
std::vector<KnownSource> claimed_sources(std::span<const std::uint8_t> bytes) {
  std::vector<KnownSource> known;
  for (std::size_t end = bytes.size(); end >= kFooterSize + kSourceSize; end -= kSourceSize) {
    const std::uint8_t* row = bytes.data() + end - kFooterSize - kSourceSize;
    KnownSource source;
    source.id = SourceId(load<std::uint32_t>(row));
    source.kind = static_cast<SourceKind>(row[4] & 1U);
    std::copy_n(row + 24, source.digest.bytes.size(), source.digest.bytes.begin());
    known.push_back(source);
  }
  std::ranges::sort(known, {}, &KnownSource::id);
  return known;
}

void salvage(std::span<const std::uint8_t> bytes) {
  const auto known = claimed_sources(bytes);
  for (const SalvagedSource& source : salvage_sources(bytes, bytes.size(), Digest{}, known)) {
    const auto peaks = decode_peaks(source.peak_block);
    if (!peaks.has_value() || peaks->length != source.entry.length) {
      __builtin_trap();  // what is salvaged is whole
    }
  }
}

}  // namespace

/// Opens the bytes as a segment, as they are when odd in number, else with their checksums right,
/// having salvaged what can be.
void fuzz_segment(std::span<const std::uint8_t> bytes) {
  MemoryFileSystem files;
  std::vector<std::uint8_t> content(bytes.begin(), bytes.end());
  files.replace("segment",
                content.size() % 2 == 0 ? with_checksums(std::move(content)) : std::move(content));
  salvage(*files.content("segment"));
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
