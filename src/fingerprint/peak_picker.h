#pragma once

#include <array>
#include <span>
#include <vector>

#include "fingerprint/column.h"
#include "fingerprint/peak.h"

namespace needledrop {

/// Half-widths of the box that a reach stands for.
struct PeakBox {
  int bins;
  int ticks;
};
inline constexpr std::array<PeakBox, 3> kPeakBoxes = {{{5, 3}, {10, 5}, {20, 8}}};
/// Quieter maxima are silence or dither: -85 dB of full scale.
inline constexpr float kFloorPower = 3.16e-9F;

/// Finds the local maxima of one channel's spectrum and how far each reaches. A peak's reach is the
/// largest box of (bins, ticks) around it that holds nothing greater, so it needs no threshold on
/// loudness, and no part of the spectrum can take the places of another (Wang 2003; boxes from the
/// maximum-filter form of Panako and Olaf's papers). Single-threaded; `peaks` is borrowed.
class PeakPicker final : public ColumnSink {
 public:
  /// Appends peaks of at least `least` reach to `peaks`, by tick, then frequency.
  PeakPicker(Channel channel, Reach least, std::vector<Peak>& peaks);

  void on_column(std::span<const float> power) override;
  /// Ends the sound: the last columns have nothing behind them.
  void finish();

 private:
  static constexpr int kDelay = kPeakBoxes.back().ticks;
  static constexpr int kKept = 2 * kDelay + 1;

  /// A column with, for each box, the greatest power within the box's bins.
  struct Row {
    std::vector<float> power;
    std::array<std::vector<float>, kPeakBoxes.size()> greatest;
  };

  void pick(int tick);
  [[nodiscard]] const Row& row(int tick) const { return rows_[tick % kKept]; }
  [[nodiscard]] bool is_peak_within(int tick, int bin, std::size_t box) const;
  [[nodiscard]] Peak measure(int tick, int bin, Reach reach) const;

  Channel channel_;
  Reach least_;
  std::vector<Peak>& peaks_;
  std::vector<Row> rows_;  // ring of the last kKept columns
  int columns_ = 0;        // seen
};

}  // namespace needledrop
