#include "desk/episode_footage.h"

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "desk/desk.h"
#include "desk/listening.h"
#include "media/media_file.h"
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

Result<Footage> decode_footage(const std::string& path, const PictureOptions& options) {
  ND_TRY_ASSIGN(const auto media, MediaFile::open(path, {}));
  if (!media->has_picture()) return Footage();
  FootageMaker maker;
  ReducedPlanner planner;
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

Result<SeenFootage> look_at_footage(Desk& desk, const EpisodeFile& file,
                                    const PictureOptions& options) {
  if (!is_same(file)) {
    return fail(Error::Kind::kNotFound, "its file is not there any more, or is another one now");
  }
  SeenFootage seen;
  ND_TRY_ASSIGN(const Footage decoded, decode_footage(file.path, options));
  const std::string packed = pack(decoded);
  ND_TRY_ASSIGN(seen.footage, unpack(packed));
  if (desk.is_read_only()) return seen;
  const auto stored = desk.catalogue().store_footage(file.id, packed);
  if (!stored.has_value()) seen.not_kept = stored.error();
  return seen;
}

}  // namespace needledrop
