#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace needledrop {

/// What counts of a segment when it is decided what to merge.
struct SegmentWeight {
  std::uint64_t bytes = 0;       // of its file
  std::uint64_t live_bytes = 0;  // about what would be left without removed sources; else `bytes`
  std::uint64_t live_ticks = 0;  // of recordings that are not removed
};

/// Segments are in one tier when their live bytes lie between the same two powers of this. So many
/// of a tier are merged, which gives one of a higher tier: each byte is written once for every tier
/// between a recording's size and the index's, log4 of their ratio, and no tier keeps four. With 2
/// bytes would be written twice as often, with 8 there would be twice as many segments to search.
inline constexpr std::size_t kMergeFactor = 4;

/// A segment of which a larger share is removed is rewritten by itself: what is removed takes up at
/// most a third of what lives, and costs at most three bytes written for each one that it frees.
inline constexpr double kMostRemoved = 0.25;

/// A merge makes no segment that is larger: 150,000 recordings of four minutes, some five minutes
/// of work, and as much room on the disk. Every probe touches a block of each segment, so three
/// where one would do make looking up among 100,000 recordings take twice as long.
inline constexpr std::uint64_t kGreatestSegment = std::uint64_t{1} << 34;

/// The places in `segments`, ascending, of those to make one of next; none when all is well. Apply
/// it again to what comes out: every merge leaves fewer segments, or fewer with removed sources. No
/// merge makes more than `most_bytes`, nor more ticks than a segment may have.
std::vector<std::size_t> next_merge(std::span<const SegmentWeight> segments,
                                    std::uint64_t most_bytes = kGreatestSegment);

/// The same with the aim that as few segments as possible are left, and nothing of what is removed.
std::vector<std::size_t> next_merge_of_all(std::span<const SegmentWeight> segments,
                                           std::uint64_t most_bytes = kGreatestSegment);

}  // namespace needledrop
