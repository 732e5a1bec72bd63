#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "media/block.h"
#include "media/resampler.h"

namespace needledrop {

/// What the sound is given out as; mid is always there.
struct Outputs {
  bool side = false;
  bool rest = false;

  [[nodiscard]] std::size_t count() const { return 1U + (side ? 1U : 0U) + (rest ? 1U : 0U); }
  friend bool operator==(const Outputs&, const Outputs&) = default;
};

/// Adds up what several sources (streams) give to the outputs, in step by time, and hands it on in
/// blocks of kBlockSamples. A source that falls more than kPatience behind the others is not waited
/// for. Memory is bounded by kPatience. Single-threaded; `sink` outlives it.
class BlockAssembler {
 public:
  static constexpr std::size_t kBlockSamples = 4'096;
  static constexpr std::int64_t kPatience = 30LL * kAnalysisRate;

  BlockAssembler(Outputs outputs, std::size_t sources, BlockSink& sink);

  /// Appends to a source; `channels` has one equally long span per output.
  void append(std::size_t source, std::span<const std::span<const float>> channels);
  /// Appends silence up to `position`; nothing when the source is there already.
  void pad_to(std::size_t source, std::int64_t position);
  /// What there is goes out, sources that ended early as silence.
  void finish();

  [[nodiscard]] std::int64_t position(std::size_t source) const { return positions_[source]; }
  /// Samples handed to the sink so far.
  [[nodiscard]] std::int64_t emitted() const { return emitted_; }

 private:
  void reserve_to(std::int64_t position);
  void emit_ready();
  void emit(std::size_t offset, std::size_t count);
  void drop_emitted(std::size_t count);

  Outputs outputs_;
  BlockSink& sink_;
  std::vector<std::int64_t> positions_;
  std::vector<std::vector<float>> waiting_;  // per output; element 0 is sample emitted_
  std::int64_t emitted_ = 0;
};

}  // namespace needledrop
