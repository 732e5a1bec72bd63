#include "spotting/offset_histogram.h"

#include <algorithm>
#include <tuple>

namespace needledrop {
namespace {

struct Bar {
  Vote place;
  int height = 0;
};

std::vector<Bar> bars_of(std::vector<Vote>& votes) {
  std::sort(votes.begin(), votes.end());
  std::vector<Bar> bars;
  for (const Vote& vote : votes) {
    if (bars.empty() || bars.back().place != vote) {
      bars.push_back({vote, 0});
    }
    ++bars.back().height;
  }
  return bars;
}

}  // namespace

std::vector<Candidate> strongest_candidates(std::vector<Vote>& votes, int window, int least,
                                            std::size_t most) {
  const auto bars = bars_of(votes);
  const auto height = [&](std::size_t i, const Vote& centre, int step) {
    return i < bars.size() && bars[i].place.source == centre.source &&
                   bars[i].place.offset == centre.offset + Tick(step)
               ? bars[i].height
               : 0;
  };
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const Vote& place = bars[i].place;
    const int before = height(i - 1, place, -1);
    const int after = height(i + 1, place, 1);
    const int support = before + bars[i].height + after;
    if (support >= least && bars[i].height > before && bars[i].height >= after) {
      candidates.push_back({place.source, place.offset, window, support, {}});
    }
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(-a.support, a.source, a.offset) < std::tuple(-b.support, b.source, b.offset);
  });
  candidates.resize(std::min(candidates.size(), most));
  return candidates;
}

}  // namespace needledrop
