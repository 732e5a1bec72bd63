#include "index/segment_merge.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace needledrop {
namespace {

/// Postings written between two looks at the stop token.
constexpr std::uint64_t kStride = 1 << 16;

/// One of the segments: its postings that live, in order, at the positions that they will have.
class MergeInput {
 public:
  explicit MergeInput(const Segment& segment)
      : segment_(segment), cursor_(segment.postings()), moved_(segment.sources().size()) {}

  /// Says where the postings of a source will begin. Those of which nothing is said are left out.
  void move_source(std::size_t ordinal, std::uint32_t first_position) {
    moved_[ordinal] = first_position;
  }

  /// Makes front() the next posting; false after the last. Errors: kCorrupt.
  Result<bool> advance() {
    while (true) {
      if (at_ == block_.size()) {
        auto next = cursor_.next_block();
        if (!next.has_value()) return next.error().in(segment_.path());
        if (next->empty()) return false;
        block_ = *next;
        at_ = 0;
      }
      const Posting& posting = block_[at_++];
      if (const auto position = moved(posting.position)) {
        front_ = {posting.hash, *position};
        return true;
      }
    }
  }

  [[nodiscard]] const Posting& front() const { return front_; }

 private:
  [[nodiscard]] std::optional<std::uint32_t> moved(std::uint32_t position) const {
    const auto [ordinal, tick] = segment_.places().find(position);
    if (!moved_[ordinal].has_value()) return std::nullopt;
    return *moved_[ordinal] + static_cast<std::uint32_t>(tick.value);
  }

  const Segment& segment_;
  PostingCursor cursor_;
  std::vector<std::optional<std::uint32_t>> moved_;  // by ordinal
  std::span<const Posting> block_;
  std::size_t at_ = 0;
  Posting front_;
};

struct LiveSource {
  SourceId id;
  std::uint32_t input = 0;
  std::uint32_t ordinal = 0;
};

class Merge {
 public:
  Merge(std::span<const std::shared_ptr<const Segment>> segments, std::span<const SourceId> removed,
        SegmentOutput& output, const std::stop_token& stop, const MergeProgress& progress)
      : segments_(segments), removed_(removed), output_(output), stop_(stop), progress_(progress) {
    for (const auto& segment : segments) {
      inputs_.emplace_back(*segment);
      expected_bytes_ += static_cast<double>(segment->weight(removed).live_bytes);
    }
  }

  Result<void> run() {
    ND_TRY(write_sources());
    ND_TRY(write_postings());
    return output_.finish();
  }

 private:
  [[nodiscard]] std::vector<LiveSource> live_sources() const {
    std::vector<LiveSource> sources;
    for (std::uint32_t input = 0; input < segments_.size(); ++input) {
      const auto entries = segments_[input]->sources();
      for (std::uint32_t ordinal = 0; ordinal < entries.size(); ++ordinal) {
        if (!std::ranges::binary_search(removed_, entries[ordinal].id)) {
          sources.push_back({entries[ordinal].id, input, ordinal});
        }
      }
    }
    std::ranges::sort(sources, {}, &LiveSource::id);
    return sources;
  }

  Result<void> write_sources() {
    for (const LiveSource& source : live_sources()) {
      const Segment& segment = *segments_[source.input];
      ND_TRY_ASSIGN(const auto peak_block, segment.peak_block(source.ordinal));
      ND_TRY_ASSIGN(const std::uint32_t first_position,
                    output_.add_source(segment.sources()[source.ordinal], peak_block));
      inputs_[source.input].move_source(source.ordinal, first_position);
      ND_TRY(pause());
    }
    return {};
  }

  Result<void> write_postings() {
    const auto is_behind = [](const MergeInput* a, const MergeInput* b) {
      return a->front() > b->front();
    };
    std::vector<MergeInput*> heap;
    for (MergeInput& input : inputs_) {
      ND_TRY_ASSIGN(const bool has_posting, input.advance());
      if (has_posting) heap.push_back(&input);
    }
    std::ranges::make_heap(heap, is_behind);
    for (std::uint64_t written = 1; !heap.empty(); ++written) {
      std::ranges::pop_heap(heap, is_behind);
      MergeInput& first = *heap.back();
      ND_TRY(output_.add_posting(first.front()));
      ND_TRY_ASSIGN(const bool has_posting, first.advance());
      if (has_posting) {
        std::ranges::push_heap(heap, is_behind);
      } else {
        heap.pop_back();
      }
      if (written % kStride == 0) ND_TRY(pause());
    }
    return {};
  }

  /// Tells how far it is, and stops if it should.
  Result<void> pause() {
    if (stop_.stop_requested()) {
      return fail(Error::Kind::kCancelled, "stopped; what was merged before stays");
    }
    progress_(std::min(1.0, static_cast<double>(output_.size()) / expected_bytes_));
    return {};
  }

  std::span<const std::shared_ptr<const Segment>> segments_;
  std::span<const SourceId> removed_;
  SegmentOutput& output_;
  const std::stop_token& stop_;
  const MergeProgress& progress_;
  std::vector<MergeInput> inputs_;
  double expected_bytes_ = 0;
};

}  // namespace

Result<void> merge_segments(std::span<const std::shared_ptr<const Segment>> segments,
                            std::span<const SourceId> removed, SegmentOutput& output,
                            const std::stop_token& stop, const MergeProgress& progress) {
  return Merge(segments, removed, output, stop, progress).run();
}

}  // namespace needledrop
