#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>

#include "desk/input_files.h"
#include "desk/progress.h"

namespace needledrop {

/// Adds up what several threads have done of many files, weighed by their bytes. Thread-safe. Keeps
/// references to both arguments.
class AddingProgress {
 public:
  AddingProgress(const ProgressSink& sink, std::span<const InputFile> files);

  /// `position` of `duration` of the file is decoded (0 when its length is not known).
  void position(const std::string& path, Milliseconds position, Milliseconds duration);
  void file_done(const std::string& path);
  /// What is being done, from now on.
  void activity(const std::string& name);

 private:
  struct Part {
    double bytes = 0;  // of the file that are done with
    Milliseconds sound{0};
  };
  void tell();

  const ProgressSink& sink_;
  std::mutex mutex_;  // guards all below
  std::map<std::string, Part> open_;
  std::map<std::string, std::uint64_t> sizes_;
  Progress progress_;
  double total_bytes_ = 0;
  double done_bytes_ = 0;
  Milliseconds done_sound_{0};
};

}  // namespace needledrop
