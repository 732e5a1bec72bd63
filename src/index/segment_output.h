#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/digest.h"
#include "base/file_system.h"
#include "base/result.h"
#include "index/bytes.h"
#include "index/posting.h"
#include "index/source.h"

namespace needledrop {

/// Writes the bytes of one segment (layout: segment_format.h) front to back: every source by
/// ascending id, then every posting in order, then finish. In memory it keeps 40 bytes a source,
/// 8 for 128 postings, and what is not yet handed to the file: about a megabyte. Single-threaded;
/// borrows the file. After an error the file is rubbish.
class SegmentOutput {
 public:
  SegmentOutput(WritableFile& file, const Digest& parameters);

  /// Takes the source's peaks as they lie in a segment (peak_block.h). Returns the position of its
  /// first tick, which counts for recordings only. kInvalidArgument when ids do not ascend or it is
  /// too much for one segment.
  Result<std::uint32_t> add_source(const SourceEntry& entry,
                                   std::span<const std::uint8_t> peak_block);
  /// REQUIRES: not less than the one before, and a position of a recording that was added.
  Result<void> add_posting(const Posting& posting);
  /// Writes the rest; does not sync.
  Result<void> finish();

  [[nodiscard]] std::uint64_t size() const { return written_ + pending_.size(); }
  /// After finish.
  [[nodiscard]] std::uint64_t footer_checksum() const { return footer_checksum_; }

 private:
  Result<void> append_run(std::span<const std::uint8_t> bytes);
  Result<void> write_block();
  Result<void> write_footer(std::uint64_t directory_at, std::uint64_t root_at,
                            std::uint64_t sources_at);
  Result<void> write_pending(std::size_t over);
  void end_page();

  WritableFile& file_;
  Bytes pending_;  // not yet handed to the file
  std::uint64_t written_ = 0;
  std::uint64_t positions_ = 0;  // the recordings' lengths so far
  std::uint32_t last_id_ = 0;
  std::uint32_t source_count_ = 0;
  std::uint64_t posting_count_ = 0;
  Bytes sources_;
  std::vector<std::uint32_t> block_hashes_;  // of the block in the making, less its first hash
  std::vector<std::uint32_t> block_positions_;
  Posting last_;                  // that was added
  std::uint32_t first_hash_ = 0;  // of the block in the making
  std::uint64_t postings_at_ = 0;
  std::uint64_t page_at_ = 0;  // where the blocks of the page in the making begin in the file
  std::size_t page_blocks_ = 0;
  std::size_t page_start_ = 0;  // in directory_
  Bytes directory_;
  Bytes root_;
  std::uint64_t footer_checksum_ = 0;
};

}  // namespace needledrop
