#include "desk/albums.h"

#include <filesystem>
#include <map>
#include <string>
#include <tuple>

#include "desk/desk.h"

namespace needledrop {
namespace {

/// Production, album tag, folder: the first that is known.
using AlbumKey = std::tuple<std::int64_t, std::string, std::string>;

AlbumKey key_of(const Recording& recording) {
  if (recording.production != 0) return {recording.production, "", ""};
  if (!recording.album.empty()) return {0, recording.album, ""};
  return {0, "", std::filesystem::path(recording.paths.front()).parent_path().string()};
}

}  // namespace

Result<Albums> albums_in(Desk& desk) {
  ND_TRY_ASSIGN(const auto recordings, desk.catalogue().recordings());
  std::map<AlbumKey, std::uint32_t> numbers;
  Albums albums;
  for (const Recording& recording : recordings) {
    const auto number = static_cast<std::uint32_t>(numbers.size());
    albums[recording.id] = numbers.try_emplace(key_of(recording), number).first->second;
  }
  return albums;
}

}  // namespace needledrop
