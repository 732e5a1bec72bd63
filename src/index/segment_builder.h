#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/digest.h"
#include "base/file_system.h"
#include "base/result.h"
#include "index/bytes.h"
#include "index/source.h"

namespace needledrop {

/// Writes one segment (layout: segment_format.h): add every source by ascending id, then finish.
/// Peaks go to the file as they come, postings stay in memory (8 bytes each) until finish.
/// Nothing can be searched before the segment is opened. Single-threaded; borrows the file. After
/// an error the file is rubbish.
class SegmentBuilder {
 public:
  SegmentBuilder(WritableFile& file, const Digest& parameters);

  /// kInvalidArgument when ids do not ascend or the source contradicts itself (see the message).
  Result<void> add(const NewSource& source);
  /// Writes the rest; does not sync.
  Result<void> finish();

  /// After finish: what the manifest keeps of the segment.
  [[nodiscard]] std::uint64_t size() const { return written_ + pending_.size(); }
  [[nodiscard]] std::uint64_t footer_checksum() const { return footer_checksum_; }

 private:
  struct Placed {
    std::uint32_t hash = 0;
    std::uint32_t position = 0;
  };

  void append_block(std::span<const Placed> block, unsigned position_bits);
  void append_page(std::size_t first_block);
  Result<void> write_postings();
  Result<void> write_pending(std::size_t over);

  WritableFile& file_;
  Bytes pending_;  // not yet handed to the file
  std::uint64_t written_ = 0;
  std::uint64_t recorded_ticks_ = 0;  // the recordings' lengths so far
  std::uint32_t last_id_ = 0;
  std::uint32_t source_count_ = 0;
  Bytes sources_;
  std::vector<Placed> postings_;
  std::vector<std::uint32_t> first_hashes_;  // of the blocks written
  std::vector<std::uint64_t> block_starts_;  // and one more: their end
  std::uint64_t footer_checksum_ = 0;
};

}  // namespace needledrop
