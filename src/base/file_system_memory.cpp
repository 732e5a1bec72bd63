#include "base/file_system_memory.h"

#include <utility>

namespace needledrop {
namespace {

using SharedBytes = std::shared_ptr<const std::vector<std::uint8_t>>;

Error not_found(const std::string& path) {
  return fail(Error::Kind::kNotFound, path + ": no such file or directory");
}

bool is_in(const std::string& path, const std::string& directory) {
  return path.starts_with(directory + "/") &&
         path.find('/', directory.size() + 1) == std::string::npos;
}

class MemoryMappedFile final : public MappedFile {
 public:
  explicit MemoryMappedFile(SharedBytes bytes) : bytes_(std::move(bytes)) {}
  [[nodiscard]] std::span<const std::uint8_t> bytes() const override { return *bytes_; }

 private:
  SharedBytes bytes_;
};

class MemoryWritableFile final : public WritableFile {
 public:
  MemoryWritableFile(std::shared_ptr<MemoryFileSystem::Inode> inode, std::mutex& mutex)
      : inode_(std::move(inode)), mutex_(mutex) {}

  Result<void> append(std::span<const std::uint8_t> bytes) override {
    const std::scoped_lock lock(mutex_);
    auto longer = std::make_shared<std::vector<std::uint8_t>>(*inode_->bytes);
    longer->insert(longer->end(), bytes.begin(), bytes.end());
    inode_->bytes = std::move(longer);
    return {};
  }
  Result<void> sync() override {
    const std::scoped_lock lock(mutex_);
    inode_->durable = inode_->bytes;
    return {};
  }
  Result<void> close() override { return {}; }

 private:
  std::shared_ptr<MemoryFileSystem::Inode> inode_;
  std::mutex& mutex_;
};

class MemoryFileLock final : public FileLock {
 public:
  MemoryFileLock(std::shared_ptr<std::set<std::string>> locked, std::mutex& mutex, std::string path)
      : locked_(std::move(locked)), mutex_(mutex), path_(std::move(path)) {}
  MemoryFileLock(const MemoryFileLock&) = delete;
  MemoryFileLock& operator=(const MemoryFileLock&) = delete;
  ~MemoryFileLock() override {
    const std::scoped_lock lock(mutex_);
    locked_->erase(path_);
  }

 private:
  std::shared_ptr<std::set<std::string>> locked_;
  std::mutex& mutex_;
  std::string path_;
};

}  // namespace

void MemoryFileSystem::lose_power(UnsyncedNames names) {
  const std::scoped_lock lock(mutex_);
  Names survivors = names == UnsyncedNames::kKept ? names_ : durable_names_;
  for (auto& [path, inode] : survivors) {
    const auto now = names_.find(path);
    if (names == UnsyncedNames::kOnlyReplaced && now != names_.end()) {
      inode = now->second;
    }
  }
  if (names == UnsyncedNames::kOnlyRemoved) {
    std::erase_if(survivors, [&](const auto& name) { return !names_.contains(name.first); });
  }
  names_ = std::move(survivors);
  for (auto& [path, inode] : names_) {
    // A new inode: a mapping or an open file from before does not reach the disk any more.
    inode = std::make_shared<Inode>(Inode{inode->durable, inode->durable});
  }
  durable_names_ = names_;
}

SharedBytes MemoryFileSystem::content(const std::string& path) const {
  const std::scoped_lock lock(mutex_);
  const auto at = names_.find(path);
  return at == names_.end() ? nullptr : at->second->bytes;
}

void MemoryFileSystem::replace(const std::string& path, std::vector<std::uint8_t> bytes) {
  const std::scoped_lock lock(mutex_);
  const auto content = std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes));
  names_[path] = std::make_shared<Inode>(Inode{content, content});
  durable_names_[path] = names_[path];
}

Result<std::unique_ptr<MappedFile>> MemoryFileSystem::map(const std::string& path) {
  const SharedBytes bytes = content(path);
  if (bytes == nullptr) {
    return not_found(path);
  }
  return std::make_unique<MemoryMappedFile>(bytes);
}

Result<std::unique_ptr<WritableFile>> MemoryFileSystem::create(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  if (!directories_.contains(path.substr(0, path.find_last_of('/')))) {
    return not_found(path);
  }
  auto& inode = names_[path];
  const auto empty = std::make_shared<const std::vector<std::uint8_t>>();
  if (inode == nullptr) {
    inode = std::make_shared<Inode>(Inode{empty, empty});
  }
  inode->bytes = empty;
  return std::make_unique<MemoryWritableFile>(inode, mutex_);
}

Result<void> MemoryFileSystem::rename(const std::string& from, const std::string& to) {
  const std::scoped_lock lock(mutex_);
  const auto at = names_.find(from);
  if (at == names_.end()) {
    return not_found(from);
  }
  names_[to] = at->second;
  names_.erase(at);
  return {};
}

Result<void> MemoryFileSystem::remove(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  if (names_.erase(path) == 0) {
    return not_found(path);
  }
  return {};
}

Result<void> MemoryFileSystem::sync_directory(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  if (!directories_.contains(path)) {
    return not_found(path);
  }
  std::erase_if(durable_names_, [&](const auto& name) { return is_in(name.first, path); });
  for (const auto& name : names_) {
    if (is_in(name.first, path)) {
      durable_names_.insert(name);
    }
  }
  return {};
}

Result<void> MemoryFileSystem::create_directory(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  for (auto end = path.find('/', 1); end != std::string::npos; end = path.find('/', end + 1)) {
    directories_.insert(path.substr(0, end));
  }
  directories_.insert(path);
  return {};
}

Result<std::vector<std::string>> MemoryFileSystem::list(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  if (!directories_.contains(path)) {
    return not_found(path);
  }
  std::vector<std::string> names;
  for (const auto& [name, inode] : names_) {
    if (is_in(name, path)) {
      names.push_back(name.substr(path.size() + 1));
    }
  }
  return names;
}

Result<bool> MemoryFileSystem::exists(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  return names_.contains(path) || directories_.contains(path);
}

Result<std::unique_ptr<FileLock>> MemoryFileSystem::try_lock(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  if (!locked_->insert(path).second) {
    return fail(Error::Kind::kBusy, path + ": held by another holder");
  }
  return std::make_unique<MemoryFileLock>(locked_, mutex_, path);
}

}  // namespace needledrop
