#include "media/packet_digest.h"

#include <gtest/gtest.h>

#include "media/made_media.h"

namespace needledrop {
namespace {

class PacketDigestTest : public testing::Test {
 protected:
  static Digest digest(const std::string& path) {
    const auto file = MediaFile::open(path, {});
    EXPECT_TRUE(file.has_value()) << path;
    const auto digest = (*file)->digest({});
    EXPECT_TRUE(digest.has_value()) << path;
    return *digest;
  }

  MadeMedia media_;
};

TEST_F(PacketDigestTest, RetaggingDoesNotChangeIt) {
  for (const std::string name : {"a.flac", "a.mp3", "a.ogg", "a.m4a", "a.wav", "a.mka", "a.aiff"}) {
    const auto plain = media_.make(name, "-f lavfi -i sine=d=2");
    const auto tagged =
        media_.make("tagged-" + name, "-i " + name +
                                          " -c copy -metadata title='Another title' "
                                          "-metadata artist='Somebody else'");
    EXPECT_NE(media_.read(name), media_.read("tagged-" + name));
    EXPECT_EQ(digest(plain), digest(tagged)) << name;
    EXPECT_EQ(digest(plain), decode_all(tagged).sound.digest) << name;
  }
}

TEST_F(PacketDigestTest, TagsAtTheEndOfAnMp3DoNotCount) {
  const auto plain = media_.make("a.mp3", "-f lavfi -i sine=d=2");
  const auto old_tag = "TAG" + std::string(125, 'x');
  EXPECT_EQ(digest(plain), digest(media_.write("b.mp3", media_.read("a.mp3") + old_tag)));
}

TEST_F(PacketDigestTest, OtherSoundChangesItInAnyStream) {
  media_.make("a.flac", "-f lavfi -i sine=f=400:d=1");
  media_.make("b.flac", "-f lavfi -i sine=f=500:d=1");
  const auto make = [&](const std::string& name, const std::string& first,
                        const std::string& second) {
    return digest(
        media_.make(name, "-i " + first + " -i " + second + " -map 0:a -map 1:a -c copy"));
  };
  const auto ab = make("ab.mka", "a.flac", "b.flac");
  EXPECT_NE(ab, make("aa.mka", "a.flac", "a.flac"));
  EXPECT_NE(ab, make("ba.mka", "b.flac", "a.flac"));
  EXPECT_NE(ab, digest(media_.path("a.flac")));
}

TEST_F(PacketDigestTest, PictureDoesNotCount) {
  media_.make("a.m4a", "-f lavfi -i sine=d=2");
  const auto film =
      media_.make("v.mp4", "-f lavfi -i testsrc2=s=160x90:d=2 -i a.m4a -c:v mpeg4 -c:a copy");
  EXPECT_EQ(digest(film), digest(media_.path("a.m4a")));
}

}  // namespace
}  // namespace needledrop
