#include "media/stamp_time.h"

#include <algorithm>
#include <chrono>

namespace needledrop {
namespace {

constexpr std::int64_t kMost = std::int64_t{1} << 60;

/// Within kMost of 0; av_rescale_q says the least there is for all that overflows.
std::int64_t bounded_microseconds(std::int64_t stamp, AVRational time_base) {
  const std::int64_t microseconds = av_rescale_q(stamp, time_base, AV_TIME_BASE_Q);
  if (stamp > 0 && microseconds < 0) return kMost;
  return std::clamp(microseconds, -kMost, kMost);
}

}  // namespace

std::optional<std::int64_t> microseconds_of(std::int64_t stamp, AVRational time_base) {
  if (stamp == AV_NOPTS_VALUE) return std::nullopt;
  const std::int64_t microseconds = bounded_microseconds(stamp, time_base);
  if (microseconds == kMost || microseconds == -kMost) return std::nullopt;
  return microseconds;
}

Milliseconds time_of_stamp(std::int64_t stamp, AVRational time_base, std::int64_t origin) {
  const std::int64_t since =
      bounded_microseconds(stamp, time_base) - std::clamp(origin, -kMost, kMost);
  return std::chrono::floor<Milliseconds>(std::chrono::microseconds(since + 500));
}

}  // namespace needledrop
