#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "media/block.h"

namespace needledrop {

/// Hands blocks on to a sink that runs on a thread of its own, so that decoding and analysis go on
/// at the same time. Blocks are copied and joined to parcels of kParcelSamples; the sink gets the
/// same samples in the same order, in these larger blocks. At most kMostWaiting parcels wait, then
/// on_block does. One thread calls this object; the sink is borrowed and used by the other thread
/// until finish or the destructor has returned.
class BlockRelay final : public BlockSink {
 public:
  static constexpr std::size_t kParcelSamples = 32'768;  // 2 s
  static constexpr std::size_t kMostWaiting = 4;

  explicit BlockRelay(BlockSink& sink);
  /// Without finish: what waits is dropped.
  ~BlockRelay() override;
  BlockRelay(const BlockRelay&) = delete;
  BlockRelay& operator=(const BlockRelay&) = delete;

  void on_block(const Block& block) override;
  /// Returns when the sink has had everything. The last call.
  void finish();

 private:
  struct Parcel {
    std::vector<float> mid;
    std::vector<float> side;
    std::vector<float> rest;
  };

  void send();
  void deliver();

  BlockSink& sink_;
  Parcel filling_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable has_room_;
  std::condition_variable has_work_;
  std::deque<Parcel> waiting_;
  bool is_closed_ = false;
  std::jthread thread_;  // last: it uses the rest
};

}  // namespace needledrop
