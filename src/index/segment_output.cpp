#include "index/segment_output.h"

#include <limits>
#include <string_view>

#include <fmt/format.h>

#include "base/assert.h"
#include "index/packing.h"
#include "index/segment_format.h"

namespace needledrop {
namespace {

constexpr std::size_t kWriteSize = 1 << 20;

void append_text(Bytes& out, std::string_view text) {
  out.insert(out.end(), text.begin(), text.end());
}

void append_digest(Bytes& out, const Digest& digest) {
  out.insert(out.end(), digest.bytes.begin(), digest.bytes.end());
}

}  // namespace

SegmentOutput::SegmentOutput(WritableFile& file, const Digest& parameters) : file_(file) {
  append_text(pending_, kSegmentMagic);
  append<std::uint32_t>(pending_, kSegmentVersion);
  append<std::uint32_t>(pending_, 0);
  append_digest(pending_, parameters);
  append_checksum(pending_, 0);
  postings_at_ = size();
}

Result<std::uint32_t> SegmentOutput::add_source(const SourceEntry& entry,
                                                std::span<const std::uint8_t> peak_block) {
  ND_ASSERT(posting_count_ == 0);
  const auto refuse = [&](std::string_view why) {
    return fail(Error::Kind::kInvalidArgument, fmt::format("source {}: {}", entry.id.value, why));
  };
  if (source_count_ > 0 && entry.id.value <= last_id_) {
    return refuse("ids must ascend");
  }
  const auto first_position = static_cast<std::uint32_t>(positions_);
  if (entry.kind == SourceKind::kRecording) {
    positions_ += static_cast<std::uint32_t>(entry.length.value);
  }
  if (positions_ > kMostPositions) {
    return refuse("too much for one segment");
  }
  if (peak_block.size() > std::numeric_limits<std::uint32_t>::max()) {
    return refuse("its peak list is too long");
  }
  append<std::uint32_t>(sources_, entry.id.value);
  append<std::uint32_t>(sources_, static_cast<std::uint32_t>(entry.kind));
  append<std::int32_t>(sources_, entry.length.value);
  append<std::uint32_t>(sources_, static_cast<std::uint32_t>(peak_block.size()));
  append<std::uint64_t>(sources_, size());
  append_digest(sources_, entry.digest);
  last_id_ = entry.id.value;
  ++source_count_;
  ND_TRY(append_run(peak_block));
  postings_at_ = size();
  return first_position;
}

Result<void> SegmentOutput::add_posting(const Posting& posting) {
  ND_ASSERT(posting >= last_ && posting.position < positions_);
  if (block_hashes_.empty()) {
    first_hash_ = posting.hash.value;
  }
  block_hashes_.push_back(posting.hash.value - first_hash_);
  block_positions_.push_back(posting.position);
  last_ = posting;
  ++posting_count_;
  return block_hashes_.size() == kBlockPostings ? write_block() : Result<void>();
}

/// Ends the block in the making, and enters it in the directory.
Result<void> SegmentOutput::write_block() {
  if (page_blocks_ == 0) {
    page_at_ = size();
    page_start_ = directory_.size();
    append<std::uint64_t>(directory_, page_at_);
    append<std::uint32_t>(root_, first_hash_);
  }
  const std::size_t start = pending_.size();
  append<std::uint32_t>(pending_, block_hashes_.back());
  append_monotone(pending_, block_hashes_, block_hashes_.back());
  append_packed(pending_, block_positions_, width_of(static_cast<std::uint32_t>(positions_ - 1)));
  append_checksum(pending_, start);
  block_hashes_.clear();
  block_positions_.clear();
  append<std::uint32_t>(directory_, first_hash_);
  append<std::uint32_t>(directory_, static_cast<std::uint32_t>(size() - page_at_));
  if (++page_blocks_ == kPageBlocks) {
    end_page();
  }
  return write_pending(kWriteSize);
}

void SegmentOutput::end_page() {
  append_checksum(directory_, page_start_);
  page_blocks_ = 0;
}

Result<void> SegmentOutput::finish() {
  if (!block_hashes_.empty()) {
    ND_TRY(write_block());
  }
  if (page_blocks_ > 0) {
    end_page();
  }
  const std::uint64_t directory_at = size();
  ND_TRY(append_run(directory_));
  const std::uint64_t root_at = size();
  ND_TRY(append_run(root_));
  const std::uint64_t sources_at = size();
  ND_TRY(append_run(sources_));
  return write_footer(directory_at, root_at, sources_at);
}

Result<void> SegmentOutput::write_footer(std::uint64_t directory_at, std::uint64_t root_at,
                                         std::uint64_t sources_at) {
  Bytes footer;
  append<std::uint64_t>(footer, posting_count_);
  append<std::uint32_t>(footer, source_count_);
  append<std::uint32_t>(footer, 0);
  for (const std::uint64_t offset : {postings_at_, directory_at, root_at, sources_at}) {
    append<std::uint64_t>(footer, offset);
  }
  append<std::uint64_t>(footer, checksum(root_));
  append<std::uint64_t>(footer, checksum(sources_));
  footer_checksum_ = checksum(footer);
  append<std::uint64_t>(footer, footer_checksum_);
  append_text(footer, kSegmentEnd);
  ND_TRY(append_run(footer));
  return write_pending(0);
}

/// A long run, such as an episode's peaks, goes out without another copy.
Result<void> SegmentOutput::append_run(std::span<const std::uint8_t> bytes) {
  if (bytes.size() <= kWriteSize) {
    pending_.insert(pending_.end(), bytes.begin(), bytes.end());
    return write_pending(kWriteSize);
  }
  ND_TRY(write_pending(0));
  written_ += bytes.size();
  return file_.append(bytes);
}

/// Hands what is pending to the file if it is more than `over` bytes.
Result<void> SegmentOutput::write_pending(std::size_t over) {
  if (pending_.size() > over) {
    ND_TRY(file_.append(pending_));
    written_ += pending_.size();
    pending_.clear();
  }
  return {};
}

}  // namespace needledrop
