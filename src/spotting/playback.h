#pragma once

#include <compare>
#include <cstdint>

#include "base/units.h"
#include "fingerprint/peak.h"

namespace needledrop {

/// How a recording is played: ratios in parts per million, so that equal ones compare equal.
struct Playback {
  static constexpr std::int32_t kUnity = 1'000'000;

  std::int32_t rate = kUnity;   // of time: 1'041'667 plays faster than the recording
  std::int32_t pitch = kUnity;  // of frequency; equals rate when tape speed was changed

  [[nodiscard]] constexpr double time_ratio() const { return static_cast<double>(rate) / kUnity; }
  [[nodiscard]] constexpr double pitch_ratio() const { return static_cast<double>(pitch) / kUnity; }
  friend constexpr auto operator<=>(const Playback&, const Playback&) = default;
};

/// A recording as it is played.
struct Rendition {
  SourceId source;
  Playback playback;
  friend constexpr auto operator<=>(const Rendition&, const Rendition&) = default;
};

/// The peak list that the recording would have if it were played like that: ticks divided by the
/// rate, frequencies multiplied by the pitch, levels as they are. Peaks that leave the analysed
/// band are dropped. Whatever asks for peaks of the recording asks the played ones instead, in the
/// episode's own ticks and frequencies; at unity they are the recording's. Both ratios must lie
/// within [1/2, 2].
PeakList played(PeakList recording, const Playback& playback);

}  // namespace needledrop
