#include "index/index.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "index/index_writer.h"
#include "index/manifest.h"
#include "index/segment_directory.h"
#include "index/writer_lock.h"

namespace needledrop {
namespace {

class DirectoryIndex final : public Index {
 public:
  DirectoryIndex(FileSystem& files, std::string directory)
      : directory_(std::make_shared<SegmentDirectory>(files, std::move(directory))) {}

  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const override {
    return directory_->newest()->snapshot;
  }

  [[nodiscard]] std::vector<Damage> unreadable() const override {
    const auto newest = directory_->newest();
    std::vector<Damage> damage;
    for (std::size_t i = 0; i < newest->segments.size(); ++i) {
      const OpenedSegment& segment = newest->segments[i];
      if (segment.has_value()) continue;
      const std::string path = directory_->path_of(newest->manifest.segments[i].number);
      damage.push_back({path, segment.error(), {}});
    }
    return damage;
  }

  Result<void> refresh() override { return directory_->refresh(); }

  Result<std::unique_ptr<IndexWriter>> writer(Clock& clock,
                                              std::chrono::milliseconds wait) override {
    FileSystem& files = directory_->files();
    ND_TRY(files.create_directory(directory_->path()));
    ND_TRY_ASSIGN(auto lock, lock_for_writing(files, directory_->path(), clock, wait));
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
  ND_TRY(index->refresh());
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
