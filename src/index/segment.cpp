#include "index/segment.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "base/assert.h"
#include "index/bytes.h"
#include "index/peak_block.h"

namespace needledrop {
namespace {

/// The fixed numbers of the footer.
struct Footer {
  std::uint64_t postings = 0;
  std::uint32_t sources = 0;
  std::uint64_t postings_at = 0;
  std::uint64_t directory_at = 0;
  std::uint64_t root_at = 0;
  std::uint64_t sources_at = 0;
  std::uint64_t root_checksum = 0;
  std::uint64_t sources_checksum = 0;
  std::uint64_t checksum = 0;
};

Error corrupt(std::string_view what) {
  return fail(Error::Kind::kCorrupt, std::string(what));
}

bool holds_text(std::span<const std::uint8_t> bytes, std::string_view text) {
  return std::ranges::equal(bytes, text, {}, {},
                            [](char c) { return static_cast<std::uint8_t>(c); });
}

Result<void> check_header(std::span<const std::uint8_t> file, const Digest& parameters) {
  if (file.size() < kHeaderSize + kFooterSize) {
    return corrupt("too short for a segment");
  }
  const auto header = file.first(kHeaderSize);
  if (!holds_text(header.first(kSegmentMagic.size()), kSegmentMagic)) {
    return corrupt("not a segment");
  }
  if (!ends_in_checksum(header)) {
    return corrupt("offset 0: wrong checksum of the header");
  }
  const auto version = load<std::uint32_t>(header.data() + 8);
  if (version != kSegmentVersion) {
    return fail(Error::Kind::kUnsupported,
                fmt::format("segment format {}, this program reads {}", version, kSegmentVersion));
  }
  if (!std::ranges::equal(header.subspan(16, parameters.bytes.size()), parameters.bytes)) {
    return fail(Error::Kind::kUnsupported, "made with other analysis parameters");
  }
  return {};
}

Result<Footer> read_footer(std::span<const std::uint8_t> file) {
  const auto bytes = file.last(kFooterSize);
  if (!holds_text(bytes.last(kSegmentEnd.size()), kSegmentEnd)) {
    return corrupt("cut short, or not a segment");
  }
  if (!ends_in_checksum(bytes.first(72))) {
    return corrupt(
        fmt::format("offset {}: wrong checksum of the footer", file.size() - kFooterSize));
  }
  const std::uint8_t* at = bytes.data();
  const Footer footer{.postings = load<std::uint64_t>(at),
                      .sources = load<std::uint32_t>(at + 8),
                      .postings_at = load<std::uint64_t>(at + 16),
                      .directory_at = load<std::uint64_t>(at + 24),
                      .root_at = load<std::uint64_t>(at + 32),
                      .sources_at = load<std::uint64_t>(at + 40),
                      .root_checksum = load<std::uint64_t>(at + 48),
                      .sources_checksum = load<std::uint64_t>(at + 56),
                      .checksum = load<std::uint64_t>(at + 64)};
  const std::uint64_t end = file.size() - kFooterSize;
  const bool in_order = kHeaderSize <= footer.postings_at &&
                        footer.postings_at <= footer.directory_at &&
                        footer.directory_at <= footer.root_at &&
                        footer.root_at <= footer.sources_at && footer.sources_at <= end;
  // Sizes are compared through the offsets: a product of hostile counts could wrap around.
  if (!in_order || end - footer.sources_at != footer.sources * std::uint64_t{kSourceSize} ||
      footer.postings > 8 * std::uint64_t{file.size()} ||
      footer.sources_at - footer.root_at != 4 * pages_of(blocks_of(footer.postings))) {
    return corrupt(fmt::format("offset {}: the footer contradicts itself", end));
  }
  return footer;
}

}  // namespace

Segment::Segment(std::string path, std::unique_ptr<MappedFile> file)
    : path_(std::move(path)), file_(std::move(file)) {}

Result<std::shared_ptr<const Segment>> Segment::open(FileSystem& files, const std::string& path,
                                                     const Digest& parameters) {
  ND_TRY_ASSIGN(auto file, files.map(path));
  const std::shared_ptr<Segment> segment(new Segment(path, std::move(file)));
  if (const auto opened = segment->open_parts(parameters); !opened.has_value()) {
    return opened.error().in(path);
  }
  return std::shared_ptr<const Segment>(segment);
}

Result<void> Segment::open_parts(const Digest& parameters) {
  const auto file = file_->bytes();
  ND_TRY(check_header(file, parameters));
  ND_TRY_ASSIGN(const Footer footer, read_footer(file));
  const auto root = file.subspan(footer.root_at, footer.sources_at - footer.root_at);
  const auto rows = file.subspan(footer.sources_at, footer.sources * kSourceSize);
  if (checksum(root) != footer.root_checksum) {
    return corrupt(fmt::format("offset {}: wrong checksum of the root", footer.root_at));
  }
  if (checksum(rows) != footer.sources_checksum) {
    return corrupt(fmt::format("offset {}: wrong checksum of the sources", footer.sources_at));
  }
  ND_TRY(open_sources(rows, footer.postings_at));
  ND_TRY_ASSIGN(auto section, PostingSection::open({.file = file,
                                                    .postings = footer.postings,
                                                    .blocks_at = footer.postings_at,
                                                    .directory_at = footer.directory_at,
                                                    .root_at = footer.root_at,
                                                    .positions = places_.positions()}));
  postings_ = std::make_unique<PostingSection>(std::move(section));
  posting_count_ = footer.postings;
  footer_checksum_ = footer.checksum;
  return {};
}

/// Reads the rows of the sources; their peak blocks must fill the bytes up to the postings.
Result<void> Segment::open_sources(std::span<const std::uint8_t> rows, std::uint64_t postings_at) {
  std::uint64_t next_block = kHeaderSize;
  for (std::size_t i = 0; i < rows.size() / kSourceSize; ++i) {
    const std::uint8_t* row = rows.data() + i * kSourceSize;
    const auto kind = load<std::uint32_t>(row + 4);
    SourceEntry entry{.id = SourceId(load<std::uint32_t>(row)),
                      .kind = static_cast<SourceKind>(kind),
                      .digest = {},
                      .length = Tick(load<std::int32_t>(row + 8))};
    std::copy_n(row + 24, entry.digest.bytes.size(), entry.digest.bytes.begin());
    const PeakBlock block{.offset = load<std::uint64_t>(row + 16),
                          .size = load<std::uint32_t>(row + 12)};
    if (kind > static_cast<std::uint32_t>(SourceKind::kEpisode) || entry.length < Tick(0) ||
        (i > 0 && entry.id <= sources_.back().id) || block.offset != next_block ||
        block.size > postings_at - next_block) {
      return corrupt(fmt::format("row {} of the sources contradicts itself", i));
    }
    next_block += block.size;
    if (entry.kind == SourceKind::kRecording) {
      if (places_.positions() + static_cast<std::uint32_t>(entry.length.value) > kMostPositions) {
        return corrupt("the sources are longer than a segment may hold");
      }
      places_.append(static_cast<std::uint32_t>(i), entry.length);
    }
    sources_.push_back(entry);
    peak_blocks_.push_back(block);
  }
  if (next_block != postings_at) {
    return corrupt("the sources contradict the footer");
  }
  return {};
}

Result<PeakList> Segment::peaks(std::size_t ordinal) const {
  ND_ASSERT(ordinal < peak_blocks_.size());
  const PeakBlock& block = peak_blocks_[ordinal];
  auto list = decode_peaks(file_->bytes().subspan(block.offset, block.size));
  if (!list.has_value()) {
    return list.error().in(fmt::format("{}: offset {}: peaks of source {}", path_, block.offset,
                                       sources_[ordinal].id.value));
  }
  return list;
}

Result<std::span<const std::uint8_t>> Segment::peak_block(std::size_t ordinal) const {
  ND_ASSERT(ordinal < peak_blocks_.size());
  const PeakBlock& block = peak_blocks_[ordinal];
  const auto bytes = file_->bytes().subspan(block.offset, block.size);
  if (!ends_in_checksum(bytes)) {
    return fail(Error::Kind::kCorrupt,
                fmt::format("{}: offset {}: wrong checksum of the peaks of source {}", path_,
                            block.offset, sources_[ordinal].id.value));
  }
  return bytes;
}

SegmentWeight Segment::weight(std::span<const SourceId> removed) const {
  const std::uint64_t ticks = places_.positions();
  SegmentWeight weight{.bytes = size(), .live_bytes = size(), .live_ticks = ticks};
  std::uint64_t posting_bytes = size() - kHeaderSize;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    posting_bytes -= peak_blocks_[i].size;
    if (std::ranges::binary_search(removed, sources_[i].id)) {
      weight.live_bytes -= peak_blocks_[i].size;
      if (sources_[i].kind == SourceKind::kRecording) {
        weight.live_ticks -= static_cast<std::uint32_t>(sources_[i].length.value);
      }
    }
  }
  if (ticks > 0) {
    const double share =
        static_cast<double>(ticks - weight.live_ticks) / static_cast<double>(ticks);
    weight.live_bytes -= static_cast<std::uint64_t>(static_cast<double>(posting_bytes) * share);
  }
  return weight;
}

