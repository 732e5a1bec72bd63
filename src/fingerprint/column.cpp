#include "fingerprint/column.h"

namespace needledrop {
namespace {

constexpr std::size_t kLeadIn = kWindow / 2;  // zeros before sample 0
constexpr std::size_t kKeep = 64UL * kHop;    // pending samples moved at a time

}  // namespace

ColumnMaker::ColumnMaker(ColumnSink& sink)
    : sink_(sink), pending_(kLeadIn, 0.0F), power_(Transform::kBins) {}

void ColumnMaker::on_samples(std::span<const float> samples) {
  while (!samples.empty()) {
    const auto part = samples.first(std::min(samples.size(), kKeep));
    pending_.insert(pending_.end(), part.begin(), part.end());
    seen_ += part.size();
    emit_ready(seen_);
    samples = samples.subspan(part.size());
  }
}

void ColumnMaker::finish() {
  pending_.insert(pending_.end(), kWindow, 0.0F);
  emit_ready(seen_ + kWindow);
}

void ColumnMaker::emit_ready(std::size_t samples_seen) {
  // A tick exists when its centre lies before the end of the sound, and is ready with its window.
  std::size_t start = 0;
  while (start + kWindow <= pending_.size() && ticks_ * kHop < seen_ &&
         ticks_ * kHop + kWindow / 2 <= samples_seen) {
    transform_.power(std::span(pending_).subspan(start, kWindow), power_);
    sink_.on_column(power_);
    ++ticks_;
    start += kHop;
  }
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(start));
}

}  // namespace needledrop
