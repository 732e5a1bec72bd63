#pragma once

#include <algorithm>
#include <cstdint>

#include "spotting/test_episode.h"

/// Made-up versions of one recording, as peak lists.
namespace needledrop::test {

/// A voice over a recording: peaks of its own from tick `from` to `to`, louder than what it sings
/// over. A far peak of the recording that lies in the box of one of the voice's is gone.
inline PeakList with_voice(const PeakList& recording, int from, int to, std::uint32_t seed,
                           int louder = 30) {
  const PeakBox box = kPeakBoxes[static_cast<std::size_t>(Reach::kFar)];
  PeakList voice = random_recording(recording.length.value, seed);
  std::erase_if(voice.peaks, [&](const Peak& peak) {
    return peak.channel != Channel::kMid || peak.frequency > 300 * kBinFractions ||
           peak.tick < Tick(from) || peak.tick >= Tick(to);
  });
  for (Peak& peak : voice.peaks) {
    peak.level = static_cast<std::uint8_t>(std::min(200 + louder, 255));
  }
  PeakList sung = recording;
  std::erase_if(sung.peaks, [&](const Peak& peak) {
    return std::ranges::any_of(voice.peaks, [&](const Peak& own) {
      return own.channel == peak.channel && std::abs((own.tick - peak.tick).value) <= box.ticks &&
             std::abs(own.frequency - peak.frequency) <= box.bins * kBinFractions;
    });
  });
  sung.peaks.insert(sung.peaks.end(), voice.peaks.begin(), voice.peaks.end());
  sort_peaks(sung);
  return sung;
}

/// The same sound encoded anew: peaks move a little, a few are lost, some come.
inline PeakList encoded_anew(PeakList recording, std::uint32_t seed, double kept = 0.9) {
  Random random(seed);
  std::erase_if(recording.peaks, [&](const Peak& peak) {
    return peak.level < 170 && random.share() > kept;  // what goes is faint
  });
  for (Peak& peak : recording.peaks) {
    peak.tick =
        Tick(std::clamp(peak.tick.value + random.within(-1, 1), 0, recording.length.value - 1));
    peak.frequency = static_cast<std::uint16_t>(peak.frequency + random.within(-2, 2));
  }
  sort_peaks(recording);
  return recording;
}

/// Ticks [first, last) of the recording by themselves.
inline PeakList cut_out(const PeakList& recording, int first, int last) {
  PeakList part;
  part.length = Tick(last - first);
  part.levels.assign(static_cast<std::size_t>((last - first + kLevelTicks - 1) / kLevelTicks),
                     recording.levels.front());
  for (Peak peak : recording.peaks) {
    if (peak.tick < Tick(first) || peak.tick >= Tick(last)) continue;
    peak.tick = peak.tick - Tick(first);
    part.peaks.push_back(peak);
  }
  return part;
}

/// One after the other.
inline PeakList joined(PeakList first, const PeakList& second) {
  for (Peak peak : second.peaks) {
    peak.tick = peak.tick + first.length;
    first.peaks.push_back(peak);
  }
  first.length = first.length + second.length;
  first.levels.resize(
      static_cast<std::size_t>((first.length.value + kLevelTicks - 1) / kLevelTicks),
      first.levels.front());
  return first;
}

}  // namespace needledrop::test
