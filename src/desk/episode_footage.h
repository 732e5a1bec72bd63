#pragma once

#include <optional>

#include "base/result.h"
#include "catalogue/entities.h"
#include "media/picture_pass.h"
#include "scenes/footage.h"

namespace needledrop {

class Desk;

/// What the desk keeps of a file's picture; nothing when it was never looked at. kCorrupt.
Result<std::optional<Footage>> kept_footage(Desk& desk, SourceId file);

struct SeenFootage {
  Footage footage;                // as it is kept; empty: the file has no picture
  std::optional<Error> not_kept;  // why it is not in the desk; nothing also when that is read-only
};

/// Looks at the picture of an episode's file, where it still lies, and keeps its footage, in the
/// place of what was kept before. Errors: kNotFound when the file is not there any more or is
/// another one now, decode_picture's.
Result<SeenFootage> look_at_footage(Desk& desk, const EpisodeFile& file,
                                    const PictureOptions& options);

}  // namespace needledrop
