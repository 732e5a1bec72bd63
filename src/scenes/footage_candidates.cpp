#include "scenes/footage_candidates.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <tuple>

namespace needledrop {
namespace {

constexpr Milliseconds kWindow{3'000};
constexpr Milliseconds kLookStep{500};
/// Offsets are counted in bins of so long; the footage's own pictures are as far apart.
constexpr Milliseconds kBin{400};
/// What varies by less, in 8-bit steps, shows nothing.
constexpr double kNoise = 3;
/// Template values are whole numbers: their length.
constexpr double kTemplateLength = 2'048;

using Cells = CoarseFootage::Cells;

/// One look at the clip under one framing.
struct Template {
  Milliseconds time{0};
  Cells cells{};  // 0 outside of what the framing shows
};

/// A part of the episode's picture, and the window's looks as they would fill it.
struct Hypothesis {
  Framing framing;
  std::vector<Template> looks;
};

Rectangle part_of(const Rectangle& area, double kept, double left, double top) {
  return {area.left + left * area.width, area.top + top * area.height, kept * area.width,
          kept * area.height};
}

/// The whole and cut-outs, so that any of 10 to 20 % less is close to one of them.
std::vector<Rectangle> parts_of(const Rectangle& area) {
  std::vector<Rectangle> parts{area};
  for (const auto& [kept, steps] : {std::pair(0.90, 3), std::pair(0.82, 4)}) {
    for (int row = 0; row < steps; ++row) {
      for (int column = 0; column < steps; ++column) {
        const double step = (1 - kept) / (steps - 1);
        parts.push_back(part_of(area, kept, column * step, row * step));
      }
    }
  }
  return parts;
}

/// The look as a template of mean 0 and of fixed length; all 0 when nothing is seen in it.
Template template_of(const ThumbSums& sums, Milliseconds time, const Rectangle& area,
                     const Framing& framing) {
  std::array<float, CoarseFootage::kCells> values{};
  const CellRange range = cells_shown(framing.shown, CoarseFootage::kColumns, CoarseFootage::kRows);
  sums.sample(area, framing, CoarseFootage::kColumns, CoarseFootage::kRows, values);
  const auto for_each = [&](auto visit) {
    for (int row = range.first_row; row < range.last_row; ++row) {
      for (int column = range.first_column; column < range.last_column; ++column) {
        visit(static_cast<std::size_t>(row) * CoarseFootage::kColumns + column);
      }
    }
  };
  const double cells = std::max(1, range.columns() * range.rows());
  double sum = 0;
  double squares = 0;
  for_each([&](std::size_t i) { sum += values[i]; });
  const double mean = sum / cells;
  for_each([&](std::size_t i) { squares += (values[i] - mean) * (values[i] - mean); });
  Template look{time, {}};
  const double length = std::sqrt(squares + kNoise * kNoise * cells);
  for_each([&](std::size_t i) {
    look.cells[i] =
        static_cast<std::int16_t>(std::lround((values[i] - mean) / length * kTemplateLength));
  });
  return look;
}

std::vector<Hypothesis> hypotheses_of(const ClipPictures& clip, const ClipWindow& window,
                                      const Rectangle& area) {
  std::vector<Hypothesis> hypotheses;
  for (const Rectangle& part : parts_of(area)) {
    for (const bool mirrored : {false, true}) hypotheses.push_back({{part, mirrored}, {}});
  }
  for (Milliseconds time = window.span.start + kLookStep / 2; time < window.span.end;
       time += kLookStep) {
    const Thumb* thumb = clip.at(time);
    if (thumb == nullptr) continue;
    const ThumbSums sums(*thumb);
    for (Hypothesis& hypothesis : hypotheses) {
      hypothesis.looks.push_back(template_of(sums, time, window.area, hypothesis.framing));
    }
  }
  return hypotheses;
}

/// One over how much of each picture stands out from the mean, within a part.
std::vector<float> inverse_lengths(const CoarseFootage& footage, const Rectangle& part) {
  const CellRange range = cells_shown(part, CoarseFootage::kColumns, CoarseFootage::kRows);
  const int cells = std::max(1, range.columns() * range.rows());
  std::vector<float> inverse(footage.size());
  for (std::size_t i = 0; i < footage.size(); ++i) {
    std::int32_t sum = 0;
    std::int32_t squares = 0;
    for (int row = range.first_row; row < range.last_row; ++row) {
      for (int column = range.first_column; column < range.last_column; ++column) {
        const std::int32_t value = footage.cells(i)[row * CoarseFootage::kColumns + column];
        sum += value;
        squares += value * value;
      }
    }
    const double deviation = squares - static_cast<double>(sum) * sum / cells;
    inverse[i] = static_cast<float>(1 / std::sqrt(deviation + kNoise * kNoise * cells));
  }
  return inverse;
}

/// Bins of offsets, from the one at which the clip ends as the footage begins.
class Diagonals {
 public:
  Diagonals(const CoarseFootage& footage, const ClipWindow& window)
      : footage_(footage),
        first_(-window.span.end),
        sums_(static_cast<std::size_t>((footage.time(footage.size() - 1) - first_) / kBin) + 3),
        best_(sums_.size()) {}

  /// Adds one look's likeness to each picture.
  void add(const Template& look, std::span<const float> inverse) {
    std::ranges::fill(best_, 0.0F);
    for (std::size_t i = 0; i < footage_.size(); ++i) {
      const float likeness = static_cast<float>(product(look.cells, footage_.cells(i))) *
                             inverse[i] / static_cast<float>(kTemplateLength);
      const auto bin = static_cast<std::size_t>((footage_.time(i) - look.time - first_) / kBin) + 1;
      for (std::size_t near = bin - 1; near <= bin + 1; ++near) {
        best_[near] = std::max(best_[near], likeness);
      }
    }
    for (std::size_t bin = 0; bin < sums_.size(); ++bin) sums_[bin] += best_[bin];
  }
  [[nodiscard]] std::span<const float> sums() const { return sums_; }
  [[nodiscard]] Milliseconds offset(std::size_t bin) const {
    return first_ + kBin * static_cast<std::int64_t>(bin) - kBin / 2;
  }

 private:
  const CoarseFootage& footage_;
  Milliseconds first_;
  std::vector<float> sums_;
  std::vector<float> best_;
};

/// The best framing of each bin.
struct BinBest {
  float sum = 0;
  std::size_t hypothesis = 0;
};

std::vector<std::size_t> strongest(const std::vector<BinBest>& bins, std::size_t most) {
  std::vector<std::size_t> order;
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    const auto is_beaten_by = [&](std::size_t other) {
      return std::tuple(-bins[other].sum, other) < std::tuple(-bins[bin].sum, bin);
    };
    bool is_peak = bins[bin].sum > 0;
    for (std::size_t d = 1; d <= 2 && is_peak; ++d) {
      is_peak =
          !(bin >= d && is_beaten_by(bin - d)) && !(bin + d < bins.size() && is_beaten_by(bin + d));
    }
    if (is_peak) order.push_back(bin);
  }
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return std::tuple(-bins[a].sum, a) < std::tuple(-bins[b].sum, b);
  });
  order.resize(std::min(order.size(), most));
  return order;
}

}  // namespace

