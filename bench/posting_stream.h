#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "index/segment.h"

namespace needledrop {

/// A posting with its source told apart from its tick.
struct PlacedPosting {
  Hash hash;
  SourceId source;
  Tick tick;
};

/// All postings of several segments by hash, then source, then tick, some thousands at a time.
/// Removed sources are not left out. Single-threaded; borrows the segments.
class PostingStream {
 public:
  explicit PostingStream(std::span<const std::shared_ptr<const Segment>> segments);
  ~PostingStream();
  PostingStream(const PostingStream&) = delete;
  PostingStream& operator=(const PostingStream&) = delete;

  /// None after the last. Valid until the next call. Errors: kCorrupt.
  Result<std::span<const PlacedPosting>> next();

 private:
  class Input;
  std::vector<Input> inputs_;
  std::vector<std::size_t> live_;  // inputs that have a posting left
  bool has_begun_ = false;
  std::vector<PlacedPosting> postings_;
};

}  // namespace needledrop
