#include "desk/shot_stills.h"

#include <cstdint>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "desk/desk.h"
#include "media/still.h"

namespace needledrop {
namespace {

Result<void> write_new(FileSystem& files, const std::string& path, const std::string& jpeg) {
  ND_TRY_ASSIGN(const auto file, files.create(path));
  ND_TRY(file->append(std::span(reinterpret_cast<const std::uint8_t*>(jpeg.data()), jpeg.size())));
  return file->close();
}

/// Under another name first, of this process alone: a still that is there is whole.
Result<void> write_still(FileSystem& files, const std::string& path, const std::string& jpeg) {
  const std::string unfinished = fmt::format("{}.{}.part", path, ::getpid());
  auto written = write_new(files, unfinished, jpeg);
  if (written.has_value()) written = files.rename(unfinished, path);
  if (!written.has_value()) (void)files.remove(unfinished);
  return written;
}

}  // namespace

std::string stills_directory(const Desk& desk) {
  return desk.directory() + "/cache/stills";
}

Result<std::vector<std::string>> shot_stills(Desk& desk, const FileScenes& scenes,
                                             std::stop_token stop, const ProgressSink& progress) {
  FileSystem& files = desk.files();
  const std::string directory = fmt::format("{}/{}", stills_directory(desk), scenes.file.id.value);
  ND_TRY(files.create_directory(directory));
  std::vector<std::string> stills;
  std::vector<Milliseconds> missing;
  std::vector<std::size_t> places;
  for (const Shot& shot : scenes.picture->shots) {
    stills.push_back(fmt::format("{}/{:08}.jpg", directory, shot.still.count()));
    ND_TRY_ASSIGN(const bool is_there, files.exists(stills.back()));
    if (is_there) continue;
    missing.push_back(shot.still);
    places.push_back(stills.size() - 1);
  }
  if (missing.empty()) return stills;
  std::vector<bool> is_made(missing.size(), false);
  Result<void> written;
  const auto take = [&](std::size_t i, const std::string& jpeg) {
    written = write_still(files, stills[places[i]], jpeg);
    is_made[i] = written.has_value();
    progress({"picturing", 0, 1, static_cast<double>(i + 1) / static_cast<double>(missing.size()),
              missing[i]});
    return is_made[i];
  };
  ND_TRY(make_stills(scenes.file.path, missing, {.stop = std::move(stop)}, take));
  ND_TRY(written);
  for (std::size_t i = 0; i < missing.size(); ++i) {
    if (!is_made[i]) stills[places[i]].clear();
  }
  return stills;
}

}  // namespace needledrop
