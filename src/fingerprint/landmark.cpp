#include <algorithm>
#include <tuple>

#include "fingerprint/fingerprinter.h"
#include "fingerprint/hash.h"
#include "fingerprint/prominence.h"

namespace needledrop {
namespace {

constexpr int kBlockTicks = 64;          // 1.02 s: landmarks compete within it
constexpr std::size_t kBlockQuota = 26;  // landmarks kept a block and channel

struct Candidate {
  Peak peak;
  float prominence = 0;
};

std::vector<Candidate> candidates_of(const PeakList& recording, Channel channel) {
  ProminenceMeter meter;
  std::vector<Candidate> candidates;
  for (const Peak& peak : recording.peaks) {
    if (peak.channel != channel || peak.reach != Reach::kFar) continue;
    candidates.push_back({peak, meter.measure(peak)});
  }
  return candidates;
}

struct Pairing {
  HashedLandmark landmark;
  float prominence = 0;  // of the lesser of the two peaks
};

/// Each anchor with the most prominent target in its zone.
std::vector<Pairing> pairings_of(const std::vector<Candidate>& candidates, Channel channel) {
  std::vector<Pairing> pairings;
  for (std::size_t a = 0; a < candidates.size(); ++a) {
    const Peak& anchor = candidates[a].peak;
    const Candidate* best = nullptr;
    for (std::size_t t = a + 1; t < candidates.size(); ++t) {
      const Peak& target = candidates[t].peak;
      const int ticks = (target.tick - anchor.tick).value;
      if (ticks > kZoneLastTick) break;
      if (is_in_zone(target.frequency - anchor.frequency, ticks) &&
          (best == nullptr || candidates[t].prominence > best->prominence)) {
        best = &candidates[t];
      }
    }
    if (best != nullptr) {
      const Landmark landmark = {channel, anchor.frequency, best->peak.frequency - anchor.frequency,
                                 (best->peak.tick - anchor.tick).value};
      pairings.push_back(
          {{hash_of(landmark), anchor.tick}, std::min(candidates[a].prominence, best->prominence)});
    }
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
