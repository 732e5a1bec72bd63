#pragma once

#include <cstdint>

#include "base/digest.h"
#include "base/units.h"
#include "fingerprint/fingerprint.h"
#include "fingerprint/peak.h"

namespace needledrop {

enum class SourceKind : std::uint8_t { kRecording, kEpisode };

/// What the index knows of a source without reading its peaks.
struct SourceEntry {
  SourceId id;
  SourceKind kind = SourceKind::kRecording;
  Digest digest;  // of the file's audio packets
  Tick length;
  friend bool operator==(const SourceEntry&, const SourceEntry&) = default;
};

/// A source on its way into a segment.
struct NewSource {
  SourceEntry entry;
  Fingerprint fingerprint;  // empty for episodes: only recordings are searched
  PeakList peaks;
};

}  // namespace needledrop
