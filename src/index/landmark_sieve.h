#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "fingerprint/hash.h"

namespace needledrop {

/// Tells nearly all landmarks that no posting is near from the few that one may be near, by one bit
/// each. Near means: an eighth of a bin at most off in the anchor and in the target, and a tick in
/// the distance between them; that is how far a landmark may have moved in an episode.
///
/// A bitmap over cells of half a bin (anchor, target) and two ticks (distance), with every cell set
/// that holds a landmark near an inserted one; so what it rejects has nothing near, and what it
/// lets pass may have nothing either. 300,000 postings set one cell in a hundred. The cells of one
/// anchor lie together, 4 kB: whoever asks for anchors by rising frequency stays in the first-level
/// cache. Filled first, then read: const calls from any number of threads.
class LandmarkSieve {
 public:
  LandmarkSieve() : bits_(std::size_t{2} * kAnchorCells * kSliceBytes) {}

  /// Lets pass whatever is near the landmark with this hash.
  void insert(Hash hash);

  /// The cells of one anchor; borrows the sieve.
  class Slice {
   public:
    /// Requires: ticks and target - anchor in the zone.
    [[nodiscard]] bool may_be_near(int target, int ticks) const {
      const int bit = bit_of(anchor_, target, ticks);
      return (bytes_[bit / 8] >> (bit % 8) & 1) != 0;
    }

   private:
    friend class LandmarkSieve;
    Slice(const std::uint8_t* bytes, int anchor) : bytes_(bytes), anchor_(anchor) {}
    const std::uint8_t* bytes_;
    int anchor_;
  };
  [[nodiscard]] Slice slice(Channel channel, int anchor) const {
    return {bits_.data() + slice_of(channel, anchor), anchor};
  }

 private:
  static constexpr int kCellWidth = 4;  // eighths of a bin
  static constexpr int kCellTicks = 2;
  static constexpr int kAnchorCells = 1'410;  // 5.5 kHz; what lies above shares the last
  static constexpr int kReach = kZoneWidth / kCellWidth + 2;  // cells from anchor to target
  static constexpr int kRowBits = 2 * kReach + 4;             // a whole number of bytes
  static constexpr int kRows = (kZoneLastTick - kZoneFirstTick) / kCellTicks + 1;
  static constexpr std::size_t kSliceBytes = static_cast<std::size_t>(kRows) * kRowBits / 8;
  static_assert(kRowBits % 8 == 0);

  static std::size_t slice_of(Channel channel, int anchor) {
    const int cell = std::clamp(anchor / kCellWidth, 0, kAnchorCells - 1);
    return static_cast<std::size_t>(static_cast<int>(channel) * kAnchorCells + cell) * kSliceBytes;
  }
  static int bit_of(int anchor, int target, int ticks) {
    // Shifts round down, also below 0, where a hostile hash may have its target.
    static_assert(kCellWidth == 4 && kCellTicks == 2);
    return ((ticks - kZoneFirstTick) >> 1) * kRowBits + (target >> 2) - (anchor >> 2) + kReach;
  }

  std::vector<std::uint8_t> bits_;
};

}  // namespace needledrop
