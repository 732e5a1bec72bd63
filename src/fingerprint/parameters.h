#pragma once

#include "base/digest.h"
#include "media/block.h"

namespace needledrop {

/// The numbers that must match between index and query. Changing one changes parameters_digest(),
/// which every segment stores.
inline constexpr int kWindow = 2'048;    // samples under one column: 128 ms
inline constexpr int kHop = 256;         // samples from tick to tick: 16 ms
inline constexpr int kFirstBin = 20;     // 156 Hz: below, speech and rumble own the bins
inline constexpr int kLastBin = 704;     // 5.5 kHz: above, 64 kb/s AAC keeps little
inline constexpr int kBinFractions = 8;  // a peak's frequency is kept in eighths of a bin
inline constexpr int kLevelTicks = 32;   // ticks under one entry of the level curve: 512 ms
inline constexpr double kTickSeconds = static_cast<double>(kHop) / kAnalysisRate;

/// The digest of all analysis parameters, these and the ones private to the stages.
Digest parameters_digest();

}  // namespace needledrop
