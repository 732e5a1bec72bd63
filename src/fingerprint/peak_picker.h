#pragma once

#include <array>
#include <cstdint>
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

/// How far the top of a local maximum lies from its bin, in bins within +-0.5: by a parabola
/// through the decibels of the three bins around it (Smith & Serra, PARSHL 1987).
float peak_shift(std::span<const float> power, int bin);

/// Finds the local maxima of one channel's spectrum and how far each reaches. A peak's reach is the
/// largest box of (bins, ticks) around it that holds nothing greater, so it needs no threshold on
/// loudness, and no part of the spectrum can take the places of another (Wang 2003; boxes from the
/// maximum-filter form of Panako and Olaf's papers). Single-threaded; `peaks` is borrowed.
///
/// Only the smallest box's bins get their maximum everywhere. One cell in twelve is its row's
/// maximum there, few of those stay it in time, and for these the wider boxes are put together from
/// the narrow maxima.
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

  struct Row {
    std::vector<float> power;
    std::vector<float> greatest;        // within the smallest box's bins; kMargin zeros around
    std::vector<std::int16_t> summits;  // bins that are greatest and loud enough
  };

  void pick(int tick);
  [[nodiscard]] const Row& row(int tick) const { return rows_[tick % kKept]; }
  /// The narrow maxima of a tick's box, row by row, from bin 0.
  using Surroundings = std::array<const float*, kKept>;
  template <std::size_t kBox>
  static bool is_peak_within(const Surroundings& around, std::span<const float> power, int bin);
  [[nodiscard]] Peak measure(int tick, int bin, Reach reach) const;

  Channel channel_;
  Reach least_;
  std::vector<Peak>& peaks_;
  std::vector<Row> rows_;       // ring of the last kKept columns
  std::vector<float> nothing_;  // the maxima of a row before the start or behind the end
  int columns_ = 0;             // seen
};

}  // namespace needledrop
