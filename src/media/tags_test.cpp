#include <gtest/gtest.h>

#include "media/made_media.h"
#include "media/tag_text.h"

namespace needledrop {
namespace {

constexpr auto* kTone = "-f lavfi -i sine=d=1 ";
constexpr auto* kRecording = "0b3cc4ec-6e5a-4f0e-9f9f-000000000001";
constexpr auto* kReleaseTrack = "0b3cc4ec-6e5a-4f0e-9f9f-000000000002";
constexpr auto* kRelease = "0b3cc4ec-6e5a-4f0e-9f9f-000000000003";

/// One ID3v2.3 frame; `text` with its encoding byte where the frame has one.
std::string id3_frame(const std::string& name, const std::string& text) {
  const auto size = static_cast<char>(text.size());
  return name + std::string({'\0', '\0', '\0', size, '\0', '\0'}) + text;
}

std::string id3_tag(const std::string& frames) {
  const auto high = static_cast<char>(frames.size() >> 7);
  const auto low = static_cast<char>(frames.size() & 0x7F);
  return std::string("ID3\x03\0\0\0\0", 8) + high + low + frames;
}

class TagsTest : public testing::Test {
 protected:
  Tags tags(const std::string& path) {
    const auto file = MediaFile::open(path, {});
    EXPECT_TRUE(file.has_value()) << path;
    return file.has_value() ? (*file)->tags() : Tags{};
  }

