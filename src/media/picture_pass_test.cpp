#include "media/picture_pass.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/made_media.h"
#include "media/seen_pictures.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Le;

constexpr auto* kX264 = "-c:v libx264 -preset ultrafast -g 12 -bf 3 -pix_fmt yuv420p ";
constexpr auto* kOpenX264 =
    "-c:v libx264 -preset ultrafast -g 12 -bf 3 "
    "-x264-params open-gop=1:b-pyramid=normal:b-adapt=0:scenecut=0 ";

/// A way to keep pictures in a file.
struct Form {
  std::string name;
  std::string arguments;
  double start = 0;  // of the first picture in milliseconds
};

std::vector<Form> forms() {
  return {
      {"closed.mp4",
       "-c:v libx264 -preset ultrafast -g 12 -bf 3 -flags +cgop "
       "-x264-params b-pyramid=strict:b-adapt=0:scenecut=0"},
      {"open.mkv", kOpenX264},
      {"open.ts", kOpenX264},
      {"mpeg2.ts", "-c:v mpeg2video -g 12 -bf 2 -q:v 2"},
      {"interlaced.ts", "-c:v mpeg2video -g 12 -bf 2 -q:v 2 -flags +ilme+ildct -top 1"},
      {"interlaced.mkv", "-c:v libx264 -preset ultrafast -g 12 -flags +ilme+ildct"},
      {"ten_bits.mkv",
       "-c:v libx265 -preset ultrafast -pix_fmt yuv420p10le "
       "-x265-params keyint=12:bframes=3:open-gop=1:log-level=error"},
      {"hevc.mp4", "-c:v libx265 -preset ultrafast -x265-params keyint=12:log-level=error"},
      {"vp9.webm", "-c:v libvpx-vp9 -g 12 -deadline good -cpu-used 5 -b:v 1M"},
      {"vp8.webm", "-c:v libvpx -g 12 -auto-alt-ref 1 -b:v 1M"},
      {"av1.mkv", "-c:v libaom-av1 -g 12 -cpu-used 8 -usage realtime"},
      {"jpeg.mov", "-c:v mjpeg -q:v 2 -pix_fmt yuvj420p"},
      {"prores.mov", "-c:v prores_ks"},
      {"dv.mxf", "-c:v mpeg2video -g 12 -bf 2 -q:v 2"},
      {"asp.avi", "-c:v mpeg4 -g 12 -bf 2 -q:v 2", 40},  // AVI has only the times of decoding
      {"raw.h264", kX264},
      {"raw.m2v", "-c:v mpeg2video -g 12 -bf 2 -q:v 2"},
      {"old.flv", "-c:v flv -g 12 -q:v 2"},
      {"old.wmv", "-c:v wmv2 -g 12 -q:v 2"},
  };
}

class PicturePassTest : public testing::Test {
 protected:
  /// decode_groups that wants everything gives what decode_picture gives.
  static void expect_groups_give_the_same(const std::string& path, const Seen& whole) {
    AllOfThem everything;
    const Seen groups = see(path, everything);
    EXPECT_EQ(times_of(groups.thumbs), times_of(whole.thumbs)) << path;
    EXPECT_EQ(groups.decoded.duration, whole.decoded.duration) << path;
    EXPECT_EQ(groups.decoded.pictures, whole.decoded.pictures) << path;
    if (groups.thumbs.size() != whole.thumbs.size()) return;
    for (std::size_t i = 0; i < whole.thumbs.size(); ++i) {
      EXPECT_TRUE(groups.thumbs[i].follows) << path << " picture " << i;
      EXPECT_NEAR(mean_luma(groups.thumbs[i]), mean_luma(whole.thumbs[i]), 2)
          << path << " picture " << i;
    }
  }

  static void expect_numbered(const std::vector<Thumb>& thumbs, const std::string& path) {
    for (std::size_t i = 0; i < thumbs.size(); ++i) {
      EXPECT_NEAR(mean_luma(thumbs[i]), grey_of(i), 3) << path << " picture " << i;
    }
  }

  MadeMedia media_;
};

