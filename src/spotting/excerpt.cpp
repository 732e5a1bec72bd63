#include "spotting/excerpt.h"

#include <algorithm>
#include <cstdlib>

#include "fingerprint/parameters.h"

namespace needledrop {
namespace {

/// The same peak at another place: as near as most survivors are (evidence.cpp).
constexpr int kNearTicks = 1;
constexpr int kNearFrequency = 2;

bool shows(const PeakGrid& episode, const Peak& peak, int tick) {
  const auto& peaks = episode.list().peaks;
  for (int near = tick - kNearTicks; near <= tick + kNearTicks; ++near) {
    const auto range = episode.at(peak.channel, near);
    for (auto i = range.first; i < range.last; ++i) {
      if (std::abs(peaks[i].frequency - peak.frequency) <= kNearFrequency) return true;
    }
  }
  return false;
}

enum class Seen { kNowhere, kNot, kShown };

/// Is the peak of the best place seen at others, as far as any reach there?
Seen seen_elsewhere(std::span<const ExcerptPlace> places, std::size_t best, const Peak& peak) {
  const int position = peak.tick.value - places[best].first + places[best].position;
  Seen seen = Seen::kNowhere;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const ExcerptPlace& place = places[i];
    const int there = position - place.position + place.first;
    if (i == best || there < place.first || there >= place.last) continue;
    if (shows(place.episode, peak, there)) return Seen::kShown;
    seen = Seen::kNot;
  }
  return seen;
}

bool is_music(const Peak& peak, Seen seen) {
  return seen == Seen::kShown || (seen == Seen::kNowhere && peak.reach == Reach::kFar);
}

}  // namespace

PeakList excerpt_of(std::span<const ExcerptPlace> places, std::size_t best) {
  const ExcerptPlace& place = places[best];
  const PeakList& episode = place.episode.list();
  const int last = std::min(place.last, episode.length.value);
  const int begin = std::max(place.first, 0) / kLevelTicks * kLevelTicks;
  PeakList excerpt;
  excerpt.length = Tick(std::max(last - begin, 0));
  for (const Peak& peak : episode.peaks) {
    if (peak.tick.value < place.first || peak.tick.value >= last) continue;
    if (!is_music(peak, seen_elsewhere(places, best, peak))) continue;
    excerpt.peaks.push_back(peak);
    excerpt.peaks.back().tick = peak.tick - Tick(begin);
    excerpt.peaks.back().reach = Reach::kFar;
  }
  const auto entries =
      static_cast<std::size_t>((excerpt.length.value + kLevelTicks - 1) / kLevelTicks);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t from = i + static_cast<std::size_t>(begin) / kLevelTicks;
    excerpt.levels.push_back(from < episode.levels.size() ? episode.levels[from] : Level{});
  }
  return excerpt;
}

}  // namespace needledrop
