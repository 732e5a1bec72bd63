#pragma once

#include "spotting/decoder.h"
#include "spotting/evidence.h"

namespace needledrop {

/// A hypothesis with a fitted playback, and the stretch that it was fitted over: about where the
/// recording plays, and the first_evidence there.
struct RateFit {
  Hypothesis hypothesis;
  Stretch stretch;
};

/// Fits rate and pitch of a hypothesis to what the episode shows of the recording's peaks: a robust
/// line through when they are seen, and their common ratio of frequency, first over the stretch,
/// then over twice as much, as long as the evidence goes on there. The hypothesis may be off by
/// 0.4 % in rate and 0.2 % in pitch. Of the playbacks that fit about as well the simplest is taken:
/// unity, then the ratios that broadcasting uses, then those where only the rate or only the pitch
/// is changed, or both alike. `recording` is as it is, not as it is played.
RateFit fit_playback(const PeakGrid& episode, const PeakList& recording,
                     const Hypothesis& hypothesis, const Stretch& stretch);

/// The first_evidence of a hypothesis within a stretch; `recording` is as it is, not as it is
/// played.
double evidence_for(const PeakGrid& episode, const PeakList& recording,
                    const Hypothesis& hypothesis, const Stretch& stretch);

/// Does the stretch show plainly that the hypothesis is off in rate or pitch? Much cheaper than a
/// fit.
bool is_off(const PeakGrid& episode, const PeakList& recording, const Hypothesis& hypothesis,
            const Stretch& stretch);

}  // namespace needledrop
