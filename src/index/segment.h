#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/file_system.h"
#include "base/result.h"
#include "index/hit.h"
#include "index/landmark_sieve.h"
#include "index/merge_policy.h"
#include "index/position_map.h"
#include "index/posting_section.h"
#include "index/source.h"

namespace needledrop {

/// What is wrong with a part of a segment's file.
struct SegmentDamage {
  Error error;
  std::vector<SourceId> sources;  // that lose something by it
};

/// Reads one immutable segment (layout: segment_format.h) from a mapped file. Opening checks
/// header, footer, root and sources; every other block is checked when first touched. Trusts
/// nothing that the bytes say. Thread-safe. Errors name the file and the offset.
class Segment {
 public:
  /// kCorrupt; kUnsupported for another format version or other analysis parameters; kNotFound;
  /// kIo.
  static Result<std::shared_ptr<const Segment>> open(FileSystem& files, const std::string& path,
                                                     const Digest& parameters);

  [[nodiscard]] const std::string& path() const { return path_; }
  /// By id.
  [[nodiscard]] std::span<const SourceEntry> sources() const { return sources_; }
  [[nodiscard]] std::uint64_t size() const { return file_->bytes().size(); }
  [[nodiscard]] std::uint64_t footer_checksum() const { return footer_checksum_; }
  [[nodiscard]] std::uint64_t posting_count() const { return posting_count_; }

  /// The peak list of the source at `ordinal` in sources(). Errors: kCorrupt.
  [[nodiscard]] Result<PeakList> peaks(std::size_t ordinal) const;

  /// The same as it lies in the file, its checksum verified.
  [[nodiscard]] Result<std::span<const std::uint8_t>> peak_block(std::size_t ordinal) const;
  /// Whose the positions of postings are.
  [[nodiscard]] const PositionMap& places() const { return places_; }
  /// Walks all postings, those of removed sources too; its errors do not name the file. Borrows
  /// the segment.
  [[nodiscard]] PostingCursor postings() const { return PostingCursor(*postings_); }

  /// What a merge policy looks at, without the sources in `removed` (ascending). That a recording
  /// has postings in proportion to its length is assumed.
  [[nodiscard]] SegmentWeight weight(std::span<const SourceId> removed) const;

  /// Appends for each hash which postings lie under it and the `width` - 1 behind it; fastest for
  /// ascending hashes. Errors: kCorrupt.
  Result<void> find(std::span<const Hash> hashes, std::uint32_t width,
                    std::vector<PostingRange>& found) const;
  /// Appends the hits of a probe in a range that find has given, but for sources (by ordinal) that
  /// are not live. Errors: kCorrupt.
  Result<void> read(const PostingRange& range, std::uint32_t probe, const std::vector<bool>& live,
                    std::vector<Hit>& hits) const;

  /// Lets every posting's surroundings pass the sieve. Errors: kCorrupt.
  Result<void> insert_into(LandmarkSieve& sieve) const;

  /// Reads and checks every byte that opening did not.
  [[nodiscard]] std::vector<SegmentDamage> verify() const;

 private:
  struct PeakBlock {
    std::uint64_t offset = 0;
    std::uint32_t size = 0;
  };

  Segment(std::string path, std::unique_ptr<MappedFile> file);
  Result<void> open_sources(std::span<const std::uint8_t> rows, std::uint64_t postings_at);
  Result<void> open_parts(const Digest& parameters);
  Result<void> verify_postings() const;

  std::string path_;
  std::unique_ptr<MappedFile> file_;
  std::uint64_t footer_checksum_ = 0;
  std::uint64_t posting_count_ = 0;
  std::vector<SourceEntry> sources_;
  std::vector<PeakBlock> peak_blocks_;  // by ordinal
  PositionMap places_;
  std::unique_ptr<PostingSection> postings_;  // remembers what it has checked
};

}  // namespace needledrop