TEST_F(PicturePassTest, EveryFormIsSeenWholeAndAtTheRightTimes) {
  for (const Form& form : forms()) {
    const auto path = media_.make(form.name, numbered_pictures("25", 40) + form.arguments);
    const Seen whole = see(path);
    EXPECT_EQ(times_of(whole.thumbs), even_times(40, 25, 1, form.start)) << form.name;
    expect_numbered(whole.thumbs, form.name);
    EXPECT_EQ(whole.decoded.pictures, 40U) << form.name;
    EXPECT_EQ(whole.decoded.duration, whole.thumbs.back().time + Milliseconds(40)) << form.name;
    EXPECT_EQ(whole.decoded.damaged_packets, 0U) << form.name;
    EXPECT_THAT(whole.decoded.warnings, testing::IsEmpty()) << form.name;
    expect_groups_give_the_same(path, whole);
  }
}

TEST_F(PicturePassTest, TimesAreThoseOfEveryRate) {
  struct Rate {
    const char* name;
    long numerator;
    long denominator;
  };
  for (const Rate rate :
       {Rate{"24000/1001", 24'000, 1'001}, Rate{"25", 25, 1}, Rate{"30000/1001", 30'000, 1'001},
        Rate{"50", 50, 1}, Rate{"60000/1001", 60'000, 1'001}}) {
    for (const std::string suffix : {".mp4", ".mkv", ".ts"}) {
      const auto path =
          media_.make("a" + suffix, numbered_pictures(rate.name, 60) + std::string(kX264));
      const Seen whole = see(path);
      EXPECT_EQ(times_of(whole.thumbs), even_times(60, rate.numerator, rate.denominator))
          << rate.name << suffix;
      expect_groups_give_the_same(path, whole);
    }
  }
}

TEST_F(PicturePassTest, PicturesMayLastDifferentlyLong) {
  // The n-th is shown for 20 ms more than the one before it, seven times over.
  const std::string uneven = numbered_pictures("1000", 30) +
                             "-vf \"setpts='80*N+20*mod(N,7)*(mod(N,7)-1)/2-60*mod(N,7)'\" "
                             "-vsync passthrough ";
  std::vector<long> expected{0};
  for (long n = 1; n < 30; ++n) expected.push_back(expected.back() + 20 * (1 + (n - 1) % 7));
  for (const std::string name : {"a.mkv", "a.mp4", "a.ts"}) {
    const auto path = media_.make(name, uneven + kX264);
    const Seen whole = see(path);
    EXPECT_EQ(times_of(whole.thumbs), expected) << name;
    expect_numbered(whole.thumbs, name);
    expect_groups_give_the_same(path, whole);
  }
}

