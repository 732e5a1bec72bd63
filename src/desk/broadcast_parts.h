#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"

namespace needledrop {

class Desk;

/// A file of an episode with the run that counts.
struct SpottedFile {
  EpisodeFile file;
  Run run;
};

/// The files of an episode's broadcast cut with their runs, in the order of the parts. Of several
/// files of one part (encoded anew, delivered twice) the newest is the broadcast.
Result<std::vector<SpottedFile>> broadcast_parts(Desk& desk, std::int64_t episode);

}  // namespace needledrop
