#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "media/excerpt.h"

namespace needledrop {

/// How two channels belong together.
enum class PairKind {
  kStereo,         // left and right of one picture in sound
  kAlike,          // the same in both
  kInverted,       // the same in both, one with its sign turned
  kFirstOnly,      // nothing in the second
  kSecondOnly,     // nothing in the first
  kSilent,         // nothing in either, as far as was heard
  kTwoProgrammes,  // two languages or programmes, perhaps over the same music
};

/// Judges a pair of legs by excerpts of both.
///
/// Alike: in no excerpt with sound does the side reach -35 dB under the mid.
///
/// Two programmes: speech of one language in the left and of another in the right, over music that
/// is in both. Wide music must not be taken for that, so correlation of the samples doesn't decide.
/// From the spectra of 32 ms (250 Hz to 4 kHz) take what is in the left alone (bins 6 dB above the
/// right) and in the right alone; music in both falls out. Asked of the median excerpt:
/// - share: at least half the power of either channel is in it alone;
/// - pauses: what is alone lies 10 dB under its own mean a quarter of the time in both channels, as
///   speech does between syllables and words (after the low short-time energy ratio of Lu, Zhang
///   and Jiang, 2002);
/// - together: the two don't rise and fall as one (music: one beat), nor take turns (an effect that
///   swings from side to side, a voice against a band), by the correlation of the log envelopes;
/// - alone: nearly half the time one channel is 10 dB ahead.
/// In doubt it is stereo, which loses less.
PairKind judge_pair(const std::vector<Excerpt>& excerpts, std::size_t first, std::size_t second);

/// Root mean square of one leg over all excerpts.
double level_of(const std::vector<Excerpt>& excerpts, std::size_t leg);

/// Whether the leg can be a low-frequency channel: silent, or with next to nothing above 300 Hz.
bool sounds_low_only(const std::vector<Excerpt>& excerpts, std::size_t leg);

/// Mean squares under this (-75 dB) are no sound.
inline constexpr double kSilentPower = 3.2e-8;

}  // namespace needledrop
