#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "desk/progress.h"

namespace needledrop {

class Desk;

struct RebuildOptions {
  unsigned threads = 1;  // nothing in the desk depends on it
  std::stop_token stop;
  ProgressSink progress = [](const Progress&) {};
};

/// A source that could not be made anew.
struct NotRebuilt {
  SourceId id;
  std::string path;  // where its file was last
  std::string why;   // and what to do, in one line
};

struct Rebuilt {
  std::vector<SourceId> sources;  // that are in the index again, in the order in which they came
  std::vector<NotRebuilt> failed;
};

/// Decodes what the catalogue has and the index lacks from its files, where these are still there
/// with the same sound, and stores it under its old id. What a file says of itself, and the runs of
/// an episode, stay as they are. `rebuilt` tells what is durable, also after an error: kCancelled,
/// kBusy, kIo. Does nothing while a segment can't be read, which may hold it.
Result<void> rebuild_sources(Desk& desk, const RebuildOptions& options, Rebuilt& rebuilt);

}  // namespace needledrop
