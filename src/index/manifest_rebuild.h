#pragma once

#include <span>
#include <string>

#include "base/file_system.h"
#include "base/result.h"
#include "index/manifest.h"
#include "index/segment_salvage.h"

namespace needledrop {

/// A manifest in place of one that is lost or damaged, for the index's directory as it is: it names
/// every segment's file that holds a known source (by id) which no newer whole one holds, also the
/// damaged ones, and has removed what is not known. Its generation is larger than all that were.
/// Reads every byte of the segments. Changes nothing. Errors: kIo.
Result<Manifest> rebuild_manifest(FileSystem& files, const std::string& directory,
                                  std::span<const KnownSource> known);

}  // namespace needledrop
