#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "fingerprint/peak.h"

namespace needledrop {

/// A clip, and what is heard in it.
struct Clip {
  std::string kind;       // such clips are measured together
  std::string path;       // of its sound
  std::string recording;  // path of the recording as given to `add`; "" when it is in no catalogue
  Milliseconds start{0};  // of the clip, in the recording
};

/// Reads lines of kind, path, recording and start in milliseconds, with tabs between them.
Result<std::vector<Clip>> read_clips(const std::string& path);

/// Decodes and analyses a clip or an episode as the program does.
Result<PeakList> listen(const std::string& path);

}  // namespace needledrop
