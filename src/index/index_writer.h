#pragma once

#include <memory>

#include "base/file_system.h"
#include "base/result.h"
#include "index/index.h"
#include "index/segment_directory.h"

namespace needledrop {

/// Readies the directory for writing under its lock: brings this process up to date, makes what it
/// sees durable, and only then removes files that a writer which died has left behind.
Result<std::unique_ptr<IndexWriter>> open_writer(std::shared_ptr<SegmentDirectory> directory,
                                                 std::unique_ptr<FileLock> lock);

}  // namespace needledrop
