#include <algorithm>
#include <bit>
#include <cstdint>
#include <tuple>
#include <vector>

#include "fingerprint/fingerprinter.h"
#include "fingerprint/hash.h"
#include "fingerprint/prominence.h"

namespace needledrop {
namespace {

constexpr int kBlockTicks = 64;          // 1.02 s: landmarks compete within it
constexpr std::size_t kBlockQuota = 26;  // landmarks kept a block and channel

/// The far-reaching peaks of a channel, in order.
struct Candidates {
  std::vector<Peak> peaks;
  std::vector<float> prominences;
  std::vector<std::uint64_t> ranks;  // ascend with prominence; of equal ones the earlier is higher
};

/// As unsigned numbers, the ranks are ordered as prominence and place are; none is 0.
std::uint64_t rank_of(float prominence, std::size_t place) {
  const auto bits = std::bit_cast<std::uint32_t>(prominence);
  constexpr std::uint32_t kSign = 1U << 31;
  const std::uint32_t ordered = (bits & kSign) != 0 ? ~bits : bits | kSign;
  return std::uint64_t{ordered} << 32 | ~static_cast<std::uint32_t>(place);
}
std::size_t place_of(std::uint64_t rank) {
  return ~static_cast<std::uint32_t>(rank);
}

Candidates candidates_of(const PeakList& recording, Channel channel) {
  ProminenceMeter meter;
  Candidates candidates;
  for (const Peak& peak : recording.peaks) {
    if (peak.channel != channel || peak.reach != Reach::kFar) continue;
    const float prominence = meter.measure(peak);
    candidates.ranks.push_back(rank_of(prominence, candidates.peaks.size()));
    candidates.prominences.push_back(prominence);
    candidates.peaks.push_back(peak);
  }
  return candidates;
}

struct Pairing {
  HashedLandmark landmark;
  float prominence = 0;  // of the lesser of the two peaks
};

/// Each anchor with the most prominent target in its zone. Which peaks lie in the zone can't be
/// foretold, so finding them does not branch on it: three times as fast.
std::vector<Pairing> pairings_of(const Candidates& candidates, Channel channel) {
  const std::vector<Peak>& peaks = candidates.peaks;
  std::vector<Pairing> pairings;
  std::size_t first = 0;
  std::size_t last = 0;
  for (std::size_t a = 0; a < peaks.size(); ++a) {
    const Peak& anchor = peaks[a];
    while (first < peaks.size() && (peaks[first].tick - anchor.tick).value < kZoneFirstTick)
      ++first;
    while (last < peaks.size() && (peaks[last].tick - anchor.tick).value <= kZoneLastTick) ++last;
    std::uint64_t best = 0;
    for (std::size_t t = first; t < last; ++t) {
      const int difference = peaks[t].frequency - anchor.frequency;
      const bool is_near = difference > -kZoneWidth && difference < kZoneWidth;
      best = std::max(best, candidates.ranks[t] & (std::uint64_t{0} - is_near));
    }
    if (best == 0) continue;
    const std::size_t target = place_of(best);
    const Landmark landmark = {channel, anchor.frequency,
                               peaks[target].frequency - anchor.frequency,
                               (peaks[target].tick - anchor.tick).value};
    pairings.push_back({{hash_of(landmark), anchor.tick},
                        std::min(candidates.prominences[a], candidates.prominences[target])});
  }
  return pairings;
}

/// The most prominent of each block of kBlockTicks.
void keep_best(std::vector<Pairing>& pairings, Fingerprint& kept) {
  const auto block = [](const Pairing& p) { return p.landmark.tick.value / kBlockTicks; };
  auto first = pairings.begin();
  while (first != pairings.end()) {
    const auto last = std::find_if(first, pairings.end(),
                                   [&](const Pairing& p) { return block(p) != block(*first); });
    std::sort(first, last, [](const Pairing& a, const Pairing& b) {
      return std::tuple(-a.prominence, a.landmark) < std::tuple(-b.prominence, b.landmark);
    });
    const auto count = std::min<std::size_t>(kBlockQuota, static_cast<std::size_t>(last - first));
    for (std::size_t i = 0; i < count; ++i) {
      kept.push_back(first[static_cast<std::ptrdiff_t>(i)].landmark);
    }
    first = last;
  }
}

}  // namespace

Fingerprint recording_fingerprint(const PeakList& recording) {
  Fingerprint fingerprint;
  for (Channel channel : {Channel::kMid, Channel::kSide}) {
    auto pairings = pairings_of(candidates_of(recording, channel), channel);
    keep_best(pairings, fingerprint);
  }
  std::sort(fingerprint.begin(), fingerprint.end(),
            [](const HashedLandmark& a, const HashedLandmark& b) {
              return std::tuple(a.tick, a.hash) < std::tuple(b.tick, b.hash);
            });
  fingerprint.erase(std::unique(fingerprint.begin(), fingerprint.end()), fingerprint.end());
  return fingerprint;
}

}  // namespace needledrop
