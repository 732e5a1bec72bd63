#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace needledrop {

/// The bytes of a database file as they were at one moment, for a reader who may not make the -wal
/// and -shm files beside it. Errors: kBusy when somebody wrote meanwhile; kIo when changes wait in
/// a -wal that can't be read without a -shm, or the system refuses.
///
/// SQLite's immutable=1 would do without the copy, but promises that nobody writes while we read. A
/// reader without rights to the folder cannot know that.
Result<std::vector<unsigned char>> read_file_image(const std::string& path);

}  // namespace needledrop
