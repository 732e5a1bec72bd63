#pragma once

#include <cstdint>
#include <string>

#include "base/file_system.h"
#include "base/result.h"

namespace needledrop {

/// The folder of an index's damaged files. Nothing in it is ever read, replaced or removed.
std::string quarantine_directory(const std::string& directory);

/// Puts a copy of the file `name` of the index at `directory` there, under its name, or with a
/// number behind it if another file has that. A copy, so that at no moment either name is missing,
/// whatever the power does. Durable when it returns. Returns the copy's path. Errors: kNotFound,
/// kIo.
Result<std::string> quarantine(FileSystem& files, const std::string& directory,
                               const std::string& name);

}  // namespace needledrop
