#include "scenes/picture_series.h"

#include <string>

#include <gtest/gtest.h>

#include "scenes/made_pictures.h"

namespace needledrop {
namespace {

using test::Film;
using test::Place;

TEST(PictureSeries, KeepsEveryPicturesTimeAndLight) {
  Film film;
  for (int i = 0; i < 30; ++i) film.add(test::flat(40 + i));
  film.thumbs()[7].follows = false;
  const PictureSeries series = film.series();
  ASSERT_EQ(series.size(), 30U);
  for (std::size_t i = 0; i < series.size(); ++i) {
    EXPECT_EQ(series[i].time, Milliseconds(40 * static_cast<long>(i)));
    EXPECT_EQ(series[i].follows, i != 7);
    EXPECT_DOUBLE_EQ(series[i].spread, 0);
  }
}

TEST(PictureSeries, ChangeIsThatFromThePictureBefore) {
  Film film;
  film.add_shot(Place(1), 5, 60, 60, 1);
  film.add_shot(Place(2), 5, 60, 60, 1);
  const PictureSeries series = film.series();
  EXPECT_EQ(series[0].change.novelty, 0);
  for (std::size_t i = 1; i < series.size(); ++i) {
    EXPECT_DOUBLE_EQ(series[i].change.novelty,
                     change_between(film.thumbs()[i - 1], film.thumbs()[i]).novelty);
  }
}

TEST(PictureSeries, SinceIsAgainstThePictureShownThen) {
  Film film;
  film.add_shot(Place(1), 80, 60, 60, 1);
  const PictureSeries series = film.series();
  int measured = 0;
  for (std::size_t at = 0; at < series.size(); ++at) {
    for (std::size_t i = 0; i < kReaches.size(); ++i) {
      if (!series[at].since[i].has_value()) continue;
      ++measured;
      const auto then = (series[at].time - kReaches[i]).count() / 40;
      ASSERT_GE(then, 0);
      EXPECT_FLOAT_EQ(*series[at].since[i], static_cast<float>(novelty_in_any_light(
                                                film.thumbs()[then], film.thumbs()[at])));
    }
  }
  EXPECT_GT(measured, 60);
}

TEST(PictureSeries, WhatComesBackLinksBothSides) {
  Film film;
  const Place place(4);
  film.add_shot(place, 30);
  for (int i = 0; i < 4; ++i) film.add(test::flat(235));
  film.add_shot(place, 30);
  film.add_shot(Place(5), 30);
  const PictureSeries series = film.series();
  EXPECT_GT(series[30].change.novelty, 0.3);
  EXPECT_LT(series[30].link, 0.1);
  EXPECT_LT(series[34].link, 0.1);
  EXPECT_GT(series[64].link, 0.4) << "a cut";
  for (const PictureMoment& moment : series) EXPECT_LE(moment.link, moment.change.novelty);
}

TEST(PictureSeries, PicturesMayBeAnyTimeApart) {
  for (const int gap : {1, 33, 500, 5'000, 100'000}) {
    PictureMeter meter;
    for (int i = 0; i < 20; ++i) {
      Thumb thumb = Place(i < 10 ? 1 : 2).seen_from(60, 60);
      thumb.time = Milliseconds(gap * i);
      meter.on_thumb(thumb);
    }
    const PictureSeries series = meter.finish();
    ASSERT_EQ(series.size(), 20U) << gap;
    EXPECT_GT(series[10].link, 0.4) << gap;
    EXPECT_LT(series[11].link, 0.1) << gap;
  }
}

}  // namespace
}  // namespace needledrop
