#include "scenes/footage_search.h"

#include <cmath>

#include <gtest/gtest.h>

#include "scenes/painted_footage.h"

namespace needledrop {
namespace {

constexpr Milliseconds kFrame{40};
constexpr std::uint32_t kSeed = 5;

/// An episode of scenes of 3.2 s each.
Thumb episode_at(Milliseconds time, const Framing& framing = {}) {
  const auto frame = static_cast<int>(time / kFrame);
  return Painter(kSeed).paint(frame / 80, frame % 80 / 25.0, time, framing);
}

const Footage& episode() {
  static const Footage footage = [] {
    FootageMaker maker;
    for (Milliseconds time{0}; time < Milliseconds(64'000); time += kFrame) {
      maker.on_thumb(episode_at(time));
    }
    return maker.finish();
  }();
  return footage;
}

ClipPictures clip_from(Milliseconds start, Milliseconds length, const Framing& framing = {}) {
  ClipPictures clip;
  for (Milliseconds time{0}; time < length; time += kFrame) {
    Thumb thumb = episode_at(start + time, framing);
    thumb.time = time;
    clip.on_thumb(thumb);
  }
  clip.finish(length);
  return clip;
}

std::vector<FootagePlace> places_of(const ClipPictures& clip) {
  const FootageSearch search(clip);
  return search.settle(episode(), search.claims(episode()));
}

void expect_found(const Framing& framing) {
  const Milliseconds start{21'480};
  const ClipPictures clip = clip_from(start, Milliseconds(8'000), framing);
  const auto places = places_of(clip);
  ASSERT_FALSE(places.empty());
  EXPECT_NEAR(static_cast<double>(places[0].alignment.offset.count()), 21'480, 80);
  EXPECT_EQ(places[0].alignment.framing.mirrored, framing.mirrored);
  EXPECT_NEAR(places[0].alignment.framing.shown.left, framing.shown.left, 0.03);
  EXPECT_NEAR(places[0].alignment.framing.shown.width, framing.shown.width, 0.05);
  EXPECT_EQ(places[0].span, (Span{Milliseconds(0), Milliseconds(8'000)}));
  EXPECT_GT(places[0].likeness, 0.85);
}

TEST(FootageSearch, EndsWhenItIsAskedTo) {
  const ClipPictures clip = clip_from(Milliseconds(10'000), Milliseconds(9'000));
  const FootageSearch search(clip);
  const auto claims = search.claims(episode());
  ASSERT_FALSE(claims.empty());
  std::stop_source stop;
  stop.request_stop();
  EXPECT_TRUE(search.claims(episode(), stop.get_token()).empty());
  EXPECT_TRUE(search.settle(episode(), claims, stop.get_token()).empty());
}

/// Passing over what a place covers already loses nothing.
TEST(FootageSearch, AllClaimsTogetherComeToWhatEachDoes) {
  const ClipPictures clip = clip_from(Milliseconds(10'000), Milliseconds(12'000));
  const FootageSearch search(clip);
  const auto claims = search.claims(episode());
  const auto together = search.settle(episode(), claims);
  ASSERT_FALSE(together.empty());
  FootagePlace strongest;
  for (const WindowClaim& claim : claims) {
    for (const FootagePlace& place : search.settle(episode(), std::span(&claim, 1))) {
      if (place.evidence > strongest.evidence) strongest = place;
    }
  }
  EXPECT_EQ(together[0].span, strongest.span);
  EXPECT_EQ(together[0].alignment.offset, strongest.alignment.offset);
  EXPECT_NEAR(together[0].evidence, strongest.evidence, 0.02 * strongest.evidence);
}

TEST(FootageSearch, FindsAPieceAsItIs) {
  expect_found({});
}
TEST(FootageSearch, FindsAMirroredPiece) {
  expect_found({{}, true});
}
TEST(FootageSearch, FindsACutOut) {
  expect_found({{0.12, 0.03, 0.84, 0.84}, false});
}
TEST(FootageSearch, FindsAMirroredCutOut) {
  expect_found({{0.02, 0.1, 0.88, 0.88}, true});
}

TEST(FootageSearch, FindsBothSourcesOfARecut) {
  ClipPictures clip;
  for (Milliseconds time{0}; time < Milliseconds(10'000); time += kFrame) {
    const bool is_second = time >= Milliseconds(5'000);
    Thumb thumb = episode_at(is_second ? time + Milliseconds(40'000) : time + Milliseconds(9'000));
    thumb.time = time;
    clip.on_thumb(thumb);
  }
  clip.finish(Milliseconds(10'000));
  const auto places = places_of(clip);
  const auto has = [&](Milliseconds offset, Span span) {
    return std::ranges::any_of(places, [&](const FootagePlace& place) {
      return std::chrono::abs(place.alignment.offset - offset) <= Milliseconds(80) &&
             place.span == span;
    });
  };
  EXPECT_TRUE(has(Milliseconds(9'000), {Milliseconds(0), Milliseconds(5'000)}));
  EXPECT_TRUE(has(Milliseconds(40'000), {Milliseconds(5'000), Milliseconds(10'000)}));
}

TEST(FootageSearch, FindsNothingInOtherFootage) {
  ClipPictures clip;
  const Painter painter(77);
  for (Milliseconds time{0}; time < Milliseconds(8'000); time += kFrame) {
    const auto frame = static_cast<int>(time / kFrame);
    clip.on_thumb(painter.paint(500 + frame / 60, frame % 60 / 25.0, time));
  }
  clip.finish(Milliseconds(8'000));
  for (const FootagePlace& place : places_of(clip)) {
    EXPECT_LT(std::min(place.evidence / 0.7, place.likeness / 0.6), 1);
  }
}

TEST(FootageSearch, FindsNothingInBlackAndNothingInNothing) {
  Thumb black;
  black.luma.fill(16);
  black.blue.fill(128);
  black.red.fill(128);
  ClipPictures clip;
  clip.on_thumb(black);
  clip.finish(Milliseconds(5'000));
  EXPECT_TRUE(places_of(clip).empty());
  EXPECT_TRUE(places_of(ClipPictures()).empty());
  const FootageSearch search(clip);
  EXPECT_TRUE(search.claims({}).empty());
}

TEST(FootageSearch, TestsWhatIsKnownByOtherMeans) {
  const ClipPictures clip = clip_from(Milliseconds(30'000), Milliseconds(6'000));
  const FootageSearch search(clip);
  const Span whole{Milliseconds(0), Milliseconds(6'000)};
  const auto right = search.test(episode(), whole, Milliseconds(30'060));
  ASSERT_FALSE(right.empty());
  EXPECT_NEAR(static_cast<double>(right[0].alignment.offset.count()), 30'000, 80);
  for (const FootagePlace& wrong : search.test(episode(), whole, Milliseconds(12'000))) {
    EXPECT_LT(wrong.evidence, 1);
  }
}

/// The likeness of one look and one picture, cell by cell, without templates or whole numbers.
double slow_correlation(const Thumb& thumb, const FootagePicture& picture, const Framing& framing) {
  std::array<float, CoarseFootage::kCells> view{};
  ThumbSums(thumb).sample(Rectangle(), framing, CoarseFootage::kColumns, CoarseFootage::kRows,
                          view);
  const CellRange range = cells_shown(framing.shown, CoarseFootage::kColumns, CoarseFootage::kRows);
  std::vector<std::pair<double, double>> pairs;
  for (int row = range.first_row; row < range.last_row; ++row) {
    for (int column = range.first_column; column < range.last_column; ++column) {
      double mean = 0;
      for (const int i : {0, 1}) {
        for (const int j : {0, 1}) {
          mean += picture.luma[(2 * row + i) * FootagePicture::kWidth + 2 * column + j] / 4.0;
        }
      }
      pairs.emplace_back(view[row * CoarseFootage::kColumns + column], mean);
    }
  }
  double a = 0;
  double b = 0;
  for (const auto& [x, y] : pairs) {
    a += x / static_cast<double>(pairs.size());
    b += y / static_cast<double>(pairs.size());
  }
  double ab = 0;
  double aa = 9.0 * static_cast<double>(pairs.size());
  double bb = aa;
  for (const auto& [x, y] : pairs) {
    ab += (x - a) * (y - b);
    aa += (x - a) * (x - a);
    bb += (y - b) * (y - b);
  }
  return ab / std::sqrt(aa * bb);
}

TEST(FootageCandidates, AreAsAlikeAsASlowLookSays) {
  const ClipPictures clip = clip_from(Milliseconds(10'000), Milliseconds(3'000));
  const auto windows = windows_of(clip);
  ASSERT_EQ(windows.size(), 1U);
  const auto found = find_candidates(clip, windows[0], CoarseFootage(episode()), 1'000);
  ASSERT_GT(found.size(), 10U);
  for (std::size_t i = 0; i < found.size(); i += 3) {
    // Each look counts the most alike of the pictures that fit the offset to one and a half bins.
    double sum = 0;
    int looks = 0;
    for (Milliseconds time{250}; time < Milliseconds(3'000); time += Milliseconds(500)) {
      double best = 0;
      for (const FootagePicture& picture : episode()) {
        const Milliseconds off = picture.time - time - found[i].offset;
        if (off < Milliseconds(-600) || off >= Milliseconds(600)) continue;
        best = std::max(best, slow_correlation(*clip.at(time), picture, found[i].framing));
      }
      sum += best;
      ++looks;
    }
    EXPECT_NEAR(found[i].likeness, sum / looks, 0.02) << i;
  }
}

}  // namespace
}  // namespace needledrop
