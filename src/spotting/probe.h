#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"
#include "fingerprint/fingerprint.h"
#include "fingerprint/peak.h"
#include "index/landmark_sieve.h"

namespace needledrop {

/// What a stretch of an episode asks of the index. A landmark that has moved by an eighth of a bin
/// (anchor, target) or a tick is still to be found: it asks for up to nine ranges of hashes, since
/// hashes that differ in the target alone follow one another.
struct Probes {
  std::vector<Hash> hashes;  // the first of kWidth that are asked for
  std::vector<Tick> ticks;   // of the anchor, for each

  static constexpr std::uint32_t kWidth = 3;
};

/// How many of an anchor's targets are asked for, the most prominent first, where it may have moved
/// in [0] neither the anchor nor the distance in time, [1] one of them, [2] both. That the target
/// has moved costs nothing: see Probes.
struct ProbeDepth {
  std::array<std::size_t, 3> targets{};

  /// That an anchor with enough targets asks for.
  [[nodiscard]] constexpr std::size_t probes_an_anchor() const {
    return targets[0] + 4 * targets[1] + 4 * targets[2];
  }
};

/// Makes an episode's landmarks: from each far-reaching peak to the kMostTargets in its zone that
/// stand out most. A recording keeps a peak's most prominent target only, and what stands out
/// survives: of the landmarks that meet the recording that plays, 98 in a hundred are among these
/// 16 of some 30. Immutable.
class ProbeMaker {
 public:
  static constexpr std::size_t kMostTargets = 16;
  static constexpr ProbeDepth kWhole{{kMostTargets, kMostTargets, kMostTargets}};

  explicit ProbeMaker(const PeakList& episode);

  /// Asks for the landmarks whose anchor lies in ticks [first, last), in no particular order; with
  /// a sieve, only for those that it lets pass.
  [[nodiscard]] Probes probes(int first, int last, const LandmarkSieve* sieve,
                              const ProbeDepth& depth = kWhole) const;

 private:
  struct FarPeak {
    std::int32_t tick = 0;
    std::uint16_t frequency = 0;
    std::int16_t prominence = 0;  // in sixteenths of a decibel
  };
  struct Anchor;

  static std::vector<Anchor> anchors_of(const std::vector<FarPeak>& far, int first, int last);
  static void choose_targets(const std::vector<FarPeak>& far, const Anchor& anchor,
                             const ProbeDepth& depth, std::vector<std::uint32_t>& chosen);

  std::array<std::vector<FarPeak>, 2> far_;  // by channel; by tick, then frequency
};

/// The landmarks under which a recording itself is filed.
Probes probes_of(std::span<const HashedLandmark> fingerprint);

}  // namespace needledrop
