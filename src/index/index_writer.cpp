#include "index/index_writer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "fingerprint/parameters.h"
#include "index/segment_builder.h"

namespace needledrop {
namespace {

bool holds(const Segment& segment, SourceId id) {
  return std::ranges::binary_search(segment.sources(), id, {}, &SourceEntry::id);
}

class DirectoryWriter final : public IndexWriter {
 public:
  DirectoryWriter(std::shared_ptr<SegmentDirectory> directory, std::unique_ptr<FileLock> lock)
      : directory_(std::move(directory)), lock_(std::move(lock)) {}

  Result<void> add(std::span<const NewSource> sources) override;
  Result<void> remove(std::span<const SourceId> ids) override;

 private:
  Result<Manifest::SegmentRow> build(std::uint64_t number, std::span<const NewSource> sources);

  std::shared_ptr<SegmentDirectory> directory_;
  std::unique_ptr<FileLock> lock_;
};

/// Writes the segment's file; it and its name are durable on return.
Result<Manifest::SegmentRow> DirectoryWriter::build(std::uint64_t number,
                                                    std::span<const NewSource> sources) {
  FileSystem& files = directory_->files();
  ND_TRY_ASSIGN(const auto file, files.create(directory_->path_of(number)));
  SegmentBuilder builder(*file, parameters_digest());
  for (const NewSource& source : sources) {
    ND_TRY(builder.add(source));
  }
  ND_TRY(builder.finish());
  ND_TRY(file->sync());
  ND_TRY(file->close());
  ND_TRY(files.sync_directory(directory_->path()));
  return Manifest::SegmentRow{number, builder.size(), builder.footer_checksum()};
}

Result<void> DirectoryWriter::add(std::span<const NewSource> sources) {
  if (sources.empty()) {
    return {};
  }
  // An earlier commit may have failed with the new manifest in place: look before numbering.
  ND_TRY(directory_->refresh());
  const auto newest = directory_->newest();
  for (const NewSource& source : sources) {
    const SourceId id = source.entry.id;
    if (std::ranges::any_of(newest->segments, [&](const auto& s) { return holds(*s, id); })) {
      return fail(Error::Kind::kInvalidArgument,
                  fmt::format("source {} is in the index already", id.value));
    }
  }
  Manifest manifest = newest->manifest;
  auto segments = newest->segments;
  ++manifest.generation;
  ND_TRY_ASSIGN(const auto row, build(manifest.generation, sources));
  ND_TRY_ASSIGN(auto segment,
                open_segment(directory_->files(), directory_->path_of(row.number), row));
  manifest.segments.push_back(row);
  segments.push_back(std::move(segment));
  return directory_->commit(std::move(manifest), std::move(segments));
}

Result<void> DirectoryWriter::remove(std::span<const SourceId> ids) {
  ND_TRY(directory_->refresh());
  const auto newest = directory_->newest();
  std::vector<SourceId> removed = newest->manifest.removed;
  for (const SourceId id : ids) {
    if (newest->snapshot->find(id) != nullptr) {
      removed.push_back(id);
    }
  }
  std::ranges::sort(removed);
  removed.erase(std::unique(removed.begin(), removed.end()), removed.end());
  if (removed == newest->manifest.removed) {
    return {};
  }
  // A segment of which nothing is left goes, and its tombstones with it.
  Manifest manifest{newest->manifest.generation + 1, {}, {}};
  std::vector<std::shared_ptr<const Segment>> segments;
  for (std::size_t i = 0; i < newest->segments.size(); ++i) {
    std::vector<SourceId> tombstones;
    for (const SourceEntry& entry : newest->segments[i]->sources()) {
      if (std::ranges::binary_search(removed, entry.id)) {
        tombstones.push_back(entry.id);
      }
    }
    if (tombstones.size() < newest->segments[i]->sources().size()) {
      manifest.segments.push_back(newest->manifest.segments[i]);
      segments.push_back(newest->segments[i]);
      std::ranges::copy(tombstones, std::back_inserter(manifest.removed));
    }
  }
  std::ranges::sort(manifest.removed);
  ND_TRY(directory_->commit(manifest, std::move(segments)));
  // What can't be removed now is left over for the next writer; the removal itself stands.
  std::ignore = remove_leftovers(directory_->files(), directory_->path(), manifest);
  return {};
}

}  // namespace

Result<std::unique_ptr<IndexWriter>> open_writer(std::shared_ptr<SegmentDirectory> directory,
                                                 std::unique_ptr<FileLock> lock) {
  ND_TRY(directory->files().sync_directory(directory->path()));
  ND_TRY(directory->refresh());
  const Manifest manifest = directory->newest()->manifest;
  if (manifest.generation == 0) {
    // From here on a directory with segments but without a manifest has lost it.
    ND_TRY(directory->commit({.generation = 1, .segments = {}, .removed = {}}, {}));
  }
  ND_TRY(remove_leftovers(directory->files(), directory->path(), manifest));
  return std::unique_ptr<IndexWriter>(
      std::make_unique<DirectoryWriter>(std::move(directory), std::move(lock)));
}

}  // namespace needledrop
