#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "media/media_file.h"

namespace needledrop {

class Desk;

/// A recording whose file says something of it.
struct TaggedRecording {
  SourceId recording;
  std::int64_t production = 0;  // whose soundtrack it is; 0: not known
  std::string path;
  Tags tags;
};

/// Enters what tags say into the catalogue, with the file's path as provenance: who performs,
/// composed, wrote and arranged it, its codes, and the release with its label, number, date and the
/// recording's place. People are found by exactly their name; of several nothing is said. Releases
/// are one by their title within a production, unless they have other MusicBrainz ids. All of it is
/// one edit, "tags of 12 recordings", or none when nothing is new. Errors: the catalogue's.
Result<std::optional<std::int64_t>> state_tags(Desk& desk,
                                               const std::vector<TaggedRecording>& recordings);

}  // namespace needledrop