TEST_F(PicturePassTest, TimeCountsFromTheEarliestPresentedSampleOfSoundOrPicture) {
  const std::string sound = "-f lavfi -i sine=r=48000:d=3 ";
  const std::string as = std::string(kX264) + "-c:a mp2 -vsync passthrough -muxdelay 0 ";
  // Encoders of sound put a little before what they are given, so sound begins that much earlier.
  constexpr double kLeadIn = 25;
  for (const std::string suffix : {".mp4", ".mkv", ".ts"}) {
    const auto late_picture =
        media_.make("p" + suffix, sound + "-itsoffset 1 " + numbered_pictures("25", 30) + as);
    const Seen late = see(late_picture);
    ASSERT_EQ(late.thumbs.size(), 30U) << suffix;
    EXPECT_NEAR(static_cast<double>(late.thumbs[0].time.count()), 1'000, kLeadIn) << suffix;
    EXPECT_EQ(late.thumbs[29].time - late.thumbs[0].time, Milliseconds(29 * 40)) << suffix;
    expect_groups_give_the_same(late_picture, late);
    const auto late_sound =
        media_.make("s" + suffix, "-itsoffset 1 " + sound + numbered_pictures("25", 30) + as +
                                      "-map 1:v -map 0:a");
    EXPECT_EQ(times_of(see(late_sound).thumbs), even_times(30, 25)) << suffix;
    expect_groups_give_the_same(late_sound, see(late_sound));
    EXPECT_NEAR(onset(decode_all(late_sound).heard.mid), 1, 0.03) << suffix;
  }
}

TEST_F(PicturePassTest, APlannerThatWantsNothingGetsTheKeyframes) {
  for (const std::string name : {"closed.mp4", "open.mkv", "open.ts"}) {
    const auto path =
        media_.make(name, numbered_pictures("25", 40) + (name == "closed.mp4" ? kX264 : kOpenX264));
    NoneOfThem none;
    const Seen seen = see(path, none);
    EXPECT_EQ(seen.thumbs.size(), seen.decoded.pictures);
    EXPECT_THAT(seen.thumbs.size(), testing::AllOf(testing::Ge(3U), Le(5U))) << name;
    for (const Thumb& thumb : seen.thumbs) {
      const auto number = static_cast<std::size_t>(thumb.time.count() / 40);
      EXPECT_EQ(thumb.time.count() % 40, 0) << name;
      EXPECT_NEAR(mean_luma(thumb), grey_of(number), 3) << name;
      EXPECT_EQ(thumb.follows, number == 0) << name;
    }
  }
}

/// Wants what is shown in the first half of the second group, and remembers what it was told.
struct HalfOfTheSecond final : GroupPlanner {
  GroupPlan plan(const PictureGroup& group) override {
    ++asked;
    if (group.first.time != Milliseconds(480) || group.decoded.size() > 1) return {};
    coded = group.pictures;
    next = group.next != nullptr ? group.next->time : Milliseconds(-1);
    return {group.pictures.size() / 2, {{0, group.pictures.size() / 2}}};
  }
  int asked = 0;
  std::vector<CodedPicture> coded;
  Milliseconds next{0};
};

TEST_F(PicturePassTest, WhatIsAskedForIsDecodedAndGapsAreNoted) {
  const auto path = media_.make(
      "a.mp4", numbered_pictures("25", 36) + "-c:v libx264 -preset ultrafast -g 12 -bf 0");
  HalfOfTheSecond planner;
  const Seen seen = see(path, planner);
  EXPECT_EQ(times_of(seen.thumbs), (std::vector<long>{0, 480, 520, 560, 600, 640, 680, 960}));
  std::vector<bool> follows;
  for (const Thumb& thumb : seen.thumbs) follows.push_back(thumb.follows);
  EXPECT_THAT(follows, ElementsAre(true, false, true, true, true, true, true, false));
  EXPECT_EQ(planner.asked, 4) << "each group once, and the second again";
  EXPECT_EQ(planner.coded.size(), 12U);
  EXPECT_EQ(planner.next, Milliseconds(960));
  for (const CodedPicture& picture : planner.coded) EXPECT_GT(picture.bytes, 0U);
}

TEST_F(PicturePassTest, KeyframesTooFarApartMeanThatAllIsDecoded) {
  const auto path = media_.make("a.mkv", numbered_pictures("50", 1'700, "32x32") +
                                             "-c:v libx264 -preset ultrafast -g 100000 -bf 2 "
                                             "-x264-params scenecut=0");
  NoneOfThem none;
  const Seen seen = see(path, none);
  EXPECT_EQ(times_of(seen.thumbs), even_times(1'700, 50));
  expect_numbered(seen.thumbs, path);
}

/// As when keyframes become rare: what follows on pictures that were left out must say so.
TEST_F(PicturePassTest, WhereAllIsDecodedFromNowOnTheGapBeforeIsNoted) {
  const auto path = media_.make(
      "a.mkv", numbered_pictures("50", 1'700, "32x32") +
                   "-c:v libx264 -preset ultrafast -g 100000 -bf 0 -x264-params scenecut=0 "
                   "-force_key_frames 0,0.4");
  NoneOfThem none;
  const Seen seen = see(path, none);
  ASSERT_GT(seen.thumbs.size(), 1'000U);
  EXPECT_EQ(seen.thumbs[1].time, Milliseconds(400));
  EXPECT_FALSE(seen.thumbs[1].follows);
  EXPECT_TRUE(seen.thumbs[2].follows);
}

TEST_F(PicturePassTest, SizeAndFormMayChangeOnTheWay) {
  media_.make("one.ts", numbered_pictures("25", 30) + std::string(kX264));
  media_.make("two.ts", numbered_pictures("25", 30, "96x40") + std::string(kX264) +
                            "-pix_fmt yuv422p -output_ts_offset 1.28");
  const auto path = media_.write("both.ts", media_.read("one.ts") + media_.read("two.ts"));
  const Seen whole = see(path);
  EXPECT_EQ(times_of(whole.thumbs), even_times(60, 25));
  for (std::size_t i = 0; i < whole.thumbs.size(); ++i) {
    EXPECT_NEAR(mean_luma(whole.thumbs[i]), grey_of(i % 30), 3) << i;
  }
  expect_groups_give_the_same(path, whole);
}

/// Recordings that were simply put one after the other; sound is taken to follow on as well.
TEST_F(PicturePassTest, AClockThatBeginsAnewFollowsOn) {
  const auto one = media_.make("one.ts", numbered_pictures("25", 300) + std::string(kX264));
  const auto path = media_.write("twice.ts", media_.read("one.ts") + media_.read("one.ts"));
  const Seen whole = see(path);
  EXPECT_EQ(times_of(whole.thumbs), even_times(600, 25));
  expect_groups_give_the_same(path, whole);
}

TEST_F(PicturePassTest, OnePictureIsAVideo) {
  for (const std::string name : {"a.mp4", "a.mkv", "a.ts", "a.avi"}) {
    const auto path = media_.make(name, numbered_pictures("25", 1) + "-c:v mpeg4 -q:v 2");
    const Seen whole = see(path);
    EXPECT_EQ(times_of(whole.thumbs), std::vector<long>{0}) << name;
    EXPECT_EQ(whole.decoded.duration, Milliseconds(40)) << name;
    expect_groups_give_the_same(path, whole);
  }
}

TEST_F(PicturePassTest, WhereThereIsNoPictureItIsSaid) {
  const auto refusal = [](const std::string& path) {
    Seen seen;
    AllOfThem everything;
    const auto whole = decode_picture(path, seen, {});
    const auto groups = decode_groups(path, everything, seen, {});
    EXPECT_TRUE(seen.thumbs.empty()) << path;
    EXPECT_FALSE(whole.has_value() || groups.has_value()) << path;
    if (whole.has_value() || groups.has_value()) return Error::Kind::kBusy;
    EXPECT_EQ(whole.error().kind, groups.error().kind) << path;
    EXPECT_FALSE(whole.error().message.empty());
    return whole.error().kind;
  };
  const auto sound = media_.make("a.mp3", "-f lavfi -i sine=d=1");
  EXPECT_EQ(refusal(sound), Error::Kind::kUnsupported);
  media_.make("cover.png", "-f lavfi -i testsrc=s=64x64 -frames:v 1");
  EXPECT_EQ(refusal(media_.make("cover.mp3",
                                "-i a.mp3 -i cover.png -map 0 -map 1 -c copy "
                                "-disposition:v attached_pic")),
            Error::Kind::kUnsupported);
  EXPECT_EQ(refusal(media_.make("cover.m4a",
                                "-i a.mp3 -i cover.png -map 0 -map 1 -c:a aac "
                                "-c:v copy -disposition:v attached_pic")),
            Error::Kind::kUnsupported);
  EXPECT_EQ(refusal(media_.path("missing.mkv")), Error::Kind::kNotFound);
  EXPECT_EQ(refusal(media_.write("text.mp4", "no picture, only words\n")),
            Error::Kind::kUnsupported);
}

TEST_F(PicturePassTest, ACoverBesidesThePictureIsPassedOver) {
  media_.make("cover.png", "-f lavfi -i color=white:s=64x64 -frames:v 1");
  media_.make("v.mp4", numbered_pictures("25", 30) + std::string(kX264));
  const auto path = media_.make("both.mp4",
                                "-i cover.png -i v.mp4 -map 0 -map 1 -c copy "
                                "-disposition:v:0 attached_pic -disposition:v:1 0");
  const Seen whole = see(path);
  EXPECT_EQ(times_of(whole.thumbs), even_times(30, 25));
  expect_numbered(whole.thumbs, path);
}

class DamagedPictureTest : public PicturePassTest {
 protected:
  static constexpr int kPictures = 250;

  void SetUp() override {
    media_.make("good.mkv",
                "-f lavfi -i testsrc2=s=160x90:r=25:d=10 -c:v libx264 -preset ultrafast -g 25 "
                "-bf 2 -pix_fmt yuv420p");
  }

  /// Ascending times of the good file, most of them; `whole` and by groups.
  void expect_most_is_seen(const std::string& path, std::size_t least) {
    AllOfThem everything;
    NoneOfThem none;
    for (const Seen& seen : {see(path), see(path, everything), see(path, none)}) {
      const auto times = times_of(seen.thumbs);
      EXPECT_TRUE(std::ranges::is_sorted(times, std::ranges::less_equal())) << path;
      for (const long time : times) EXPECT_EQ(time % 40, 0) << path;
    }
    EXPECT_GE(see(path).thumbs.size(), least) << path;
    EXPECT_GE(see(path, everything).thumbs.size(), least) << path;
  }

  static void expect_warning(const Seen& seen) {
    EXPECT_GT(seen.decoded.damaged_packets, 0U);
    ASSERT_EQ(seen.decoded.warnings.size(), 1U);
    EXPECT_THAT(seen.decoded.warnings[0], HasSubstr("damaged"));
  }
};

TEST_F(DamagedPictureTest, FlippedBytesAreCountedAndTimesAscend) {
  const auto path = media_.make("noise.mkv",
                                "-i good.mkv -c copy -bsf:v \"noise=amount='if(between(pts*tb,2,3),"
                                "1+mod(n,50),0)'\"");
  expect_most_is_seen(path, 200);
  expect_warning(see(path));
  AllOfThem everything;
  expect_warning(see(path, everything));
  EXPECT_NEAR(static_cast<double>(see(path, everything).decoded.damaged_packets),
              static_cast<double>(see(path).decoded.damaged_packets), 3)
      << "each counts once, however often it was decoded";
}

/// Several threads hold several pictures back, and the errors between them.
TEST_F(DamagedPictureTest, NumberOfThreadsDoesNotShow) {
  media_.make("each.mkv", "-i good.mkv -c:v png");
  for (const std::string damaged : {"between(n,244,247)", "between(n,248,249)", "eq(mod(n,2),1)"}) {
    const auto path = media_.make(
        "bad.mkv", "-i each.mkv -c copy -bsf:v \"noise=amount='if(" + damaged + ",1,0)'\"");
    PictureOptions options;
    const Seen one = see(path, options);
    EXPECT_GT(one.decoded.damaged_packets, 0U) << damaged;
    for (const unsigned threads : {2U, 4U}) {
      options.threads = threads;
      const Seen several = see(path, options);
      EXPECT_EQ(times_of(several.thumbs), times_of(one.thumbs)) << damaged << ' ' << threads;
      EXPECT_EQ(several.decoded.duration, one.decoded.duration) << damaged << ' ' << threads;
      EXPECT_EQ(several.decoded.damaged_packets, one.decoded.damaged_packets)
          << damaged << ' ' << threads;
      for (std::size_t i = 0; i < std::min(one.thumbs.size(), several.thumbs.size()); ++i) {
        ASSERT_TRUE(several.thumbs[i].luma == one.thumbs[i].luma) << damaged << ' ' << i;
      }
    }
  }
}

TEST_F(DamagedPictureTest, LostPacketsLeaveTheOthersAtTheirTimes) {
  const auto path = media_.make(
      "lost.mkv", "-i good.mkv -c copy -bsf:v \"noise=drop='eq(mod(n,10),7)+between(n,100,110)'\"");
  expect_most_is_seen(path, 190);
}

TEST_F(DamagedPictureTest, LostKeyframeCostsNoMoreThanItsGroup) {
  const auto path = media_.make(
      "lost.mkv", "-i good.mkv -c copy -bsf:v \"noise=drop='between(pts*tb,3.99,4.01)'\"");
  expect_most_is_seen(path, 220);
}

TEST_F(DamagedPictureTest, AFileCutShortIsSeenUpToItsEnd) {
  const auto bytes = media_.read("good.mkv");
  const auto path = media_.write("half.mkv", bytes.substr(0, bytes.size() / 2));
  const Seen whole = see(path);
  EXPECT_GT(whole.thumbs.size(), 80U);
  EXPECT_LT(whole.thumbs.size(), 170U);
  EXPECT_GT(whole.decoded.duration, whole.thumbs.back().time);
  EXPECT_LE(whole.decoded.duration, whole.thumbs.back().time + Milliseconds(120));
}

TEST_F(DamagedPictureTest, WhatBeginsInTheMiddleIsSeenFromItsFirstKeyframe) {
  media_.make("good.ts", "-i good.mkv -c copy");
  const auto bytes = media_.read("good.ts");
  const std::size_t packets = bytes.size() / 188;
  const auto path = media_.write("tail.ts", bytes.substr(packets / 3 * 188));
  const Seen whole = see(path);
  EXPECT_GT(whole.thumbs.size(), 130U);
  expect_most_is_seen(path, 130);
}

TEST_F(DamagedPictureTest, NothingThatIsReadCrashesOrLoops) {
  const auto good = media_.read("good.mkv");
  for (std::size_t seed = 1; seed <= 12; ++seed) {
    std::string bytes = good;
    std::uint64_t state = seed * 0x9E3779B97F4A7C15U;
    for (int i = 0; i < 60; ++i) {
      state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
      bytes[(state >> 20) % bytes.size()] = static_cast<char>(state >> 56);
    }
    const auto path = media_.write("bad.mkv", bytes);
    for (int mode = 0; mode < 2; ++mode) {
      Seen seen;
      AllOfThem everything;
      const auto decoded =
          mode == 0 ? decode_picture(path, seen, {}) : decode_groups(path, everything, seen, {});
      EXPECT_TRUE(std::ranges::is_sorted(times_of(seen.thumbs), std::ranges::less_equal()))
          << "seed " << seed;
      EXPECT_LE(seen.thumbs.size(), std::size_t{kPictures}) << "seed " << seed;
      if (!decoded.has_value()) {
        EXPECT_FALSE(decoded.error().message.empty()) << "seed " << seed;
      }
    }
  }
}

TEST_F(PicturePassTest, StopsWhenAsked) {
  // Small enough to lie in the reader's buffer as a whole.
  const auto path =
      media_.make("a.mkv", numbered_pictures("25", 500, "32x32") + std::string(kX264));
  const auto stopped = [&](auto run) {
    std::stop_source stop;
    Seen seen;
    PictureOptions options;
    options.stop = stop.get_token();
    options.progress = [&](Milliseconds at) {
      if (at >= Milliseconds(2'000)) stop.request_stop();
    };
    const auto decoded = run(seen, options);
    EXPECT_FALSE(decoded.has_value());
    EXPECT_TRUE(!decoded.has_value() && decoded.error().kind == Error::Kind::kCancelled);
    EXPECT_LT(seen.thumbs.size(), 80U);
  };
  stopped([&](ThumbSink& sink, const PictureOptions& options) {
    return decode_picture(path, sink, options);
  });
  stopped([&](ThumbSink& sink, const PictureOptions& options) {
    AllOfThem everything;
    return decode_groups(path, everything, sink, options);
  });
}

TEST_F(PicturePassTest, NumberOfThreadsDoesNotShow) {
  const auto path =
      media_.make("a.mkv", "-f lavfi -i testsrc2=s=320x180:r=25:d=4 " + std::string(kOpenX264));
  PictureOptions options;
  const Seen one = see(path, options);
  for (const unsigned threads : {2U, 4U, 0U}) {
    options.threads = threads;
    const Seen several = see(path, options);
    EXPECT_EQ(times_of(several.thumbs), times_of(one.thumbs));
    for (std::size_t i = 0; i < std::min(one.thumbs.size(), several.thumbs.size()); ++i) {
      EXPECT_TRUE(several.thumbs[i].luma == one.thumbs[i].luma) << i;
      EXPECT_TRUE(several.thumbs[i].blue == one.thumbs[i].blue) << i;
      EXPECT_TRUE(several.thumbs[i].red == one.thumbs[i].red) << i;
    }
  }
}

}  // namespace
}  // namespace needledrop
