#include "media/thumb_maker.h"

#include <cmath>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "media/made_media.h"
#include "media/seen_pictures.h"

namespace needledrop {
namespace {

class ThumbMakerTest : public testing::Test {
 protected:
  Thumb first(const std::string& name, const std::string& arguments) const {
    const Seen seen = see(media_.make(name, arguments));
    return seen.thumbs.empty() ? Thumb{} : seen.thumbs.front();
  }
  static int luma(const Thumb& thumb, int x, int y) { return thumb.luma[y * Thumb::kWidth + x]; }
  static int blue(const Thumb& thumb, int x, int y) {
    return thumb.blue[y * Thumb::kChromaWidth + x];
  }
  static int red(const Thumb& thumb, int x, int y) {
    return thumb.red[y * Thumb::kChromaWidth + x];
  }

  MadeMedia media_;
};

/// White above left, blue above right, red below left, black below right.
constexpr auto* kCorners =
    "-f lavfi -i \"nullsrc=s=128x96:d=0.2,format=yuv444p,geq="
    "lum='if(lt(Y,48),if(lt(X,64),235,41),if(lt(X,64),81,16))':"
    "cb='if(lt(Y,48),if(lt(X,64),128,240),if(lt(X,64),90,128))':"
    "cr='if(lt(Y,48),if(lt(X,64),128,110),if(lt(X,64),240,128))'\" ";

TEST_F(ThumbMakerTest, TurnedPicturesComeOutUprightAsInAPlayer) {
  media_.make("lying.mp4", std::string(kCorners) + "-c:v libx264 -pix_fmt yuv444p -qp 4");
  for (const int degrees : {0, 90, 180, 270}) {
    const auto turn = std::to_string(degrees);
    const Thumb thumb = first("turned.mp4", "-i lying.mp4 -c copy -metadata:s:v:0 rotate=" + turn);
    // ffmpeg turns what it decodes.
    const Thumb upright = first("upright.nut", "-i turned.mp4 -c:v rawvideo");
    for (const int x : {8, 56}) {
      for (const int y : {8, 28}) {
        EXPECT_NEAR(luma(thumb, x, y), luma(upright, x, y), 4) << degrees;
        EXPECT_NEAR(blue(thumb, x / 2, y / 2), blue(upright, x / 2, y / 2), 4) << degrees;
        EXPECT_NEAR(red(thumb, x / 2, y / 2), red(upright, x / 2, y / 2), 4) << degrees;
      }
    }
    EXPECT_EQ(luma(upright, 8, 8) > 200, degrees == 0) << "it was turned";
  }
}

TEST_F(ThumbMakerTest, EveryPixelFormatGivesTheSameThumb) {
  const Thumb plain = first("a.nut", std::string(kCorners) + "-c:v rawvideo");
  for (const std::string format : {"yuv420p", "yuv422p", "yuv420p10le", "yuv422p12le", "nv12",
                                   "gbrp", "rgb24", "bgra", "yuva420p", "yuv410p"}) {
    const Thumb thumb = first("b.nut", std::string(kCorners) + "-c:v rawvideo -pix_fmt " + format);
    for (const int x : {8, 56}) {
      for (const int y : {8, 28}) {
        EXPECT_NEAR(luma(thumb, x, y), luma(plain, x, y), 4) << format << ' ' << x << ' ' << y;
        EXPECT_NEAR(blue(thumb, x / 2, y / 2), blue(plain, x / 2, y / 2), 4) << format;
        EXPECT_NEAR(red(thumb, x / 2, y / 2), red(plain, x / 2, y / 2), 4) << format;
      }
    }
  }
}

TEST_F(ThumbMakerTest, FullRangeBecomesStudioRange) {
  const std::string white = "-f lavfi -i color=white:s=64x48:d=0.2 -vf scale=out_range=pc ";
  for (const std::string as :
       {"a.mov -c:v mjpeg -q:v 1 -pix_fmt yuvj420p", "b.mkv -c:v libx264 -pix_fmt yuvj420p -qp 2",
        "c.webm -c:v libvpx-vp9 -pix_fmt yuv420p -color_range pc -b:v 1M"}) {
    const auto name = as.substr(0, as.find(' '));
    const Thumb thumb = first(name, white + as.substr(as.find(' ')));
    EXPECT_NEAR(luma(thumb, 32, 18), 235, 3) << name;
    EXPECT_NEAR(blue(thumb, 16, 9), 128, 2) << name;
  }
}

TEST_F(ThumbMakerTest, TheRangeMayChangeOnTheWay) {
  const std::string white = "-f lavfi -i color=white:s=64x48:r=25:d=0.2 ";
  const std::string as = "-c:v libvpx-vp9 -pix_fmt yuv420p -b:v 1M ";
  media_.make("full.webm", white + "-vf scale=out_range=pc -color_range pc " + as);
  media_.make("studio.webm", white + "-vf scale=out_range=tv -color_range tv " + as);
  media_.write("list.txt", "file full.webm\nfile studio.webm\nfile full.webm\n");
  const Seen seen = see(media_.make("both.webm", "-f concat -i list.txt -c copy"));
  ASSERT_EQ(seen.thumbs.size(), 15U);
  for (const Thumb& thumb : seen.thumbs) {
    EXPECT_NEAR(luma(thumb, 32, 18), 235, 3) << thumb.time.count();
  }
}

/// The slow twin: means of the source's pixels, where 16:9 divides evenly.
TEST_F(ThumbMakerTest, PixelsAreMeansOfTheirPartOfThePicture) {
  constexpr int kTimes = 5;
  constexpr int kWidth = Thumb::kWidth * kTimes;
  const Thumb thumb = first("noise.nut",
                            "-f lavfi -i \"nullsrc=s=320x180:d=0.04,format=gray,"
                            "geq=lum='mod(X*X*7+Y*Y*13+X*Y,200)+20'\" -c:v rawvideo "
                            "-pix_fmt yuv420p");
  const auto raw = media_.make("noise.gray",
                               "-i noise.nut -f rawvideo -vf extractplanes=y "
                               "-frames:v 1");
  const auto bytes = media_.read("noise.gray");
  ASSERT_EQ(bytes.size(), std::size_t{kWidth} * Thumb::kHeight * kTimes) << raw;
  for (int y = 0; y < Thumb::kHeight; ++y) {
    for (int x = 0; x < Thumb::kWidth; ++x) {
      double sum = 0;
      for (int j = 0; j < kTimes; ++j) {
        for (int i = 0; i < kTimes; ++i) {
          sum += static_cast<unsigned char>(bytes[(y * kTimes + j) * kWidth + x * kTimes + i]);
        }
      }
      EXPECT_NEAR(luma(thumb, x, y), sum / kTimes / kTimes, 3) << x << ' ' << y;
    }
  }
}

TEST_F(ThumbMakerTest, BarsOfALetterboxStayBlack) {
  const Thumb thumb = first("bars.mp4",
                            "-f lavfi -i color=0x808080:s=320x120:d=0.2 -vf pad=320:180:0:30 "
                            "-c:v libx264 -pix_fmt yuv420p");
  for (int x = 0; x < Thumb::kWidth; ++x) {
    EXPECT_NEAR(luma(thumb, x, 2), 16, 2);
    EXPECT_NEAR(luma(thumb, x, 33), 16, 2);
    EXPECT_NEAR(luma(thumb, x, 18), 126, 3);
  }
}

TEST_F(ThumbMakerTest, AnyShapeIsDrawnOutToTheWholeThumb) {
  for (const std::string size : {"2x2", "16x1024", "1024x16", "66x38", "63x35"}) {
    const Thumb thumb = first("a.nut", "-f lavfi -i \"nullsrc=s=" + size +
                                           ":d=0.04,format=yuv444p,geq=lum='if(lt(X,W/2),40,200)':"
                                           "cb=100:cr=150\" -c:v rawvideo");
    for (const int y : {0, 18, 35}) {
      EXPECT_NEAR(luma(thumb, 4, y), 40, 3) << size;
      EXPECT_NEAR(luma(thumb, 59, y), 200, 3) << size;
      EXPECT_NEAR(blue(thumb, 16, y / 2), 100, 3) << size;
      EXPECT_NEAR(red(thumb, 16, y / 2), 150, 3) << size;
    }
  }
}

}  // namespace
}  // namespace needledrop
