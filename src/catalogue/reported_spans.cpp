#include "catalogue/reported_spans.h"

#include <algorithm>

namespace needledrop {

std::vector<Span> music_spans(std::span<const Spot> spots) {
  std::vector<Span> heard;
  heard.reserve(spots.size());
  for (const Spot& spot : spots) {
    if (spot.span.end > spot.span.start) {
      heard.push_back(spot.span);
    }
  }
  std::ranges::sort(heard);
  std::vector<Span> joined;
  for (const Span& span : heard) {
    if (joined.empty() || span.start > joined.back().end) {
      joined.push_back(span);
    } else {
      joined.back().end = std::max(joined.back().end, span.end);
    }
  }
  return joined;
}

Milliseconds total_length(std::span<const Span> spans) {
  Milliseconds total{0};
  for (const Span& span : spans) {
    total += span.length();
  }
  return total;
}

}  // namespace needledrop
