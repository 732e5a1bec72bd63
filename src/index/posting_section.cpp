#include "index/posting_section.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/assert.h"
#include "index/bytes.h"
#include "index/packing.h"

namespace needledrop {
namespace {

Error corrupt(std::uint64_t offset, std::string_view what) {
  return fail(Error::Kind::kCorrupt, fmt::format("offset {}: {}", offset, what));
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

Result<std::size_t> PostingSection::seek(Hash hash) {
  // Binary search for the number of entries with a first hash less than `hash`: root, then page.
  const auto count_less = [&](const std::uint8_t* hashes, std::size_t stride, std::size_t count) {
    std::size_t less = 0;
    for (std::size_t rest = count; rest > 0;) {
      const std::size_t half = rest / 2;
      const bool is_less = load<std::uint32_t>(hashes + stride * (less + half)) < hash.value;
      less = is_less ? less + half + 1 : less;
      rest = is_less ? rest - half - 1 : half;
    }
    return less;
  };
  const std::uint8_t* root = layout_.file.data() + layout_.root_at;
  const std::size_t pages_less = count_less(root, 4, pages_of(blocks_));
  if (pages_less == 0) {
    return std::size_t{0};
  }
  const std::size_t page_index = pages_less - 1;
  ND_TRY_ASSIGN(const std::uint8_t* bytes, page(page_index));
  return page_index * kPageBlocks + count_less(bytes + 8, 8, blocks_in(page_index)) - 1;
}

Result<std::uint32_t> PostingSection::first_hash(std::size_t block) {
  ND_TRY_ASSIGN(const std::uint8_t* bytes, page(block / kPageBlocks));
  return load<std::uint32_t>(bytes + 8 + 8 * (block % kPageBlocks));
}

Result<PostingSection::Block> PostingSection::block(std::size_t block) {
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
  if (checked_blocks_.contains(block)) {
    return found;
  }
  if (found.bytes.size() < 4 + kChecksumSize || !ends_in_checksum(found.bytes)) {
    return corrupt(found.offset, "wrong checksum of a posting block");
  }
  const auto span = load<std::uint32_t>(found.bytes.data());
  if (found.bytes.size() != 4 + monotone_size(found.count, span) +
                                packed_size(found.count, position_bits_) + kChecksumSize ||
      span > 0xFFFF'FFFF - found.first_hash) {
    return corrupt(found.offset, "a posting block has the wrong size");
  }
  checked_blocks_.insert(block);
  return found;
}

Result<void> PostingCursor::load(std::size_t block) {
  count_ = 0;
  ND_TRY_ASSIGN(const auto found, section_.block(block));
  const std::uint8_t* bytes = found.bytes.data();
  const auto span = needledrop::load<std::uint32_t>(bytes);
  const std::span hashes = std::span(hashes_).first(found.count);
  if (!decode_monotone(bytes + 4, span, hashes) || hashes.front() != 0 || hashes.back() != span) {
    return corrupt(found.offset, "hashes out of order");
  }
  for (std::uint32_t& hash : hashes) {
    hash += found.first_hash;
  }
  packed_positions_ = bytes + 4 + monotone_size(found.count, span);
  offset_ = found.offset;
  count_ = found.count;
  block_ = block;
  at_ = 0;
  return {};
}

/// Makes at_ the first posting under `hash`; false when there is none.
Result<bool> PostingCursor::advance_to(Hash hash) {
  if (section_.blocks() == 0) {
    return false;
  }
  if (count_ == 0 || hash.value > hashes_[count_ - 1]) {
    ND_TRY_ASSIGN(const std::size_t block, section_.seek(hash));
    if (count_ == 0 || block != block_) {
      ND_TRY(load(block));
    }
  }
  const auto end = hashes_.begin() + static_cast<std::ptrdiff_t>(count_);
  const auto from = hashes_.begin() + static_cast<std::ptrdiff_t>(at_);
  at_ = static_cast<std::size_t>(std::lower_bound(from, end, hash.value) - hashes_.begin());
  if (at_ < count_) {
    return hashes_[at_] == hash.value;
  }
  if (block_ + 1 == section_.blocks()) {
    return false;
  }
  ND_TRY_ASSIGN(const std::uint32_t next, section_.first_hash(block_ + 1));
  if (next < hashes_[count_ - 1]) {
    return corrupt(offset_, "blocks out of order");
  }
  if (next != hash.value) {
    return false;
  }
  ND_TRY(load(block_ + 1));
  return true;
}

Result<void> PostingCursor::take_position(std::size_t at) {
  const std::uint32_t position = packed_at(packed_positions_, at, section_.position_bits());
  if (position >= section_.positions() || (!positions_.empty() && position < positions_.back())) {
    return corrupt(offset_, "positions out of order");
  }
  positions_.push_back(position);
  return {};
}

Result<std::span<const std::uint32_t>> PostingCursor::find(Hash hash, std::size_t longest) {
  positions_.clear();
  ND_TRY_ASSIGN(bool is_here, advance_to(hash));
  while (is_here) {
    for (; at_ < count_ && hashes_[at_] == hash.value; ++at_) {
      if (positions_.size() == longest) {
        positions_.clear();
        return positions_;
      }
      ND_TRY(take_position(at_));
    }
    is_here = false;
    if (at_ == count_) {
      ND_TRY_ASSIGN(is_here, advance_to(hash));
    }
  }
  return positions_;
}

Result<std::span<const Posting>> PostingCursor::next_block() {
  Posting last = postings_.empty() ? Posting{} : postings_.back();
  postings_.clear();
  if (next_block_ == section_.blocks()) {
    return std::span<const Posting>();
  }
  ND_TRY(load(next_block_++));
  for (std::size_t i = 0; i < count_; ++i) {
    const Posting posting{Hash(hashes_[i]),
                          packed_at(packed_positions_, i, section_.position_bits())};
    if (posting.position >= section_.positions() || posting < last) {
      return corrupt(offset_, "postings out of order");
    }
    postings_.push_back(posting);
    last = posting;
  }
  return std::span<const Posting>(postings_);
}

Result<std::span<const Posting>> PostingWindow::move_to(Hash first, Hash last) {
  std::erase_if(postings_, [&](const Posting& posting) { return posting.hash < first; });
  const std::uint64_t from = std::max<std::uint64_t>(first.value, next_);
  next_ = std::max(next_, std::uint64_t{last.value} + 1);
  if (from > last.value || cursor_.lacks(Hash(static_cast<std::uint32_t>(from)), last)) {
    return std::span<const Posting>(postings_);
  }
  for (std::uint64_t hash = from; hash <= last.value; ++hash) {
    const Hash asked(static_cast<std::uint32_t>(hash));
    if (cursor_.lacks(asked, asked)) continue;
    ND_TRY_ASSIGN(const auto positions, cursor_.find(asked, longest_));
    for (const std::uint32_t position : positions) postings_.push_back({asked, position});
  }
  return std::span<const Posting>(postings_);
}

}  // namespace needledrop
