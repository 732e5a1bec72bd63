#include "spotting/shared_sound.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "spotting/sound_difference.h"

namespace needledrop {
namespace {

/// What a peak says for "the same sound here", in nats: one that both have, and one that one of
/// them lacks. Over music that is not related, also in the same key, the sum falls: it rises when
/// more than one peak in seven is shared.
constexpr double kSharedGain = 1.6;
constexpr double kLoneLoss = 0.25;
/// A stretch ends where the sum has fallen by this, some two seconds of other music.
constexpr double kMostLoss = 100;
/// What a stretch needs to be told: a second of the very same sound has about 130.
constexpr double kLeastGain = 150;
constexpr int kLeastTicks = 125;
/// A solo without accompaniment shares nothing with the version that lacks it; where the same
/// alignment goes on after it, 12 s later at the most, it held all the time.
constexpr int kHoldTicks = 750;
constexpr int kSameOffset = 1;

/// Recordings that share less than this part of the shorter one only quote each other.
constexpr double kLeastCover = 0.4;
/// And those that share this much of both have the same form.
constexpr double kWholeCover = 0.9;
/// Versions differ where, for 4 s, this share of the loud peaks is in one alone, and they do so
/// twice at least. Encoders reach 0.13.
constexpr double kVersionShare = 0.15;
constexpr int kLeastWindows = 2;

struct Scored {
  SharedStretch stretch;
  double gain = 0;
};

/// Mirrored alignments are put in the same order.
bool is_weaker(const Scored& x, const Scored& y) {
  const auto key = [](const Scored& s) {
    const SharedStretch& t = s.stretch;
    return std::tuple(s.gain, t.last - t.first, -(t.first + t.first - t.offset).value,
                      -std::abs(t.offset.value), t.offset);
  };
  return key(x) < key(y);
}

class Aligner {
 public:
  Aligner(const PeakGrid& a, const PeakGrid& b) : a_(a), b_(b) {}

  std::vector<SharedStretch> run(std::span<const Tick> offsets) {
    for (const Tick offset : offsets) {
      push(offset, {0, a_.ticks()});
    }
    while (!heap_.empty()) {
      const SharedStretch top = pop();
      const std::vector<Range> free = free_parts(top);
      if (free.size() == 1 && free.front().first == top.first.value &&
          free.front().last == top.last.value) {
        chosen_.push_back(top);
        continue;
      }
      for (const Range& part : free) push(top.offset, part);
    }
    join();
    return std::move(chosen_);
  }

 private:
  /// Ticks of a.
  struct Range {
    int first = 0;
    int last = 0;
  };

  void push(Tick offset, Range range) {
    range.first = std::max(range.first, offset.value);
    range.last = std::min(range.last, b_.ticks() + offset.value);
    const std::vector<double> gains = gains_at(offset, range);
    double sum = 0;
    Scored best;
    const auto flush = [&](int next) {
      const SharedStretch& found = best.stretch;
      if (best.gain >= kLeastGain && (found.last - found.first).value >= kLeastTicks) {
        heap_.push_back(best);
        std::push_heap(heap_.begin(), heap_.end(), is_weaker);
      }
      best = {{Tick(next), Tick(next), offset}, 0};
      sum = 0;
    };
    flush(range.first);
    for (int tick = range.first; tick < range.last; ++tick) {
      sum += gains[static_cast<std::size_t>(tick - range.first)];
      if (sum > best.gain) {
        best.gain = sum;
        best.stretch.last = Tick(tick + 1);
      }
      if (sum <= 0 || sum < best.gain - kMostLoss) flush(tick + 1);
    }
    flush(range.last);
  }

  SharedStretch pop() {
    std::pop_heap(heap_.begin(), heap_.end(), is_weaker);
    const SharedStretch top = heap_.back().stretch;
    heap_.pop_back();
    return top;
  }

  /// What each tick of the range says for the offset.
  [[nodiscard]] std::vector<double> gains_at(Tick offset, const Range& range) const {
    std::vector<double> gains(static_cast<std::size_t>(std::max(0, range.last - range.first)));
    for (int tick = range.first; tick < range.last; ++tick) {
      double& gain = gains[static_cast<std::size_t>(tick - range.first)];
      for (Channel channel : {Channel::kMid, Channel::kSide}) {
        gain -= kLoneLoss * far_peaks(b_, channel, tick - offset.value);
        const auto [first, last] = a_.at(channel, tick);
        for (auto i = first; i < last; ++i) {
          const Peak& peak = a_.list().peaks[i];
          if (peak.reach != Reach::kFar) continue;
          const bool is_shared = twin_of(peak, b_, tick - offset.value) != nullptr;
          gain += is_shared ? 2 * kSharedGain + kLoneLoss : -kLoneLoss;
        }
      }
    }
    return gains;
  }

  static int far_peaks(const PeakGrid& grid, Channel channel, int tick) {
    const auto [first, last] = grid.at(channel, tick);
    return static_cast<int>(
        std::count_if(grid.list().peaks.begin() + first, grid.list().peaks.begin() + last,
                      [](const Peak& peak) { return peak.reach == Reach::kFar; }));
  }

