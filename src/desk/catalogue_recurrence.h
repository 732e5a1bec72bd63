#pragma once

#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/result.h"
#include "catalogue/entities.h"
#include "desk/align_recordings.h"
#include "fingerprint/peak.h"

namespace needledrop {

class Desk;

/// What is known of a recurrence that becomes a recording.
struct CueIdentity {
  std::string title;
  std::string artist;
  std::string album;
  std::string production;  // title; "" leaves it open
  std::string version = "original";
  friend bool operator==(const CueIdentity&, const CueIdentity&) = default;
};

/// Makes a recording of the recurrence that `what` names (Catalogue::find_recurrence), stored like
/// any other: its peaks are those that its places share, its path that of the best place's episode
/// with a media fragment (W3C, "#t=12.5,60.25"). Runs become stale. Once it is durable it is
/// aligned with the other recordings; a stop there is no error, for what it leaves undone is done
/// by the next `add` or `spot`. Errors: kNotFound, kAmbiguous, kInvalidArgument (catalogued
/// already, or no place is left), kCorrupt, kBusy, kIo.
Result<Recording> catalogue_recurrence(Desk& desk, std::string_view what,
                                       const CueIdentity& identity, const AlignOptions& options);

/// The peaks of a recurrence's music, from what the desk keeps of its episodes; the same places
/// give the same. Errors: kInvalidArgument (no place left), kNotFound, kCorrupt.
Result<PeakList> recurrence_peaks(Desk& desk, const NamedRecurrence& recurrence);

/// The identity of such peaks as a source's sound.
Digest digest_of_peaks(const PeakList& peaks);

}  // namespace needledrop