std::vector<ClipWindow> windows_of(const ClipPictures& clip) {
  std::vector<ClipWindow> windows;
  const auto count = std::max<std::int64_t>(1, (clip.end() + kWindow / 2) / kWindow);
  for (std::int64_t i = 0; i < count; ++i) {
    const Span span{clip.end() * i / count, clip.end() * (i + 1) / count};
    windows.push_back({span, picture_area(clip.within(span))});
  }
  return windows;
}

CoarseFootage::CoarseFootage(const Footage& footage) : area_(picture_area(footage)) {
  for (const FootagePicture& picture : footage) {
    times_.push_back(picture.time);
    std::array<int, kCells> sums{};
    int sum = 0;
    for (int row = 0; row < FootagePicture::kHeight; ++row) {
      for (int column = 0; column < FootagePicture::kWidth; ++column) {
        const int value = picture.luma[row * FootagePicture::kWidth + column];
        sums[row / 2 * kColumns + column / 2] += value;
        sum += value;
      }
    }
    constexpr int kPixels = FootagePicture::kWidth * FootagePicture::kHeight / kCells;
    Cells cells{};
    for (int i = 0; i < kCells; ++i) {
      cells[i] = static_cast<std::int16_t>((sums[i] - sum / kCells) / kPixels);
    }
    cells_.push_back(cells);
  }
}

std::int32_t product(const Cells& a, const Cells& b) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

std::vector<FootageCandidate> find_candidates(const ClipPictures& clip, const ClipWindow& window,
                                              const CoarseFootage& footage, std::size_t most) {
  if (footage.size() == 0) return {};
  const auto hypotheses = hypotheses_of(clip, window, footage.area());
  std::vector<BinBest> bins;
  std::vector<float> inverse;
  for (std::size_t h = 0; h < hypotheses.size(); ++h) {
    // Both directions of a part come one after the other.
    if (!hypotheses[h].framing.mirrored) {
      inverse = inverse_lengths(footage, hypotheses[h].framing.shown);
    }
    Diagonals diagonals(footage, window);
    for (const Template& look : hypotheses[h].looks) diagonals.add(look, inverse);
    bins.resize(diagonals.sums().size());
    for (std::size_t bin = 0; bin < bins.size(); ++bin) {
      if (diagonals.sums()[bin] > bins[bin].sum) bins[bin] = {diagonals.sums()[bin], h};
    }
  }
  std::vector<FootageCandidate> candidates;
  const Diagonals diagonals(footage, window);
  for (const std::size_t bin : strongest(bins, most)) {
    const Hypothesis& hypothesis = hypotheses[bins[bin].hypothesis];
    candidates.push_back({diagonals.offset(bin), hypothesis.framing,
                          bins[bin].sum / static_cast<double>(hypothesis.looks.size())});
  }
  return candidates;
}

}  // namespace needledrop
