#pragma once

#include <cstdint>
#include <string>

#include "base/file_system.h"
#include "base/result.h"
#include "desk/spot_episode.h"

namespace needledrop {

/// How a large desk is made of a small one.
struct GrowthPlan {
  std::string from;            // a desk of real recordings
  std::string to;              // must not be there
  std::size_t recordings = 0;  // in all, the real ones among them
  std::uint32_t seed = 1;
  unsigned threads = 1;  // that make recordings up; the desk does not depend on it
};

/// Merges of one kind, together.
struct MergeCost {
  std::size_t merges = 0;
  std::uint64_t bytes = 0;  // written
  Elapsed elapsed;
};

/// What making the desk came to. Every figure is of one step alone: nothing else runs meanwhile.
struct Growth {
  std::size_t real = 0;      // recordings
  Elapsed making;            // peak lists and fingerprints; no part of the product
  Elapsed ingest;            // from ready fingerprints to a durable segment
  Elapsed cataloguing;       // the catalogue's rows
  MergeCost tiered;          // after each batch, as the policy asks
  std::size_t segments = 0;  // before the merge of all
  MergeCost all;             // into as few as can be
  std::size_t segments_left = 0;
  std::uint64_t bytes = 0;  // of all segments
  std::uint64_t postings = 0;
  double hours = 0;  // of recordings
};

/// Hides the real recordings at random places among made-up ones of four minutes, which are the
/// real ones in blocks, reversed, transposed and dealt anew (index/block_shuffler.h). No sound is
/// read. The catalogue gets a row for each; made-up ones are called "made up 000001" and so on, a
/// dozen an album.
Result<Growth> grow_catalogue(FileSystem& files, const GrowthPlan& plan);

}  // namespace needledrop
