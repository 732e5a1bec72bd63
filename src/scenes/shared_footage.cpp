#include "scenes/shared_footage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <tuple>

#include "scenes/footage_candidates.h"
#include "scenes/footage_likeness.h"
#include "scenes/framing.h"

namespace needledrop {
namespace {

constexpr Milliseconds kShortest{2'000};
/// Pictures that agree in a stretch, at least.
constexpr int kLeastPictures = 3;
/// Pictures in a row that may disagree inside a stretch.
constexpr std::size_t kMostMissed = 3;
/// Pictures are kept about a second apart, the same shot's at the same moments if it is cut alike.
constexpr Milliseconds kOff{600};
/// Coarse likeness from which a picture is looked at closely.
constexpr float kLeastCoarse = 0.8F;
/// Places of a picture that are looked at closely: a shot that stands still has many.
constexpr std::size_t kPlaces = 12;
/// Another take from the same place is alike as a whole, but not in its detail.
constexpr double kLeastWhole = 0.8;
constexpr double kLeastDetail = 0.6;
/// What shows less detail, as black does, is alike everywhere.
constexpr double kLeastShown = 0.5;

/// A coarse picture of length 1; all 0 when it shows nothing.
using Direction = std::array<float, CoarseFootage::kCells>;

std::vector<Direction> directions_of(const Footage& footage) {
  constexpr float kLeastLength = 3.0F * 12;  // 8-bit steps a cell, times the root of the cells
  const CoarseFootage coarse(footage);
  std::vector<Direction> directions(coarse.size());
  for (std::size_t i = 0; i < coarse.size(); ++i) {
    float squares = 0;
    for (const std::int16_t cell : coarse.cells(i)) squares += static_cast<float>(cell) * cell;
    const float length = std::sqrt(squares);
    if (length < kLeastLength) continue;
    std::ranges::transform(coarse.cells(i), directions[i].begin(),
                           [&](std::int16_t cell) { return static_cast<float>(cell) / length; });
  }
  return directions;
}

float product(const Direction& a, const Direction& b) {
  // As many sums as a register has places, so that the compiler may use them side by side.
  std::array<float, 16> sums{};
  for (std::size_t i = 0; i < a.size(); i += sums.size()) {
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += a[i + k] * b[i + k];
  }
  float sum = 0;
  for (const float each : sums) sum += each;
  return sum;
}
static_assert(CoarseFootage::kCells % 16 == 0);

View view_of(const FootagePicture& picture) {
  View view;
  view.luma_cells = {0, FootagePicture::kWidth, 0, FootagePicture::kHeight};
  view.chroma_cells = {0, FootagePicture::kChromaWidth, 0, FootagePicture::kChromaHeight};
  std::ranges::copy(picture.luma, view.luma.begin());
  std::ranges::copy(picture.blue, view.blue.begin());
  std::ranges::copy(picture.red, view.red.begin());
  return view;
}

/// The places in `other` that show the picture, as places in it.
std::vector<std::size_t> places_of(const FootagePicture& picture, const Direction& direction,
                                   const Footage& other, std::span<const Direction> directions) {
  std::vector<std::pair<float, std::size_t>> near;
  for (std::size_t j = 0; j < directions.size(); ++j) {
    const float likeness = product(direction, directions[j]);
    if (likeness >= kLeastCoarse) near.emplace_back(-likeness, j);
  }
  std::ranges::sort(near);
  near.resize(std::min(near.size(), kPlaces));
  const View view = view_of(picture);
  std::vector<std::size_t> places;
  for (const auto& [unlikeness, j] : near) {
    const Likeness like = likeness(view, other[j]);
    if (like.whole >= kLeastWhole && like.detail >= kLeastDetail && like.shown >= kLeastShown) {
      places.push_back(j);
    }
  }
  return places;
}

/// Pictures in a row that are found again in a row.
struct Chain {
  std::size_t first = 0;
  std::size_t last = 0;
  Milliseconds offset{0};  // of the pictures that agree best in time: cuts, else the first
  bool is_at_cut = false;
  int pictures = 0;
};

/// Follows pictures, one after the other, along the offsets at which they are found.
class Chains {
 public:
  Chains(const Footage& footage, const Footage& other) : footage_(footage), other_(other) {}

  void add(std::size_t i, std::span<const std::size_t> places) {
    std::erase_if(open_,
                  [&](std::size_t chain) { return i - chains_[chain].last > kMostMissed + 1; });
    for (const std::size_t j : places) {
      const Milliseconds offset = other_[j].time - footage_[i].time;
      const bool is_at_cut = footage_[i].is_new && other_[j].is_new;
      Chain& chain = chain_at(i, offset, is_at_cut);
      chain.pictures += chain.last < i ? 1 : 0;
      chain.last = i;
      if (is_at_cut && !chain.is_at_cut) {
        chain.offset = offset;
        chain.is_at_cut = true;
      }
    }
  }

  /// The most pictures first.
  [[nodiscard]] std::vector<Chain> by_strength() const {
    std::vector<Chain> chains = chains_;
    std::erase_if(chains, [](const Chain& chain) { return chain.pictures < kLeastPictures; });
    std::ranges::sort(chains, {}, [](const Chain& chain) {
      return std::tuple(-chain.pictures, !chain.is_at_cut, chain.first, chain.offset);
    });
    return chains;
  }

 private:
  /// The one that goes on with picture i, the nearest in offset, else a new one.
  Chain& chain_at(std::size_t i, Milliseconds offset, bool is_at_cut) {
    const auto distance = [&](std::size_t chain) {
      return std::chrono::abs(chains_[chain].offset - offset);
    };
    const auto nearest = std::ranges::min_element(open_, {}, distance);
    if (nearest != open_.end() && distance(*nearest) <= kOff) return chains_[*nearest];
    open_.push_back(chains_.size());
    chains_.push_back({i, i, offset, is_at_cut, 1});
    return chains_.back();
  }

  const Footage& footage_;
  const Footage& other_;
  std::vector<Chain> chains_;
  std::vector<std::size_t> open_;  // that may go on
};

/// Until the next picture, but no further than pictures are apart.
Milliseconds end_of(const Footage& footage, std::size_t last) {
  constexpr Milliseconds kStep{1'000};
  const Milliseconds most = footage[last].time + kStep;
  return last + 1 < footage.size() ? std::min(most, footage[last + 1].time) : most;
}

}  // namespace

std::vector<SharedFootage> find_shared_footage(const Footage& footage, const Span& within,
                                               const Footage& other) {
  const std::vector<Direction> mine = directions_of(footage);
  const std::vector<Direction> others = directions_of(other);
  Chains chains(footage, other);
  for (std::size_t i = 0; i < footage.size(); ++i) {
    if (footage[i].time < within.start || footage[i].time >= within.end) continue;
    chains.add(i, places_of(footage[i], mine[i], other, others));
  }
  std::vector<SharedFootage> shared;
  for (const Chain& chain : chains.by_strength()) {
    const Span span{footage[chain.first].time, end_of(footage, chain.last)};
    const bool overlaps = std::ranges::any_of(shared, [&](const SharedFootage& kept) {
      return kept.span.start < span.end && span.start < kept.span.end;
    });
    if (overlaps || span.length() < kShortest) continue;
    shared.push_back({span, std::max(Milliseconds(0), span.start + chain.offset)});
  }
  std::ranges::sort(shared, {}, &SharedFootage::span);
  return shared;
}

}  // namespace needledrop
