#include "scenes/transition_finder.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "scenes/made_pictures.h"

namespace needledrop {
namespace {

using test::Film;
using test::Place;

/// Every property holds for these pairs of places.
class TransitionFinderTest : public testing::TestWithParam<std::uint32_t> {
 protected:
  static constexpr int kShot = 75;

  void expect_none(const Film& film) const {
    for (const Transition& found : film.transitions()) {
      ADD_FAILURE() << to_string(found.kind) << " at " << found.time.count() << ", seed "
                    << GetParam();
    }
  }
  void expect_one(const Film& film, TransitionKind kind, Span span, Milliseconds tolerance) const {
    const auto found = film.transitions();
    ASSERT_EQ(found.size(), 1U) << "seed " << GetParam();
    EXPECT_EQ(found[0].kind, kind) << to_string(found[0].kind);
    const auto near = [&](Milliseconds a, Milliseconds b) {
      EXPECT_LE(std::chrono::abs(a - b), tolerance) << a.count() << " for " << b.count();
    };
    near(found[0].span.start, span.start);
    near(found[0].span.end, span.end);
    near(found[0].time, span.start + span.length() / 2);
  }

  Place one_{GetParam()};
  Place other_{GetParam() + 1'000};
};

INSTANTIATE_TEST_SUITE_P(Seeds, TransitionFinderTest, testing::Values(1, 2, 3, 4, 5, 6));

TEST_P(TransitionFinderTest, ACutIsFoundAtItsPicture) {
  Film film;
  film.add_shot(one_, kShot);
  const Milliseconds cut = film.now();
  film.add_shot(other_, kShot);
  expect_one(film, TransitionKind::kCut, {cut, cut}, Milliseconds(0));
}

TEST_P(TransitionFinderTest, ACutBetweenMovingPicturesIsFoundAtItsPicture) {
  Film film;
  film.add_shot(one_, kShot, 60, 60, 0.5, 0.2);
  const Milliseconds cut = film.now();
  film.add_shot(other_, kShot, 90, 60, -0.4, 0.2);
  expect_one(film, TransitionKind::kCut, {cut, cut}, Milliseconds(0));
}

TEST_P(TransitionFinderTest, MovingTheCameraIsNoTransition) {
  Film pan;
  pan.add_shot(one_, 2 * kShot, 60, 60, 0.5, 0);
  expect_none(pan);
  Film tilt;
  tilt.add_shot(one_, 2 * kShot, 60, 60, 0, 0.25);
  expect_none(tilt);
  Film hand;
  test::Random random(GetParam());
  for (int i = 0; i < 2 * kShot; ++i) {
    hand.add(one_.seen_from(100 + 4 * random.share(), 100 + 3 * random.share()));
  }
  expect_none(hand);
}

TEST_P(TransitionFinderTest, MovingTheCameraFastIsNoCut) {
  Film film;
  film.add_shot(one_, kShot, 60, 60, 4, 0);
  for (int i = 0; i < kShot; ++i) film.add(one_.seen_from(128, 128, 0.7 + 0.012 * i));
  // From the pan to the zoom there is one.
  std::vector<Milliseconds> cuts;
  for (const Transition& found : film.transitions()) {
    if (found.kind == TransitionKind::kCut) cuts.push_back(found.time);
  }
  EXPECT_EQ(cuts, std::vector<Milliseconds>{Milliseconds(kShot * 40)}) << "seed " << GetParam();
}

TEST_P(TransitionFinderTest, AStillPictureHasNone) {
  Film film;
  film.add_shot(one_, 2 * kShot);
  expect_none(film);
  Film black;
  for (int i = 0; i < 2 * kShot; ++i) black.add(test::flat(16 + i % 2));
  expect_none(black);
}

TEST_P(TransitionFinderTest, FlashesAndFlickerAreNoTransitions) {
  Film flash;
  for (int i = 0; i < 2 * kShot; ++i) {
    const Thumb thumb = one_.seen_from(60 + 0.2 * i, 60);
    const bool is_lit = i % 50 >= 40 && i % 50 < 43;
    flash.add(is_lit ? test::brighter(thumb, 1.2, 70) : thumb);
  }
  expect_none(flash);
  Film flicker;
  for (int i = 0; i < 2 * kShot; ++i) {
    flicker.add(test::brighter(one_.seen_from(60, 60), 1 - 0.1 * (i % 2), 0));
  }
  expect_none(flicker);
}

TEST_P(TransitionFinderTest, ADissolveIsFoundWithItsSpan) {
  for (const int pictures : {10, 25, 45}) {
    Film film;
    film.add_shot(one_, kShot);
    const Milliseconds start = film.now() - Milliseconds(40);
    for (int i = 1; i < pictures; ++i) {
      film.add(test::mixed(one_.seen_from(60, 60), other_.seen_from(60, 60),
                           static_cast<double>(i) / pictures));
    }
    const Milliseconds end = film.now();
    film.add_shot(other_, kShot);
    SCOPED_TRACE(std::to_string(pictures) + " pictures");
    expect_one(film, TransitionKind::kDissolve, {start, end}, Milliseconds(300));
  }
}

TEST_P(TransitionFinderTest, AFadeThroughBlackOrWhiteIsOne) {
  for (const int light : {16, 235}) {
    Film film;
    film.add_shot(one_, kShot);
    const Milliseconds start = film.now() - Milliseconds(40);
    for (int i = 1; i <= 20; ++i) {
      film.add(test::mixed(one_.seen_from(60, 60), test::flat(light), i / 20.0));
    }
    for (int i = 0; i < 5; ++i) film.add(test::flat(light));
    for (int i = 1; i < 20; ++i) {
      film.add(test::mixed(test::flat(light), other_.seen_from(60, 60), i / 20.0));
    }
    const Milliseconds end = film.now();
    film.add_shot(other_, kShot);
    SCOPED_TRACE("through " + std::to_string(light));
    expect_one(film, TransitionKind::kFade, {start, end}, Milliseconds(300));
  }
}

TEST_P(TransitionFinderTest, HalfOfASplitScreenMayChange) {
  Film film;
  for (int i = 0; i < 2 * kShot; ++i) {
    Thumb thumb = one_.seen_from(60, 60);
    const Thumb right = (i < kShot ? one_ : other_).seen_from(160, 160);
    for (int y = 0; y < Thumb::kHeight; ++y) {
      std::copy_n(right.luma.data() + y * Thumb::kWidth + 32, 32,
                  thumb.luma.data() + y * Thumb::kWidth + 32);
    }
    film.add(thumb);
  }
  expect_none(film);
}

/// Where fields of both shots are woven into one picture.
TEST_P(TransitionFinderTest, ACutWithinAnInterlacedPictureIsOne) {
  Film film;
  film.add_shot(one_, kShot);
  const Milliseconds woven = film.now();
  film.add(test::mixed(one_.seen_from(60, 60), other_.seen_from(60, 60), 0.5));
  film.add_shot(other_, kShot);
  const auto found = film.transitions();
  ASSERT_EQ(found.size(), 1U) << "seed " << GetParam();
  EXPECT_EQ(found[0].kind, TransitionKind::kCut);
  EXPECT_LE(found[0].time - woven, Milliseconds(40));
  EXPECT_GE(found[0].time, woven);
}

TEST_P(TransitionFinderTest, LetterboxesDoNotHideCuts) {
  Film film;
  const auto boxed = [](Thumb thumb) {
    std::fill_n(thumb.luma.data(), 6 * Thumb::kWidth, std::uint8_t{16});
    std::fill_n(thumb.luma.data() + 30 * Thumb::kWidth, 6 * Thumb::kWidth, std::uint8_t{16});
    return thumb;
  };
  for (int i = 0; i < kShot; ++i) film.add(boxed(one_.seen_from(60, 60)));
  const Milliseconds cut = film.now();
  for (int i = 0; i < kShot; ++i) film.add(boxed(other_.seen_from(60, 60)));
  expect_one(film, TransitionKind::kCut, {cut, cut}, Milliseconds(0));
}

TEST_P(TransitionFinderTest, WhatPassesCloseBeforeTheCameraIsNoTransition) {
  Film film;
  const Thumb body = test::brighter(other_.seen_from(60, 60), 0.3, 10);
  for (int i = 0; i < 2 * kShot; ++i) {
    Thumb thumb = one_.seen_from(60, 60);
    const int left = (i - kShot) * 16 - 48;  // crosses in a quarter of a second
    for (int x = std::max(left, 0); x < std::min(left + 48, Thumb::kWidth); ++x) {
      for (int y = 0; y < Thumb::kHeight; ++y) {
        thumb.luma[y * Thumb::kWidth + x] = body.luma[y * Thumb::kWidth + x];
      }
    }
    film.add(thumb);
  }
  expect_none(film);
}

TEST(TransitionFinder, WhatIsThereIsOrderedAndInside) {
  for (std::uint32_t seed = 1; seed <= 16; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    test::Random random(seed);
    PictureMeter meter;
    Milliseconds time{random.below(2'000) - 1'000};
    const Milliseconds first = time;
    const int count = random.below(160);
    const Place place(seed);
    for (int i = 0; i < count; ++i) {
      Thumb thumb = random.below(3) == 0   ? test::noise(random)
                    : random.below(2) == 0 ? test::flat(random.below(256))
                                           : place.seen_from(random.below(300), random.below(300));
      // Repeated times, steps back and long gaps as well.
      const int step = random.below(12);
      time += Milliseconds(step == 0 ? 0 : step == 1 ? -50 : step == 2 ? 90'000 : 40);
      thumb.time = seed % 2 == 0 ? time : first + Milliseconds(i * 40);
      thumb.follows = random.below(5) != 0;
      meter.on_thumb(thumb);
    }
    const PictureSeries series = meter.finish();
    EXPECT_EQ(series.size(), static_cast<std::size_t>(count));
    const auto found = find_transitions(series);
    if (seed % 2 == 0) continue;
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_LE(found[i].span.start, found[i].time);
      EXPECT_LE(found[i].time, found[i].span.end);
      EXPECT_GE(found[i].span.start, first);
      if (i > 0) {
        EXPECT_GE(found[i].time, found[i - 1].time);
      }
    }
  }
}

TEST(TransitionFinder, NoPictureAndOnePictureHaveNone) {
  EXPECT_TRUE(find_transitions({}).empty());
  EXPECT_TRUE(find_transitions(PictureMeter().finish()).empty());
  Film film;
  film.add(test::flat(90));
  EXPECT_TRUE(film.transitions().empty());
}

}  // namespace
}  // namespace needledrop