  MadeMedia media_;
};

TEST_F(TagsTest, VorbisCommentsAndMatroska) {
  for (const std::string name : {"a.flac", "a.ogg", "a.opus", "a.mka"}) {
    const auto read = tags(media_.make(
        name, std::string(kTone) +
                  "-metadata title='눈물의 여왕' -metadata artist=Someone -metadata album=Album "
                  "-metadata track=3/12 -metadata date=2024-03-09 -metadata ISRC=kr-a01-24-00001 "
                  "-metadata MUSICBRAINZ_TRACKID=" +
                  kRecording + " -metadata MUSICBRAINZ_RELEASETRACKID=" + kReleaseTrack +
                  " -metadata MUSICBRAINZ_ALBUMID=" + kRelease));
    EXPECT_EQ(read.title, "눈물의 여왕") << name;
    EXPECT_EQ(read.artist, "Someone") << name;
    EXPECT_EQ(read.album, "Album") << name;
    EXPECT_EQ(read.track_number, 3) << name;
    EXPECT_EQ(read.date, "2024-03-09") << name;
    EXPECT_EQ(read.isrc, "KRA012400001") << name;
    EXPECT_EQ(read.musicbrainz_recording, kRecording) << name;
    EXPECT_EQ(read.musicbrainz_release, kRelease) << name;
  }
}

TEST_F(TagsTest, ReleaseTrackIsNeverTheRecording) {
  const auto read = tags(media_.make(
      "a.flac", std::string(kTone) + "-metadata MUSICBRAINZ_RELEASETRACKID=" + kReleaseTrack));
  EXPECT_EQ(read.musicbrainz_recording, "");
}

TEST_F(TagsTest, SeveralValuesInVorbisComments) {
  media_.write("meta.txt", ";FFMETADATA1\nISRC=not one\\;KRA012400001\nARTIST=One\\;Two\n");
  const auto read = tags(media_.make("a.flac", std::string(kTone) + "-i meta.txt -map_metadata 1"));
  EXPECT_EQ(read.isrc, "KRA012400001");
  EXPECT_EQ(read.artist, "One; Two");
}

TEST_F(TagsTest, WhoMadeItAndItsRelease) {
  for (const std::string name : {"a.flac", "a.ogg", "a.mp3", "a.mka"}) {
    const auto read = tags(media_.make(
        name, std::string(kTone) +
                  "-metadata composer='김 하나' -metadata LYRICIST=Lee -metadata ARRANGER=Park "
                  "-metadata publisher=House -metadata CATALOGNUMBER=HS-1 "
                  "-metadata BARCODE=4006381333931 -metadata disc=2/3"));
    EXPECT_EQ(read.composer, "김 하나") << name;
    EXPECT_EQ(read.lyricist, "Lee") << name;
    EXPECT_EQ(read.arranger, "Park") << name;
    EXPECT_EQ(read.label, "House") << name;
    EXPECT_EQ(read.catalogue_number, "HS-1") << name;
    EXPECT_EQ(read.barcode, "4006381333931") << name;
    EXPECT_EQ(read.disc_number, 2) << name;
  }
}

TEST_F(TagsTest, Mp4) {
  const auto read = tags(
      media_.make("a.m4a", std::string(kTone) +
                               "-metadata title=Song -metadata artist=Someone -metadata track=7/9 "
                               "-metadata album=Album -metadata date=2020"));
  EXPECT_EQ(read.title, "Song");
  EXPECT_EQ(read.track_number, 7);
  EXPECT_EQ(read.date, "2020");
}

TEST_F(TagsTest, Id3UfidIsTheRecording) {
  media_.make("plain.mp3", std::string(kTone) + "-id3v2_version 0 -write_xing 0");
  const auto sound = media_.read("plain.mp3");
  const std::string owner("http://musicbrainz.org\0", 23);
  const auto path = media_.write(
      "a.mp3", id3_tag(id3_frame("TIT2", std::string("\0Song", 5)) +
                       id3_frame("UFID", "http://other.example" + std::string(1, '\0') + kRelease) +
                       id3_frame("TXXX", std::string("\0MusicBrainz Release Track Id\0", 30) +
                                             kReleaseTrack) +
                       id3_frame("TXXX", std::string("\0MusicBrainz Album Id\0", 22) + kRelease) +
                       id3_frame("TSRC", std::string("\0KRA012400001", 13)) +
                       id3_frame("TRCK", std::string("\0"
                                                     "3/12",
                                                     5)) +
                       id3_frame("UFID", owner + kRecording)) +
                   sound);
  const auto read = tags(path);
  EXPECT_EQ(read.title, "Song");
  EXPECT_EQ(read.isrc, "KRA012400001");
  EXPECT_EQ(read.track_number, 3);
  EXPECT_EQ(read.musicbrainz_recording, kRecording);
  EXPECT_EQ(read.musicbrainz_release, kRelease);
}

TEST_F(TagsTest, KoreanInLatin1FramesIsRead) {
  media_.make("plain.mp3", std::string(kTone) + "-id3v2_version 0 -write_xing 0");
  const std::string korean("\0\xB4\xAB\xB9\xB0\xC0\xC7 \xBF\xA9\xBF\xD5", 12);
  const auto read =
      tags(media_.write("a.mp3", id3_tag(id3_frame("TIT2", korean) +
                                         id3_frame("TPE1", std::string("\0Beyonc\xE9", 8))) +
                                     media_.read("plain.mp3")));
  EXPECT_EQ(read.title, "눈물의 여왕");
  EXPECT_EQ(read.artist, "Beyoncé");
}

TEST(TagText, EuropeanTextStays) {
  for (const auto* text :
       {"Café del Mar", "Motörhead", "Ångström", "Ænima", "Sigur Rós", "Señor", "Für Élise",
        "naïve", "Øl", "½ °C", "«Été»", "plain", "눈물", "日本", ""}) {
    EXPECT_EQ(repair_tag_text(text), text);
  }
}

TEST(TagText, RawCodePage949AndInvalidBytes) {
  EXPECT_EQ(repair_tag_text("\xB4\xAB\xB9\xB0"), "눈물");
  EXPECT_EQ(repair_tag_text("ab\xff"
                            "c"),
            "ab\uFFFDc");
  EXPECT_EQ(repair_tag_text("  spaced \n"), "spaced");
  EXPECT_LE(repair_tag_text(std::string(1'000'000, 'x')).size(), 4'096U);
}

TEST(TagText, Numbers) {
  EXPECT_EQ(read_track_number("3/12"), 3);
  EXPECT_EQ(read_track_number("07"), 7);
  EXPECT_EQ(read_track_number("A1"), 0);
  EXPECT_EQ(read_track_number("-4"), 0);
  EXPECT_EQ(read_track_number("99999999999"), 0);
  EXPECT_EQ(read_isrc("ISRC KR-A01-24-00001"), "KRA012400001");
  EXPECT_EQ(read_isrc("KRA01240000"), "");
  EXPECT_EQ(read_mbid("not-an-id"), "");
}

}  // namespace
}  // namespace needledrop
