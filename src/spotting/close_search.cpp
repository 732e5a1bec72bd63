#include "spotting/close_search.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <tuple>
#include <utility>

#include "base/worker_pool.h"
#include "spotting/candidate_search.h"

namespace needledrop {
namespace {

/// A place where a block may begin, holding the votes for it. Overflow would take thousands of
/// peaks in a tick; it is harmless.
using Cell = std::uint16_t;
/// Cells that are read at a time; a multiple of what a vector register holds.
constexpr int kStretch = 64;
/// Places whose sums are of the cells of one stretch alone.
constexpr int kInner = kStretch - 2;
/// Cells before a tile's first position: a block may begin before a recording does.
constexpr int kBefore = PeakIndex::kOverlap;
constexpr int kCells = kBefore + PeakIndex::kTileTicks + PeakIndex::kOverlap;
/// Of which windows may begin in the first ones.
constexpr int kPlaces = kBefore + PeakIndex::kTileTicks;
/// Whose neighbours and theirs are cells too.
constexpr int kFirstPlace = 2;

/// How far from its frequency a peak is looked for, in eighths of a bin.
constexpr int kTolerance = 1;
/// A vote is worth what the sighting says under this survival, in half nats: most music that a
/// close search is for survives like that.
constexpr float kSurvival = 0.15F;
constexpr float kVotesANat = 2;
/// Share of the surviving peaks that sits on the tick and within the tolerance, by reach; measured
/// like the shares of evidence.cpp.
constexpr std::array<float, 3> kShown = {0.040F, 0.042F, 0.068F};

/// A place stands out by this many standard deviations of its window's places. On the development
/// half of the evaluation, 7 h of recordings, eight places do in a window without any music.
constexpr float kStandsOut = 7;
constexpr std::size_t kMostCandidates = 2;  // of a window and tile
/// Stretches that are read to learn what chance gives.
constexpr int kSampled = 64;
/// Of the sums, at the least: where next to nothing votes, nothing stands out.
constexpr double kLeastVariance = 100;
/// Windows that one task handles in a row.
constexpr std::size_t kTaskWindows = 64;

using Query = CloseSearch::Query;
using Queries = CloseSearch::Queries;
using Voter = CloseSearch::Voter;
using Voters = CloseSearch::Voters;

}  // namespace

int votes_of_coincidence(const PeakGrid& episode, const Peak& peak) {
  const float ratio = kShown[static_cast<std::size_t>(peak.reach)] /
                      episode.density(peak.channel, peak.reach, peak.tick.value, peak.frequency);
  const float nats = std::log(1 - kSurvival + kSurvival * ratio);
  return static_cast<int>(std::max(0.0F, kVotesANat * nats + 0.5F));
}

namespace {

/// A block's peaks, those worth most first.
Voters voters_of(const PeakGrid& episode, int block) {
  Voters voters;
  const int begin = block * kBlockTicks;
  for (int tick = begin; tick < begin + kBlockTicks; ++tick) {
    for (Channel channel : {Channel::kMid, Channel::kSide}) {
      const auto range = episode.at(channel, tick);
      for (auto i = range.first; i < range.last; ++i) {
        const Peak& peak = episode.list().peaks[i];
        const int votes = votes_of_coincidence(episode, peak);
        if (votes == 0) continue;
        voters.push_back({static_cast<std::int16_t>(tick - begin), peak.frequency, channel,
                          static_cast<std::uint8_t>(votes)});
      }
    }
  }
  std::stable_sort(voters.begin(), voters.end(),
                   [](const Voter& a, const Voter& b) { return a.votes > b.votes; });
  return voters;
}

/// Votes for all places of a tile.
class Histogram {
 public:
  Histogram() : cells_(kCells + kStretch) {}

  void clear() { std::fill(cells_.begin(), cells_.end(), Cell{0}); }

