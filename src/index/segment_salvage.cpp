#include "index/segment_salvage.h"

#include <algorithm>
#include <optional>

#include "index/bytes.h"
#include "index/peak_block.h"
#include "index/segment_format.h"

namespace needledrop {
namespace {

/// Bytes of a damaged header that may be wrong for it to be taken for ours still. Another format or
/// other parameters differ in the checksum, and most of the digest: 20 bytes.
constexpr std::ptrdiff_t kMostWrong = 8;

Bytes expected_header(const Digest& parameters) {
  Bytes header(kSegmentMagic.begin(), kSegmentMagic.end());
  append<std::uint32_t>(header, kSegmentVersion);
  append<std::uint32_t>(header, 0);
  header.insert(header.end(), parameters.bytes.begin(), parameters.bytes.end());
  append_checksum(header, 0);
  return header;
}

/// A header with a right checksum means what it says; a damaged one is judged by what is left.
bool is_ours(std::span<const std::uint8_t> file, const Digest& parameters) {
  if (file.size() < kHeaderSize) return false;
  const auto header = file.first(kHeaderSize);
  const Bytes expected = expected_header(parameters);
  std::ptrdiff_t wrong = 0;
  for (std::size_t i = 0; i < kHeaderSize; ++i) wrong += header[i] != expected[i] ? 1 : 0;
  return wrong == 0 || (wrong <= kMostWrong && !ends_in_checksum(header));
}

const KnownSource* find(std::span<const KnownSource> known, SourceId id) {
  const auto at = std::ranges::lower_bound(known, id, {}, &KnownSource::id);
  return at != known.end() && at->id == id ? &*at : nullptr;
}

/// The source of a row, if row, catalogue and peak block agree.
std::optional<SalvagedSource> read_row(std::span<const std::uint8_t> file, const std::uint8_t* row,
                                       std::span<const KnownSource> known) {
  const KnownSource* source = find(known, SourceId(load<std::uint32_t>(row)));
  if (source == nullptr ||
      load<std::uint32_t>(row + 4) != static_cast<std::uint32_t>(source->kind) ||
      !std::equal(source->digest.bytes.begin(), source->digest.bytes.end(), row + 24)) {
    return std::nullopt;
  }
  const auto size = load<std::uint32_t>(row + 12);
  const auto offset = load<std::uint64_t>(row + 16);
  if (offset < kHeaderSize || offset > file.size() || size > file.size() - offset) {
    return std::nullopt;
  }
  const auto block = file.subspan(offset, size);
  const auto peaks = decode_peaks(block);
  const Tick length(load<std::int32_t>(row + 8));
  if (!peaks.has_value() || peaks->length != length) return std::nullopt;
  return SalvagedSource{{source->id, source->kind, source->digest, length}, block};
}

bool has_end(std::span<const std::uint8_t> file) {
  return std::ranges::equal(file.last(kSegmentEnd.size()), kSegmentEnd, {}, {},
                            [](char c) { return static_cast<std::uint8_t>(c); });
}

}  // namespace

std::vector<SalvagedSource> salvage_sources(std::span<const std::uint8_t> file, std::uint64_t size,
                                            const Digest& parameters,
                                            std::span<const KnownSource> known) {
  std::vector<SalvagedSource> salvaged;
  if (!is_ours(file, parameters)) return salvaged;
  // The rows end where the footer begins. How many there are the footer would say; but going on
  // over what lies before them costs nothing, as no known digest is met there.
  const std::uint64_t whole = has_end(file) ? file.size() : size;
  std::uint64_t end = whole - std::min<std::uint64_t>(whole, kFooterSize);
  if (end > file.size()) end -= (end - file.size() + kSourceSize - 1) / kSourceSize * kSourceSize;
  for (; end >= kHeaderSize + kSourceSize; end -= kSourceSize) {
    auto source = read_row(file, file.data() + end - kSourceSize, known);
    if (!source.has_value()) continue;
    const bool is_first = source->peak_block.data() == file.data() + kHeaderSize;
    salvaged.push_back(*source);
    if (is_first) break;
  }
  std::ranges::sort(salvaged, {}, [](const SalvagedSource& s) { return s.entry.id; });
  const auto is_same = [](const SalvagedSource& x, const SalvagedSource& y) {
    return x.entry.id == y.entry.id;
  };
  salvaged.erase(std::unique(salvaged.begin(), salvaged.end(), is_same), salvaged.end());
  return salvaged;
}

bool is_of_newer_format(std::span<const std::uint8_t> file) {
  return file.size() >= kHeaderSize && ends_in_checksum(file.first(kHeaderSize)) &&
         load<std::uint32_t>(file.data() + kSegmentMagic.size()) > kSegmentVersion;
}

}  // namespace needledrop
