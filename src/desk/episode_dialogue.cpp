#include "desk/episode_dialogue.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "desk/desk.h"
#include "desk/file_name.h"
#include "media/subtitles.h"
#include "media/unicode_text.h"

namespace needledrop {
namespace {

constexpr std::string_view kNone = "none";
constexpr std::array<std::string_view, 9> kExtensions = {"ass", "dfxp", "sami", "smi", "srt",
                                                         "ssa", "ttml", "vtt",  "xml"};
/// "ko.forced" between stem and extension; more is another file's name.
constexpr std::size_t kLongestMark = 24;

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash + 1);
}

/// What stands between the episode's stem and the extension: "" or ".ko"; nothing when the name is
/// not of this episode's subtitles.
std::optional<std::string_view> mark_of(std::string_view name, std::string_view stem) {
  const std::string extension = lower_case(file_extension(name));
  if (std::ranges::find(kExtensions, extension) == kExtensions.end()) return std::nullopt;
  if (!name.starts_with(stem) || name.size() < stem.size() + extension.size() + 1) {
    return std::nullopt;
  }
  const std::string_view mark =
      name.substr(stem.size(), name.size() - stem.size() - extension.size() - 1);
  const bool is_mark = mark.empty() || (mark.starts_with('.') && mark.size() <= kLongestMark);
  return is_mark ? std::optional(mark) : std::nullopt;
}

/// "ko" of "Drama S01E01.ko.srt" and "Drama S01E01.ko.forced.srt".
std::string language_of_name(const std::string& path) {
  std::string_view stem = file_stem(path);
  for (int parts = 0; parts < 2; ++parts) {
    std::string language = language_code(file_extension(stem));
    if (!language.empty()) return language;
    stem = file_stem(stem);
  }
  return {};
}

void name_languages(ReadSubtitles& read, const std::string& path) {
  for (Subtitles& subtitles : read.found) {
    if (subtitles.language.empty()) subtitles.language = language_of_name(path);
  }
}

/// The first in the language, or without a wish the first; one that is only forced lines only when
/// there is no other.
Subtitles* choose(std::vector<Subtitles>& found, const std::string& language) {
  for (const bool forced : {false, true}) {
    for (Subtitles& subtitles : found) {
      const bool fits = language.empty() || subtitles.language == language;
      if (fits && subtitles.is_forced == forced) return &subtitles;
    }
  }
  return nullptr;
}

std::string languages_of(const std::vector<Subtitles>& found) {
  std::string names;
  for (const Subtitles& subtitles : found) {
    if (!names.empty()) names += ", ";
    names += subtitles.language.empty() ? "an unnamed language" : subtitles.language;
  }
  return names;
}

void shift_to(Dialogue& dialogue, Milliseconds shift) {
  const Milliseconds by = shift - dialogue.shift;
  for (SubtitleLine& line : dialogue.subtitles.lines) {
    line.span.start += by;
    line.span.end += by;
  }
  dialogue.shift = shift;
}

class Taking {
 public:
  Taking(Desk& desk, const EpisodeFile& file, const SubtitleWish& wish, std::stop_token stop)
      : desk_(desk), file_(file), wish_(wish), stop_(std::move(stop)) {}

  Result<TakenDialogue> take() {
    switch (wish_.from) {
      case SubtitleWish::From::kNone:
        taken_.is_unwanted = true;
        break;
      case SubtitleWish::From::kFile:
        take_named();
        break;
      case SubtitleWish::From::kStored:
      case SubtitleWish::From::kUsual:
        ND_TRY(take_stored());
        if (wish_.from == SubtitleWish::From::kUsual && !taken_.dialogue.has_value()) {
          ND_TRY(take_found());
        }
        break;
    }
    if (taken_.dialogue.has_value() && wish_.shift.has_value() &&
        *wish_.shift != taken_.dialogue->shift) {
      shift_to(*taken_.dialogue, *wish_.shift);
      taken_.is_new = true;
    }
    return std::move(taken_);
  }

 private:
  Result<void> take_stored() {
    if (file_.id == SourceId()) return {};
    ND_TRY_ASSIGN(auto stored, desk_.catalogue().dialogue_of(file_.id));
    for (Dialogue& dialogue : stored) {
      if (!wish_.language.empty() && dialogue.subtitles.language != wish_.language) continue;
      taken_.dialogue = std::move(dialogue);
      break;
    }
    return {};
  }

  void take_named() {
    auto read = read_subtitle_file(wish_.path);
    if (!read.has_value()) {
      taken_.failure = InputFailure{wish_.path, read.error()};
      return;
    }
    name_languages(*read, wish_.path);
    keep(std::move(*read), wish_.path);
  }

