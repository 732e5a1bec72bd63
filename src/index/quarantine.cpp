#include "index/quarantine.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace needledrop {
namespace {

/// Of the copy in the making. One that a crash left is begun anew.
constexpr const char* kUnfinished = "unfinished";

Result<bool> holds_bytes(FileSystem& files, const std::string& path, const MappedFile& expected) {
  ND_TRY_ASSIGN(const auto file, files.map(path));
  return std::ranges::equal(file->bytes(), expected.bytes());
}

Result<void> write(FileSystem& files, const MappedFile& from, const std::string& to) {
  ND_TRY_ASSIGN(const auto file, files.create(to));
  ND_TRY(file->append(from.bytes()));
  ND_TRY(file->sync());
  return file->close();
}

Result<void> copy(FileSystem& files, const MappedFile& from, const std::string& folder,
                  const std::string& to) {
  const std::string unfinished = fmt::format("{}/{}", folder, kUnfinished);
  if (auto written = write(files, from, unfinished); !written.has_value()) {
    std::ignore = files.remove(unfinished);  // a full disk gets its room back
    return written;
  }
  return files.rename(unfinished, to);
}

}  // namespace

std::string quarantine_directory(const std::string& directory) {
  return directory + "/quarantine";
}

Result<std::string> quarantine(FileSystem& files, const std::string& directory,
                               const std::string& name) {
  ND_TRY_ASSIGN(const auto damaged, files.map(fmt::format("{}/{}", directory, name)));
  const std::string folder = quarantine_directory(directory);
  ND_TRY(files.create_directory(folder));
  std::string path = fmt::format("{}/{}", folder, name);
  for (int number = 2;; ++number) {
    ND_TRY_ASSIGN(const bool is_taken, files.exists(path));
    if (!is_taken) {
      ND_TRY(copy(files, *damaged, folder, path));
      break;
    }
    ND_TRY_ASSIGN(const bool is_same, holds_bytes(files, path, *damaged));
    if (is_same) break;
    path = fmt::format("{}/{}.{}", folder, name, number);
  }
  ND_TRY(files.sync_directory(folder));
  return path;
}

}  // namespace needledrop
