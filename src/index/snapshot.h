#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "base/result.h"
#include "index/hit.h"
#include "index/landmark_sieve.h"
#include "index/source.h"

namespace needledrop {

class Segment;

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

  /// Hands every live posting under every probe to the sink, by the probe's hash, then probe,
  /// source and tick. A probe asks for `width` hashes, its own and the ones behind it. Probes may
  /// come in any order and repeat. A hash with more than `longest_list` postings in a segment is
  /// passed over: it says little, and looking at it costs much. Errors: kCorrupt naming file and
  /// offset.
  Result<void> search(std::span<const Hash> probes, std::size_t longest_list, HitSink& sink,
                      std::uint32_t width = 1) const;

 private:
  std::uint64_t generation_ = 0;
  std::vector<std::shared_ptr<const Segment>> segments_;
  std::vector<SourceId> removed_;
  std::vector<SourceEntry> sources_;     // live, by id
  std::vector<std::vector<bool>> live_;  // of each segment's sources
  mutable std::mutex sieving_;           // guards sieve_
  mutable std::shared_ptr<const LandmarkSieve> sieve_;
};

}  // namespace needledrop
