#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "catalogue/cue.h"
#include "catalogue/decisions.h"
#include "catalogue/recording_families.h"
#include "catalogue/run_cues.h"

namespace needledrop {

/// What a run says of cues about which somebody has decided something: nothing of it happens by
/// itself.
struct Proposal {
  enum class Kind {
    kAdd,
    kMove,    // other spans
    kChange,  // another recording of the same family, and its spans
    kDrop,
  };
  Kind kind = Kind::kAdd;
  std::vector<std::size_t> findings;  // that speak for it, ascending; none of kDrop
  CueChange change;
};
std::string_view to_string(Proposal::Kind kind);

/// What the findings of a run would change about the cues of a file as they stand, rejected ones
/// among them; by start, then cue.
///
/// A finding speaks for the cues of its family with one of whose spans it shares at least half of
/// the shorter of the two; the spans and the family are those that the cue was found with, else
/// those that a person gave it. For several cues (a person has split one) it speaks in pieces: the
/// borders between them stay. All findings that speak for a cue together are its spans. A finding
/// that speaks for none is a new cue, unless at least half of it lies in rejected cues of its
/// family. A cue that was found and that no finding speaks for any more is to be dropped.
///
/// What a person has set stays: the in or the out that is not where it was found, the border at
/// which a cue was split, both of a cue that was added, and a recording other than that found.
/// Only what is left moves, where it is further than the findings' own errors, and than kLeastMove,
/// from where it was found before and from where it stands. Pure.
std::vector<Proposal> propose(SourceId file, std::span<const Cue> cues,
                              std::span<const SuggestedSpot> findings,
                              const RecordingFamilies& families);

inline constexpr Milliseconds kLeastMove{250};

/// What it makes of cues that a person does not want what the run proposes: a cue that it would add
/// is there, rejected; another is told not to be found so, and the same is not proposed again
/// unless a border has moved as above.
CueChange dismissal(const Proposal& proposal);

}  // namespace needledrop
