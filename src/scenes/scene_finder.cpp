#include "scenes/scene_finder.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "scenes/scene_boundary.h"

namespace needledrop {
namespace {

double seconds(Milliseconds time) {
  return static_cast<double>(time.count()) / 1'000;
}

/// Log odds of a boundary, before what its neighbours say: a logistic regression on the shots of
/// generated episodes. That scenes end where nobody speaks is set by hand, to half of what sound
/// does.
double log_odds(const BoundaryEvidence& evidence) {
  const double heard = std::min(evidence.heard_new, 2.0);
  return 3.5 * evidence.seen_new + 0.75 * heard + 0.8 * evidence.seen_new * heard +
         2.15 * evidence.is_gradual + 0.1 * evidence.pause - 3.15;
}

/// What a scene of this length costs: short ones are rare.
double cost_of_length(Milliseconds length) {
  constexpr double kUsualSeconds = 30;
  constexpr double kLeastSeconds = 0.1;
  const double shortness = std::log(kUsualSeconds / std::max(seconds(length), kLeastSeconds));
  return shortness <= 0 ? 0 : shortness * shortness;
}

}  // namespace

std::vector<Span> find_scenes(const Story& story) {
  const std::size_t shots = story.shots.size();
  if (shots == 0) return {};
  const auto evidence = boundary_evidence(story);
  // best[j]: the best worth of the first j shots as whole scenes; from[j]: where the last begins.
  // A scene holds at most so many shots, which bounds the work.
  constexpr std::size_t kMostShots = 1'000;
  std::vector<double> best(shots + 1, -std::numeric_limits<double>::infinity());
  std::vector<std::size_t> from(shots + 1, 0);
  best[0] = 0;
  for (std::size_t j = 1; j <= shots; ++j) {
    const double boundary = j < shots ? log_odds(evidence[j - 1]) : 0;
    for (std::size_t i = j > kMostShots ? j - kMostShots : 0; i < j; ++i) {
      const Milliseconds length = story.shots[j - 1].span.end - story.shots[i].span.start;
      const double worth = best[i] + boundary - cost_of_length(length);
      if (worth > best[j]) {
        best[j] = worth;
        from[j] = i;
      }
    }
  }
  std::vector<Span> scenes;
  for (std::size_t j = shots; j > 0; j = from[j]) {
    scenes.push_back({story.shots[from[j]].span.start, story.shots[j - 1].span.end});
  }
  std::ranges::reverse(scenes);
  return scenes;
}

}  // namespace needledrop
