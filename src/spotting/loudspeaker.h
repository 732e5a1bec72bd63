#pragma once

#include <array>
#include <span>

#include "spotting/decoder.h"
#include "spotting/expectation.h"
#include "spotting/gain.h"

namespace needledrop {

/// What speaks for a small loudspeaker in the scene that plays the music - a radio, a telephone, a
/// television - in nats: the best of a few loudspeakers against the best of a few mixes.
struct LoudspeakerEvidence {
  double by_level = 0;  // of the peaks that are seen: how loud are they, the higher they lie?
  double by_all = 0;    // of these and of the ones that are missing

  LoudspeakerEvidence& operator+=(const LoudspeakerEvidence& other) {
    by_level += other.by_level;
    by_all += other.by_all;
    return *this;
  }
};

/// Enough to say so.
bool tells_of_loudspeaker(const LoudspeakerEvidence& evidence);

/// Weighs the two. A loudspeaker plays nothing above a few kilohertz, and falls off steeply on the
/// way there; a mix has all of the music, or tilts it gently. That the high peaks are missing does
/// not tell by itself, as these are faint and any noise hides them: those still seen must have
/// become quieter. Says nothing of music that a room alone has changed. Immutable.
class LoudspeakerTest {
 public:
  /// Finds out which bands the episode has at all: what the broadcast itself lacks tells nothing.
  explicit LoudspeakerTest(const PeakGrid& episode);

  /// Of the recording's peaks in one stretch, in the middle channel: a loudspeaker has no width.
  [[nodiscard]] LoudspeakerEvidence evidence(std::span<const Expectation> expectations,
                                             const Stretch& stretch, const Gains& gains,
                                             const GainCurve& curve) const;

 private:
  std::array<bool, kBands> is_broadcast_{};
};

}  // namespace needledrop
