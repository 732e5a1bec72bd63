#include "spotting/probe.h"

#include <cstdlib>

#include "fingerprint/hash.h"

namespace needledrop {
namespace {

/// Appends the landmark's hash with all its neighbours; where a neighbour is outside the zone, the
/// landmark itself stands in for it.
void append_neighbours(const Landmark& landmark, std::vector<Hash>& hashes) {
  for (int ticks = -1; ticks <= 1; ++ticks) {
    for (int anchor = -1; anchor <= 1; ++anchor) {
      for (int target = -1; target <= 1; ++target) {
        Landmark neighbour = landmark;
        neighbour.ticks += ticks;
        neighbour.anchor += anchor;
        neighbour.difference += target - anchor;
        hashes.push_back(
            hash_of(is_in_zone(neighbour.difference, neighbour.ticks) ? neighbour : landmark));
      }
    }
  }
}

}  // namespace

Probes probes_of(const PeakGrid& episode, int first, int last) {
  Probes probes;
  const auto& peaks = episode.list().peaks;
  for (int tick = first; tick < last; ++tick) {
    for (Channel channel : {Channel::kMid, Channel::kSide}) {
      const auto anchors = episode.at(channel, tick);
      for (auto a = anchors.first; a < anchors.last; ++a) {
        if (peaks[a].reach != Reach::kFar) continue;
        for (int ticks = kZoneFirstTick; ticks <= kZoneLastTick; ++ticks) {
          const auto targets = episode.at(channel, tick + ticks);
          for (auto t = targets.first; t < targets.last; ++t) {
            const int difference = peaks[t].frequency - peaks[a].frequency;
            if (peaks[t].reach != Reach::kFar || !is_in_zone(difference, ticks)) continue;
            append_neighbours({channel, peaks[a].frequency, difference, ticks}, probes.hashes);
            probes.ticks.emplace_back(tick);
          }
        }
      }
    }
  }
  return probes;
}

}  // namespace needledrop