  /// Counts a block that begins `later` ticks of the recording after what is looked for.
  void count(const PeakIndex& index, std::size_t tile, const Queries& queries, int later) {
    for (const Query& query : queries) {
      Cell* const cells = cells_.data() + kBefore - query.delay - later;
      for (std::uint16_t position : index.at(tile, query.rows)) {
        cells[position] = static_cast<Cell>(cells[position] + query.votes);
      }
    }
  }

  /// Takes the votes for places around a position away.
  void silence(std::int64_t position) {
    const auto cell = [](std::int64_t at) {
      return static_cast<std::ptrdiff_t>(std::clamp<std::int64_t>(kBefore + at, 0, kCells));
    };
    std::fill(cells_.begin() + cell(position - kWindowTicks),
              cells_.begin() + cell(position + kWindowTicks), Cell{0});
  }

  [[nodiscard]] const Cell* cells() const { return cells_.data(); }

 private:
  std::vector<Cell> cells_;
};

/// Votes for the places of a stretch: a surviving peak sits on the tick or, half as often, on one
/// beside it.
using Stretch64 = std::array<Cell, kStretch>;

/// Reads a window's votes from cell `first` >= 1.
Stretch64 read(const Histogram& whole, int first) {
  const Cell* a = whole.cells() + first;
  Stretch64 sums;
  for (int i = 0; i < kStretch; ++i) {
    sums[static_cast<std::size_t>(i)] = static_cast<Cell>(a[i - 1] + 2 * a[i] + a[i + 1]);
  }
  return sums;
}

/// The same of a window in two blocks, the second of which begins `shift` cells on.
Stretch64 read(const Histogram& one, const Histogram& other, int shift, int first) {
  const Cell* a = one.cells() + first;
  const Cell* b = other.cells() + first + shift;
  Stretch64 sums;
  for (int i = 0; i < kStretch; ++i) {
    sums[static_cast<std::size_t>(i)] =
        static_cast<Cell>(a[i - 1] + b[i - 1] + 2 * (a[i] + b[i]) + a[i + 1] + b[i + 1]);
  }
  return sums;
}

Cell greatest(const Stretch64& sums) {
  Cell most = 0;
  for (Cell sum : sums) most = std::max(most, sum);
  return most;
}

/// The most votes that a tick of the stretch has.
Cell most_votes(const Cell* ticks) {
  Cell most = 0;
  for (int i = 0; i < kStretch; ++i) most = std::max(most, ticks[i]);
  return most;
}

/// The same of a window in two blocks.
Cell most_votes(const Cell* one, const Cell* other) {
  Cell most = 0;
  for (int i = 0; i < kStretch; ++i) most = std::max(most, static_cast<Cell>(one[i] + other[i]));
  return most;
}

/// The distribution of a window's sums: the places are so many that the true ones don't count.
struct Chance {
  double mean = 0;
  double deviation = 0;
};

/// Searches one tile.
class TileSearch {
 public:
  TileSearch(const PeakIndex& index, std::size_t tile, const Playback& playback,
             std::optional<SourceId> own)
      : index_(index),
        tile_(tile),
        playback_(playback),
        own_(own),
        shift_(static_cast<int>(std::lround(kBlockTicks * playback.time_ratio()))),
        end_(std::min(kPlaces, kBefore + index.ticks(tile))) {}

  /// Counts a window that shares no block with its neighbours.
  void count_alone(int block, const Queries& first, const Queries& second) {
    is_alone_ = true;
    first_.clear();
    first_.count(index_, tile_, first, 0);
    first_.count(index_, tile_, second, shift_);
    silence_own(first_, block);
  }

  /// Counts a block; the one counted before becomes the window's first.
  void count_next(int block, const Queries& queries) {
    is_alone_ = false;
    std::swap(first_, second_);
    second_.clear();
    second_.count(index_, tile_, queries, 0);
    silence_own(second_, block);
  }

