#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "index/checked_once.h"
#include "index/posting.h"
#include "index/segment_format.h"

namespace needledrop {

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

  /// The last block whose first hash is less than `hash`, or else block 0: where its list starts,
  /// or ends right before. REQUIRES: blocks() > 0.
  Result<std::size_t> seek(Hash hash);
  Result<std::uint32_t> first_hash(std::size_t block);
  Result<Block> block(std::size_t block);

 private:
  explicit PostingSection(const Layout& layout);
  Result<const std::uint8_t*> page(std::size_t page);
  [[nodiscard]] std::size_t blocks_in(std::size_t page) const;
  [[nodiscard]] std::uint64_t page_offset(std::size_t page) const;

  Layout layout_;
  std::size_t blocks_;
  unsigned position_bits_;
  CheckedOnce checked_pages_;
  CheckedOnce checked_blocks_;
};

/// Walks a section by ascending hash. Single-threaded; borrows the section.
class PostingCursor {
 public:
  explicit PostingCursor(PostingSection& section) : section_(section) {}

  /// True only if nothing is under any of [first, last]; then there is no need to call find. Cheap:
  /// most probes of an episode miss, and end here. Ask for ascending hashes, as with find.
  bool lacks(Hash first, Hash last) {
    if (count_ == 0 || last.value > hashes_[count_ - 1]) {
      return false;
    }
    while (hashes_[at_] < first.value) {
      ++at_;
    }
    return hashes_[at_] > last.value;
  }

  /// The positions under `hash`, ascending; none if there are more than `longest`. Each call asks
  /// for a larger hash than the one before. Valid until the next call. Errors: kCorrupt.
  Result<std::span<const std::uint32_t>> find(Hash hash, std::size_t longest);

  /// Visits the hash of every posting, ascending. Errors: kCorrupt.
  template <typename Visit>
  Result<void> for_each_hash(Visit visit) {
    for (std::size_t block = 0; block < section_.blocks(); ++block) {
      ND_TRY(load(block));
      for (std::size_t i = 0; i < count_; ++i) {
        visit(Hash(hashes_[i]));
      }
    }
    return {};
  }

  /// Every posting in order, checked, a block with each call; none after the last. Valid until the
  /// next call; not to be mixed with find. Errors: kCorrupt.
  Result<std::span<const Posting>> next_block();

 private:
  Result<void> load(std::size_t block);
  Result<bool> advance_to(Hash hash);
  Result<void> take_position(std::size_t at);

  PostingSection& section_;
  std::size_t block_ = 0;  // the one loaded, if count_ > 0
  std::uint64_t offset_ = 0;
  const std::uint8_t* packed_positions_ = nullptr;
  std::size_t count_ = 0;  // of its postings
  std::size_t at_ = 0;     // the first one not passed
  std::array<std::uint32_t, kBlockPostings> hashes_{};
  std::vector<std::uint32_t> positions_;
  std::size_t next_block_ = 0;
  std::vector<Posting> postings_;  // of the block before that
};

/// The postings under a range of hashes that moves up; ranges may overlap, each list is read once.
/// Single-threaded; borrows the cursor.
class PostingWindow {
 public:
  /// Lists of more than `longest` postings are passed over.
  PostingWindow(PostingCursor& cursor, std::size_t longest) : cursor_(cursor), longest_(longest) {}

  /// What is under [first, last], by hash, then position. Neither end may be less than in the call
  /// before. Valid until the next call. Errors: kCorrupt.
  Result<std::span<const Posting>> move_to(Hash first, Hash last);

 private:
  PostingCursor& cursor_;
  std::size_t longest_;
  std::uint64_t next_ = 0;  // the first hash not read yet
  std::vector<Posting> postings_;
};

}  // namespace needledrop
