#include "scenes/shot_list.h"

#include <algorithm>
#include <cstddef>

namespace needledrop {
namespace {

/// Detail counts for a still, motion against it; the edges of a shot may still be mixed with the
/// next.
Milliseconds still_of(const PictureSeries& series, const Span& clear) {
  const Milliseconds margin = clear.length() / 5;
  const PictureMoment* best = nullptr;
  double best_worth = 0;
  const auto first = std::ranges::lower_bound(series, clear.start, {}, &PictureMoment::time);
  for (auto moment = first; moment != series.end() && moment->time < clear.end; ++moment) {
    const bool is_inside =
        moment->time >= clear.start + margin && moment->time < clear.end - margin;
    const double worth = moment->spread / (1 + moment->change.residual) * (is_inside ? 1.0 : 0.25);
    if (best == nullptr || worth > best_worth) {
      best = &*moment;
      best_worth = worth;
    }
  }
  return best == nullptr ? clear.start : best->time;
}

}  // namespace

std::vector<Shot> shots_between(const std::vector<Transition>& transitions,
                                const PictureSeries& series, Milliseconds end) {
  std::vector<Shot> shots;
  if (series.empty()) return shots;
  Shot shot;
  shot.span.start = series.front().time;
  Span clear{shot.span.start, shot.span.start};
  const auto close = [&](Milliseconds until, Milliseconds clear_until) {
    shot.span.end = until;
    clear.end = clear_until;
    if (until <= shot.span.start) return;
    shot.still = still_of(series, clear);
    shots.push_back(shot);
  };
  for (const Transition& transition : transitions) {
    close(transition.time, transition.span.start);
    shot.span.start = transition.time;
    clear.start = transition.span.end;
  }
  close(end, end);
  return shots;
}

}  // namespace needledrop
