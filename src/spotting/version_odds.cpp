#include "spotting/version_odds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "spotting/expectation.h"

namespace needledrop {
namespace {

/// An alignment is not known better than this, a second, where it begins or ends: there it is no
/// argument that a version has nothing.
constexpr int kEdgeTicks = 63;

/// Encoding makes peaks differ too. The tenth of the windows in which two versions differ least
/// shows how many; locally they are up to four times as many, of the loud ones one in ten at the
/// most.
constexpr double kLeastDifferent = 0.1;
constexpr double kLocalExcess = 4;
constexpr double kMostOfLoud = 0.1;
constexpr double kMostOfFaint = 1;

/// The share of a version's peaks that may differ by encoding alone, and loudness by loudness.
struct ByEncoding {
  double of_loud = kMostOfLoud;
  double of_faint = kMostOfFaint;
};

double tenth_of(std::vector<double> shares) {
  const auto tenth = shares.begin() + static_cast<std::ptrdiff_t>(
                                          kLeastDifferent * static_cast<double>(shares.size()));
  std::nth_element(shares.begin(), tenth, shares.end());
  return *tenth;
}

ByEncoding by_encoding(const std::vector<SoundDifference::Share>& windows) {
  if (windows.empty()) return {};
  std::vector<double> loud;
  std::vector<double> faint;
  for (const SoundDifference::Share& share : windows) {
    loud.push_back(share.of_loud);
    faint.push_back(share.of_faint);
  }
  return {std::min(kMostOfLoud, kLocalExcess * tenth_of(std::move(loud))),
          std::min(kMostOfFaint, kLocalExcess * tenth_of(std::move(faint)))};
}

/// What of the differences of a moment counts: those beyond the ones that encoding explains.
class Excess {
 public:
  Excess(int first, int last, double by_encoding)
      : first_(first),
        by_encoding_(by_encoding),
        counts_(static_cast<std::size_t>((last - first) / kMomentTicks + 1)) {}

  void count(int tick, bool is_only) {
    Counts& counts = counts_[moment(tick)];
    ++counts.all;
    if (is_only) ++counts.only;
  }
  [[nodiscard]] double at(int tick) const {
    const Counts& counts = counts_[moment(tick)];
    return counts.only == 0 ? 0 : std::max(0.0, 1 - by_encoding_ * counts.all / counts.only);
  }

 private:
  static constexpr int kMomentTicks = 125;  // 2 s
  struct Counts {
    int all = 0;
    int only = 0;
  };
  [[nodiscard]] std::size_t moment(int tick) const {
    return static_cast<std::size_t>((tick - first_) / kMomentTicks);
  }

