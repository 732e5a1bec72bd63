#include "media/block_relay.h"

#include <utility>

namespace needledrop {
namespace {

void append(std::span<const float> samples, std::vector<float>& to) {
  to.insert(to.end(), samples.begin(), samples.end());
}

}  // namespace

BlockRelay::BlockRelay(BlockSink& sink) : sink_(sink), thread_([this] { deliver(); }) {}

BlockRelay::~BlockRelay() {
  {
    const std::scoped_lock lock(mutex_);
    waiting_.clear();
    is_closed_ = true;
  }
  has_work_.notify_one();
}

void BlockRelay::on_block(const Block& block) {
  append(block.mid, filling_.mid);
  append(block.side, filling_.side);
  append(block.rest, filling_.rest);
  if (filling_.mid.size() >= kParcelSamples) send();
}

void BlockRelay::finish() {
  send();
  {
    const std::scoped_lock lock(mutex_);
    is_closed_ = true;
  }
  has_work_.notify_one();
  thread_.join();
}

void BlockRelay::send() {
  {
    std::unique_lock lock(mutex_);
    has_room_.wait(lock, [&] { return waiting_.size() < kMostWaiting; });
    waiting_.push_back(std::exchange(filling_, {}));
  }
  has_work_.notify_one();
}

void BlockRelay::deliver() {
  for (;;) {
    Parcel parcel;
    {
      std::unique_lock lock(mutex_);
      has_work_.wait(lock, [&] { return is_closed_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      parcel = std::move(waiting_.front());
      waiting_.pop_front();
    }
    has_room_.notify_one();
    sink_.on_block({parcel.mid, parcel.side, parcel.rest});
  }
}

}  // namespace needledrop
