#include "posting_stream.h"

#include <algorithm>
#include <cstdint>
#include <tuple>

namespace needledrop {
namespace {

constexpr std::size_t kAtOnce = 1 << 14;

bool precedes(const PlacedPosting& a, const PlacedPosting& b) {
  return std::tuple(a.hash, a.source, a.tick) < std::tuple(b.hash, b.source, b.tick);
}

}  // namespace

/// One segment on its way through.
class PostingStream::Input {
 public:
  explicit Input(const Segment& segment) : cursor_(segment.postings()) {
    std::uint64_t position = 0;
    for (const SourceEntry& entry : segment.sources()) {
      if (entry.kind != SourceKind::kRecording) continue;
      starts_.push_back(position);
      sources_.push_back(entry.id);
      position += static_cast<std::uint32_t>(entry.length.value);
    }
  }

  /// Makes front() the next posting; false after the last. Errors: kCorrupt.
  Result<bool> advance() {
    if (at_ == block_.size()) {
      ND_TRY_ASSIGN(block_, cursor_.next_block());
      at_ = 0;
      if (block_.empty()) return false;
    }
    const Posting& posting = block_[at_++];
    const auto after = std::ranges::upper_bound(starts_, posting.position);
    const auto place = static_cast<std::size_t>(after - starts_.begin()) - 1;
    front_ = {posting.hash, sources_[place],
              Tick(static_cast<std::int32_t>(posting.position - starts_[place]))};
    return true;
  }
  [[nodiscard]] const PlacedPosting& front() const { return front_; }

 private:
  PostingCursor cursor_;
  std::vector<std::uint64_t> starts_;  // positions
  std::vector<SourceId> sources_;
  std::span<const Posting> block_;
  std::size_t at_ = 0;
  PlacedPosting front_;
};

PostingStream::PostingStream(std::span<const std::shared_ptr<const Segment>> segments) {
  for (const auto& segment : segments) inputs_.emplace_back(*segment);
}
PostingStream::~PostingStream() = default;

Result<std::span<const PlacedPosting>> PostingStream::next() {
  if (!has_begun_) {
    has_begun_ = true;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      ND_TRY_ASSIGN(const bool has_posting, inputs_[i].advance());
      if (has_posting) live_.push_back(i);
    }
  }
  postings_.clear();
  while (postings_.size() < kAtOnce && !live_.empty()) {
    const auto first = std::ranges::min_element(live_, [&](std::size_t a, std::size_t b) {
      return precedes(inputs_[a].front(), inputs_[b].front());
    });
    postings_.push_back(inputs_[*first].front());
    ND_TRY_ASSIGN(const bool has_posting, inputs_[*first].advance());
    if (!has_posting) live_.erase(first);
  }
  return std::span<const PlacedPosting>(postings_);
}

}  // namespace needledrop