  int first_;
  double by_encoding_;
  std::vector<Counts> counts_;
};

std::vector<Expectation> expectations(const PeakGrid& episode, const PlacedVersion& version,
                                      const Placement& placement) {
  const Hypothesis hypothesis = {version.rendition.source, placement.offset,
                                 version.rendition.playback};
  return expectations_of(episode, version.grid->list(), hypothesis, placement.first, placement.last,
                         {});
}

/// A peak that the other version lacks may still be there as a lesser one, beside what is louder
/// there: only a far-reaching one tells that this version was played.
bool is_ambiguous(const PeakGrid& episode, const Expectation& e) {
  return e.episode_peak != Expectation::kNone &&
         episode.list().peaks[e.episode_peak].reach != Reach::kFar;
}

/// One version where the other would play as well.
struct Side {
  const PlacedVersion& version;
  const PlacedVersion& other;
  Placement placement;
  Tick other_offset;
  ByEncoding by_encoding;
};

/// What the episode says for those of the version's peaks that are only its own. What both have
/// tells the gains.
template <typename Only>
double evidence_of(const PeakGrid& episode, const Side& side, const GainCurve& curve,
                   Only is_only) {
  const auto [first, last, offset] = side.placement;
  const PeakList& list = side.version.grid->list();
  std::vector<Expectation> shared;
  std::array<std::vector<Expectation>, 2> own;  // faint, loud
  std::array<Excess, 2> excess = {Excess(first, last, side.by_encoding.of_faint),
                                  Excess(first, last, side.by_encoding.of_loud)};
  for (const Expectation& e : expectations(episode, side.version, side.placement)) {
    const Peak& peak = list.peaks[e.recording_peak];
    const int there = e.tick - side.other_offset.value;
    const bool is_own = is_only(peak);
    const std::size_t loud = is_loud(list, peak) ? 1 : 0;
    excess[loud].count(e.tick, is_own);
    if (is_own && !is_ambiguous(episode, e)) own[loud].push_back(e);
    if (!is_own && twin_of(peak, *side.other.grid, there) != nullptr) shared.push_back(e);
  }
  const Gains gains = gains_of(shared, curve);
  double sum = 0;
  for (std::size_t loud = 0; loud < own.size(); ++loud) {
    const auto evidence = evidence_under(gains, own[loud], first, last);
    for (int tick = first; tick < last; ++tick) {
      const auto& here = evidence[static_cast<std::size_t>(tick - first)];
      sum += excess[loud].at(tick) * static_cast<double>(here[curve.at(tick)]);
    }
  }
  return sum;
}

/// Where both would play.
double contest(const PeakGrid& episode, const PlacedVersion& a, const Placement& of_a,
               const PlacedVersion& b, const Placement& of_b, const SoundDifference& difference,
               const GainCurve& curve) {
  const Tick shift = of_b.offset - of_a.offset;  // a's tick minus b's
  std::vector<SoundDifference::Share> shares_a;
  std::vector<SoundDifference::Share> shares_b;
  for (const SoundDifference::Shares& shares : difference.windows()) {
    shares_a.push_back(shares.of_a);
    shares_b.push_back(shares.of_b);
  }
  const Side side_a = {a, b, of_a, of_b.offset, by_encoding(shares_a)};
  const Side side_b = {b, a, of_b, of_a.offset, by_encoding(shares_b)};
  return evidence_of(episode, side_a, curve,
                     [&](const Peak& peak) { return difference.is_only_in_a(peak, shift); }) -
         evidence_of(episode, side_b, curve,
                     [&](const Peak& peak) { return difference.is_only_in_b(peak, shift); });
}

/// Where only this one would play.
double alone(const PeakGrid& episode, const PlacedVersion& version, const Placement& placement,
             const GainCurve& curve) {
  const auto all = expectations(episode, version, placement);
  const auto evidence = evidence_under(gains_of(all, curve), all, placement.first, placement.last);
  double sum = 0;
  for (int tick = placement.first; tick < placement.last; ++tick) {
    const auto& here = evidence[static_cast<std::size_t>(tick - placement.first)];
    sum += static_cast<double>(here[curve.at(tick)]);
  }
  return sum;
}

Placement cut(const Placement& placement, int first, int last) {
  return {std::max(placement.first, first), std::min(placement.last, last), placement.offset};
}

/// Evidence for the version in those parts of the range where the other has nothing.
double evidence_alone(const PeakGrid& episode, const PlacedVersion& version,
                      const PlacedVersion& other, int first, int last, const GainCurve& curve) {
  double sum = 0;
  for (const Placement& placement : version.placements) {
    int from = first;
    const auto add_until = [&](int until) {
      const Placement part = cut(placement, from, until);
      if (part.first < part.last) sum += alone(episode, version, part, curve);
    };
    for (const Placement& covered : other.placements) {
      add_until(std::min(last, covered.first - kEdgeTicks));
      from = std::max(from, covered.last + kEdgeTicks);
    }
    add_until(last);
  }
  return sum;
}

}  // namespace

double version_odds(const PeakGrid& episode, const PlacedVersion& a, const PlacedVersion& b,
                    const SoundDifference& difference, int first, int last,
                    const GainCurve& curve) {
  double odds = evidence_alone(episode, a, b, first, last, curve) -
                evidence_alone(episode, b, a, first, last, curve);
  for (const Placement& of_a : a.placements) {
    for (const Placement& of_b : b.placements) {
      const int from = std::max({of_a.first, of_b.first, first});
      const int until = std::min({of_a.last, of_b.last, last});
      if (from >= until) continue;
      odds +=
          contest(episode, a, cut(of_a, from, until), b, cut(of_b, from, until), difference, curve);
    }
  }
  return odds;
}

}  // namespace needledrop
