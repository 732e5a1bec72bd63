#pragma once

#include <span>

#include "base/result.h"
#include "fingerprint/peak.h"
#include "index/bytes.h"

/// The byte layout of a peak block: one source's peak list. Varints as in bytes.h, "packed" and
/// "monotone" as in packing.h.
///
///     varint  length in ticks
///     then for mid, then for side:
///       varint  number of peaks n; if 0, nothing follows for this channel
///       varint  lowest frequency      u8  bits of (frequency - lowest)
///       u8      lowest level          u8  bits of (level - lowest)
///       u8      reach of all: 0 near, 1 middle, 2 far; 3: they differ
///       ticks         monotone, last = length - 1
///       frequencies   less the lowest, packed
///       levels        less the lowest, packed
///       reaches       packed in 2 bits each; only when they differ
///     varint  number of entries of the level curves m; if 0, nothing follows
///     then for mid, side and rest:
///       u8  lowest level    u8  bits of (level - lowest)    m values less the lowest, packed
///     then, only where there are textures, for mid and for side:
///       varint  number of textures; if 0, nothing follows for this channel
///       for each of a texture's bytes, in the order of its members (fingerprint/peak.h):
///         u8  lowest value    u8  bits of (value - lowest)    values less the lowest, packed
///     u64     checksum of what stands before it
///
/// Curves are packed in at least one bit, so that their length is bounded by the block's size.
/// At 40 peaks a second and channel this is 2.9 bytes a peak: 13 bits of frequency, 7 of level,
/// 2.6 of tick, and the curves.

namespace needledrop {

/// The peaks must be in order, each tick in [0, length).
Bytes encode_peaks(const PeakList& list);

/// Errors: kCorrupt.
Result<PeakList> decode_peaks(std::span<const std::uint8_t> block);

}  // namespace needledrop
