#include "index/merge_policy.h"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>

#include "index/segment_format.h"

namespace needledrop {
namespace {

int tier_of(const SegmentWeight& segment) {
  constexpr int kBitsATier = std::countr_zero(kMergeFactor);
  static_assert(kMergeFactor == std::size_t{1} << kBitsATier);
  return static_cast<int>(std::bit_width(segment.live_bytes)) / kBitsATier;
}

double removed_share(const SegmentWeight& segment) {
  return 1 - static_cast<double>(segment.live_bytes) / static_cast<double>(segment.bytes);
}

/// As many of the places as one segment can hold, the smallest first; ascending.
std::vector<std::size_t> fitting(std::span<const SegmentWeight> segments,
                                 std::vector<std::size_t> places, std::uint64_t most_bytes) {
  std::ranges::stable_sort(places, {}, [&](std::size_t i) { return segments[i].live_bytes; });
  std::uint64_t bytes = 0;
  std::uint64_t ticks = 0;
  std::erase_if(places, [&](std::size_t i) {
    const bool fits = segments[i].live_bytes <= most_bytes - bytes &&
                      segments[i].live_ticks <= kMostPositions - ticks;
    bytes += fits ? segments[i].live_bytes : 0;
    ticks += fits ? segments[i].live_ticks : 0;
    return !fits;
  });
  std::ranges::sort(places);
  return places;
}

/// The first segment of which a larger share than `most_removed` is removed, if there is one.
std::vector<std::size_t> next_rewrite(std::span<const SegmentWeight> segments, double most_removed,
                                      std::uint64_t most_bytes) {
  const auto asks = [&](const SegmentWeight& segment) {
    return removed_share(segment) > most_removed && segment.live_bytes <= most_bytes;
  };
  const auto found = std::ranges::find_if(segments, asks);
  if (found == segments.end()) return {};
  return {static_cast<std::size_t>(found - segments.begin())};
}

}  // namespace

std::vector<std::size_t> next_merge(std::span<const SegmentWeight> segments,
                                    std::uint64_t most_bytes) {
  std::map<int, std::vector<std::size_t>> tiers;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    tiers[tier_of(segments[i])].push_back(i);
  }
  for (auto& [tier, places] : tiers) {
    auto merged = fitting(segments, std::move(places), most_bytes);
    if (merged.size() >= kMergeFactor) return merged;
  }
  return next_rewrite(segments, kMostRemoved, most_bytes);
}

std::vector<std::size_t> next_merge_of_all(std::span<const SegmentWeight> segments,
                                           std::uint64_t most_bytes) {
  std::vector<std::size_t> all(segments.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  auto merged = fitting(segments, std::move(all), most_bytes);
  return merged.size() >= 2 ? merged : next_rewrite(segments, 0, most_bytes);
}

}  // namespace needledrop
