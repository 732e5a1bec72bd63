#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "base/result.h"
#include "index/hit.h"
#include "index/landmark_sieve.h"
#include "index/segment.h"
#include "index/source.h"

namespace needledrop {

/// The live sources at one generation of the manifest. Immutable and shared freely between threads;
/// the files it reads from stay readable while it lives, whatever writers do.
class Snapshot {
 public:
  /// `removed` is sorted by id.
  Snapshot(std::uint64_t generation, std::vector<std::shared_ptr<const Segment>> segments,
           std::vector<SourceId> removed);

  [[nodiscard]] std::uint64_t generation() const { return generation_; }
  /// By id.
  [[nodiscard]] std::span<const SourceEntry> sources() const { return sources_; }
  /// Null when there is no such live source. Valid while the snapshot lives.
  [[nodiscard]] const SourceEntry* find(SourceId id) const;

  [[nodiscard]] std::size_t segment_count() const { return segments_.size(); }
  /// Of all segments' files.
  [[nodiscard]] std::uint64_t size() const;
  /// Of all segments, removed sources included.
  [[nodiscard]] std::uint64_t posting_count() const;

  /// What rejects most landmarks that no posting is near. Made when first asked for, in 20 ns a
  /// posting, and kept while the snapshot lives: 12 MB. Null when there are more than kMostSieved
  /// postings, of which too many landmarks have one near. Errors: kCorrupt naming file and offset.
  Result<std::shared_ptr<const LandmarkSieve>> sieve() const;
  static constexpr std::uint64_t kMostSieved = 1 << 24;

  /// kNotFound, or kCorrupt naming file and offset.
  [[nodiscard]] Result<PeakList> peaks(SourceId id) const;

  /// Hands the live postings under the probes to the sink, in no particular order. A probe asks for
  /// `width` hashes, its own and the ones behind it. Probes may come in any order and repeat.
  ///
  /// What it reads is bounded, whatever the index holds: no more than `most_each` postings a probe
  /// on average, counted on kSampled probes of the batch. Where there are more, the longest lists
  /// are passed over, as they tell least apart: drones, test tones, the noise of silence. A list's
  /// length is that in all segments together, so how sources are cut into segments changes nothing
  /// (but removed sources count until a merge drops them). Errors: kCorrupt naming file and offset.
  Result<void> search(std::span<const Hash> probes, std::uint32_t width, double most_each,
                      HitSink& sink) const;
  static constexpr std::size_t kSampled = 2'048;

 private:
  /// What lies under some probes in each segment, and together.
  struct Found {
    std::vector<std::vector<PostingRange>> ranges;  // by segment, then probe
    std::vector<std::uint64_t> lengths;             // by probe
  };

  Result<void> find(std::span<const Hash> hashes, std::uint32_t width, Found& found) const;
  Result<void> read(const Found& found, std::span<const std::uint32_t> places,
                    std::uint64_t longest, HitSink& sink) const;

  std::uint64_t generation_ = 0;
  std::vector<std::shared_ptr<const Segment>> segments_;
  std::vector<SourceId> removed_;
  std::vector<SourceEntry> sources_;     // live, by id
  std::vector<std::vector<bool>> live_;  // of each segment's sources
  mutable std::mutex sieving_;           // guards sieve_
  mutable std::shared_ptr<const LandmarkSieve> sieve_;
};

}  // namespace needledrop
