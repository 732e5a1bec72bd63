#include "desk/episode_lookup.h"

#include <optional>
#include <string>

#include <fmt/format.h>

#include "desk/desk.h"
#include "desk/listening.h"
#include "media/media_file.h"

namespace needledrop {
namespace {

/// Nothing when the path names no file that can be read.
std::optional<Digest> digest_of(const std::string& path) {
  if (!is_readable(path)) return std::nullopt;
  const auto media = MediaFile::open(path, {});
  if (!media.has_value() || !(*media)->has_sound()) return std::nullopt;
  const auto digest = (*media)->digest({});
  return digest.has_value() ? std::optional(*digest) : std::nullopt;
}

}  // namespace

Result<Episode> find_episode(Desk& desk, std::string_view what) {
  auto named = desk.catalogue().find_episode(what);
  if (named.has_value() || named.error().kind != Error::Kind::kNotFound) return named;
  const auto digest = digest_of(std::string(what));
  if (digest.has_value()) {
    ND_TRY_ASSIGN(const auto file, desk.catalogue().file_of(*digest));
    if (file.has_value()) return desk.catalogue().episode(file->episode);
    return fail(Error::Kind::kNotFound,
                fmt::format("{} was not spotted yet; do: needledrop spot {}", what, what));
  }
  return fail(Error::Kind::kNotFound,
              fmt::format("the desk has no episode \"{}\"; see needledrop list episodes", what));
}

}  // namespace needledrop