  /// Beside the episode's file, else in it.
  Result<void> take_found() {
    for (const std::string& path : subtitle_files_beside(file_.path)) {
      auto read = read_subtitle_file(path);
      if (read.has_value()) {
        name_languages(*read, path);
        if (wish_.language.empty() || choose(read->found, wish_.language) != nullptr) {
          keep(std::move(*read), path);
          if (taken_.dialogue.has_value()) return {};
        }
      } else if (lower_case(file_extension(path)) != "xml") {  // which may be anything
        warn(path, read.error().message);
      }
    }
    auto embedded = read_embedded_subtitles(file_.path, stop_);
    if (embedded.has_value()) {
      keep(std::move(*embedded), "");
    } else if (embedded.error().kind == Error::Kind::kCancelled) {
      return embedded.error();
    } else if (embedded.error().kind != Error::Kind::kNotFound) {  // no file, no streams
      warn("", "subtitles in the file could not be read: " + embedded.error().message);
    }
    if (!taken_.dialogue.has_value() && !wish_.language.empty()) {
      warn("", fmt::format("there are no subtitles in {}", wish_.language));
    }
    return {};
  }

  void warn(const std::string& path, const std::string& warning) {
    const std::string where = path.empty() ? "" : valid_utf8(file_name(path)) + ": ";
    taken_.warnings.push_back(where + warning);
  }

  void keep(ReadSubtitles read, const std::string& path) {
    for (const std::string& warning : read.warnings) warn(path, warning);
    Subtitles* const chosen = choose(read.found, wish_.language);
    if (chosen != nullptr) {
      taken_.dialogue = Dialogue{path, Milliseconds(0), std::move(*chosen)};
      taken_.is_new = true;
    } else if (!read.found.empty() && !path.empty()) {
      warn(path, fmt::format("has no subtitles in {}; there are: {}", wish_.language,
                             languages_of(read.found)));
    } else if (!path.empty()) {
      warn(path, "holds no line of text");
    }
  }

  Desk& desk_;
  const EpisodeFile& file_;
  const SubtitleWish& wish_;
  std::stop_token stop_;
  TakenDialogue taken_;
};

}  // namespace

Result<TakenDialogue> take_dialogue(Desk& desk, const EpisodeFile& file, const SubtitleWish& wish,
                                    std::stop_token stop) {
  return Taking(desk, file, wish, std::move(stop)).take();
}

Result<void> store_taken(Desk& desk, SourceId file, const TakenDialogue& taken) {
  if (taken.is_unwanted) return desk.catalogue().remove_dialogue(file);
  if (!taken.is_new || !taken.dialogue.has_value()) return {};
  return desk.catalogue().store_dialogue(file, *taken.dialogue);
}

std::vector<std::string> subtitle_files_beside(const std::string& episode) {
  constexpr std::size_t kMostFiles = 100;
  const std::string folder = folder_of(episode);
  const std::string stem(file_stem(episode));
  std::vector<std::pair<bool, std::string>> found;  // has a mark, path
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder.empty() ? "." : folder, error), end;
       !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    const auto mark = mark_of(name, stem);
    std::error_code unreadable;
    if (!mark.has_value() || !it->is_regular_file(unreadable)) continue;
    found.emplace_back(!mark->empty(), folder + name);
  }
  std::ranges::sort(found);
  found.resize(std::min(found.size(), kMostFiles));
  std::vector<std::string> paths;
  for (auto& [has_mark, path] : found) {
    if (path != episode) paths.push_back(std::move(path));
  }
  return paths;
}

Result<SubtitleWish> subtitle_wish(const std::string& what, const std::string& language,
                                   std::optional<double> shift_seconds) {
  constexpr double kMostShift = 24 * 3'600;
  SubtitleWish wish;
  if (what == kNone) {
    wish.from = SubtitleWish::From::kNone;
  } else if (!what.empty()) {
    wish.from = SubtitleWish::From::kFile;
    wish.path = what;
  }
  wish.language = language_code(language);
  if (wish.language.empty() && !language.empty()) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("\"{}\" is no language; write it like ko or en", language));
  }
  if (shift_seconds.has_value()) {
    if (!std::isfinite(*shift_seconds) || std::abs(*shift_seconds) > kMostShift) {
      return fail(Error::Kind::kInvalidArgument,
                  "--subtitles-shift takes seconds, up to a day either way");
    }
    wish.shift = Milliseconds(std::llround(*shift_seconds * 1'000));
  }
  return wish;
}

}  // namespace needledrop
