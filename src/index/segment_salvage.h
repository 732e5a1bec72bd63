#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/digest.h"
#include "index/source.h"

namespace needledrop {

/// A source that exists, as told by what decides that.
struct KnownSource {
  SourceId id;
  SourceKind kind = SourceKind::kRecording;
  Digest digest;  // of the file's audio packets
};

/// What of a damaged segment can be kept: a source whose peaks are whole. The bytes are the file's.
struct SalvagedSource {
  SourceEntry entry;
  std::span<const std::uint8_t> peak_block;
};

/// Finds the sources in what is left of a segment's file, by id. Nothing but the rows of the
/// sources is needed, and neither footer nor checksum is believed in: a row counts when its source
/// is among `known` (by id) with the same kind and digest, and its peak block is whole and as long
/// as it says. `size` is what the file's size should be, which places the rows in a file that was
/// cut short or grew. Files of another format, or made with other analysis parameters, give none.
std::vector<SalvagedSource> salvage_sources(std::span<const std::uint8_t> file, std::uint64_t size,
                                            const Digest& parameters,
                                            std::span<const KnownSource> known);

/// Is this the whole header of a segment in a format that only a newer program reads?
bool is_of_newer_format(std::span<const std::uint8_t> file);

}  // namespace needledrop
