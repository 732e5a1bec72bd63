#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"
#include "base/units.h"

/// The manifest: a text file that names the live segments. Replacing it is the commit point: a
/// segment counts from the moment a manifest names it. Every line ends in a line feed; there is
/// exactly one text for each content.
///
///     needledrop index 1                      the format version
///     generation 7                            more than the manifest it replaced, mostly by one
///     segment 5 183204 9f86d081884c7d65       number, size in bytes, footer checksum; by number
///     segment 7 90412 60303ae22b998861
///     removed 12 15                           tombstones by id; no such line when there are none
///     checksum 4e07408562bedb8b               XXH3-64 of all lines before it
///
/// A segment's number is the generation that brought it, or less where that brought several, and
/// more than any before; its file is "segment-" and the number in at least eight digits: names are
/// never used again.

namespace needledrop {

struct Manifest {
  struct SegmentRow {
    std::uint64_t number = 0;
    std::uint64_t size = 0;
    std::uint64_t footer_checksum = 0;
    friend auto operator<=>(const SegmentRow&, const SegmentRow&) = default;
  };

  std::uint64_t generation = 0;      // 0: nothing was ever committed
  std::vector<SegmentRow> segments;  // by number, each at most the generation
  std::vector<SourceId> removed;     // ascending
  friend bool operator==(const Manifest&, const Manifest&) = default;
};

std::string encode_manifest(const Manifest& manifest);

/// Errors: kCorrupt; kUnsupported for another format version.
Result<Manifest> parse_manifest(std::string_view text);

/// Generation 0 when the directory or its manifest is not there. kCorrupt when segments are there
/// without a manifest; kUnsupported; kIo.
Result<Manifest> read_manifest(FileSystem& files, const std::string& directory);

/// Replaces the manifest; durable when it returns. After an error the old one or the new one
/// stands, whole.
Result<void> commit_manifest(FileSystem& files, const std::string& directory,
                             const Manifest& manifest);

std::string segment_name(std::uint64_t number);
/// The number in a segment's name, also where something follows it after a dot.
std::optional<std::uint64_t> segment_number(std::string_view name);
std::string manifest_path(const std::string& directory);

/// Removes the segments and unfinished manifests that `manifest` does not name. REQUIRES: the
/// writer's lock, and that `manifest` is durable.
Result<void> remove_leftovers(FileSystem& files, const std::string& directory,
                              const Manifest& manifest);

}  // namespace needledrop
