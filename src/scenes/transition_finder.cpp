#include "scenes/transition_finder.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "scenes/gradual.h"

namespace needledrop {
namespace {

// A cut's novelty against that of its surroundings,
constexpr double kStandsOut = 1.3;
constexpr double kStill = 0.05;
// of the pictures that link both sides, and of those with the picture's calmest part.
constexpr double kLeastLink = 0.36;
constexpr double kLeastNew = 1.05;
constexpr double kCalmestWeight = 2;

/// The second strongest novelty among the moments around: one neighbour may be part of the cut
/// itself, when fields of both shots are woven into one picture.
double surroundings(const PictureSeries& series, std::size_t at) {
  constexpr std::size_t kReach = 3;
  double strongest = 0;
  double second = 0;
  const std::size_t end = std::min(at + kReach + 1, series.size());
  for (std::size_t i = at < kReach ? 0 : at - kReach; i < end; ++i) {
    if (i == at) continue;
    const double novelty = series[i].change.novelty;
    second = std::max(second, std::min(strongest, novelty));
    strongest = std::max(strongest, novelty);
  }
  return second;
}

/// From a flat picture to one that is still coming up, or from one that has almost gone to a flat
/// picture: a fade's first or last step.
bool is_step_of_fade(const PictureSeries& series, std::size_t at) {
  constexpr Milliseconds kLook{250};
  constexpr double kWhole = 0.6;
  std::size_t later = at;
  while (later + 1 < series.size() && series[later].time < series[at].time + kLook) ++later;
  std::size_t earlier = at - 1;
  while (earlier > 0 && series[earlier].time + kLook > series[at - 1].time) --earlier;
  const auto comes_up = [&](std::size_t from, std::size_t now, std::size_t then) {
    return is_flat(series[from], series[then]) && series[now].spread < kWhole * series[then].spread;
  };
  return comes_up(at - 1, at, later) || comes_up(at, at - 1, earlier);
}

bool is_cut(const PictureSeries& series, std::size_t at) {
  const PictureMoment& moment = series[at];
  return moment.follows && moment.link > kLeastLink &&
         moment.link + kCalmestWeight * moment.change.calmest > kLeastNew &&
         moment.change.novelty > kStandsOut * (surroundings(series, at) + kStill) &&
         !is_step_of_fade(series, at);
}

/// The places of cuts; of two in a row, which are one, the stronger.
std::vector<std::size_t> find_cuts(const PictureSeries& series) {
  std::vector<std::size_t> cuts;
  for (std::size_t at = 1; at < series.size(); ++at) {
    if (!is_cut(series, at)) continue;
    if (!cuts.empty() && cuts.back() + 1 == at) {
      if (series[at].change.novelty > series[cuts.back()].change.novelty) cuts.back() = at;
    } else {
      cuts.push_back(at);
    }
  }
  return cuts;
}

Milliseconds middle(const Span& span) {
  return span.start + span.length() / 2;
}

/// Do two graduals make one fade: does one go on where the other ended, or is all between them flat
/// beside the pictures that they fade?
bool is_one_fade(const PictureSeries& series, const Gradual& out, const Gradual& in) {
  constexpr Milliseconds kLongestHold{3'000};
  constexpr Milliseconds kAtOnce{200};
  const Milliseconds hold = series[in.first].time - series[out.last].time;
  if (hold > kLongestHold) return false;
  if (hold <= kAtOnce && is_flat(series[out.last], series[out.first]) &&
      is_flat(series[in.first], series[in.last])) {
    return true;
  }
  const PictureMoment& before = series[out.first];
  const PictureMoment& after = series[in.last];
  const PictureMoment& duller = before.spread < after.spread ? before : after;
  constexpr double kShare = 0.35;
  for (std::size_t at = out.last; at <= in.first; ++at) {
    if (!is_flat(series[at], duller) && series[at].spread > kShare * duller.spread) return false;
  }
  return true;
}

void add_graduals(const PictureSeries& series, const std::vector<Gradual>& graduals,
                  std::vector<Transition>& transitions) {
  for (std::size_t i = 0; i < graduals.size(); ++i) {
    const Gradual& gradual = graduals[i];
    Span span{series[gradual.first].time, series[gradual.last].time};
    bool is_fade = is_flat(series[gradual.last], series[gradual.first]) ||
                   is_flat(series[gradual.first], series[gradual.last]);
    if (i + 1 < graduals.size() && is_one_fade(series, gradual, graduals[i + 1])) {
      is_fade = true;
      span.end = series[graduals[++i].last].time;
    }
    transitions.push_back(
        {is_fade ? TransitionKind::kFade : TransitionKind::kDissolve, middle(span), span});
  }
}

}  // namespace

std::string_view to_string(TransitionKind kind) {
  switch (kind) {
    case TransitionKind::kCut:
      return "cut";
    case TransitionKind::kDissolve:
      return "dissolve";
    case TransitionKind::kFade:
      return "fade";
  }
  return "";
}

std::vector<Transition> find_transitions(const PictureSeries& series) {
  std::vector<Transition> transitions;
  std::size_t begin = 0;
  const auto end_shot = [&](std::size_t end) {
    add_graduals(series, find_graduals(series, begin, end), transitions);
    begin = end;
  };
  for (const std::size_t cut : find_cuts(series)) {
    end_shot(cut);
    const Milliseconds time = series[cut].time;
    transitions.push_back({TransitionKind::kCut, time, {time, time}});
  }
  end_shot(series.size());
  return transitions;
}

}  // namespace needledrop
