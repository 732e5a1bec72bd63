#include "base/file_system_faulty.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace needledrop {

struct FaultyFileSystem::Plan {
  std::mutex mutex;  // guards all below
  std::size_t calls = 0;
  std::size_t first = std::numeric_limits<std::size_t>::max();  // call that fails
  std::size_t last = 0;
  Failure failure = Failure::kBefore;
  std::uint64_t room = std::numeric_limits<std::uint64_t>::max();
  std::function<void(const std::string&)> before_map = [](const std::string&) {};

  /// Counts the call and runs it, or not, as planned.
  template <typename Call>
  auto run(const std::string& path, Call call) -> decltype(call()) {
    const std::scoped_lock lock(mutex);
    const std::size_t number = calls++;
    if (number < first || number > last) {
      return call();
    }
    if (failure == Failure::kAfter) {
      std::ignore = call();
    }
    return fail(Error::Kind::kIo, path + ": input/output error");
  }

  /// How many of `wanted` bytes still fit.
  std::size_t take_room(std::size_t wanted) {
    const std::scoped_lock lock(mutex);
    const auto fitting = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, room));
    room -= fitting;
    return fitting;
  }
};

namespace {

class FaultyWritableFile final : public WritableFile {
 public:
  FaultyWritableFile(std::unique_ptr<WritableFile> file, std::string path,
                     std::shared_ptr<FaultyFileSystem::Plan> plan)
      : file_(std::move(file)), path_(std::move(path)), plan_(std::move(plan)) {}

  Result<void> append(std::span<const std::uint8_t> bytes) override {
    const std::size_t fitting = plan_->take_room(bytes.size());
    bool is_done = false;
    auto result = plan_->run(path_, [&] {
      is_done = true;
      return file_->append(bytes.first(fitting));
    });
    if (!result.has_value() && !is_done) {
      std::ignore = file_->append(bytes.first(fitting / 2));
    }
    if (result.has_value() && fitting < bytes.size()) {
      return fail(Error::Kind::kIo, path_ + ": no space left on device");
    }
    return result;
  }
  Result<void> sync() override {
    return plan_->run(path_, [&] { return file_->sync(); });
  }
  Result<void> close() override {
    return plan_->run(path_, [&] { return file_->close(); });
  }

 private:
  std::unique_ptr<WritableFile> file_;
  std::string path_;
  std::shared_ptr<FaultyFileSystem::Plan> plan_;
};

}  // namespace

FaultyFileSystem::FaultyFileSystem(FileSystem& files)
    : files_(files), plan_(std::make_shared<Plan>()) {}

FaultyFileSystem::~FaultyFileSystem() = default;

void FaultyFileSystem::fail_call(std::size_t nth, Failure failure, bool and_after) {
  const std::scoped_lock lock(plan_->mutex);
  plan_->calls = 0;
  plan_->first = nth;
  plan_->last = and_after ? std::numeric_limits<std::size_t>::max() : nth;
  plan_->failure = failure;
}

void FaultyFileSystem::fill_disk(std::uint64_t room) {
  const std::scoped_lock lock(plan_->mutex);
  plan_->room = room;
}

void FaultyFileSystem::heal() {
  fail_call(std::numeric_limits<std::size_t>::max(), Failure::kBefore, false);
  fill_disk(std::numeric_limits<std::uint64_t>::max());
}

std::size_t FaultyFileSystem::calls() const {
  const std::scoped_lock lock(plan_->mutex);
  return plan_->calls;
}

void FaultyFileSystem::before_map(std::function<void(const std::string& path)> action) {
  const std::scoped_lock lock(plan_->mutex);
  plan_->before_map = std::move(action);
}

Result<std::unique_ptr<MappedFile>> FaultyFileSystem::map(const std::string& path) {
  std::function<void(const std::string&)> before_map;
  {
    const std::scoped_lock lock(plan_->mutex);
    before_map = plan_->before_map;
  }
  before_map(path);
  return plan_->run(path, [&] { return files_.map(path); });
}

Result<std::unique_ptr<WritableFile>> FaultyFileSystem::create(const std::string& path) {
  ND_TRY_ASSIGN(auto file, plan_->run(path, [&] { return files_.create(path); }));
  return std::make_unique<FaultyWritableFile>(std::move(file), path, plan_);
}

Result<void> FaultyFileSystem::rename(const std::string& from, const std::string& to) {
  return plan_->run(from, [&] { return files_.rename(from, to); });
}

Result<void> FaultyFileSystem::remove(const std::string& path) {
  return plan_->run(path, [&] { return files_.remove(path); });
}

Result<void> FaultyFileSystem::sync_directory(const std::string& path) {
  return plan_->run(path, [&] { return files_.sync_directory(path); });
}

Result<void> FaultyFileSystem::create_directory(const std::string& path) {
  return plan_->run(path, [&] { return files_.create_directory(path); });
}

Result<std::vector<std::string>> FaultyFileSystem::list(const std::string& path) {
  return plan_->run(path, [&] { return files_.list(path); });
}

Result<bool> FaultyFileSystem::exists(const std::string& path) {
  return plan_->run(path, [&] { return files_.exists(path); });
}

Result<std::unique_ptr<FileLock>> FaultyFileSystem::try_lock(const std::string& path) {
  return plan_->run(path, [&] { return files_.try_lock(path); });
}

}  // namespace needledrop
