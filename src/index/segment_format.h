#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// The byte layout of a segment, format version 1. docs/segment-format.md says the same with worked
/// examples, the reasons, and what a reader must reject.
///
/// Integers are little-endian. A checksum is XXH3-64 of the bytes named. The parts follow each
/// other without gaps, so every byte of the file is under some checksum, and cutting any off is
/// noticed:
///
///     header | peak blocks | posting blocks | directory pages | root | sources | footer
///
/// Header, 40 bytes, the same in every format version
///     offset size
///          0    8  magic "NDSEGM\r\n"
///          8    4  format version
///         12    4  0
///         16   16  digest of the analysis parameters (fingerprint/parameters.h)
///         32    8  checksum of bytes 0-31
///
/// Peak block, one for each source in order of id: see peak_block.h.
///
/// Posting block: kBlockPostings postings (the last one: what is left), sorted by hash, then
/// position. A posting's position is its tick plus the lengths of all recordings of the segment
/// with a smaller id: source and tick in one number.
///     offset size
///          0    4  span: last hash less first hash; the first hash stands in the directory
///          4    h  hashes less the first one, monotone with last = span (packing.h)
///        4+h    p  positions, packed in the bits that hold (length of all recordings) - 1
///      4+h+p    8  checksum of what stands before it
///
/// Directory page: kPageBlocks posting blocks (the last one: what is left)
///     offset size
///          0    8  file offset of the page's first posting block
///        8+8i    4  first hash of posting block i of the page
///       12+8i    4  its end, counted from the page's first posting block
///        8+8n    8  checksum of what stands before it
///
/// Root: for each directory page, 4 bytes, the first hash of its first posting block.
///
/// Source, 40 bytes each, by ascending id
///     offset size
///          0    4  id
///          4    1  kind: 0 recording, 1 episode
///          5    3  0
///          8    4  length in ticks
///         12    4  size of its peak block
///         16    8  file offset of its peak block
///         24   16  digest of the file's audio packets
///
/// Footer, the last 80 bytes
///     offset size
///          0    8  number of postings
///          8    4  number of sources
///         12    4  0
///         16    8  file offset of the posting blocks
///         24    8  file offset of the directory pages
///         32    8  file offset of the root
///         40    8  file offset of the sources
///         48    8  checksum of the root
///         56    8  checksum of the sources
///         64    8  checksum of bytes 0-63; the manifest holds it too
///         72    8  magic "NDSEGEND"
///
/// Cost at 10 hours of recordings: 22 bits of position and about 6 of hash a posting, with 0.16
/// bytes of block and directory: 3.6 bytes. A look-up touches one page and one block; the root
/// (4 bytes for 16,384 postings) and the sources are read when the segment is opened.

namespace needledrop {

inline constexpr std::string_view kSegmentMagic = "NDSEGM\r\n";
inline constexpr std::string_view kSegmentEnd = "NDSEGEND";
inline constexpr std::uint32_t kSegmentVersion = 1;

inline constexpr std::size_t kHeaderSize = 40;
inline constexpr std::size_t kFooterSize = 80;
inline constexpr std::size_t kSourceSize = 40;
inline constexpr std::size_t kChecksumSize = 8;
inline constexpr std::size_t kBlockPostings = 128;
inline constexpr std::size_t kPageBlocks = 128;
/// Ticks of all recordings of a segment.
inline constexpr std::uint64_t kMostPositions = std::uint64_t{1} << 32;

inline constexpr std::size_t blocks_of(std::uint64_t postings) {
  return static_cast<std::size_t>((postings + kBlockPostings - 1) / kBlockPostings);
}
inline constexpr std::size_t pages_of(std::size_t blocks) {
  return (blocks + kPageBlocks - 1) / kPageBlocks;
}
inline constexpr std::size_t directory_size(std::size_t blocks) {
  return blocks * 8 + pages_of(blocks) * (8 + kChecksumSize);
}

}  // namespace needledrop
