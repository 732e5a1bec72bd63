#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "base/file_system_memory.h"
#include "fuzz_target.h"
#include "index/segment.h"
#include "index/segment_format.h"
#include "index/segment_merge.h"
#include "segment_checksums.h"

namespace needledrop {
namespace {

using Segments = std::vector<std::shared_ptr<const Segment>>;

/// The bytes cut after each closing magic of a segment.
std::vector<std::vector<std::uint8_t>> parts_of(std::span<const std::uint8_t> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::vector<std::vector<std::uint8_t>> parts;
  for (std::size_t at = 0, next = 0; at < text.size(); at = next) {
    const std::size_t end = text.find(kSegmentEnd, at);
    next = end == std::string_view::npos ? text.size() : end + kSegmentEnd.size();
    const auto part = bytes.subspan(at, next - at);
    parts.emplace_back(part.begin(), part.end());
  }
  return parts;
}

/// Merges the segments without source 5, which some seeds hold, and looks at the outcome.
void merge_and_verify(MemoryFileSystem& files, const Segments& segments) {
  constexpr std::array kRemoved = {SourceId(5)};
  if (!files.create_directory("index").has_value()) __builtin_trap();
  const auto file = files.create("index/merged");
  SegmentOutput output(**file, Digest{});
  const auto merged = merge_segments(segments, kRemoved, output, {}, [](double) {});
  const bool all_clean =
      std::ranges::all_of(segments, [](const auto& segment) { return segment->verify().empty(); });
  if (!merged.has_value()) {
    // Segments may share a source, or be too much for one; but what is clean is never corrupt.
    if (all_clean && merged.error().kind != Error::Kind::kInvalidArgument) __builtin_trap();
    return;
  }
  if (!(*file)->close().has_value()) __builtin_trap();
  const auto opened = Segment::open(files, "index/merged", Digest{});
  if (!opened.has_value()) __builtin_trap();
  for (const SegmentDamage& damage : (*opened)->verify()) {
    // A peak list that does not unpack is handed on as it lies; postings are written anew.
    if (all_clean || damage.sources.size() != 1) __builtin_trap();
  }
}

}  // namespace

/// Takes segments one after the other, puts their checksums right, and merges them.
void fuzz_merge(std::span<const std::uint8_t> bytes) {
  MemoryFileSystem files;
  Segments segments;
  for (auto& part : parts_of(bytes)) {
    files.replace("segment", with_checksums(std::move(part)));
    auto segment = Segment::open(files, "segment", Digest{});
    if (segment.has_value()) segments.push_back(std::move(*segment));
  }
  if (!segments.empty()) merge_and_verify(files, segments);
}

}  // namespace needledrop
