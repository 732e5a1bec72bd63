#include "index/posting_section.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/assert.h"
#include "index/bytes.h"
#include "index/packing.h"

namespace needledrop {
namespace {

/// A block begins with the span of its hashes.
constexpr std::size_t kSpanSize = 4;

/// Hashes that are looked for together: memory is fetched for all while it comes for the first.
constexpr std::size_t kTogether = 32;
constexpr std::size_t kCacheLine = 64;

Error corrupt(std::uint64_t offset, std::string_view what) {
  return fail(Error::Kind::kCorrupt, fmt::format("offset {}: {}", offset, what));
}

/// How many of `count` ascending hashes, `stride` bytes apart, are less.
std::size_t count_smaller(const std::uint8_t* hashes, std::size_t stride, std::size_t count,
                          std::uint64_t hash) {
  std::size_t less = 0;
  for (std::size_t rest = count; rest > 0;) {
    const std::size_t half = rest / 2;
    const bool is_less = load<std::uint32_t>(hashes + stride * (less + half)) < hash;
    less = is_less ? less + half + 1 : less;
    rest = is_less ? rest - half - 1 : half;
  }
  return less;
}

void fetch(const std::uint8_t* bytes, std::size_t size) {
  for (std::size_t at = 0; at < size; at += kCacheLine) __builtin_prefetch(bytes + at);
}

}  // namespace

PostingSection::PostingSection(const Layout& layout)
    : layout_(layout),
      blocks_(blocks_of(layout.postings)),
      position_bits_(
          layout.positions == 0 ? 0 : width_of(static_cast<std::uint32_t>(layout.positions - 1))),
      checked_pages_(pages_of(blocks_)),
      checked_blocks_(blocks_) {}

Result<PostingSection> PostingSection::open(const Layout& layout) {
  // A posting takes at least one bit of its block: a larger count is a lie, and must not allocate.
  const std::uint64_t block_bytes = layout.directory_at - layout.blocks_at;
  if (layout.postings / 8 > block_bytes || (layout.postings > 0 && layout.positions == 0)) {
    return corrupt(layout.blocks_at, "more postings than there is room for");
  }
  const std::size_t blocks = blocks_of(layout.postings);
  if (layout.root_at - layout.directory_at != directory_size(blocks)) {
    return corrupt(layout.directory_at, "the directory has the wrong size");
  }
  const std::uint8_t* root = layout.file.data() + layout.root_at;
  for (std::size_t page = 1; page < pages_of(blocks); ++page) {
    if (load<std::uint32_t>(root + 4 * page) < load<std::uint32_t>(root + 4 * (page - 1))) {
      return corrupt(layout.root_at + 4 * page, "hashes out of order");
    }
  }
  if (blocks == 0 && block_bytes != 0) {
    return corrupt(layout.blocks_at, "bytes that belong to no block");
  }
  return PostingSection(layout);
}

std::size_t PostingSection::blocks_in(std::size_t page) const {
  return std::min(kPageBlocks, blocks_ - page * kPageBlocks);
}

std::uint64_t PostingSection::page_offset(std::size_t page) const {
  return layout_.directory_at + page * directory_size(kPageBlocks);
}

/// The page's bytes, checked when first touched: checksum, order, and that its blocks fill the
/// bytes from its first block to the next page's.
Result<const std::uint8_t*> PostingSection::page(std::size_t page) {
  const std::uint64_t offset = page_offset(page);
  const std::uint8_t* bytes = layout_.file.data() + offset;
  if (checked_pages_.contains(page)) {
    return bytes;
  }
  const std::size_t count = blocks_in(page);
  if (!ends_in_checksum({bytes, directory_size(count)})) {
    return corrupt(offset, "wrong checksum of a directory page");
  }
  const auto base = load<std::uint64_t>(bytes);
  if (base < layout_.blocks_at || base > layout_.directory_at ||
      (page == 0 && base != layout_.blocks_at) ||
      load<std::uint32_t>(bytes + 8) !=
          load<std::uint32_t>(layout_.file.data() + layout_.root_at + 4 * page)) {
    return corrupt(offset, "a directory page contradicts the root");
  }
  for (std::size_t i = 1; i < count; ++i) {
    const std::uint8_t* entry = bytes + 8 + 8 * i;
    if (load<std::uint32_t>(entry) < load<std::uint32_t>(entry - 8) ||
        load<std::uint32_t>(entry + 4) <= load<std::uint32_t>(entry - 4)) {
      return corrupt(offset + 8 + 8 * i, "a directory page out of order");
    }
  }
  const std::uint64_t end = base + load<std::uint32_t>(bytes + 8 + 8 * (count - 1) + 4);
  const std::uint64_t next = page + 1 == pages_of(blocks_)
                                 ? layout_.directory_at
                                 : load<std::uint64_t>(layout_.file.data() + page_offset(page + 1));
  if (end > layout_.directory_at || end != next) {
    return corrupt(offset, "a directory page leaves a gap or names bytes that are not there");
  }
  checked_pages_.insert(page);
  return bytes;
}

/// The last page whose first hash is less than `hash`, or else page 0.
std::size_t PostingSection::page_of(std::uint64_t hash) const {
  const std::uint8_t* root = layout_.file.data() + layout_.root_at;
  const std::size_t less = count_smaller(root, 4, pages_of(blocks_), hash);
  return less == 0 ? 0 : less - 1;
}

/// The last block whose first hash is less than the one sought, or else block 0: where its list
/// starts, or ends right before. REQUIRES: blocks() > 0.
Result<std::size_t> PostingSection::block_of(const Sought& sought) {
  ND_TRY_ASSIGN(const std::uint8_t* bytes, page(sought.page));
  const std::size_t less = count_smaller(bytes + 8, 8, blocks_in(sought.page), sought.hash);
  return sought.page * kPageBlocks + (less == 0 ? 0 : less - 1);
}

Result<std::uint32_t> PostingSection::first_hash(std::size_t block) {
  ND_TRY_ASSIGN(const std::uint8_t* bytes, page(block / kPageBlocks));
  return load<std::uint32_t>(bytes + 8 + 8 * (block % kPageBlocks));
}

/// The block as the directory describes it, not checked yet.
Result<PostingSection::Block> PostingSection::place_of(std::size_t block) {
  ND_TRY_ASSIGN(const std::uint8_t* bytes, page(block / kPageBlocks));
  const std::size_t in_page = block % kPageBlocks;
  const std::uint8_t* entry = bytes + 8 + 8 * in_page;
  const std::uint32_t start = in_page == 0 ? 0 : load<std::uint32_t>(entry - 4);
  Block found;
  found.first_hash = load<std::uint32_t>(entry);
  found.offset = load<std::uint64_t>(bytes) + start;
  found.bytes = layout_.file.subspan(found.offset, load<std::uint32_t>(entry + 4) - start);
  found.count = block + 1 < blocks_
                    ? kBlockPostings
                    : static_cast<std::size_t>(layout_.postings) - block * kBlockPostings;
  return found;
}

Result<PostingSection::Block> PostingSection::block(std::size_t block) {
  ND_TRY_ASSIGN(const Block found, place_of(block));
  if (checked_blocks_.contains(block)) {
    return found;
  }
  if (found.bytes.size() < kSpanSize + kChecksumSize || !ends_in_checksum(found.bytes)) {
    return corrupt(found.offset, "wrong checksum of a posting block");
  }
  const auto span = load<std::uint32_t>(found.bytes.data());
  if (found.bytes.size() != kSpanSize + monotone_size(found.count, span) +
                                packed_size(found.count, position_bits_) + kChecksumSize ||
      span > 0xFFFF'FFFF - found.first_hash) {
    return corrupt(found.offset, "a posting block has the wrong size");
  }
  checked_blocks_.insert(block);
  return found;
}

/// How many postings of the block have a hash less than `hash`, which may be 2^32.
std::size_t PostingSection::count_less(const Block& block, std::uint64_t hash) {
  if (hash <= block.first_hash) {
    return 0;
  }
  const std::uint64_t step = hash - block.first_hash;
  const auto span = load<std::uint32_t>(block.bytes.data());
  return step > span ? block.count
                     : MonotoneRun(block.bytes.data() + kSpanSize, block.count, span)
                           .count_less(static_cast<std::uint32_t>(step));
}

void PostingSection::fetch_page(std::size_t page) const {
  fetch(layout_.file.data() + page_offset(page), directory_size(blocks_in(page)));
}

Result<void> PostingSection::fetch_block(std::size_t block) {
  ND_TRY_ASSIGN(const auto bytes, place_of(block));
  fetch(bytes.bytes.data(), bytes.bytes.size());
  return {};
}

/// The end of a list that may go on behind the block: where the hashes that are no less than
/// `behind` begin.
Result<std::uint64_t> PostingSection::end_of_list(std::size_t block, std::uint64_t behind) {
  const std::uint64_t next = std::uint64_t{block + 1} * kBlockPostings;
  if (block + 1 == blocks_) {
    return layout_.postings;
  }
  ND_TRY_ASSIGN(const std::uint32_t next_hash, first_hash(block + 1));
  if (next_hash >= behind) {
    return next;
  }
  ND_TRY_ASSIGN(const std::size_t last, block_of({behind, page_of(behind), 0}));
  ND_TRY_ASSIGN(const Block found, this->block(last));
  return std::max(next, last * kBlockPostings + count_less(found, behind));
}

Result<void> PostingSection::find_few(std::span<const Hash> hashes, std::uint32_t width,
                                      std::vector<PostingRange>& found) {
  std::array<Sought, kTogether> sought;
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    sought[i] = {hashes[i].value, page_of(hashes[i].value), 0};
    if (i == 0 || sought[i].page != sought[i - 1].page) fetch_page(sought[i].page);
  }
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    ND_TRY_ASSIGN(sought[i].block, block_of(sought[i]));
    ND_TRY(fetch_block(sought[i].block));
  }
  for (const Sought& one : std::span(sought).first(hashes.size())) {
    const std::uint64_t behind = one.hash + width;
    ND_TRY_ASSIGN(const Block here, block(one.block));
    const std::uint64_t start = std::uint64_t{one.block} * kBlockPostings;
    PostingRange range{start + count_less(here, one.hash), start + count_less(here, behind)};
    if (range.last == start + here.count) {
      ND_TRY_ASSIGN(range.last, end_of_list(one.block, behind));
    }
    found.push_back(range);
  }
  return {};
}

