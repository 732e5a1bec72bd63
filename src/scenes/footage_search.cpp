#include "scenes/footage_search.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <tuple>
#include <utility>

#include "scenes/footage_likeness.h"

namespace needledrop {
namespace {

/// Candidates of a window that are looked at closely.
constexpr std::size_t kCandidates = 12;
/// Of these, whose framing is fitted.
constexpr std::size_t kFitted = 4;
/// Candidates are this exact.
constexpr Milliseconds kCoarseReach{800};
constexpr Milliseconds kCoarseStep{100};
constexpr Milliseconds kFineReach{160};
constexpr Milliseconds kFineStep{40};
/// A window that is less alike after fitting is of something else.
constexpr double kLeastLikeness = 0.45;
/// The share of a picture's detail that must be found again for it to speak for a place.
constexpr double kLeastShare = 0.45;
/// The last picture that is kept of an episode stands for so much of what comes after it.
constexpr Milliseconds kLastPicture{1'200};
/// Two fits this close are the same.
constexpr Milliseconds kSame{200};

/// What one picture of the footage says.
struct Sight {
  Milliseconds time{0};  // in the clip
  double gain = 0;
  double likeness = 0;
};

/// What each sight speaks for, in seconds: half the way to its neighbours, within bounds.
std::vector<double> weights_of(const std::vector<Sight>& sights, Milliseconds end) {
  constexpr double kLeast = 0.15;
  constexpr double kMost = 1.5;
  std::vector<double> weights;
  for (std::size_t i = 0; i < sights.size(); ++i) {
    const Milliseconds before = i == 0 ? -sights[i].time : sights[i - 1].time;
    const Milliseconds after =
        i + 1 == sights.size() ? 2 * end - sights[i].time : sights[i + 1].time;
    const double seconds = static_cast<double>((after - before).count()) / 2'000;
    weights.push_back(std::clamp(seconds, kLeast, kMost));
  }
  return weights;
}

/// A picture of the footage, and what the clip shows when it should be shown.
struct Pair {
  Milliseconds time{0};  // in the clip
  ThumbSums sums;
  const Rectangle& area;
  const FootagePicture& picture;

  [[nodiscard]] Likeness under(const Framing& framing) const {
    return likeness(sums.view(area, framing), picture);
  }
};

/// 0 when there are none.
double mean_likeness(const std::vector<Pair>& pairs, const Framing& framing) {
  double sum = 0;
  for (const Pair& pair : pairs) {
    const Likeness like = pair.under(framing);
    sum += (like.whole + like.detail) / 2;
  }
  return pairs.empty() ? 0 : sum / static_cast<double>(pairs.size());
}

class PlaceFit {
 public:
  PlaceFit(const ClipPictures& clip, const std::vector<ClipWindow>& windows, const Footage& footage)
      : clip_(clip), windows_(windows), footage_(footage) {}

  /// Mean likeness over the part `span` of the clip; 0 when the footage has no picture there.
  [[nodiscard]] double likeness_of(const Span& span, const FootageAlignment& at) const {
    return mean_likeness(pairs_of(span, at.offset), at.framing);
  }

  void fit_time(const Span& span, FootageAlignment& at, Milliseconds reach,
                Milliseconds step) const {
    FootageAlignment best = at;
    best.likeness = likeness_of(span, at);
    for (Milliseconds way = step; way <= reach; way += step) {
      for (const Milliseconds move : {-way, way}) {
        FootageAlignment tried = at;
        tried.offset += move;
        tried.likeness = likeness_of(span, tried);
        if (tried.likeness > best.likeness) best = tried;
      }
    }
    at = best;
  }

  /// Moves and scales what is shown by less and less, as long as that makes it more alike.
  void fit_framing(const Span& span, FootageAlignment& at) const {
    const Rectangle first = at.framing.shown;
    const std::vector<Pair> pairs = pairs_of(span, at.offset);
    at.likeness = mean_likeness(pairs, at.framing);
    for (const int steps : {24, 48, 96, 192}) {
      const double step = 1.0 / steps;
      for (bool better = true; better;) {
        better = false;
        for (const auto& [left, top, width, height] : kMoves) {
          FootageAlignment tried = at;
          Rectangle& shown = tried.framing.shown;
          shown.left += left * step;
          shown.top += top * step;
          shown.width += width * step;
          shown.height += height * step;
          if (!is_plausible(shown, first)) continue;
          tried.likeness = mean_likeness(pairs, tried.framing);
          if (tried.likeness > at.likeness + 1e-4) {
            at = tried;
            better = true;
          }
        }
      }
    }
  }

  /// The stretch of the clip for which the pictures speak most.
  [[nodiscard]] FootagePlace grown(const FootageAlignment& at) const {
    std::vector<Sight> sights;
    for (const Pair& pair : pairs_of({Milliseconds(0), clip_.end()}, at.offset)) {
      const Likeness like = pair.under(at.framing);
      sights.push_back(
          {pair.time, like.detail - kLeastShare * like.shown, (like.whole + like.detail) / 2});
    }
    const std::vector<double> weights = weights_of(sights, clip_.end());
    FootagePlace best;
    best.alignment = at;
    std::size_t from = 0;
    double sum = 0;
    double alike = 0;
    double weight = 0;
    double most = 0;
    for (std::size_t i = 0; i < sights.size(); ++i) {
      if (sum <= 0) {
        sum = alike = weight = 0;
        from = i;
      }
      sum += weights[i] * sights[i].gain;
      alike += weights[i] * sights[i].likeness;
      weight += weights[i];
      if (sum <= most) continue;
      most = sum;
      best.span = {start_of(sights, from, at.offset), end_of(sights, i, at.offset)};
      best.likeness = alike / weight;
      best.evidence = sum / weight * static_cast<double>(best.span.length().count()) / 1'000;
    }
    return best;
  }

 private:
  static constexpr std::array<std::array<double, 4>, 8> kMoves{{{1, 0, 0, 0},
                                                                {-1, 0, 0, 0},
                                                                {0, 1, 0, 0},
                                                                {0, -1, 0, 0},
                                                                {-.5, -.5, 1, 1},
                                                                {.5, .5, -1, -1},
                                                                {0, -.5, 0, 1},
                                                                {0, .5, 0, -1}}};

  /// Not far out of the episode's picture, and hardly more drawn out or magnified than at first.
  static bool is_plausible(const Rectangle& shown, const Rectangle& first) {
    constexpr double kOver = 0.06;
    constexpr double kStretch = 1.1;
    constexpr double kZoom = 1.15;
    const double shape = shown.width * first.height / (shown.height * first.width);
    const double zoom = shown.width * shown.height / (first.width * first.height);
    return shape < kStretch && shape > 1 / kStretch && zoom < kZoom && zoom > 1 / kZoom &&
           shown.left > -kOver && shown.top > -kOver && shown.left + shown.width < 1 + kOver &&
           shown.top + shown.height < 1 + kOver;
  }

  [[nodiscard]] const Rectangle& area_at(Milliseconds time) const {
    const auto window = std::ranges::upper_bound(
        windows_, time, {}, [](const ClipWindow& each) { return each.span.end; });
    return window == windows_.end() ? windows_.back().area : window->area;
  }

  /// The footage's pictures that the part would show, each with what the clip shows.
  [[nodiscard]] std::vector<Pair> pairs_of(const Span& span, Milliseconds offset) const {
    std::vector<Pair> pairs;
    auto picture =
        std::ranges::lower_bound(footage_, span.start + offset, {}, &FootagePicture::time);
    for (; picture != footage_.end() && picture->time < span.end + offset; ++picture) {
      const Milliseconds time = picture->time - offset;
      const Thumb* thumb = clip_.at(time);
      if (thumb != nullptr) pairs.push_back({time, ThumbSums(*thumb), area_at(time), *picture});
    }
    return pairs;
  }

  /// A place begins and ends at a sudden change of the clip where there is one between what speaks
  /// for it and what does not, else half-way; with the clip where nothing lies in between.
  [[nodiscard]] Milliseconds border(Milliseconds from, Milliseconds to) const {
    const auto changes = clip_.changes();
    const auto change = std::ranges::lower_bound(changes, from);
    return change != changes.end() && *change <= to ? *change : (from + to) / 2;
  }
  [[nodiscard]] Milliseconds start_of(const std::vector<Sight>& sights, std::size_t i,
                                      Milliseconds offset) const {
    if (i > 0) return border(sights[i - 1].time, sights[i].time);
    return std::max(Milliseconds(0), footage_.front().time - offset);
  }
  [[nodiscard]] Milliseconds end_of(const std::vector<Sight>& sights, std::size_t i,
                                    Milliseconds offset) const {
    if (i + 1 < sights.size()) return border(sights[i].time, sights[i + 1].time);
    return std::min(clip_.end(), footage_.back().time + kLastPicture - offset);
  }

  const ClipPictures& clip_;
  const std::vector<ClipWindow>& windows_;
  const Footage& footage_;
};

void keep_most_alike(std::vector<FootageAlignment>& fits, std::size_t most) {
  std::ranges::stable_sort(fits, std::ranges::greater(), &FootageAlignment::likeness);
  fits.resize(std::min(fits.size(), most));
}

/// Fitted to a part of the clip, followed through it, and fitted to all that agrees.
std::optional<FootagePlace> settled(const PlaceFit& fit, const Span& span, FootageAlignment at) {
  fit.fit_framing(span, at);
  fit.fit_time(span, at, kFineReach, kFineStep);
  if (at.likeness < kLeastLikeness) return std::nullopt;
  FootagePlace place = fit.grown(at);
  if (place.evidence <= 0) return std::nullopt;
  at = place.alignment;
  fit.fit_framing(place.span, at);
  fit.fit_time(place.span, at, kFineReach, kFineStep);
  FootagePlace again = fit.grown(at);
  return again.evidence > place.evidence ? again : place;
}

/// Does a place already say what the claim says of its window?
bool covers(const FootagePlace& place, const Span& window, const FootageAlignment& claimed) {
  const FootageAlignment& known = place.alignment;
  return std::chrono::abs(known.offset - claimed.offset) <= kSame &&
         known.framing.mirrored == claimed.framing.mirrored && place.span.start <= window.start &&
         window.end <= place.span.end;
}

/// The strongest first, without those that say the same as a stronger one.
std::vector<FootagePlace> without_doubles(std::vector<FootagePlace> places) {
  std::ranges::stable_sort(places, [](const FootagePlace& a, const FootagePlace& b) {
    return std::tuple(-a.evidence, a.alignment.offset) <
           std::tuple(-b.evidence, b.alignment.offset);
  });
  std::vector<FootagePlace> kept;
  for (const FootagePlace& place : places) {
    const bool is_double = std::ranges::any_of(kept, [&](const FootagePlace& other) {
      return std::chrono::abs(other.alignment.offset - place.alignment.offset) <= kSame &&
             other.span.start < place.span.end && place.span.start < other.span.end;
    });
    if (!is_double && place.evidence > 0) kept.push_back(place);
  }
  return kept;
}

}  // namespace

std::vector<WindowClaim> FootageSearch::claims(const Footage& footage,
                                               const std::stop_token& stop) const {
  if (clip_.is_empty() || footage.empty()) return {};
  const CoarseFootage coarse(footage);
  const PlaceFit fit(clip_, windows_, footage);
  std::vector<WindowClaim> claims;
  for (std::size_t i = 0; i < windows_.size() && !stop.stop_requested(); ++i) {
    std::vector<FootageAlignment> fits;
    for (const auto& candidate : find_candidates(clip_, windows_[i], coarse, kCandidates)) {
      FootageAlignment at{candidate.offset, candidate.framing, 0};
      fit.fit_time(windows_[i].span, at, kCoarseReach, kCoarseStep);
      fits.push_back(at);
    }
    keep_most_alike(fits, kFitted);
    for (const FootageAlignment& at : fits) claims.push_back({i, at});
  }
  return claims;
}

std::vector<FootagePlace> FootageSearch::settle(const Footage& footage,
                                                std::span<const WindowClaim> claims,
                                                const std::stop_token& stop) const {
  const PlaceFit fit(clip_, windows_, footage);
  std::vector<FootagePlace> places;
  for (const WindowClaim& claim : claims) {
    if (stop.stop_requested()) break;
    const Span& span = windows_[claim.window].span;
    const bool is_known = std::ranges::any_of(
        places, [&](const FootagePlace& place) { return covers(place, span, claim.alignment); });
    if (is_known) continue;
    const auto place = settled(fit, span, claim.alignment);
    if (place.has_value()) places.push_back(*place);
  }
  return without_doubles(std::move(places));
}

std::vector<FootagePlace> FootageSearch::test(const Footage& footage, const Span& span,
                                              Milliseconds offset) const {
  if (clip_.is_empty() || footage.empty()) return {};
  const PlaceFit fit(clip_, windows_, footage);
  const Rectangle area = picture_area(footage);
  std::vector<FootagePlace> places;
  for (const bool mirrored : {false, true}) {
    const auto place = settled(fit, span, {offset, {area, mirrored}, 0});
    if (place.has_value()) places.push_back(*place);
  }
  return without_doubles(std::move(places));
}

}  // namespace needledrop
