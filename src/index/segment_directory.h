#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"
#include "index/generation.h"
#include "index/manifest.h"
#include "index/segment.h"

namespace needledrop {

/// The index's directory, and the newest generation of it that this process has seen. Thread-safe;
/// borrows the file system.
class SegmentDirectory {
 public:
  SegmentDirectory(FileSystem& files, std::string path);

  [[nodiscard]] FileSystem& files() const { return files_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string path_of(std::uint64_t segment) const;

  [[nodiscard]] std::shared_ptr<const Generation> newest() const;
  /// Reads the manifest and opens what is new in it. A segment that is gone because a writer has
  /// committed in between means reading again; one that can't be read is left out of the snapshot.
  /// Errors: kCorrupt and kUnsupported of the manifest, kIo.
  Result<void> refresh();
  /// Makes `manifest` the newest generation: on disk first, then for this process. `segments` are
  /// the manifest's. REQUIRES: the writer's lock.
  Result<void> commit(Manifest manifest, std::vector<OpenedSegment> segments);
  /// The bytes of a new segment, and its name. REQUIRES: the writer's lock.
  Result<void> make_durable(WritableFile& file);

 private:
  Result<std::vector<OpenedSegment>> open_segments(const Manifest& manifest,
                                                   const Generation& known) const;
  void publish(Manifest manifest, std::vector<OpenedSegment> segments);

  FileSystem& files_;
  const std::string path_;
  std::mutex changing_;              // held while a generation is made
  mutable std::mutex newest_mutex_;  // guards newest_, for as long as a pointer takes to copy
  std::shared_ptr<const Generation> newest_;
};

/// Opens the segment that a row of the manifest names. kCorrupt also when it is another file.
Result<std::shared_ptr<const Segment>> open_segment(FileSystem& files, const std::string& path,
                                                    const Manifest::SegmentRow& row);

}  // namespace needledrop
