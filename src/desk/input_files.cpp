#include "desk/input_files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>

#include "desk/file_name.h"
#include "media/naming.h"
#include "media/unicode_text.h"

namespace needledrop {
namespace {

constexpr int kDeepestFolder = 64;

/// Sorted. What lies beside music in people's folders.
constexpr std::array<std::string_view, 44> kNoMedia = {
    "accurip", "ass", "bmp",     "cue",  "db",   "dfxp", "doc",  "docx", "gif",  "htm",  "html",
    "idx",     "ini", "jpeg",    "jpg",  "json", "log",  "lrc",  "m3u",  "m3u8", "md",   "md5",
    "nfo",     "ods", "pdf",     "pls",  "png",  "rtf",  "sami", "sfv",  "smi",  "srt",  "ssa",
    "sub",     "sup", "torrent", "ttml", "txt",  "url",  "vtt",  "webp", "xls",  "xlsx", "xml"};

bool is_no_media(std::string_view path) {
  const std::string extension = lower_case(file_extension(path));
  return std::ranges::binary_search(kNoMedia, std::string_view(extension));
}

class Walk {
 public:
  explicit Walk(InputFiles& found) : found_(found) {}

  void take_named(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return refuse(path, errno);
    if (S_ISDIR(status.st_mode)) {
      found_.holds_folder = true;
      return descend(path, status, 0);
    }
    if (!S_ISREG(status.st_mode)) {
      found_.failures.push_back(
          {path, fail(Error::Kind::kUnsupported, "is not a regular file; copy it to one first")});
      return;
    }
    take(path, status);
  }

 private:
  void refuse(const std::string& path, int reason) {
    const bool is_missing = reason == ENOENT || reason == ENOTDIR;
    const auto kind = is_missing ? Error::Kind::kNotFound : Error::Kind::kIo;
    found_.failures.push_back(
        {path, fail(kind, is_missing ? "no such file or folder; check the path"
                                     : std::generic_category().message(reason))});
  }

  void take(const std::string& path, const struct stat& status) {
    if (!taken_.insert(path).second) return;
    found_.files.push_back({path, static_cast<std::uint64_t>(status.st_size)});
  }

  void descend(const std::string& folder, const struct stat& status, int depth) {
    if (depth > kDeepestFolder || !walked_.insert({status.st_dev, status.st_ino}).second) return;
    std::error_code error;
    std::vector<std::string> names;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end;
         it.increment(error)) {
      names.push_back(it->path().filename().string());
    }
    if (error) return refuse(folder, error.value());
    std::ranges::sort(names);
    for (const std::string& name : names) visit(folder, name, depth);
  }

  void visit(const std::string& folder, const std::string& name, int depth) {
    if (name.starts_with('.')) return;
    const std::string path = folder.ends_with('/') ? folder + name : folder + "/" + name;
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
      if (!is_no_media(name)) refuse(path, errno);
    } else if (S_ISDIR(status.st_mode)) {
      descend(path, status, depth + 1);
    } else if (S_ISREG(status.st_mode) && !is_no_media(name)) {
      take(path, status);
    }
  }

  InputFiles& found_;
  std::set<std::string> taken_;
  std::set<std::pair<dev_t, ino_t>> walked_;
};

void sort_as_season(std::vector<InputFile>& files) {
  using Key = std::tuple<int, int, int, std::string>;
  std::vector<std::pair<Key, InputFile>> keyed;
  keyed.reserve(files.size());
  for (InputFile& file : files) {
    const EpisodeName name = read_episode_name(file_stem(file.path));
    Key key(name.season.value_or(0), name.number.value_or(0), name.part.value_or(0), file.path);
    keyed.emplace_back(std::move(key), std::move(file));
  }
  std::ranges::sort(keyed, {}, [](const auto& entry) -> const Key& { return entry.first; });
  for (std::size_t i = 0; i < files.size(); ++i) files[i] = std::move(keyed[i].second);
}

}  // namespace

InputFiles find_input_files(std::span<const std::string> paths) {
  InputFiles found;
  Walk walk(found);
  for (const std::string& path : paths) walk.take_named(path);
  return found;
}

void sort_by_path(InputFiles& inputs) {
  std::ranges::sort(inputs.files, {}, &InputFile::path);
  std::ranges::sort(inputs.failures, {}, &InputFailure::path);
}

InputFiles find_episode_files(std::span<const std::string> paths) {
  InputFiles found;
  std::set<std::string> taken;
  for (const std::string& path : paths) {
    InputFiles of_path = find_input_files(std::span(&path, 1));
    sort_as_season(of_path.files);
    found.holds_folder = found.holds_folder || of_path.holds_folder;
    std::ranges::move(of_path.failures, std::back_inserter(found.failures));
    for (InputFile& file : of_path.files) {
      if (taken.insert(file.path).second) found.files.push_back(std::move(file));
    }
  }
  return found;
}

}  // namespace needledrop
