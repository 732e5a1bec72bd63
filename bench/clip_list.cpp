#include "clip_list.h"

#include <charconv>
#include <fstream>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "desk/listening.h"
#include "media/media_file.h"

namespace needledrop {
namespace {

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t tab = std::min(line.find('\t', at), line.size());
    fields.push_back(line.substr(at, tab - at));
    at = tab + 1;
  }
  return fields;
}

std::optional<Clip> clip_of(std::string_view line) {
  const auto fields = fields_of(line);
  if (fields.size() != 4) return std::nullopt;
  std::int64_t start = 0;
  const char* const end = fields[3].data() + fields[3].size();
  const auto read = std::from_chars(fields[3].data(), end, start);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return Clip{std::string(fields[0]), std::string(fields[1]), std::string(fields[2]),
              Milliseconds(start)};
}

}  // namespace

Result<std::vector<Clip>> read_clips(const std::string& path) {
  std::ifstream file(path);
  if (!file) return fail(Error::Kind::kNotFound, path + ": cannot be read");
  std::vector<Clip> clips;
  for (std::string line; std::getline(file, line);) {
    auto clip = clip_of(line);
    if (!clip.has_value()) {
      return fail(Error::Kind::kInvalidArgument,
                  fmt::format("{}: line {}: not a clip", path, clips.size() + 1));
    }
    clips.push_back(std::move(*clip));
  }
  return clips;
}

Result<PeakList> listen(const std::string& path) {
  ND_TRY_ASSIGN(const auto media, MediaFile::open(path, {}));
  ND_TRY_ASSIGN(Listened heard, listen_to_episode(*media, {}, [](Milliseconds) {}));
  return std::move(heard.peaks);
}

}  // namespace needledrop
