#include "index/index_writer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "fingerprint/parameters.h"
#include "index/generation.h"
#include "index/segment_builder.h"
#include "index/segment_merge.h"

namespace needledrop {
namespace {

/// The places in `newest`, ascending, of the segments to merge next. What can't be read is passed
/// over.
std::vector<std::size_t> picked(const Generation& newest, const MergeOrder& order) {
  std::vector<std::size_t> open;
  std::vector<SegmentWeight> weights;
  for (std::size_t i = 0; i < newest.segments.size(); ++i) {
    if (!newest.segments[i].has_value()) continue;
    open.push_back(i);
    weights.push_back((*newest.segments[i])->weight(newest.manifest.removed));
  }
  auto places = order.all ? next_merge_of_all(weights, order.most_bytes)
                          : next_merge(weights, order.most_bytes);
  for (std::size_t& place : places) place = open[place];
  return places;
}

class DirectoryWriter final : public IndexWriter {
 public:
  DirectoryWriter(std::shared_ptr<SegmentDirectory> directory, std::unique_ptr<FileLock> lock)
      : directory_(std::move(directory)), lock_(std::move(lock)) {}

  Result<void> add(std::span<const NewSource> sources) override;
  Result<void> remove(std::span<const SourceId> ids) override;
  Result<MergeDone> merge(const MergeOrder& order) override;

 private:
  Result<Manifest::SegmentRow> build(std::uint64_t number, std::span<const NewSource> sources);
  Result<Manifest::SegmentRow> merge_into(std::uint64_t number,
                                          std::span<const std::shared_ptr<const Segment>> segments,
                                          const MergeOrder& order);
  Result<void> commit_without_leftovers(const NextGeneration& next);

  std::shared_ptr<SegmentDirectory> directory_;
  std::unique_ptr<FileLock> lock_;
};

/// Writes the segment's file; it and its name are durable on return.
Result<Manifest::SegmentRow> DirectoryWriter::build(std::uint64_t number,
                                                    std::span<const NewSource> sources) {
  ND_TRY_ASSIGN(const auto file, directory_->files().create(directory_->path_of(number)));
  SegmentBuilder builder(*file, parameters_digest());
  for (const NewSource& source : sources) {
    ND_TRY(builder.add(source));
  }
  ND_TRY(builder.finish());
  ND_TRY(directory_->make_durable(*file));
  return Manifest::SegmentRow{number, builder.size(), builder.footer_checksum()};
}

/// The same of what other segments hold.
Result<Manifest::SegmentRow> DirectoryWriter::merge_into(
    std::uint64_t number, std::span<const std::shared_ptr<const Segment>> segments,
    const MergeOrder& order) {
  ND_TRY_ASSIGN(const auto file, directory_->files().create(directory_->path_of(number)));
  SegmentOutput output(*file, parameters_digest());
  ND_TRY(merge_segments(segments, directory_->newest()->manifest.removed, output, order.stop,
                        order.progress));
  ND_TRY(directory_->make_durable(*file));
  return Manifest::SegmentRow{number, output.size(), output.footer_checksum()};
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
    if (holds(*newest, id)) {
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
  segments.emplace_back(std::move(segment));
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
  NextGeneration next(*newest);
  for (std::size_t i = 0; i < newest->segments.size(); ++i) {
    next.keep(i, removed);
  }
  return commit_without_leftovers(next);
}

Result<MergeDone> DirectoryWriter::merge(const MergeOrder& order) {
  ND_TRY(directory_->refresh());
  const auto newest = directory_->newest();
  const std::vector<std::size_t> places = picked(*newest, order);
  if (places.empty()) {
    return MergeDone{};
  }
  NextGeneration next(*newest);
  std::vector<std::shared_ptr<const Segment>> merged;
  for (std::size_t i = 0; i < newest->segments.size(); ++i) {
    if (std::ranges::binary_search(places, i)) {
      merged.push_back(*newest->segments[i]);
    } else {
      next.keep(i, newest->manifest.removed);
    }
  }
  const std::uint64_t number = newest->manifest.generation + 1;
  const auto row = merge_into(number, merged, order);
  if (!row.has_value()) {
    // No manifest names it yet. A full disk gets its room back now, else from the next writer.
    std::ignore = directory_->files().remove(directory_->path_of(number));
    return row.error();
  }
  ND_TRY_ASSIGN(auto segment, open_segment(directory_->files(), directory_->path_of(number), *row));
  next.add(*row, std::move(segment));
  ND_TRY(commit_without_leftovers(next));
  return MergeDone{merged.size(), row->size};
}

Result<void> DirectoryWriter::commit_without_leftovers(const NextGeneration& next) {
  const Manifest manifest = next.manifest();
  ND_TRY(directory_->commit(manifest, next.segments()));
  // What can't be removed now is left over for the next writer; the commit itself stands.
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
