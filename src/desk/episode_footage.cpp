#include "desk/episode_footage.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "desk/desk.h"
#include "desk/listening.h"
#include "media/media_file.h"
#include "media/picture_pass.h"
#include "scenes/footage_packing.h"
#include "scenes/reduced_planner.h"

namespace needledrop {
namespace {

/// Is what lies at the file's path still what was spotted, as far as its size tells?
bool is_same(const EpisodeFile& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file.path, error);
  return !error && size == file.size && is_readable(file.path);
}

Result<Footage> decode_footage(const std::string& path, std::stop_token stop,
                               const std::function<void(Milliseconds)>& position) {
  ND_TRY_ASSIGN(const auto media, MediaFile::open(path, {}));
  if (!media->has_picture()) return Footage();
  FootageMaker maker;
  ReducedPlanner planner;
  PictureOptions options;
  options.stop = std::move(stop);
  options.progress = position;
  const auto decoded = decode_groups(path, planner, maker, options);
  if (!decoded.has_value() && decoded.error().kind != Error::Kind::kUnsupported) {
    return decoded.error();
  }
  return maker.finish();
}

}  // namespace

Result<std::optional<Footage>> kept_footage(Desk& desk, SourceId file) {
  ND_TRY_ASSIGN(const auto packed, desk.catalogue().footage_of(file));
  if (!packed.has_value()) return std::optional<Footage>();
  ND_TRY_ASSIGN(Footage footage, unpack(*packed));
  return std::optional<Footage>(std::move(footage));
}

Result<Footage> look_at_footage(Desk& desk, const EpisodeFile& file, std::stop_token stop,
                                const std::function<void(Milliseconds)>& position) {
  if (!is_same(file)) {
    return fail(Error::Kind::kNotFound, "its file is not there any more, or is another one now");
  }
  ND_TRY_ASSIGN(Footage footage, decode_footage(file.path, std::move(stop), position));
  if (!desk.is_read_only()) ND_TRY(desk.catalogue().store_footage(file.id, pack(footage)));
  return footage;
}

}  // namespace needledrop