  /// The parts of the stretch of which neither recording's ticks are used.
  [[nodiscard]] std::vector<Range> free_parts(const SharedStretch& stretch) const {
    std::vector<Range> parts = {{stretch.first.value, stretch.last.value}};
    for (const SharedStretch& other : chosen_) {
      const int shift = (stretch.offset - other.offset).value;
      parts = without(parts, {other.first.value, other.last.value});
      parts = without(parts, {other.first.value + shift, other.last.value + shift});
    }
    return parts;
  }

  static std::vector<Range> without(const std::vector<Range>& parts, const Range& used) {
    std::vector<Range> left;
    for (const Range& part : parts) {
      const Range before = {part.first, std::min(part.last, used.first)};
      const Range after = {std::max(part.first, used.last), part.last};
      if (before.first < before.last) left.push_back(before);
      if (after.first < after.last) left.push_back(after);
    }
    return left;
  }

  /// Orders the stretches; those that hold one alignment with nothing else between become one.
  void join() {
    std::ranges::sort(chosen_, {}, &SharedStretch::first);
    std::vector<SharedStretch> joined;
    for (const SharedStretch& next : chosen_) {
      if (!joined.empty() && continues(joined.back(), next)) {
        joined.back().last = next.last;
      } else {
        joined.push_back(next);
      }
    }
    chosen_ = std::move(joined);
  }

  [[nodiscard]] bool continues(const SharedStretch& before, const SharedStretch& next) const {
    if (std::abs((before.offset - next.offset).value) > kSameOffset ||
        (next.first - before.last).value > kHoldTicks) {
      return false;
    }
    const SharedStretch gap = {before.last, next.first, before.offset};
    const auto free = free_parts(gap);
    return gap.first >= gap.last || (free.size() == 1 && free.front().last - free.front().first ==
                                                             (gap.last - gap.first).value);
  }

  const PeakGrid& a_;
  const PeakGrid& b_;
  std::vector<Scored> heap_;
  std::vector<SharedStretch> chosen_;
};

struct Count {
  int some = 0;
  int all = 0;
  [[nodiscard]] double share() const { return all == 0 ? 0 : static_cast<double>(some) / all; }
};

/// Counts the far-reaching peaks of ticks [first, last), and those that the other has too at the
/// tick plus `shift`.
Count count_twins(const PeakGrid& grid, int first, int last, const PeakGrid& other, int shift) {
  Count count;
  for (int tick = first; tick < last; ++tick) {
    for (Channel channel : {Channel::kMid, Channel::kSide}) {
      const auto [begin, end] = grid.at(channel, tick);
      for (auto i = begin; i < end; ++i) {
        const Peak& peak = grid.list().peaks[i];
        if (peak.reach != Reach::kFar) continue;
        ++count.all;
        if (twin_of(peak, other, tick + shift) != nullptr) ++count.some;
      }
    }
  }
  return count;
}

/// Has one of them, for long enough, what the other lacks?
bool are_versions(const PeakGrid& a, const PeakGrid& b, std::span<const SharedStretch> stretches) {
  const SoundDifference difference(a, b, stretches);
  return std::ranges::count_if(difference.windows(), [](const SoundDifference::Shares& shares) {
           return std::max(shares.of_a.of_loud, shares.of_b.of_loud) >= kVersionShare;
         }) >= kLeastWindows;
}

double likeness_of(const PeakGrid& a, const PeakGrid& b, std::span<const SharedStretch> stretches) {
  Count both;
  for (const auto& [start, end, offset] : stretches) {
    const int shift = offset.value;
    const Count of_a = count_twins(a, start.value, end.value, b, -shift);
    const Count of_b = count_twins(b, start.value - shift, end.value - shift, a, shift);
    both.some += of_a.some + of_b.some;
    both.all += of_a.all + of_b.all;
  }
  return both.share();
}

/// Ticks from the first peak to the last: silence around it is nobody's music.
int sounding_ticks(const PeakGrid& grid) {
  const auto& peaks = grid.list().peaks;
  return peaks.empty() ? 0 : (peaks.back().tick - peaks.front().tick).value + 1;
}

RelationKind kind_of(const PeakGrid& a, const PeakGrid& b,
                     std::span<const SharedStretch> stretches) {
  int shared = 0;
  for (const SharedStretch& stretch : stretches) shared += (stretch.last - stretch.first).value;
  const int shorter = std::min(sounding_ticks(a), sounding_ticks(b));
  const int longer = std::max(sounding_ticks(a), sounding_ticks(b));
  if (shared < kLeastCover * shorter) return RelationKind::kSampled;
  if (are_versions(a, b, stretches)) return RelationKind::kVersion;
  return stretches.size() == 1 && shared >= kWholeCover * longer ? RelationKind::kSame
                                                                 : RelationKind::kEdit;
}

}  // namespace

std::optional<SharedSound> shared_sound(const PeakGrid& a, const PeakGrid& b,
                                        std::span<const Tick> offsets) {
  SharedSound shared;
  shared.stretches = Aligner(a, b).run(offsets);
  if (shared.stretches.empty()) {
    return std::nullopt;
  }
  shared.kind = kind_of(a, b, shared.stretches);
  shared.likeness = likeness_of(a, b, shared.stretches);
  return shared;
}

}  // namespace needledrop
