#include "index/segment_directory.h"

#include <algorithm>

#include "fingerprint/parameters.h"

namespace needledrop {
namespace {

bool is_gone(const OpenedSegment& segment) {
  return !segment.has_value() && segment.error().kind == Error::Kind::kNotFound;
}

/// Those that are gone although the manifest names them.
void call_damaged(std::vector<OpenedSegment>& segments) {
  for (OpenedSegment& segment : segments) {
    if (is_gone(segment)) segment = fail(Error::Kind::kCorrupt, segment.error().message);
  }
}

}  // namespace

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

void SegmentDirectory::publish(Manifest manifest, std::vector<OpenedSegment> segments) {
  std::vector<std::shared_ptr<const Segment>> open;
  for (const OpenedSegment& segment : segments) {
    if (segment.has_value()) open.push_back(*segment);
  }
  auto generation = std::make_shared<Generation>();
  generation->snapshot =
      std::make_shared<const Snapshot>(manifest.generation, std::move(open), manifest.removed);
  generation->manifest = std::move(manifest);
  generation->segments = std::move(segments);
  const std::scoped_lock lock(newest_mutex_);
  newest_ = std::move(generation);
}

/// kIo when the system refuses a segment that may well be whole.
Result<std::vector<OpenedSegment>> SegmentDirectory::open_segments(const Manifest& manifest,
                                                                   const Generation& known) const {
  std::vector<OpenedSegment> segments;
  for (const auto& row : manifest.segments) {
    const auto same = std::ranges::find(known.manifest.segments, row);
    if (same != known.manifest.segments.end()) {
      segments.push_back(
          known.segments[static_cast<std::size_t>(same - known.manifest.segments.begin())]);
      continue;
    }
    auto segment = open_segment(files_, path_of(row.number), row);
    if (!segment.has_value() && segment.error().kind == Error::Kind::kIo) return segment.error();
    segments.push_back(std::move(segment));
  }
  return segments;
}

Result<void> SegmentDirectory::refresh() {
  const std::scoped_lock lock(changing_);
  const auto known = newest();
  ND_TRY_ASSIGN(Manifest manifest, read_manifest(files_, path_));
  while (manifest != known->manifest) {
    ND_TRY_ASSIGN(auto segments, open_segments(manifest, *known));
    const bool is_complete = std::ranges::none_of(segments, is_gone);
    ND_TRY_ASSIGN(Manifest again, is_complete ? manifest : read_manifest(files_, path_));
    if (again == manifest) {
      call_damaged(segments);
      publish(std::move(manifest), std::move(segments));
      return {};
    }
    manifest = std::move(again);
  }
  return {};
}

Result<void> SegmentDirectory::commit(Manifest manifest, std::vector<OpenedSegment> segments) {
  const std::scoped_lock lock(changing_);
  ND_TRY(commit_manifest(files_, path_, manifest));
  publish(std::move(manifest), std::move(segments));
  return {};
}

Result<void> SegmentDirectory::make_durable(WritableFile& file) {
  ND_TRY(file.sync());
  ND_TRY(file.close());
  return files_.sync_directory(path_);
}

}  // namespace needledrop
