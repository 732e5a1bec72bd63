#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

namespace needledrop {

/// Remembers which of a number of blocks have passed their check. Thread-safe: two threads may both
/// check a block, to the same end.
class CheckedOnce {
 public:
  explicit CheckedOnce(std::size_t count)
      : words_(std::make_unique<std::atomic<std::uint64_t>[]>((count + 63) / 64)) {}

  [[nodiscard]] bool contains(std::size_t i) const {
    return (words_[i / 64].load(std::memory_order_relaxed) >> (i % 64) & 1) != 0;
  }
  void insert(std::size_t i) {
    words_[i / 64].fetch_or(std::uint64_t{1} << (i % 64), std::memory_order_relaxed);
  }

 private:
  std::unique_ptr<std::atomic<std::uint64_t>[]> words_;
};

}  // namespace needledrop
