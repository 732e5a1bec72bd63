#include "index/landmark_sieve.h"

namespace needledrop {

void LandmarkSieve::insert(Hash hash) {
  const Landmark landmark = landmark_of(hash);
  const int target = landmark.anchor + landmark.difference;
  const int first_tick = std::max(landmark.ticks - 1, kZoneFirstTick);
  const int last_tick = std::min(landmark.ticks + 1, kZoneLastTick);
  // Ends of the ranges are enough: no range is wider than two cells.
  for (const int anchor : {landmark.anchor - 1, landmark.anchor + 1}) {
    std::uint8_t* const bytes = bits_.data() + slice_of(landmark.channel, anchor);
    for (const int ticks : {first_tick, last_tick}) {
      for (const int end : {target - 1, target + 1}) {
        const int bit = bit_of(anchor, end, ticks);
        bytes[bit / 8] |= static_cast<std::uint8_t>(1U << (bit % 8));
      }
    }
  }
}

}  // namespace needledrop
