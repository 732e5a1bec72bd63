#pragma once

#include <span>
#include <vector>

#include "base/units.h"
#include "catalogue/cue.h"
#include "catalogue/decisions.h"
#include "catalogue/recording_families.h"
#include "spotting/spot.h"

namespace needledrop {

/// A spot of a run with what is suggested about it.
struct SuggestedSpot {
  Spot spot;
  CueFunction function = CueFunction::kUnknown;
  CueVocal vocal = CueVocal::kUnknown;
  CuePerception perception = CuePerception::kUnknown;
};

/// Two spots of one recording no further apart than this are one use of it: the music was covered,
/// or started again at once.
inline constexpr Milliseconds kLongestPause{2'000};

/// The cues that a run's findings in a file make by themselves, by start, then recording: one a
/// spot, and one of several spots of the same recording that follow each other within
/// kLongestPause. What there is to say of these is that of the longest. Pure.
std::vector<Cue> cues_of_run(SourceId file, std::span<const SuggestedSpot> findings);

/// How cues that nobody has decided anything about become those of a newer run: each goes on in the
/// cue of its family with which it overlaps most, so that it keeps its id; the others go and come.
/// Ties by id, then by the order of `fresh`. Pure.
std::vector<CueChange> follow_changes(std::span<const Cue> standing, std::span<const Cue> fresh,
                                      const RecordingFamilies& families);

/// How much of `a` lies in `b`. Both in order and apart within themselves.
Milliseconds shared_length(std::span<const Span> a, std::span<const Span> b);

/// The spans joined where they touch or overlap: in order, apart, none empty.
std::vector<Span> joined_spans(std::vector<Span> spans);

}  // namespace needledrop