Result<void> PostingSection::find(std::span<const Hash> hashes, std::uint32_t width,
                                  std::vector<PostingRange>& found) {
  if (blocks_ == 0) {
    found.resize(found.size() + hashes.size());
    return {};
  }
  while (!hashes.empty()) {
    const std::size_t count = std::min(hashes.size(), kTogether);
    ND_TRY(find_few(hashes.first(count), width, found));
    hashes = hashes.subspan(count);
  }
  return {};
}

Error PostingSection::foreign_position(const Block& block) {
  return corrupt(block.offset, "a position that belongs to no source");
}

const std::uint8_t* PostingSection::packed_positions(const Block& block) {
  return block.bytes.data() + kSpanSize +
         monotone_size(block.count, load<std::uint32_t>(block.bytes.data()));
}

Result<std::span<const Posting>> PostingCursor::next_block() {
  Posting last = postings_.empty() ? Posting{} : postings_.back();
  postings_.clear();
  if (next_ == section_.blocks()) {
    return std::span<const Posting>();
  }
  ND_TRY_ASSIGN(const auto block, section_.block(next_++));
  std::array<std::uint32_t, kBlockPostings> steps{};
  const std::span hashes = std::span(steps).first(block.count);
  const auto span = load<std::uint32_t>(block.bytes.data());
  if (!decode_monotone(block.bytes.data() + kSpanSize, span, hashes) || hashes.front() != 0 ||
      hashes.back() != span) {
    return corrupt(block.offset, "hashes out of order");
  }
  const std::uint8_t* run = PostingSection::packed_positions(block);
  for (std::size_t i = 0; i < block.count; ++i) {
    const Posting posting{Hash(block.first_hash + hashes[i]),
                          packed_at(run, i, section_.position_bits())};
    if (posting.position >= section_.positions() || posting < last) {
      return corrupt(block.offset, "postings out of order");
    }
    postings_.push_back(posting);
    last = posting;
  }
  return std::span<const Posting>(postings_);
}

}  // namespace needledrop
