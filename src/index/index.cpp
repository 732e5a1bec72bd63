#include "index/index.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "index/index_writer.h"
#include "index/manifest.h"
#include "index/segment_directory.h"

namespace needledrop {
namespace {

constexpr std::chrono::milliseconds kLockPoll{50};

/// Asks for the lock again and again until it is free or `wait` has passed.
Result<std::unique_ptr<FileLock>> take_lock(FileSystem& files, const std::string& path,
                                            Clock& clock, std::chrono::milliseconds wait) {
  while (true) {
    auto lock = files.try_lock(path);
    if (lock.has_value() || lock.error().kind != Error::Kind::kBusy || wait <= wait.zero()) {
      return lock;
    }
    const auto pause = std::min(wait, kLockPoll);
    clock.sleep(pause);
    wait -= pause;
  }
}

class DirectoryIndex final : public Index {
 public:
  DirectoryIndex(FileSystem& files, std::string directory)
      : directory_(std::make_shared<SegmentDirectory>(files, std::move(directory))) {}

  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const override {
    return directory_->newest()->snapshot;
  }

  Result<void> refresh() override { return directory_->refresh(); }

  Result<std::unique_ptr<IndexWriter>> writer(Clock& clock,
                                              std::chrono::milliseconds wait) override {
    FileSystem& files = directory_->files();
    ND_TRY(files.create_directory(directory_->path()));
    ND_TRY_ASSIGN(auto lock, take_lock(files, directory_->path() + "/lock", clock, wait));
    return open_writer(directory_, std::move(lock));
  }

  [[nodiscard]] std::vector<Damage> verify() const override {
    return verify_directory(directory_->files(), directory_->path());
  }

 private:
  std::shared_ptr<SegmentDirectory> directory_;
};

/// Nothing when the segment is gone.
std::optional<std::vector<Damage>> verify_segment(FileSystem& files, const std::string& path,
                                                  const Manifest::SegmentRow& row) {
  const auto segment = open_segment(files, path, row);
  if (!segment.has_value()) {
    if (segment.error().kind == Error::Kind::kNotFound) {
      return std::nullopt;
    }
    return std::vector<Damage>{{path, segment.error(), {}}};
  }
  std::vector<Damage> damage;
  for (SegmentDamage& found : (*segment)->verify()) {
    damage.push_back({path, std::move(found.error), std::move(found.sources)});
  }
  return damage;
}

}  // namespace

Result<std::unique_ptr<Index>> Index::open(FileSystem& files, std::string directory) {
  auto index = std::make_unique<DirectoryIndex>(files, std::move(directory));
  if (auto read = index->refresh(); !read.has_value()) {
    Error error = std::move(read.error());
    if (error.kind == Error::Kind::kCorrupt) {
      error.message += " (run: needledrop check)";
    }
    return error;
  }
  return std::unique_ptr<Index>(std::move(index));
}

std::vector<Damage> Index::verify_directory(FileSystem& files, const std::string& directory) {
  std::vector<Damage> damage;
  const auto manifest = read_manifest(files, directory);
  if (!manifest.has_value()) {
    damage.push_back({manifest_path(directory), manifest.error(), {}});
    return damage;
  }
  for (const auto& row : manifest->segments) {
    const std::string path = directory + "/" + segment_name(row.number);
    auto found = verify_segment(files, path, row);
    if (!found.has_value()) {
      const auto again = read_manifest(files, directory);
      if (!again.has_value() || *again != *manifest) {
        return verify_directory(files, directory);
      }
      found = {{path, fail(Error::Kind::kCorrupt, path + ": missing"), {}}};
    }
    std::ranges::move(*found, std::back_inserter(damage));
  }
  return damage;
}

}  // namespace needledrop
