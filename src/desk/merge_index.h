#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stop_token>

#include "base/result.h"
#include "desk/desk.h"
#include "desk/progress.h"

namespace needledrop {

/// Bytes that are merged after a commit of something else: seconds, so that other writers wait no
/// longer than they do. A commit is of some 20 MB, and what it brings is merged log4 times; larger
/// merges than this are left to `merge`.
inline constexpr std::uint64_t kMergedByTheWay = 256'000'000;

struct MergeOptions {
  bool all = false;  // as few segments as can be, nothing removed in them; else what tiers ask for
  std::uint64_t most_bytes = std::numeric_limits<std::uint64_t>::max();  // that are written in all
  std::chrono::milliseconds wait = Desk::kLockWait;                      // for another writer
  std::stop_token stop{};
  ProgressSink progress = [](const Progress&) {};  // told the share of one merge after the other
};

/// How large an index is.
struct IndexSize {
  std::size_t segments = 0;
  std::uint64_t bytes = 0;
};

struct MergeReport {
  std::size_t merges = 0;  // 0: there was nothing to do
  IndexSize before;
  IndexSize after;
  std::chrono::milliseconds took{0};
};

/// Merges the index's segments until the policy (index/merge_policy.h) asks for no more. The
/// writer's lock is taken for each merge by itself, so that others get their turn in between. What
/// one merge did is durable when the next begins. Errors: kBusy, kCancelled, kCorrupt, kIo; merges
/// that were done stay, and nothing is ever lost.
Result<MergeReport> merge_index(Desk& desk, const MergeOptions& options);

}  // namespace needledrop
