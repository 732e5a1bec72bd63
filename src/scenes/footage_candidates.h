#pragma once

#include <span>
#include <vector>

#include "base/units.h"
#include "scenes/clip_pictures.h"
#include "scenes/footage.h"
#include "scenes/framing.h"

namespace needledrop {

/// A stretch of a clip that is looked for as one, and where in it the picture is.
struct ClipWindow {
  Span span;
  Rectangle area;
};

/// Windows of about 3 s, one after the other.
std::vector<ClipWindow> windows_of(const ClipPictures& clip);

/// An episode's footage as candidates are looked for in it: luma of 16 x 9, less the mean.
class CoarseFootage {
 public:
  static constexpr int kColumns = 16;
  static constexpr int kRows = 9;
  static constexpr int kCells = kColumns * kRows;
  using Cells = std::array<std::int16_t, kCells>;

  explicit CoarseFootage(const Footage& footage);

  [[nodiscard]] std::size_t size() const { return times_.size(); }
  [[nodiscard]] Milliseconds time(std::size_t i) const { return times_[i]; }
  [[nodiscard]] const Cells& cells(std::size_t i) const { return cells_[i]; }
  [[nodiscard]] const Rectangle& area() const { return area_; }

 private:
  std::vector<Milliseconds> times_;
  std::vector<Cells> cells_;
  Rectangle area_;
};

std::int32_t product(const CoarseFootage::Cells& a, const CoarseFootage::Cells& b);

/// A place that a window of a clip may come from: at time `offset` + t the episode shows what the
/// clip shows at t, give or take half a second.
struct FootageCandidate {
  Milliseconds offset{0};
  Framing framing;
  double likeness = 0;  // mean correlation of luma
};

/// The best places of a window, best first, at most `most`, no two within a second: tried are all
/// of the episode's footage, mirrored or not, and cut-outs of down to four fifths of its width and
/// height.
std::vector<FootageCandidate> find_candidates(const ClipPictures& clip, const ClipWindow& window,
                                              const CoarseFootage& footage, std::size_t most);

}  // namespace needledrop
