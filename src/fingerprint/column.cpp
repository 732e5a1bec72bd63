#include "fingerprint/column.h"

#include <algorithm>

namespace needledrop {
namespace {

constexpr std::size_t kLeadIn = kWindow / 2;  // zeros before sample 0
constexpr std::size_t kKeep = 64UL * kHop;    // pending samples moved at a time

void append(std::span<const float> samples, std::vector<float>& pending) {
  pending.insert(pending.end(), samples.begin(), samples.end());
}

void drop(std::size_t count, std::vector<float>& pending) {
  pending.erase(pending.begin(),
                pending.begin() + static_cast<std::ptrdiff_t>(std::min(count, pending.size())));
}

}  // namespace

ColumnMaker::ColumnMaker(ColumnSink& mid, ColumnSink& side)
    : mid_(mid),
      side_(side),
      pending_mid_(kLeadIn, 0.0F),
      pending_side_(kLeadIn, 0.0F),
      power_(Transform::kBins),
      second_power_(Transform::kBins) {}

void ColumnMaker::on_samples(std::span<const float> mid, std::span<const float> side) {
  has_side_ = has_side_ || !side.empty();
  while (!mid.empty()) {
    const auto count = std::min(mid.size(), kKeep);
    append(mid.first(count), pending_mid_);
    mid = mid.subspan(count);
    if (has_side_) {
      append(side.first(count), pending_side_);
      side = side.subspan(count);
    }
    seen_ += count;
    emit_ready(seen_);
  }
}

void ColumnMaker::finish() {
  // Two windows, since the second tick of the last transform may lie behind the end.
  pending_mid_.insert(pending_mid_.end(), 2 * kWindow, 0.0F);
  pending_side_.insert(pending_side_.end(), 2 * kWindow, 0.0F);
  emit_ready(seen_ + 2 * kWindow);
}

void ColumnMaker::emit_ready(std::size_t samples_seen) {
  // A tick exists when its centre lies before the end of the sound, and is ready with its window.
  const auto exists = [&](std::size_t tick) { return tick * kHop < seen_; };
  const std::size_t at_once = has_side_ ? 1 : 2;
  std::size_t start = 0;
  while (exists(ticks_) && (ticks_ + at_once - 1) * kHop + kWindow / 2 <= samples_seen) {
    if (has_side_) {
      emit_pair(start);
    } else {
      emit_two_ticks(start, exists(ticks_ + 1));
    }
    ticks_ += at_once;
    start += at_once * kHop;
  }
  drop(start, pending_mid_);
  drop(start, pending_side_);
}

void ColumnMaker::emit_pair(std::size_t start) {
  transform_.power(Samples(pending_mid_).subspan(start, kWindow),
                   Samples(pending_side_).subspan(start, kWindow), power_, second_power_);
  mid_.on_column(power_);
  side_.on_column(second_power_);
}

void ColumnMaker::emit_two_ticks(std::size_t start, bool both) {
  transform_.power(Samples(pending_mid_).subspan(start, kWindow),
                   Samples(pending_mid_).subspan(start + kHop, kWindow), power_, second_power_);
  mid_.on_column(power_);
  if (both) mid_.on_column(second_power_);
}

}  // namespace needledrop
