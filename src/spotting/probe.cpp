#include "spotting/probe.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "fingerprint/hash.h"
#include "fingerprint/prominence.h"

namespace needledrop {
namespace {

/// Appends what the landmark asks for, whose target is the `rank`th of its anchor. At the ends of
/// the zone a range is moved inwards, and asks for something a little farther off instead of for
/// hashes that no landmark has.
void append_probes(const Landmark& landmark, Tick tick, std::size_t rank, const ProbeDepth& depth,
                   Probes& probes) {
  constexpr int kRange = static_cast<int>(Probes::kWidth);
  for (int ticks = landmark.ticks - 1; ticks <= landmark.ticks + 1; ++ticks) {
    if (!is_in_zone(0, ticks)) continue;
    for (int anchor = -1; anchor <= 1; ++anchor) {
      const int moved = (ticks == landmark.ticks ? 0 : 1) + (anchor == 0 ? 0 : 1);
      if (rank >= depth.targets[static_cast<std::size_t>(moved)]) continue;
      const int lowest = std::clamp(landmark.difference - anchor - kRange / 2, 1 - kZoneWidth,
                                    kZoneWidth - kRange);
      probes.hashes.push_back(hash_of({landmark.channel, landmark.anchor + anchor, lowest, ticks}));
      probes.ticks.push_back(tick);
    }
  }
}

}  // namespace

/// A far peak, and the peaks at the right distance in time to be its targets: [first, last).
struct ProbeMaker::Anchor {
  FarPeak peak;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

ProbeMaker::ProbeMaker(const PeakList& episode) {
  std::array<ProminenceMeter, 2> meters;
  for (const Peak& peak : episode.peaks) {
    if (peak.reach != Reach::kFar) continue;
    const auto channel = static_cast<std::size_t>(peak.channel);
    const auto prominence = std::lround(8 * meters[channel].measure(peak));
    far_[channel].push_back(
        {peak.tick.value, peak.frequency, static_cast<std::int16_t>(prominence)});
  }
}

/// By frequency: neighbours in frequency ask the same part of a sieve.
std::vector<ProbeMaker::Anchor> ProbeMaker::anchors_of(const std::vector<FarPeak>& far, int first,
                                                       int last) {
  const auto index_of = [&](int tick) {
    return static_cast<std::uint32_t>(std::ranges::lower_bound(far, tick, {}, &FarPeak::tick) -
                                      far.begin());
  };
  std::vector<Anchor> anchors;
  std::uint32_t from = index_of(first);
  std::uint32_t to = from;
  const std::uint32_t end = index_of(last);
  for (std::uint32_t a = from; a < end; ++a) {
    while (from < far.size() && far[from].tick < far[a].tick + kZoneFirstTick) ++from;
    while (to < far.size() && far[to].tick <= far[a].tick + kZoneLastTick) ++to;
    anchors.push_back({far[a], from, to});
  }
  std::ranges::sort(anchors, [](const Anchor& a, const Anchor& b) {
    return std::tuple(a.peak.frequency, a.peak.tick) < std::tuple(b.peak.frequency, b.peak.tick);
  });
  return anchors;
}

/// The targets that the depth asks for, the most prominent first where that matters. Which peaks
/// lie in the zone can't be foretold, so finding them does not branch on it.
void ProbeMaker::choose_targets(const std::vector<FarPeak>& far, const Anchor& anchor,
                                const ProbeDepth& depth, std::vector<std::uint32_t>& chosen) {
  chosen.resize(anchor.last - anchor.first);
  std::size_t count = 0;
  for (std::uint32_t t = anchor.first; t < anchor.last; ++t) {
    const int difference = far[t].frequency - anchor.peak.frequency;
    chosen[count] = t;
    count += difference > -kZoneWidth && difference < kZoneWidth ? 1 : 0;
  }
  chosen.resize(count);
  const auto stands_out = [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(-far[a].prominence, a) < std::tuple(-far[b].prominence, b);
  };
  const auto [least, most] = std::ranges::minmax(depth.targets);
  if (count > most) {
    std::ranges::nth_element(chosen, chosen.begin() + static_cast<std::ptrdiff_t>(most),
                             stands_out);
    chosen.resize(most);
  }
  if (chosen.size() > least) {
    std::ranges::sort(chosen, stands_out);
  }
}

Probes ProbeMaker::probes(int first, int last, const LandmarkSieve* sieve,
                          const ProbeDepth& depth) const {
  Probes probes;
  std::vector<std::uint32_t> chosen;
  for (const Channel channel : {Channel::kMid, Channel::kSide}) {
    const auto& far = far_[static_cast<std::size_t>(channel)];
    for (const Anchor& anchor : anchors_of(far, first, last)) {
      choose_targets(far, anchor, depth, chosen);
      for (std::size_t rank = 0; rank < chosen.size(); ++rank) {
        const std::uint32_t t = chosen[rank];
        const Landmark landmark = {channel, anchor.peak.frequency,
                                   far[t].frequency - anchor.peak.frequency,
                                   far[t].tick - anchor.peak.tick};
        const bool asks =
            sieve == nullptr ||
            sieve->slice(channel, landmark.anchor).may_be_near(far[t].frequency, landmark.ticks);
        if (asks) append_probes(landmark, Tick(anchor.peak.tick), rank, depth, probes);
      }
    }
  }
  return probes;
}

Probes probes_of(std::span<const HashedLandmark> fingerprint) {
  Probes probes;
  for (const HashedLandmark& landmark : fingerprint) {
    append_probes(landmark_of(landmark.hash), landmark.tick, 0, ProbeMaker::kWhole, probes);
  }
  return probes;
}

}  // namespace needledrop
