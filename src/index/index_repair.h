#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/file_system.h"
#include "base/result.h"
#include "index/segment_salvage.h"

namespace needledrop {

/// What a repair goes by, and how it is watched.
struct RepairOrder {
  /// Every source that exists, by id. Asked for under the writer's lock.
  std::function<Result<std::vector<KnownSource>>()> known;
  std::chrono::milliseconds wait{0};  // for another writer
  std::stop_token stop{};
  std::function<void(double share)> progress = [](double) {};  // in [0, 1]
};

/// A damaged file that the index does without now.
struct SetAside {
  std::string file;
  Error error;
  std::string kept_as;             // in quarantine/; "" when there was nothing left to keep
  std::vector<SourceId> salvaged;  // its sources that are in a new segment
};

/// Mends the index in `directory`, open or not: reads every byte, and replaces each damaged segment
/// by new ones with those of its known sources whose peaks are whole; a recording's postings are
/// made of its peaks. A manifest that is lost or damaged is made anew from the segments' files. The
/// damaged file is kept in quarantine/. Takes the writer's lock. File after file, each one durable
/// before the next: a stop or a crash leaves what was done, and the next call goes on. `done` tells
/// what is durable, also after an error. An open Index sees it when it refreshes. Segments and
/// manifests of a newer format are left as they are. Errors: kBusy, kCancelled, kUnsupported for a
/// newer manifest, kIo.
Result<void> repair_index(FileSystem& files, const std::string& directory, Clock& clock,
                          const RepairOrder& order, std::vector<SetAside>& done);

}  // namespace needledrop
