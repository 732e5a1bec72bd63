#include "index/segment_directory.h"

#include <algorithm>

#include "fingerprint/parameters.h"

namespace needledrop {

Result<std::shared_ptr<const Segment>> open_segment(FileSystem& files, const std::string& path,
                                                    const Manifest::SegmentRow& row) {
  ND_TRY_ASSIGN(auto segment, Segment::open(files, path, parameters_digest()));
  if (segment->size() != row.size || segment->footer_checksum() != row.footer_checksum) {
    return fail(Error::Kind::kCorrupt, path + ": not the file that the manifest names");
  }
  return segment;
}

SegmentDirectory::SegmentDirectory(FileSystem& files, std::string path)
    : files_(files), path_(std::move(path)) {
  publish({}, {});
}

std::string SegmentDirectory::path_of(std::uint64_t segment) const {
  return path_ + "/" + segment_name(segment);
}

std::shared_ptr<const Generation> SegmentDirectory::newest() const {
  const std::scoped_lock lock(newest_mutex_);
  return newest_;
}

void SegmentDirectory::publish(Manifest manifest,
                               std::vector<std::shared_ptr<const Segment>> segments) {
  auto generation = std::make_shared<Generation>();
  generation->snapshot =
      std::make_shared<const Snapshot>(manifest.generation, segments, manifest.removed);
  generation->manifest = std::move(manifest);
  generation->segments = std::move(segments);
  const std::scoped_lock lock(newest_mutex_);
  newest_ = std::move(generation);
}

Result<std::vector<std::shared_ptr<const Segment>>> SegmentDirectory::open_segments(
    const Manifest& manifest, const Generation& known) const {
  std::vector<std::shared_ptr<const Segment>> segments;
  for (const auto& row : manifest.segments) {
    const auto same = std::ranges::find(known.manifest.segments, row);
    if (same != known.manifest.segments.end()) {
      segments.push_back(
          known.segments[static_cast<std::size_t>(same - known.manifest.segments.begin())]);
      continue;
    }
    ND_TRY_ASSIGN(auto segment, open_segment(files_, path_of(row.number), row));
    segments.push_back(std::move(segment));
  }
  return segments;
}

Result<void> SegmentDirectory::refresh() {
  const std::scoped_lock lock(changing_);
  const auto known = newest();
  ND_TRY_ASSIGN(Manifest manifest, read_manifest(files_, path_));
  while (manifest != known->manifest) {
    auto segments = open_segments(manifest, *known);
    if (segments.has_value()) {
      publish(std::move(manifest), std::move(*segments));
      return {};
    }
    const Error& error = segments.error();
    if (error.kind != Error::Kind::kNotFound) {
      return error;
    }
    ND_TRY_ASSIGN(Manifest again, read_manifest(files_, path_));
    if (again == manifest) {
      return fail(Error::Kind::kCorrupt, error.message);
    }
    manifest = std::move(again);
  }
  return {};
}

Result<void> SegmentDirectory::commit(Manifest manifest,
                                      std::vector<std::shared_ptr<const Segment>> segments) {
  const std::scoped_lock lock(changing_);
  ND_TRY(commit_manifest(files_, path_, manifest));
  publish(std::move(manifest), std::move(segments));
  return {};
}

}  // namespace needledrop
