#include "scenes/gradual.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>

namespace needledrop {
namespace {

/// Lengths that are tried, each a fifth longer than the one before.
constexpr Milliseconds kShortest{150};
constexpr Milliseconds kLongest{2'600};
constexpr double kLonger = 1.2;
/// Of a length, how far apart the stretches begin that are tried.
constexpr int kStartsInLength = 8;
/// What the ends must differ by, in the 8-bit steps of difference().
constexpr double kLeastDifference = 4;
/// The shares of a mix may be so far off from an even course,
constexpr double kMostUneven = 0.16;
/// and so much of the pictures may be no mix: shots go on moving.
constexpr double kMostUnexplained = 0.45;
/// A flash has passed by then.
constexpr Milliseconds kFlash{600};

/// Moments of a stretch between its ends, at most so many, evenly spread.
std::vector<std::size_t> inner_moments(std::size_t first, std::size_t last) {
  constexpr std::size_t kMost = 9;
  const std::size_t inner = last - first - 1;
  const std::size_t count = std::min(inner, kMost);
  std::vector<std::size_t> moments;
  for (std::size_t k = 1; k <= count; ++k) moments.push_back(first + k * (inner + 1) / (count + 1));
  return moments;
}

double seconds(Milliseconds time) {
  return static_cast<double>(time.count()) / 1'000;
}

/// What speaks for and against a stretch as a gradual transition.
struct Evidence {
  double contrast = 0;     // how much the ends differ, relative to their own detail
  double uneven = 0;       // the shares' greatest distance from an even course
  double unexplained = 0;  // of the typical picture within
  double novelty = 0;      // of one end against the other
  double coverage = 0;     // the share of the picture that changes
  double steady = 0;       // speed of change before and after relative to that within: of a camera
                           // that goes on moving 2, of a transition less
  double detail = 0;       // the least within relative to the poorer end's: a mix of two pictures
                           // is duller than either
};

/// Log odds of a transition: a logistic regression on the stretches found in generated episodes.
double log_odds(const Evidence& evidence) {
  return 6.3 + 1.35 * std::log(evidence.contrast) - 10.6 * evidence.uneven -
         9.1 * evidence.unexplained + 1.4 * evidence.novelty + 3.0 * evidence.coverage -
         0.5 * evidence.steady - 7.5 * std::max(evidence.detail, 0.6);
}

/// Fills in `uneven` and `unexplained`; false when the first picture does not turn into the last.
bool measure_mix(const PictureSeries& series, std::size_t first, std::size_t last,
                 Evidence& evidence) {
  const Milliseconds start = series[first].time;
  const double length = seconds(series[last].time - start);
  std::vector<double> unexplained;
  for (const std::size_t at : inner_moments(first, last)) {
    const Mix mix = mix_of(series[at].sketch, series[first].sketch, series[last].sketch);
    const double even = seconds(series[at].time - start) / length;
    evidence.uneven = std::max(evidence.uneven, std::abs(mix.share - even));
    unexplained.push_back(mix.unexplained);
  }
  constexpr std::size_t kFewest = 3;
  if (unexplained.size() < kFewest || evidence.uneven > kMostUneven) return false;
  const auto median = unexplained.begin() + static_cast<std::ptrdiff_t>(unexplained.size() / 2);
  std::ranges::nth_element(unexplained, median);
  evidence.unexplained = *median;
  return evidence.unexplained <= kMostUnexplained;
}

double coverage(const Sketch& a, const Sketch& b, double mean_difference) {
  int changed = 0;
  for (int i = 0; i < Sketch::kCells; ++i) {
    const double change = std::abs(a.luma[i] - b.luma[i]) +
                          (std::abs(a.blue[i] - b.blue[i]) + std::abs(a.red[i] - b.red[i])) / 2.0;
    changed += change > mean_difference / 3 ? 1 : 0;
  }
  return static_cast<double>(changed) / Sketch::kCells;
}

/// Difference a second between two moments; 0 when they are the same.
double speed(const PictureSeries& series, std::size_t from, std::size_t to) {
  if (from == to) return 0;
  return difference(series[from].sketch, series[to].sketch) /
         seconds(series[to].time - series[from].time);
}

/// Within a shot's stretch [begin, end): the half of its length before and after.
double steadiness(const PictureSeries& series, std::size_t begin, std::size_t end,
                  std::size_t first, std::size_t last) {
  constexpr double kMost = 1.5;
  const Milliseconds half = (series[last].time - series[first].time) / 2;
  std::size_t before = first;
  while (before > begin && series[before - 1].time + half >= series[first].time) --before;
  std::size_t after = last;
  while (after + 1 < end && series[after + 1].time <= series[last].time + half) ++after;
  const double within = speed(series, first, last);
  return std::min(speed(series, before, first) / within, kMost) +
         std::min(speed(series, last, after) / within, kMost);
}

double least_detail(const PictureSeries& series, std::size_t first, std::size_t last) {
  constexpr double kNoise = 0.5;
  double least = series[first].spread;
  for (std::size_t at = first; at <= last; ++at) least = std::min(least, series[at].spread);
  return least / (std::min(series[first].spread, series[last].spread) + kNoise);
}

/// The novelty over a stretch, measured over one that is at least as long.
double novelty_over(const PictureSeries& series, std::size_t first, std::size_t last) {
  for (std::size_t at = last; at < series.size(); ++at) {
    if (series[at].time > series[last].time + 2 * kReachStep) break;
    for (std::size_t i = 0; i < kReaches.size(); ++i) {
      const auto& since = series[at].since[i];
      if (since.has_value() && series[at].time - kReaches[i] <= series[first].time) return *since;
    }
  }
  return 1;
}

/// Does the picture before the stretch come back by its end, or the one after it come before it?
bool is_flash(const PictureSeries& series, std::size_t begin, std::size_t end, const Gradual& found,
              double difference_of_ends) {
  constexpr double kSame = 0.35;
  constexpr double kNoise = 1;
  constexpr int kReach = 2;
  const auto same = [&](std::size_t a, std::size_t b) {
    // Any two pictures differ less than either from a flat one.
    const double scale = std::min(difference_of_ends, series[a].spread + series[b].spread + kNoise);
    return moved_difference(series[a].sketch, series[b].sketch, kReach) < kSame * scale;
  };
  for (std::size_t b = found.first; b-- > begin;) {
    if (series[b].time + kFlash < series[found.first].time) break;
    if (same(b, found.last)) return true;
  }
  for (std::size_t a = found.last + 1; a < end; ++a) {
    if (series[a].time > series[found.last].time + kFlash) break;
    if (same(found.first, a)) return true;
  }
  return false;
}

std::optional<Gradual> try_stretch(const PictureSeries& series, std::size_t begin, std::size_t end,
                                   std::size_t first, std::size_t last) {
  const PictureMoment& a = series[first];
  const PictureMoment& b = series[last];
  const double ends = difference(a.sketch, b.sketch);
  if (ends < kLeastDifference) return std::nullopt;
  Evidence evidence;
  if (!measure_mix(series, first, last, evidence)) return std::nullopt;
  const bool is_of_fade = is_flat(a, b) || is_flat(b, a);
  if (!is_of_fade) {
    constexpr double kDetail = 3;
    evidence.contrast = ends / (a.spread + b.spread + kDetail);
    evidence.novelty = novelty_over(series, first, last);
    evidence.coverage = coverage(a.sketch, b.sketch, ends);
    evidence.steady = steadiness(series, begin, end, first, last);
    evidence.detail = least_detail(series, first, last);
    if (log_odds(evidence) < 0) return std::nullopt;
  }
  const double evenness =
      (1 - evidence.uneven / kMostUneven / 2) * (1 - evidence.unexplained / kMostUnexplained / 2);
  const Gradual found{first, last, ends * evenness};
  if (is_flash(series, begin, end, found, ends)) return std::nullopt;
  return found;
}

/// The heaviest that don't overlap, by time.
std::vector<Gradual> heaviest(std::vector<Gradual> found) {
  std::ranges::sort(found, [](const Gradual& a, const Gradual& b) {
    return std::pair(-a.weight, a.first) < std::pair(-b.weight, b.first);
  });
  std::vector<Gradual> kept;
  for (const Gradual& gradual : found) {
    const bool overlaps = std::ranges::any_of(kept, [&](const Gradual& other) {
      return gradual.first < other.last && other.first < gradual.last;
    });
    if (!overlaps) kept.push_back(gradual);
  }
  std::ranges::sort(kept, {}, &Gradual::first);
  return kept;
}

}  // namespace

bool is_flat(const PictureMoment& moment, const PictureMoment& other) {
  constexpr double kFlat = 1.2;
  constexpr double kShare = 0.15;
  return moment.spread < std::max(kShare * other.spread, std::min(kFlat, other.spread / 2));
}

std::vector<Gradual> find_graduals(const PictureSeries& series, std::size_t begin,
                                   std::size_t end) {
  std::vector<Gradual> found;
  for (double length = seconds(kShortest); length <= seconds(kLongest); length *= kLonger) {
    const auto whole = Milliseconds(std::llround(length * 1'000));
    const Milliseconds step = whole / kStartsInLength;
    std::size_t last = begin;
    Milliseconds next_start{0};
    for (std::size_t first = begin; first < end; ++first) {
      if (series[first].time < next_start) continue;
      next_start = series[first].time + step;
      while (last < end && series[last].time < series[first].time + whole) ++last;
      if (last == end) break;
      const auto gradual = try_stretch(series, begin, end, first, last);
      if (gradual.has_value()) found.push_back(*gradual);
    }
  }
  return heaviest(std::move(found));
}

}  // namespace needledrop