  /// Appends the best places of the window that was counted last.
  void find(int window, std::vector<Candidate>& candidates) const {
    const Chance chance = sample();
    const double least = chance.mean + kStandsOut * chance.deviation;
    if (least >= std::numeric_limits<Cell>::max()) {
      return;
    }
    const auto bar = static_cast<int>(least);
    std::vector<Place> places;
    for (int first = kFirstPlace; first < end_; first += kInner) {
      if (most_from(first) > bar) {
        append_maxima(first, bar, places);
      }
    }
    std::stable_sort(places.begin(), places.end(),
                     [](const Place& a, const Place& b) { return a.votes > b.votes; });
    if (places.size() > kMostCandidates) {
      places.erase(places.begin() + kMostCandidates, places.end());
    }
    for (const Place& place : places) {
      append(window, place, candidates);
    }
  }

 private:
  struct Place {
    int cell;
    Cell votes;
  };

  void silence_own(Histogram& histogram, int block) const {
    if (own_) histogram.silence(index_.position(tile_, *own_, block * kBlockTicks));
  }

  [[nodiscard]] Stretch64 votes_from(int first) const {
    return is_alone_ ? read(first_, first) : read(first_, second_, shift_, first);
  }

  /// What no sum of the kInner places from there exceeds, in a third of the time: a sum is of four
  /// ticks' worth.
  [[nodiscard]] int most_from(int first) const {
    const Cell* ticks = first_.cells() + first - 1;
    return 4 * (is_alone_ ? most_votes(ticks)
                          : most_votes(ticks, second_.cells() + first - 1 + shift_));
  }

  [[nodiscard]] Chance sample() const {
    const int step = kStretch * std::max(1, end_ / kStretch / kSampled);
    std::uint64_t sum = 0;
    std::uint64_t squares = 0;
    std::uint64_t count = 0;
    for (int first = kFirstPlace; first < end_; first += step, count += kStretch) {
      for (std::uint32_t votes : votes_from(first)) {
        sum += votes;
        squares += votes * votes;
      }
    }
    const double n = static_cast<double>(std::max<std::uint64_t>(count, 1));
    const double mean = static_cast<double>(sum) / n;
    const double variance = static_cast<double>(squares) / n - mean * mean;
    return {mean, std::sqrt(std::max(variance, kLeastVariance))};
  }

  /// Of the kInner places from `first`.
  void append_maxima(int first, int bar, std::vector<Place>& places) const {
    const Stretch64 sums = votes_from(first);
    if (greatest(sums) <= bar) return;
    const Stretch64 before = votes_from(first - 1);
    const Stretch64 after = votes_from(first + 1);
    for (std::size_t i = 0; i < kInner; ++i) {
      const int cell = first + static_cast<int>(i);
      if (sums[i] > bar && sums[i] > before[i] && sums[i] >= after[i] && cell < end_) {
        places.push_back({cell, sums[i]});
      }
    }
  }

  void append(int window, const Place& place, std::vector<Candidate>& candidates) const {
    const auto found = index_.place(tile_, place.cell - kBefore);
    if (!found.has_value()) {
      return;
    }
    const auto& [source, tick] = *found;
    const long played = std::lround(tick.value / playback_.time_ratio());
    candidates.push_back({source, Tick(window * kBlockTicks - static_cast<int>(played)), window,
                          place.votes, playback_});
  }

  const PeakIndex& index_;
  std::size_t tile_;
  Playback playback_;
  std::optional<SourceId> own_;
  int shift_;
  int end_;           // of the cells where a window may begin
  Histogram first_;   // the window, or its first block
  Histogram second_;  // its second block
  bool is_alone_ = false;
};

/// The blocks that windows are made of, ascending, and the queries of each.
struct Blocks {
  std::vector<int> numbers;
  std::vector<Queries> queries;

