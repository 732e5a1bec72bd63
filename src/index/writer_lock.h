#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/file_system.h"
#include "base/result.h"

namespace needledrop {

/// The lock of the one writer of the index in `directory`, asked for again and again until it is
/// free or `wait` has passed: then kBusy naming the holder's pid.
Result<std::unique_ptr<FileLock>> lock_for_writing(FileSystem& files, const std::string& directory,
                                                   Clock& clock, std::chrono::milliseconds wait);

}  // namespace needledrop
