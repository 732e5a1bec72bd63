#include "index/segment_builder.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "index/packing.h"
#include "index/peak_block.h"
#include "index/radix_sort.h"
#include "index/segment_format.h"

namespace needledrop {
namespace {

constexpr std::size_t kWriteSize = 1 << 20;
constexpr std::uint64_t kMaxPositions = std::uint64_t{1} << 32;

void append_text(Bytes& out, std::string_view text) {
  out.insert(out.end(), text.begin(), text.end());
}

void append_digest(Bytes& out, const Digest& digest) {
  out.insert(out.end(), digest.bytes.begin(), digest.bytes.end());
}

/// What contradicts itself in a source, or null.
const char* contradiction(const NewSource& source) {
  const auto outside = [](Tick tick, Tick length) { return tick < Tick(0) || tick >= length; };
  const PeakList& list = source.peaks;
  if (source.entry.length < Tick(0) || list.length < Tick(0)) {
    return "its length is negative";
  }
  if (source.entry.kind != SourceKind::kRecording && !source.fingerprint.empty()) {
    return "only recordings are searched, yet it has a fingerprint";
  }
  if (std::ranges::any_of(source.fingerprint, [&](const HashedLandmark& landmark) {
        return outside(landmark.tick, source.entry.length);
      })) {
    return "a landmark lies outside it";
  }
  if (std::ranges::any_of(list.peaks,
                          [&](const Peak& peak) { return outside(peak.tick, list.length); })) {
    return "a peak lies outside it";
  }
  if (!std::ranges::is_sorted(list.peaks)) {
    return "its peaks are not in order";
  }
  if (!std::ranges::is_sorted(source.fingerprint, {}, &HashedLandmark::tick)) {
    return "its landmarks are not in order";
  }
  return nullptr;
}

}  // namespace

SegmentBuilder::SegmentBuilder(WritableFile& file, const Digest& parameters) : file_(file) {
  append_text(pending_, kSegmentMagic);
  append<std::uint32_t>(pending_, kSegmentVersion);
  append<std::uint32_t>(pending_, 0);
  append_digest(pending_, parameters);
  append_checksum(pending_, 0);
}

Result<void> SegmentBuilder::add(const NewSource& source) {
  const SourceEntry& entry = source.entry;
  const auto refuse = [&](std::string_view why) {
    return fail(Error::Kind::kInvalidArgument, fmt::format("source {}: {}", entry.id.value, why));
  };
  if (source_count_ > 0 && entry.id.value <= last_id_) {
    return refuse("ids must ascend");
  }
  if (const char* why = contradiction(source)) {
    return refuse(why);
  }
  const bool recorded = entry.kind == SourceKind::kRecording;
  const auto base = static_cast<std::uint32_t>(recorded_ticks_);
  if (recorded) {
    recorded_ticks_ += static_cast<std::uint32_t>(entry.length.value);
  }
  if (recorded_ticks_ > kMaxPositions) {
    return refuse("too much for one segment");
  }
  const Bytes block = encode_peaks(source.peaks);
  if (block.size() > std::numeric_limits<std::uint32_t>::max()) {
    return refuse("its peak list is too long");
  }
  append<std::uint32_t>(sources_, entry.id.value);
  append<std::uint32_t>(sources_, static_cast<std::uint32_t>(entry.kind));
  append<std::int32_t>(sources_, entry.length.value);
  append<std::uint32_t>(sources_, static_cast<std::uint32_t>(block.size()));
  append<std::uint64_t>(sources_, size());
  append_digest(sources_, entry.digest);
  for (const auto& landmark : source.fingerprint) {
    postings_.push_back(
        {landmark.hash.value, base + static_cast<std::uint32_t>(landmark.tick.value)});
  }
  last_id_ = entry.id.value;
  ++source_count_;
  if (block.size() <= kWriteSize) {
    pending_.insert(pending_.end(), block.begin(), block.end());
    return write_pending(kWriteSize);
  }
  // An episode's block is long: it goes out without another copy.
  ND_TRY(write_pending(0));
  ND_TRY(file_.append(block));
  written_ += block.size();
  return {};
}

void SegmentBuilder::append_block(std::span<const Placed> block, unsigned position_bits) {
  const std::size_t start = pending_.size();
  first_hashes_.push_back(block.front().hash);
  block_starts_.push_back(size());
  std::vector<std::uint32_t> hashes;
  std::vector<std::uint32_t> positions;
  for (const Placed& posting : block) {
    hashes.push_back(posting.hash - block.front().hash);
    positions.push_back(posting.position);
  }
  append<std::uint32_t>(pending_, hashes.back());
  append_monotone(pending_, hashes, hashes.back());
  append_packed(pending_, positions, position_bits);
  append_checksum(pending_, start);
}

void SegmentBuilder::append_page(std::size_t first_block) {
  const std::size_t start = pending_.size();
  const std::uint64_t base = block_starts_[first_block];
  const std::size_t end = std::min(first_block + kPageBlocks, first_hashes_.size());
  append<std::uint64_t>(pending_, base);
  for (std::size_t block = first_block; block < end; ++block) {
    append<std::uint32_t>(pending_, first_hashes_[block]);
    append<std::uint32_t>(pending_, static_cast<std::uint32_t>(block_starts_[block + 1] - base));
  }
  append_checksum(pending_, start);
}

Result<void> SegmentBuilder::write_postings() {
  // Sources came by ascending id and landmarks by tick, so positions ascend already.
  radix_sort(postings_, [](const Placed& posting) { return posting.hash; });
  const unsigned position_bits =
      recorded_ticks_ == 0 ? 0 : width_of(static_cast<std::uint32_t>(recorded_ticks_ - 1));
  const std::span<const Placed> all = postings_;
  for (std::size_t i = 0; i < all.size(); i += kBlockPostings) {
    append_block(all.subspan(i, std::min(kBlockPostings, all.size() - i)), position_bits);
    ND_TRY(write_pending(kWriteSize));
  }
  block_starts_.push_back(size());
  return {};
}

Result<void> SegmentBuilder::finish() {
  const std::uint64_t postings_at = size();
  ND_TRY(write_postings());
  const std::uint64_t directory_at = size();
  Bytes root;
  for (std::size_t block = 0; block < first_hashes_.size(); block += kPageBlocks) {
    append<std::uint32_t>(root, first_hashes_[block]);
    append_page(block);
  }
  const std::uint64_t root_at = size();
  pending_.insert(pending_.end(), root.begin(), root.end());
  const std::uint64_t sources_at = size();
  pending_.insert(pending_.end(), sources_.begin(), sources_.end());

  Bytes footer;
  append<std::uint64_t>(footer, postings_.size());
  append<std::uint32_t>(footer, source_count_);
  append<std::uint32_t>(footer, 0);
  for (const std::uint64_t offset : {postings_at, directory_at, root_at, sources_at}) {
    append<std::uint64_t>(footer, offset);
  }
  append<std::uint64_t>(footer, checksum(root));
  append<std::uint64_t>(footer, checksum(sources_));
  footer_checksum_ = checksum(footer);
  append<std::uint64_t>(footer, footer_checksum_);
  append_text(footer, kSegmentEnd);
  pending_.insert(pending_.end(), footer.begin(), footer.end());
  return write_pending(0);
}

/// Hands what is pending to the file if it is more than `over` bytes.
Result<void> SegmentBuilder::write_pending(std::size_t over) {
  if (pending_.size() > over) {
    ND_TRY(file_.append(pending_));
    written_ += pending_.size();
    pending_.clear();
  }
  return {};
}

}  // namespace needledrop
