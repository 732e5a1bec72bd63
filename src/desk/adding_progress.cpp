#include "desk/adding_progress.h"

#include <algorithm>

namespace needledrop {

AddingProgress::AddingProgress(const ProgressSink& sink, std::span<const InputFile> files)
    : sink_(sink) {
  for (const InputFile& file : files) {
    sizes_[file.path] = file.size;
    total_bytes_ += static_cast<double>(file.size);
  }
  progress_.activity = "adding";
  progress_.files = files.size();
}

void AddingProgress::position(const std::string& path, Milliseconds position,
                              Milliseconds duration) {
  const std::scoped_lock lock(mutex_);
  const double share = duration.count() > 0 ? static_cast<double>(position.count()) /
                                                  static_cast<double>(duration.count())
                                            : 0;
  open_[path] = {static_cast<double>(sizes_[path]) * std::min(share, 1.0), position};
  tell();
}

void AddingProgress::file_done(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  if (const auto part = open_.find(path); part != open_.end()) {
    done_sound_ += part->second.sound;
    open_.erase(part);
  }
  done_bytes_ += static_cast<double>(sizes_[path]);
  ++progress_.files_done;
  tell();
}

void AddingProgress::activity(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  progress_.activity = name;
  tell();
}

void AddingProgress::tell() {
  double bytes = done_bytes_;
  progress_.sound = done_sound_;
  for (const auto& [path, part] : open_) {
    bytes += part.bytes;
    progress_.sound += part.sound;
  }
  progress_.share = total_bytes_ > 0 ? std::min(bytes / total_bytes_, 1.0) : 0;
  sink_(progress_);
}

}  // namespace needledrop
