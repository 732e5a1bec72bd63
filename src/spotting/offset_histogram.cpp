#include "spotting/offset_histogram.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <span>
#include <tuple>

namespace needledrop {
namespace {

struct Bar {
  Vote place;
  int height = 0;
};

/// Fewer votes are sorted faster than counted.
constexpr std::size_t kFewVotes = 4'096;
/// Offsets are counted together by four.
constexpr int kBinShift = 2;

/// Counts votes roughly, in bins of neighbouring offsets that other bins may share.
class RoughCount {
 public:
  explicit RoughCount(std::span<const Vote> votes)
      : shift_(64 - static_cast<int>(std::bit_width(4 * votes.size()))),
        counts_(std::size_t{1} << (64 - shift_)) {
    for (const Vote& vote : votes) {
      std::uint8_t& count = counts_[bin_of(vote.source, vote.offset.value)];
      if (count < std::numeric_limits<std::uint8_t>::max()) ++count;
    }
  }

  /// At least as many as support any offset that this vote supports, but no more than a byte holds.
  [[nodiscard]] int most_support(const Vote& vote) const {
    // It supports its own offset and the neighbours, which are supported from one farther off.
    const std::size_t first = bin_of(vote.source, vote.offset.value - 2);
    const std::size_t last = bin_of(vote.source, vote.offset.value + 2);
    return counts_[first] + (first == last ? 0 : counts_[last]);
  }

 private:
  [[nodiscard]] std::size_t bin_of(SourceId source, int offset) const {
    const auto key =
        std::uint64_t{source.value} << 32 | static_cast<std::uint32_t>(offset >> kBinShift);
    return static_cast<std::size_t>(key * 0x9E37'79B9'7F4A'7C15ULL >> shift_);  // Fibonacci hashing
  }

  int shift_;
  std::vector<std::uint8_t> counts_;
};

/// Drops votes that support no offset which `least` support: of a large catalogue nearly all.
void drop_lonely(std::vector<Vote>& votes, int least) {
  if (votes.size() < kFewVotes || least < 2) return;
  const RoughCount count(votes);
  const int bar = std::min<int>(least, std::numeric_limits<std::uint8_t>::max());
  std::erase_if(votes, [&](const Vote& vote) { return count.most_support(vote) < bar; });
}

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
  drop_lonely(votes, least);
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
  if (candidates.size() > most) {
    // Of equals none is better than another: all of the last or none.
    const int too_common = candidates[most].support;
    std::erase_if(candidates, [&](const Candidate& c) { return c.support <= too_common; });
  }
  return candidates;
}

}  // namespace needledrop
