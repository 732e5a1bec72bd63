#include "media/still.h"

#include <map>

#include <gtest/gtest.h>

#include "media/made_media.h"
#include "media/seen_pictures.h"

namespace needledrop {
namespace {

/// The stills by the place of their times.
std::map<std::size_t, std::string> stills_of(const std::string& path,
                                             const std::vector<Milliseconds>& times,
                                             const StillOptions& options = {}) {
  std::map<std::size_t, std::string> stills;
  const auto made = make_stills(path, times, options, [&](std::size_t i, std::string jpeg) {
    stills[i] = std::move(jpeg);
    return true;
  });
  EXPECT_TRUE(made.has_value()) << (made.has_value() ? "" : made.error().message);
  return stills;
}

/// What a JPEG shows, through the decoder that all pictures go through.
Thumb shown_in(const MadeMedia& media, const std::string& jpeg) {
  const auto seen = see(media.write("still.jpg", jpeg));
  EXPECT_EQ(seen.thumbs.size(), 1U);
  return seen.thumbs.empty() ? Thumb() : seen.thumbs.front();
}

TEST(Still, shows_the_picture_of_its_time) {
  const MadeMedia media;
  // Pictures of one grey each, 25 a second, with B pictures and keyframes 2 s apart.
  const std::string path = media.make(
      "n.mp4", numbered_pictures("25", 100) + " -c:v libx264 -g 50 -bf 3 -crf 10 -pix_fmt yuv420p");
  const std::vector<Milliseconds> times{Milliseconds(0), Milliseconds(440), Milliseconds(455),
                                        Milliseconds(2'000), Milliseconds(3'960)};
  const auto stills = stills_of(path, times);
  ASSERT_EQ(stills.size(), times.size());
  const std::vector<std::size_t> numbers{0, 11, 11, 50, 99};
  for (std::size_t i = 0; i < times.size(); ++i) {
    EXPECT_NEAR(mean_luma(shown_in(media, stills.at(i))), grey_of(numbers[i]), 1.5) << i;
  }
}

/// Of every 37th picture, in the file, what decode_picture sees there.
void expect_stills_as_decoded(const MadeMedia& media, const std::string& path) {
  const auto thumbs = see(path).thumbs;
  std::vector<Milliseconds> times;
  std::vector<double> greys;
  for (std::size_t i = 11; i < thumbs.size(); i += 37) {
    times.push_back(thumbs[i].time);
    greys.push_back(mean_luma(thumbs[i]));
  }
  ASSERT_GT(times.size(), 2U) << path;
  const auto stills = stills_of(path, times);
  ASSERT_EQ(stills.size(), times.size()) << path;
  for (std::size_t i = 0; i < times.size(); ++i) {
    EXPECT_NEAR(mean_luma(shown_in(media, stills.at(i))), greys[i], 1.5) << path << ' ' << i;
  }
}

constexpr auto* kLongGroups = "-c:v libx264 -preset ultrafast -g 60 -bf 3 -crf 10 -pix_fmt yuv420p";

/// Seeking lands on any picture there, or nowhere.
TEST(Still, of_a_stream_and_of_bare_pictures) {
  const MadeMedia media;
  for (const std::string name : {"n.ts", "n.mpg", "n.h264", "n.flv", "n.avi"}) {
    expect_stills_as_decoded(media, media.make(name, numbered_pictures("25", 200) + kLongGroups));
  }
}

TEST(Still, where_the_clock_begins_anew_it_is_that_of_the_pictures) {
  const MadeMedia media;
  media.make("one.ts", numbered_pictures("25", 300) + kLongGroups);
  media.make("two.ts", numbered_pictures("25", 260) + "-vf lutyuv=y=251-val " + kLongGroups);
  const std::string path = media.write("both.ts", media.read("one.ts") + media.read("two.ts"));
  ASSERT_EQ(see(path).thumbs.size(), 560U);
  expect_stills_as_decoded(media, path);
}

TEST(Still, what_lacks_other_pictures_is_not_shown) {
  const MadeMedia media;
  media.make("n.ts", numbered_pictures("25", 200) + kLongGroups);
  const std::string bytes = media.read("n.ts");
  // Begins in the middle of a group.
  expect_stills_as_decoded(media,
                           media.write("tail.ts", bytes.substr(bytes.size() / 188 / 5 * 188)));
}

TEST(Still, before_the_first_picture_it_is_the_first) {
  const MadeMedia media;
  const std::string path = media.make(
      "late.mkv", "-f lavfi -i sine=d=3 -itsoffset 1 " + numbered_pictures("25", 50) +
                      "-vsync passthrough -c:a flac -c:v libx264 -crf 10 -pix_fmt yuv420p");
  const auto stills = stills_of(path, {Milliseconds(0), Milliseconds(500), Milliseconds(1'080)});
  ASSERT_EQ(stills.size(), 3U);
  EXPECT_NEAR(mean_luma(shown_in(media, stills.at(0))), grey_of(0), 1.5);
  EXPECT_NEAR(mean_luma(shown_in(media, stills.at(1))), grey_of(0), 1.5);
  EXPECT_NEAR(mean_luma(shown_in(media, stills.at(2))), grey_of(2), 1.5);
}

TEST(Still, of_pictures_that_use_all_steps) {
  const MadeMedia media;
  const std::string path =
      media.make("full.webm",
                 "-f lavfi -i color=0x808080:s=64x48:d=0.2 -vf scale=out_range=pc -c:v libvpx-vp9 "
                 "-pix_fmt yuv420p -color_range pc -b:v 1M");
  const auto stills = stills_of(path, {Milliseconds(0)});
  ASSERT_EQ(stills.size(), 1U);
  EXPECT_NEAR(mean_luma(shown_in(media, stills.at(0))), 126, 1.5);
}

TEST(Still, beyond_the_end_it_is_the_last_picture) {
  const MadeMedia media;
  const std::string path =
      media.make("n.mp4", numbered_pictures("25", 10) + " -c:v libx264 -crf 10 -pix_fmt yuv420p");
  const auto stills = stills_of(path, {Milliseconds(60'000)});
  ASSERT_EQ(stills.size(), 1U);
  EXPECT_NEAR(mean_luma(shown_in(media, stills.at(0))), grey_of(9), 1.5);
}

TEST(Still, the_same_bytes_every_time) {
  const MadeMedia media;
  const std::string path = media.make(
      "n.mkv", numbered_pictures("25", 60) + " -c:v libx264 -g 20 -crf 20 -pix_fmt yuv420p");
  const std::vector<Milliseconds> times{Milliseconds(400), Milliseconds(1'600)};
  EXPECT_EQ(stills_of(path, times), stills_of(path, times));
}

TEST(Still, a_file_without_a_picture_has_none) {
  const MadeMedia media;
  const std::string path = media.make("a.wav", "-f lavfi -i sine=d=1");
  const auto made = make_stills(path, {}, {}, [](std::size_t, const std::string&) { return true; });
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().kind, Error::Kind::kUnsupported);
}

TEST(Still, stops_when_it_is_asked_to) {
  const MadeMedia media;
  const std::string path =
      media.make("n.mp4", numbered_pictures("25", 10) + " -c:v libx264 -pix_fmt yuv420p");
  std::stop_source stop;
  stop.request_stop();
  StillOptions options;
  options.stop = stop.get_token();
  const std::vector<Milliseconds> times{Milliseconds(0)};
  const auto made =
      make_stills(path, times, options, [](std::size_t, const std::string&) { return true; });
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().kind, Error::Kind::kCancelled);
}

}  // namespace
}  // namespace needledrop
