#include "scenes/shared_footage.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <tuple>
#include <utility>

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

/// Footage as alike pictures are looked for in it.
class Coarse {
 public:
  explicit Coarse(const Footage& footage) : pictures_(footage) {
    constexpr float kLeastLength = 3.0F * 12;  // 8-bit steps a cell, times the root of the cells
    for (std::size_t i = 0; i < pictures_.size(); ++i) {
      const auto& cells = pictures_.cells(i);
      const float length = std::sqrt(static_cast<float>(product(cells, cells)));
      shares_.push_back(length < kLeastLength ? 0 : 1 / length);
    }
  }

  [[nodiscard]] std::size_t size() const { return shares_.size(); }
  /// Correlation of picture i with picture j of another; 0 where either shows nothing.
  [[nodiscard]] float likeness(std::size_t i, const Coarse& other, std::size_t j) const {
    return static_cast<float>(product(pictures_.cells(i), other.pictures_.cells(j))) * shares_[i] *
           other.shares_[j];
  }

 private:
  CoarseFootage pictures_;
  std::vector<float> shares_;  // one over each one's length; 0 where it shows nothing
};

View view_of(const FootagePicture& picture) {
  View view;
  view.luma_cells = {0, FootagePicture::kWidth, 0, FootagePicture::kHeight};
  view.chroma_cells = {0, FootagePicture::kChromaWidth, 0, FootagePicture::kChromaHeight};
  std::ranges::copy(picture.luma, view.luma.begin());
  std::ranges::copy(picture.blue, view.blue.begin());
  std::ranges::copy(picture.red, view.red.begin());
  return view;
}

/// Finds pictures of one episode in another.
class PictureSearch {
 public:
  PictureSearch(const Footage& footage, const Footage& other)
      : footage_(footage), other_(other), coarse_(footage), other_coarse_(other) {}

  /// The places in the other that show picture i, as places in its footage.
  [[nodiscard]] std::vector<std::size_t> places_of(std::size_t i) const {
    std::vector<std::pair<float, std::size_t>> near;
    for (std::size_t j = 0; j < other_coarse_.size(); ++j) {
      const float likeness = coarse_.likeness(i, other_coarse_, j);
      if (likeness >= kLeastCoarse) near.emplace_back(-likeness, j);
    }
    std::ranges::sort(near);
    near.resize(std::min(near.size(), kPlaces));
    const View view = view_of(footage_[i]);
    std::vector<std::size_t> places;
    for (const auto& [unlikeness, j] : near) {
      const Likeness like = likeness(view, other_[j]);
      if (like.whole >= kLeastWhole && like.detail >= kLeastDetail && like.shown >= kLeastShown) {
        places.push_back(j);
      }
    }
    return places;
  }

 private:
  const Footage& footage_;
  const Footage& other_;
  Coarse coarse_;
  Coarse other_coarse_;
};

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
  const PictureSearch search(footage, other);
  Chains chains(footage, other);
  for (std::size_t i = 0; i < footage.size(); ++i) {
    if (footage[i].time < within.start || footage[i].time >= within.end) continue;
    chains.add(i, search.places_of(i));
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
