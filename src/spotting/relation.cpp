#include "spotting/relation.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace needledrop {
namespace {

/// The same stretches, as ticks of the other recording.
std::vector<SharedStretch> mirrored(const std::vector<SharedStretch>& stretches) {
  std::vector<SharedStretch> result;
  result.reserve(stretches.size());
  for (const SharedStretch& stretch : stretches) {
    result.push_back({stretch.first - stretch.offset, stretch.last - stretch.offset,
                      Tick(-stretch.offset.value)});
  }
  std::ranges::sort(result, {}, &SharedStretch::first);
  return result;
}

}  // namespace

Relatives::Relatives(std::span<const Relation> relations) {
  std::vector<std::pair<SourceId, Relative>> rows;
  for (const Relation& relation : relations) {
    rows.emplace_back(relation.a, Relative{relation.b, relation.kind, relation.stretches});
    rows.emplace_back(relation.b,
                      Relative{relation.a, relation.kind, mirrored(relation.stretches)});
  }
  std::ranges::sort(rows, {},
                    [](const auto& row) { return std::pair(row.first, row.second.recording); });
  for (auto& [recording, relative] : rows) {
    recordings_.push_back(recording);
    relatives_.push_back(std::move(relative));
  }
}

std::span<const Relative> Relatives::of(SourceId recording) const {
  const auto [first, last] = std::equal_range(recordings_.begin(), recordings_.end(), recording);
  return std::span(relatives_)
      .subspan(static_cast<std::size_t>(first - recordings_.begin()),
               static_cast<std::size_t>(last - first));
}

}  // namespace needledrop
