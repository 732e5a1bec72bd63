#pragma once

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "desk/align_recordings.h"
#include "desk/input_files.h"
#include "desk/progress.h"
#include "media/naming.h"

namespace needledrop {

class Desk;

/// A file and the recording that it is.
struct AddedFile {
  std::string path;
  Recording recording;
  std::vector<RelatedRecording> related;  // of an added one
};

struct AddOptions {
  std::string production;  // title; "" leaves it open
  std::string album;       // "" takes the tags'
  std::optional<RecordingVersion> version;
  unsigned threads = 1;  // nothing in the desk depends on it
  std::stop_token stop;
  ProgressSink progress = [](const Progress&) {};
  /// Told of every added recording once it is durable.
  std::function<void(const AddedFile&)> added = [](const AddedFile&) {};
};

/// A line about a file that was taken all the same, or about the index that they went to.
struct InputWarning {
  std::string path;
  std::string text;
};

struct AddOutcome {
  std::vector<AddedFile> added;    // durable, by recording id
  std::vector<AddedFile> updated;  // known audio: retagged, moved, or under one more path
  std::vector<AddedFile> unchanged;
  std::vector<InputFailure> failed;
  std::vector<InputWarning> warnings;
  std::optional<Error> ended_by;  // the desk refused, or kCancelled; what is above stays
};

/// Indexes recordings: files, and folders of them. A recording is the digest of its audio packets;
/// ids are given in the order of the paths' bytes. Batch by batch: segment durable, manifest
/// durable, one catalogue transaction, then aligned with the others and told, then segments merged
/// where there are many. Memory does not grow with the number of files.
AddOutcome add_recordings(Desk& desk, std::span<const std::string> paths,
                          const AddOptions& options);

}  // namespace needledrop
