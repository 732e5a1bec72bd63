#include "media/block_assembler.h"

#include <algorithm>

namespace needledrop {

BlockAssembler::BlockAssembler(Outputs outputs, std::size_t sources, BlockSink& sink)
    : outputs_(outputs), sink_(sink), positions_(sources), waiting_(outputs.count()) {}

void BlockAssembler::append(std::size_t source, std::span<const std::span<const float>> channels) {
  const auto count = static_cast<std::int64_t>(channels.front().size());
  const std::int64_t start = positions_[source];
  // What comes too late for a source that was not waited for is lost.
  const std::int64_t late = std::clamp<std::int64_t>(emitted_ - start, 0, count);
  positions_[source] = start + count;
  reserve_to(start + count);
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    for (std::int64_t n = late; n < count; ++n) {
      waiting_[i][static_cast<std::size_t>(start + n - emitted_)] +=
          channels[i][static_cast<std::size_t>(n)];
    }
  }
  emit_ready();
}

void BlockAssembler::pad_to(std::size_t source, std::int64_t position) {
  // In steps, so that an hour of silence costs no more memory than a block.
  while (positions_[source] < position) {
    positions_[source] =
        std::min(position, positions_[source] + static_cast<std::int64_t>(kBlockSamples));
    reserve_to(positions_[source]);
    emit_ready();
  }
}

void BlockAssembler::finish() {
  std::size_t offset = 0;
  while (offset < waiting_.front().size()) {
    const auto count = std::min(kBlockSamples, waiting_.front().size() - offset);
    emit(offset, count);
    offset += count;
  }
  drop_emitted(offset);
}

void BlockAssembler::reserve_to(std::int64_t position) {
  const auto size = static_cast<std::size_t>(std::max<std::int64_t>(position - emitted_, 0));
  for (auto& output : waiting_) {
    if (output.size() < size) output.resize(size);
  }
}

void BlockAssembler::emit_ready() {
  const auto [behind, ahead] = std::ranges::minmax(positions_);
  const auto ready = static_cast<std::size_t>(
      std::max<std::int64_t>(std::max(behind, ahead - kPatience) - emitted_, 0));
  std::size_t offset = 0;
  for (; ready - offset >= kBlockSamples; offset += kBlockSamples) emit(offset, kBlockSamples);
  drop_emitted(offset);
}

void BlockAssembler::emit(std::size_t offset, std::size_t count) {
  const auto part = [&](std::size_t output) {
    return std::span<const float>(waiting_[output]).subspan(offset, count);
  };
  Block block{.mid = part(0), .side = {}, .rest = {}};
  if (outputs_.side) block.side = part(1);
  if (outputs_.rest) block.rest = part(outputs_.count() - 1);
  sink_.on_block(block);
}

void BlockAssembler::drop_emitted(std::size_t count) {
  if (count == 0) return;
  for (auto& output : waiting_) {
    output.erase(output.begin(), output.begin() + static_cast<std::ptrdiff_t>(count));
  }
  emitted_ += static_cast<std::int64_t>(count);
}

}  // namespace needledrop
