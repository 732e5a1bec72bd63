#include "spotting/edge.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace needledrop {
namespace {

/// Evidence counts neighbouring peaks as if they were independent; they are not, so that a
/// difference of one nat is worth less. Fitted so that nine in ten edges lie within their error on
/// the development half of the evaluation.
constexpr double kTemperature = 3;
/// The tick's own rounding, and that of the window.
constexpr int kLeastError = 2;

/// Half the width of the interval that holds the middle 90 % of exp(score).
int half_width(const std::vector<double>& score) {
  if (score.empty()) return 0;
  const double top = *std::max_element(score.begin(), score.end());
  std::vector<double> sum(score.size());
  double total = 0;
  for (std::size_t i = 0; i < score.size(); ++i) {
    total += std::exp((score[i] - top) / kTemperature);
    sum[i] = total;
  }
  const auto place = [&](double share) {
    return std::lower_bound(sum.begin(), sum.end(), share * total) - sum.begin();
  };
  return static_cast<int>((place(0.95) - place(0.05) + 1) / 2);
}

/// Where the music fades, it goes on unheard for a while; the error grows with how deep the curve
/// is.
int fading(std::size_t entry) {
  return 1 + static_cast<int>(std::max(entry, kPlateau) - kPlateau);
}

}  // namespace

EdgeErrors edge_errors(std::span<const TickEvidence> evidence, int first, const Stretch& stretch,
                       const GainCurve& curve) {
  const int end = first + static_cast<int>(evidence.size());
  const auto nats = [&](int tick, int inside) {
    const auto entry = curve.at(std::clamp(tick, stretch.first, inside));
    return static_cast<double>(evidence[static_cast<std::size_t>(tick - first)][entry]);
  };
  // score[i]: what counts when the music begins (ends) at the i-th place of the window.
  std::vector<double> begins;
  double sum = 0;
  const int inner_first = std::min(stretch.last, stretch.first + kEdgeTicks);
  for (int tick = std::max(first, stretch.first - kEdgeTicks); tick < inner_first; ++tick) {
    begins.push_back(sum);
    sum -= nats(tick, stretch.last - 1);
  }
  std::vector<double> ends;
  sum = 0;
  const int inner_last = std::max(stretch.first, stretch.last - kEdgeTicks);
  for (int tick = std::min(end, stretch.last + kEdgeTicks) - 1; tick >= inner_last; --tick) {
    ends.push_back(sum);
    sum -= nats(tick, stretch.last - 1);
  }
  return {std::max(kLeastError, half_width(begins)) * fading(curve.at(stretch.first)),
          std::max(kLeastError, half_width(ends)) * fading(curve.at(stretch.last - 1))};
}

}  // namespace needledrop
