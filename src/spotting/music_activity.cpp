#include "spotting/music_activity.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "fingerprint/parameters.h"
#include "spotting/music_features.h"
#include "spotting/music_weights.h"

namespace needledrop {
namespace {

/// Entries judged at once, and how many around them their features reach.
constexpr std::size_t kPart = 4'096;
constexpr std::size_t kReach = 32;
/// An entry's log-odds count for half: neighbouring entries share most of what they were judged by.
constexpr double kIndependence = 0.5;
/// And no more than this much, in nats.
constexpr double kMostOdds = 6;
/// What it takes to say that music begins or ends, in nats.
constexpr double kSwitch = 2;
/// An edge of a span that is as much quieter than its middle, in half decibels, is not its music:
/// what an entry is judged by reaches 5 s beyond it.
constexpr int kFaint = 50;
/// What lies within this of a spot is the spot's: its edges are uncertain, and so are ours.
constexpr Milliseconds kMargin{1'000};

Milliseconds time_of_entry(std::size_t entry) {
  return time_of(Tick(static_cast<Tick::rep>(entry * kLevelTicks)));
}

/// What music shows in mid or in side: dialogue hides it in the one, and the other may not exist.
std::vector<MusicFeatures> greater_of(std::vector<MusicFeatures> some,
                                      std::span<const MusicFeatures> others) {
  for (std::size_t i = 0; i < std::min(some.size(), others.size()); ++i) {
    std::ranges::transform(some[i], others[i], some[i].begin(),
                           [](float a, float b) { return std::max(a, b); });
  }
  return some;
}

void add_weighted(std::span<const MusicFeatures> features, const MusicFeatures& weights,
                  std::vector<double>& odds) {
  for (std::size_t i = 0; i < odds.size(); ++i) {
    for (std::size_t feature = 0; feature < kMusicFeatures; ++feature) {
      odds[i] += static_cast<double>(weights[feature]) * static_cast<double>(features[i][feature]);
    }
  }
}

/// Entries [first, last) of a channel's textures, as far as there are any.
std::span<const Texture> part_of(std::span<const Texture> textures, std::size_t first,
                                 std::size_t last) {
  first = std::min(first, textures.size());
  return textures.subspan(first, std::min(last, textures.size()) - first);
}

/// The odds of entries [first, last), judged by these alone.
std::vector<double> odds_of_part(const PeakList& episode, std::size_t first, std::size_t last) {
  const auto features = greater_of(music_features(part_of(episode.textures[0], first, last)),
                                   music_features(part_of(episode.textures[1], first, last)));
  std::vector<double> odds(features.size(), kMusicBias);
  for (std::size_t i = 0; i < kMusicRadii.size(); ++i) {
    add_weighted(smoothed(features, kMusicRadii[i]), kMusicWeights[i], odds);
  }
  return odds;
}

/// The logarithm of "music" : "no music" at each entry; part by part, so that a day takes no more
/// memory than an hour.
std::vector<double> odds_of_music(const PeakList& episode) {
  const std::size_t entries = episode.textures[0].size();
  std::vector<double> odds;
  for (std::size_t start = 0; start < entries; start += kPart) {
    const std::size_t first = start - std::min(start, kReach);
    const std::size_t end = std::min(start + kPart, entries);
    const auto part = odds_of_part(episode, first, std::min(end + kReach, entries));
    odds.insert(odds.end(), part.begin() + static_cast<std::ptrdiff_t>(start - first),
                part.begin() + static_cast<std::ptrdiff_t>(end - first));
  }
  return odds;
}

/// The likeliest sequence of music and none (Viterbi).
std::vector<bool> likeliest(std::span<const double> odds) {
  struct Step {
    bool none_from_music = false;
    bool music_from_none = false;
  };
  std::vector<Step> steps;
  double none = 0;
  double music = 0;
  for (const double odd : odds) {
    const Step step{music - kSwitch > none, none - kSwitch > music};
    steps.push_back(step);
    const double before = none;
    none = step.none_from_music ? music - kSwitch : none;
    music = step.music_from_none ? before - kSwitch : music;
    music += kIndependence * std::clamp(odd, -kMostOdds, kMostOdds);
  }
  std::vector<bool> is_music(odds.size());
  bool state = music > none;
  for (std::size_t i = odds.size(); i-- > 0;) {
    is_music[i] = state;
    state = state ? !steps[i].music_from_none : steps[i].none_from_music;
  }
  return is_music;
}

double probability(double odds) {
  return 1 / (1 + std::exp(-odds));
}

/// The spans of an episode with their probabilities.
class Spans {
 public:
  Spans(std::span<const double> odds, const PeakList& episode)
      : odds_(odds), levels_(odds.size()), length_(time_of(episode.length)) {
    for (std::size_t i = 0; i < std::min(levels_.size(), episode.levels.size()); ++i) {
      levels_[i] = std::max(episode.levels[i].mid, episode.levels[i].side);
    }
  }

  /// Of entries [first, last), less what is faint at the edges.
  [[nodiscard]] MusicSpan of(std::size_t first, std::size_t last) const {
    const int faint = middle_level(first, last) - kFaint;
    while (levels_[first] < faint) ++first;
    while (levels_[last - 1] < faint) --last;
    double sum = 0;
    for (std::size_t i = first; i < last; ++i) {
      sum += probability(odds_[i]);
    }
    return {{time_of_entry(first), std::min(time_of_entry(last), length_)},
            sum / static_cast<double>(last - first)};
  }

 private:
  [[nodiscard]] int middle_level(std::size_t first, std::size_t last) const {
    std::vector<int> levels(levels_.begin() + static_cast<std::ptrdiff_t>(first),
                            levels_.begin() + static_cast<std::ptrdiff_t>(last));
    const auto middle = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() / 2);
    std::nth_element(levels.begin(), middle, levels.end());
    return *middle;
  }

  std::span<const double> odds_;
  std::vector<int> levels_;  // of the louder channel, by entry
  Milliseconds length_;
};

}  // namespace

std::vector<MusicSpan> music_activity(const PeakList& episode) {
  const auto odds = odds_of_music(episode);
  const auto is_music = likeliest(odds);
  const Spans spans(odds, episode);
  std::vector<MusicSpan> music;
  auto end = is_music.begin();
  while (true) {
    const auto first = std::find(end, is_music.end(), true);
    if (first == is_music.end()) break;
    end = std::find(first, is_music.end(), false);
    music.push_back(spans.of(static_cast<std::size_t>(first - is_music.begin()),
                             static_cast<std::size_t>(end - is_music.begin())));
  }
  std::erase_if(music, [](const MusicSpan& m) { return m.span.length() < kShortestMusic; });
  return music;
}

std::vector<MusicSpan> unidentified_music(std::span<const MusicSpan> music,
                                          std::span<const Spot> spots) {
  std::vector<MusicSpan> rest(music.begin(), music.end());
  for (const Spot& spot : spots) {
    const Span taken{spot.span.start - kMargin, spot.span.end + kMargin};
    std::vector<MusicSpan> left;
    for (const MusicSpan& piece : rest) {
      if (taken.end <= piece.span.start || piece.span.end <= taken.start) {
        left.push_back(piece);
        continue;
      }
      left.push_back({{piece.span.start, taken.start}, piece.confidence});
      left.push_back({{taken.end, piece.span.end}, piece.confidence});
    }
    std::erase_if(left, [](const MusicSpan& m) { return m.span.length() < kShortestMusic; });
    rest = std::move(left);
  }
  return rest;
}

}  // namespace needledrop
