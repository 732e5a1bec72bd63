#pragma once

#include <string>
#include <string_view>

#include "base/file_system.h"
#include "base/result.h"

namespace needledrop {

/// Writes an export beside `path` and puts it in its place in one step; what was there stays whole
/// if that fails. A path that is no regular file (a pipe, a device) is written to as it is.
Result<void> save_export(FileSystem& files, const std::string& path, std::string_view bytes);

}  // namespace needledrop
