#pragma once

#include <span>

namespace needledrop {

/// Samples a second of everything that leaves media/ for analysis.
inline constexpr int kAnalysisRate = 16'000;

/// A run of consecutive samples at kAnalysisRate, full scale 1.0, borrowed for the length of a
/// call. Sample 0 of the first block is time 0 of the file (its earliest presented sample); gaps in
/// the stream arrive as zeros, so the sample count is the time.
struct Block {
  std::span<const float> mid;  // (L + R) / 2 of the music pair, or the one channel there is
  std::span<const float>
      side;  // (L - R) / 2, as long as mid; empty when the sound has no true side
  std::span<const float> rest;  // what else a listener hears (centre, surrounds), as long as mid or
                                // empty; for levels only, it is never fingerprinted
};

/// Takes blocks in order. All blocks of a file have the same spans empty.
class BlockSink {
 public:
  virtual ~BlockSink() = default;
  virtual void on_block(const Block& block) = 0;
};

}  // namespace needledrop
