#include "index/segment_builder.h"

#include <algorithm>

#include <fmt/format.h>

#include "index/peak_block.h"
#include "index/radix_sort.h"

namespace needledrop {
namespace {

/// What contradicts itself in a source, or null.
const char* contradiction(const NewSource& source) {
  const auto outside = [](Tick tick, Tick length) { return tick < Tick(0) || tick >= length; };
  const PeakList& list = source.peaks;
  if (source.entry.length < Tick(0) || list.length < Tick(0)) {
    return "its length is negative";
  }
  if (source.entry.kind != SourceKind::kRecording && !source.fingerprint.empty()) {
    return "only recordings are searched, yet it has a fingerprint";
  }
  if (std::ranges::any_of(source.fingerprint, [&](const HashedLandmark& landmark) {
        return outside(landmark.tick, source.entry.length);
      })) {
    return "a landmark lies outside it";
  }
  if (std::ranges::any_of(list.peaks,
                          [&](const Peak& peak) { return outside(peak.tick, list.length); })) {
    return "a peak lies outside it";
  }
  if (!std::ranges::is_sorted(list.peaks)) {
    return "its peaks are not in order";
  }
  if (!std::ranges::is_sorted(source.fingerprint, {}, &HashedLandmark::tick)) {
    return "its landmarks are not in order";
  }
  return nullptr;
}

}  // namespace

Result<void> SegmentBuilder::add(const NewSource& source) {
  const SourceEntry& entry = source.entry;
  if (const char* why = contradiction(source)) {
    return fail(Error::Kind::kInvalidArgument, fmt::format("source {}: {}", entry.id.value, why));
  }
  ND_TRY_ASSIGN(const std::uint32_t first_position,
                output_.add_source(entry, encode_peaks(source.peaks)));
  for (const auto& landmark : source.fingerprint) {
    postings_.push_back(
        {landmark.hash, first_position + static_cast<std::uint32_t>(landmark.tick.value)});
  }
  return {};
}

Result<void> SegmentBuilder::finish() {
  // Sources came by ascending id and landmarks by tick, so positions ascend already.
  radix_sort(postings_, [](const Posting& posting) { return posting.hash.value; });
  for (const Posting& posting : postings_) {
    ND_TRY(output_.add_posting(posting));
  }
  return output_.finish();
}

}  // namespace needledrop