Result<void> Segment::find(std::span<const Hash> hashes, std::uint32_t width,
                           std::vector<PostingRange>& found) const {
  const auto looked = postings_->find(hashes, width, found);
  if (!looked.has_value()) {
    return looked.error().in(path_);
  }
  return {};
}

Result<void> Segment::read(const PostingRange& range, std::uint32_t probe,
                           const std::vector<bool>& live, std::vector<Hit>& hits) const {
  const auto read = postings_->for_each_position(range, [&](std::uint32_t position) {
    const auto [ordinal, tick] = places_.find(position);
    if (live[ordinal]) {
      hits.push_back({probe, sources_[ordinal].id, tick});
    }
  });
  if (!read.has_value()) {
    return read.error().in(path_);
  }
  return {};
}

Result<void> Segment::insert_into(LandmarkSieve& sieve) const {
  PostingCursor cursor = postings();
  while (true) {
    const auto block = cursor.next_block();
    if (!block.has_value()) {
      return block.error().in(path_);
    }
    if (block->empty()) {
      return {};
    }
    for (const Posting& posting : *block) sieve.insert(posting.hash);
  }
}

Result<void> Segment::verify_postings() const {
  PostingCursor cursor = postings();
  while (true) {
    ND_TRY_ASSIGN(const auto block, cursor.next_block());
    if (block.empty()) {
      return {};
    }
  }
}

std::vector<SegmentDamage> Segment::verify() const {
  std::vector<SegmentDamage> damage;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    if (auto list = peaks(i); !list.has_value()) {
      damage.push_back({std::move(list.error()), {sources_[i].id}});
    }
  }
  if (const auto walked = verify_postings(); !walked.has_value()) {
    SegmentDamage lost{walked.error().in(path_), {}};
    for (const SourceEntry& entry : sources_) {
      if (entry.kind == SourceKind::kRecording) lost.sources.push_back(entry.id);
    }
    damage.push_back(std::move(lost));
  }
  return damage;
}

}  // namespace needledrop