  explicit Blocks(std::span<const int> windows) {
    for (int window : windows) {
      for (int block : {window, window + 1}) {
        if (numbers.empty() || numbers.back() < block) numbers.push_back(block);
      }
    }
    queries.resize(numbers.size());
  }

  [[nodiscard]] const Queries& of(int block) const {
    const auto at = std::lower_bound(numbers.begin(), numbers.end(), block);
    return queries[static_cast<std::size_t>(at - numbers.begin())];
  }
};

std::vector<Candidate> candidates_of(TileSearch search, const Blocks& blocks,
                                     std::span<const int> windows) {
  std::vector<Candidate> candidates;
  int counted = -1;  // the last block
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const int window = windows[i];
    const bool goes_on = i + 1 < windows.size() && windows[i + 1] == window + 1;
    if (counted != window && !goes_on) {
      search.count_alone(window, blocks.of(window), blocks.of(window + 1));
    } else {
      if (counted != window) search.count_next(window, blocks.of(window));
      search.count_next(window + 1, blocks.of(window + 1));
      counted = window + 1;
    }
    search.find(window, candidates);
  }
  return candidates;
}

}  // namespace

CloseSearch::CloseSearch(const PeakIndex& index, const PeakGrid& episode, unsigned threads)
    : index_(index), episode_(episode), threads_(threads) {
  blocks_.resize(static_cast<std::size_t>(episode.ticks()) / kBlockTicks + 1);
  parallel_for(blocks_.size(), threads, [&](std::size_t block) {
    blocks_[block] = voters_of(episode, static_cast<int>(block));
  });
}

/// What a block asks of recordings that are played like that, as far as the votes go; in the order
/// of the index, which is read faster so.
Queries CloseSearch::queries_of(int block, const Playback& playback, double share_of_votes) const {
  if (block >= static_cast<int>(blocks_.size())) {
    return {};
  }
  Queries queries;
  std::size_t all = 0;
  for (const Voter& voter : blocks_[static_cast<std::size_t>(block)]) {
    const auto frequency = static_cast<int>(std::lround(voter.frequency / playback.pitch_ratio()));
    const auto rows =
        PeakIndex::rows(voter.channel, frequency - kTolerance, frequency + kTolerance);
    const auto delay = static_cast<std::int16_t>(std::lround(voter.delay * playback.time_ratio()));
    queries.push_back({rows, delay, voter.votes});
    all += index_.count(rows);
  }
  const double most = share_of_votes * static_cast<double>(all);
  std::size_t cast = 0;
  const auto end = std::ranges::find_if(queries, [&](const Query& query) {
    cast += index_.count(query.rows);
    return static_cast<double>(cast) > most;
  });
  queries.erase(end, queries.end());
  std::ranges::sort(queries, {}, [](const Query& query) { return query.rows.first; });
  return queries;
}

std::vector<Candidate> CloseSearch::find(std::span<const int> windows, const Playback& playback,
                                         double share_of_votes, std::optional<SourceId> own) const {
  Blocks blocks(windows);
  parallel_for(blocks.numbers.size(), threads_, [&](std::size_t i) {
    blocks.queries[i] = queries_of(blocks.numbers[i], playback, share_of_votes);
  });
  const std::size_t runs = (windows.size() + kTaskWindows - 1) / kTaskWindows;
  std::vector<std::vector<Candidate>> parts(runs * index_.tiles());
  parallel_for(parts.size(), threads_, [&](std::size_t i) {
    const std::size_t first = i % runs * kTaskWindows;
    parts[i] =
        candidates_of(TileSearch(index_, i / runs, playback, own), blocks,
                      windows.subspan(first, std::min(kTaskWindows, windows.size() - first)));
  });
  std::vector<Candidate> candidates;
  for (const auto& part : parts) {
    candidates.insert(candidates.end(), part.begin(), part.end());
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.window, -a.support, a.source, a.offset) <
           std::tuple(b.window, -b.support, b.source, b.offset);
  });
  return candidates;
}

}  // namespace needledrop
