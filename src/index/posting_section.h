#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "index/checked_once.h"
#include "index/packing.h"
#include "index/posting.h"
#include "index/segment_format.h"

namespace needledrop {

/// Postings of a section, by their place in its order: [first, last).
struct PostingRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  [[nodiscard]] std::uint64_t size() const { return last - first; }
  friend bool operator==(const PostingRange&, const PostingRange&) = default;
};

/// The posting blocks of a segment with their directory: "which positions are under this hash?"
/// Pages and blocks are checked when first touched. Thread-safe; borrows the bytes.
class PostingSection {
 public:
  struct Layout {
    std::span<const std::uint8_t> file;
    std::uint64_t postings = 0;   // their number
    std::uint64_t blocks_at = 0;  // file offsets, checked to be in order and inside the file
    std::uint64_t directory_at = 0;
    std::uint64_t root_at = 0;
    std::uint64_t positions = 0;  // every position is less; at most 2^32
  };

  /// A posting block, found and checked.
  struct Block {
    std::span<const std::uint8_t> bytes;  // with its checksum
    std::uint32_t first_hash = 0;
    std::uint64_t offset = 0;  // in the file
    std::size_t count = 0;     // of postings
  };

  /// kCorrupt when the layout or the root contradict themselves.
  static Result<PostingSection> open(const Layout& layout);

  [[nodiscard]] std::size_t blocks() const { return blocks_; }
  [[nodiscard]] std::uint64_t positions() const { return layout_.positions; }
  [[nodiscard]] unsigned position_bits() const { return position_bits_; }

  /// Appends for each hash which postings lie under it and the `width` - 1 behind it. Touches one
  /// page and one block a hash, or two of each, however many postings there are; ascending hashes
  /// are found fastest. Errors: kCorrupt.
  Result<void> find(std::span<const Hash> hashes, std::uint32_t width,
                    std::vector<PostingRange>& found);
  /// Visits the positions of a range that find has given. Errors: kCorrupt.
  template <typename Visit>
  Result<void> for_each_position(const PostingRange& range, Visit visit) {
    for (std::uint64_t at = range.first; at < range.last;) {
      const auto index = static_cast<std::size_t>(at / kBlockPostings);
      ND_TRY_ASSIGN(const Block found, block(index));
      const std::uint64_t first = std::uint64_t{index} * kBlockPostings;
      const std::uint64_t end = std::min(first + found.count, range.last);
      const std::uint8_t* const run = packed_positions(found);
      for (; at < end; ++at) {
        const std::uint32_t position =
            packed_at(run, static_cast<std::size_t>(at - first), position_bits_);
        if (position >= layout_.positions) return foreign_position(found);
        visit(position);
      }
    }
    return {};
  }

  Result<Block> block(std::size_t block);
  /// Where the positions of the block's postings lie, in position_bits() each.
  static const std::uint8_t* packed_positions(const Block& block);

 private:
  explicit PostingSection(const Layout& layout);
  /// Where a hash is looked for.
  struct Sought {
    std::uint64_t hash = 0;  // 2^32 is behind all
    std::size_t page = 0;
    std::size_t block = 0;
  };

  Result<void> find_few(std::span<const Hash> hashes, std::uint32_t width,
                        std::vector<PostingRange>& found);
  [[nodiscard]] std::size_t page_of(std::uint64_t hash) const;
  Result<std::size_t> block_of(const Sought& sought);
  void fetch_page(std::size_t page) const;
  Result<void> fetch_block(std::size_t block);
  Result<Block> place_of(std::size_t block);
  Result<std::uint64_t> end_of_list(std::size_t block, std::uint64_t behind);
  Result<std::uint32_t> first_hash(std::size_t block);
  static std::size_t count_less(const Block& block, std::uint64_t hash);
  static Error foreign_position(const Block& block);
  Result<const std::uint8_t*> page(std::size_t page);
  [[nodiscard]] std::size_t blocks_in(std::size_t page) const;
  [[nodiscard]] std::uint64_t page_offset(std::size_t page) const;

  Layout layout_;
  std::size_t blocks_;
  unsigned position_bits_;
  CheckedOnce checked_pages_;
  CheckedOnce checked_blocks_;
};

/// Walks a section from its first posting to its last. Single-threaded; borrows the section.
class PostingCursor {
 public:
  explicit PostingCursor(PostingSection& section) : section_(section) {}

  /// Every posting in order, checked, a block with each call; none after the last. Valid until the
  /// next call. Errors: kCorrupt.
  Result<std::span<const Posting>> next_block();

 private:
  PostingSection& section_;
  std::size_t next_ = 0;
  std::vector<Posting> postings_;  // of the block before that
};

}  // namespace needledrop
