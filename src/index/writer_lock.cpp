#include "index/writer_lock.h"

#include <algorithm>

namespace needledrop {
namespace {

constexpr std::chrono::milliseconds kLockPoll{50};

}  // namespace

Result<std::unique_ptr<FileLock>> lock_for_writing(FileSystem& files, const std::string& directory,
                                                   Clock& clock, std::chrono::milliseconds wait) {
  while (true) {
    auto lock = files.try_lock(directory + "/lock");
    if (lock.has_value() || lock.error().kind != Error::Kind::kBusy || wait <= wait.zero()) {
      return lock;
    }
    const auto pause = std::min(wait, kLockPoll);
    clock.sleep(pause);
    wait -= pause;
  }
}

}  // namespace needledrop
