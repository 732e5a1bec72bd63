#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fingerprint/parameters.h"
#include "fingerprint/peak.h"

namespace needledrop {

/// Looks up an episode's peaks by place, and how dense they lie around one. Immutable; keeps a
/// reference to the list.
class PeakGrid {
 public:
  explicit PeakGrid(const PeakList& list);

  [[nodiscard]] const PeakList& list() const { return list_; }
  [[nodiscard]] int ticks() const { return list_.length.value; }

  /// Indices [first, last) into list().peaks of one tick and channel, by frequency; empty outside.
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };
  [[nodiscard]] Range at(Channel channel, int tick) const {
    if (tick < 0 || tick >= ticks()) {
      return {};
    }
    const std::size_t slot = slot_of(tick, channel);
    return {starts_[slot], starts_[slot + 1]};
  }

  /// Near a place: so many ticks and eighths of a bin from it.
  static constexpr int kNearTicks = 1;
  static constexpr int kNearFrequency = 8;
  /// False only where no peak is near the place: one look that most often saves a search.
  [[nodiscard]] bool may_have_near(Channel channel, int tick, int frequency) const {
    return tick < 0 || tick >= ticks() ||
           (near_[slot_of(tick, channel)] >> group_of(frequency) & 1) != 0;
  }

  /// Peaks of that reach to be expected by chance in one tick and one eighth of a bin at the place:
  /// as many as there are around it in time along that very frequency. Tones of one scale share
  /// their frequencies, so two pieces in one key meet there again and again; a count over a whole
  /// band would take that for evidence. Never zero.
  [[nodiscard]] float density(Channel channel, Reach reach, int tick, int frequency) const;

 private:
  static constexpr std::size_t kChannels = 2;
  /// The place of (unit of time, channel) in an array over both.
  static std::size_t slot_of(int unit, Channel channel) {
    return kChannels * static_cast<std::size_t>(unit) + static_cast<std::size_t>(channel);
  }

  /// Frequencies by 11 bins, so that a word has a bit for each group of them.
  static constexpr int kGroupWidth = 11 * kBinFractions;
  static int group_of(int frequency) { return std::clamp(frequency / kGroupWidth, 0, 63); }

  using Counts = std::array<std::uint8_t, 3>;  // of peaks, by reach

  const PeakList& list_;
  std::vector<std::uint32_t> starts_;        // of (tick, channel)
  std::vector<std::uint64_t> near_;          // of (tick, channel): groups near which peaks are
  std::vector<std::uint32_t> rows_;          // of (block of ticks, channel); 0 without peaks
  std::vector<Counts> cells_;                // of (row, frequency), saturated
  std::vector<std::array<float, 3>> bands_;  // mean count of a cell, of (row, band)
};

}  // namespace needledrop
