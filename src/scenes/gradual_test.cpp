#include "scenes/gradual.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "scenes/made_pictures.h"

namespace needledrop {
namespace {

using test::Film;
using test::Place;

Film dissolve(std::uint32_t seed, int pictures) {
  const Thumb a = Place(seed).seen_from(60, 60);
  const Thumb b = Place(seed + 300).seen_from(60, 60);
  Film film;
  for (int i = 0; i < 60; ++i) film.add(a);
  for (int i = 1; i < pictures; ++i) film.add(test::mixed(a, b, static_cast<double>(i) / pictures));
  for (int i = 0; i < 60; ++i) film.add(b);
  return film;
}

TEST(Gradual, EvenMixesAreOneStretch) {
  for (std::uint32_t seed = 1; seed <= 8; ++seed) {
    for (const int pictures : {12, 25}) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", " + std::to_string(pictures) + " pictures");
      const PictureSeries series = dissolve(seed, pictures).series();
      const auto found = find_graduals(series, 0, series.size());
      ASSERT_EQ(found.size(), 1U);
      EXPECT_NEAR(static_cast<double>(found[0].first), 59, 6);
      EXPECT_NEAR(static_cast<double>(found[0].last), 59 + pictures, 6);
      EXPECT_GT(found[0].weight, 0);
    }
  }
}

TEST(Gradual, OnlyTheStretchThatIsAskedForIsLookedAt) {
  const PictureSeries series = dissolve(1, 25).series();
  EXPECT_TRUE(find_graduals(series, 0, 60).empty());
  EXPECT_TRUE(find_graduals(series, 85, series.size()).empty());
  EXPECT_TRUE(find_graduals(series, 70, 70).empty());
}

TEST(Gradual, ThoseFoundDoNotOverlap) {
  for (std::uint32_t seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    test::Random random(seed);
    Film film;
    Thumb last = Place(seed).seen_from(60, 60);
    for (std::uint32_t place = 100 * seed; film.thumbs().size() < 500; ++place) {
      const Thumb next = Place(place).seen_from(60, 60);
      const int pictures = 5 + random.below(40);
      for (int i = 1; i <= pictures; ++i) {
        film.add(test::mixed(last, next, static_cast<double>(i) / pictures));
      }
      for (int i = random.below(20); i > 0; --i) film.add(next);
      last = next;
    }
    const PictureSeries series = film.series();
    const auto found = find_graduals(series, 0, series.size());
    EXPECT_GT(found.size(), 3U);
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_LT(found[i].first, found[i].last);
      if (i > 0) {
        EXPECT_LE(found[i - 1].last, found[i].first);
      }
    }
  }
}

TEST(Gradual, APictureIsFlatBesideOneWithDetail) {
  Film film;
  film.add(Place(1).seen_from(60, 60));
  film.add(test::flat(16));
  film.add(test::flat(200));
  const PictureSeries series = film.series();
  EXPECT_TRUE(is_flat(series[1], series[0]));
  EXPECT_TRUE(is_flat(series[2], series[0]));
  EXPECT_FALSE(is_flat(series[0], series[1]));
  EXPECT_FALSE(is_flat(series[1], series[2])) << "neither has any";
}

}  // namespace
}  // namespace needledrop
