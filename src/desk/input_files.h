#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/result.h"

namespace needledrop {

/// A file that could not be used, and why. The rest is still done.
struct InputFailure {
  std::string path;
  Error error;
};

/// A file that is to be opened as media.
struct InputFile {
  std::string path;  // as named, or the named folder with '/' and what lies below it
  std::uint64_t size = 0;
};

struct InputFiles {
  std::vector<InputFile> files;
  std::vector<InputFailure> failures;
  bool holds_folder = false;  // one of the paths named is a folder
};

/// The regular files that `paths` name, each path once, in the order of `paths`; a folder stands
/// for what lies below it, sorted by bytes. In folders hidden files and what is no media by its
/// name (pictures, texts, cue files) are passed over, and a folder reached twice (links) is walked
/// once. A file that is named is always taken.
InputFiles find_input_files(std::span<const std::string> paths);

/// By path bytes: the order in which recordings get their ids.
void sort_by_path(InputFiles& inputs);

/// The same for episodes: a folder's files by season, number and part as their names say, then by
/// path bytes: the order of a season.
InputFiles find_episode_files(std::span<const std::string> paths);

}  // namespace needledrop
