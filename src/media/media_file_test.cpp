#include "media/media_file.h"

#include <cmath>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "media/made_media.h"

namespace needledrop {
namespace {

// Silence, and from 1 s on a tone of 440 Hz in the left and a weaker one of 660 Hz in the right.
constexpr auto* kOnsetAtOne =
    "-f lavfi -i \"aevalsrc=exprs='gt(t,1)*0.5*sin(2*PI*440*t)|gt(t,1)*0.25*sin(2*PI*660*t)'"
    ":s=48000:d=6\" ";
constexpr auto* kPicture = "-f lavfi -i testsrc2=s=160x90:r=25:d=6 ";

class MediaFileTest : public testing::Test {
 protected:
  MadeMedia media_;
};

TEST_F(MediaFileTest, EveryFormatIsHeardAtTheRightTimeAndLevel) {
  for (const std::string name :
       {"a.wav", "a.flac", "a.m4a", "a.mp3", "a.ogg", "a.opus", "a.mka", "a.ac3", "a.aiff"}) {
    const auto codec = name == "a.mka" ? "-c:a libopus " : name == "a.ac3" ? "-c:a ac3 " : "";
    const auto decoded = decode_all(media_.make(name, std::string(kOnsetAtOne) + codec));
    EXPECT_NEAR(onset(decoded.heard.mid), 1, 0.02) << name;
    // Mid and side of tones in one channel each: the same power in both.
    EXPECT_NEAR(rms(decoded.heard.mid, 2, 5), std::sqrt(0.5 * 0.5 + 0.25 * 0.25) / 2 / M_SQRT2,
                0.012)
        << name;
    EXPECT_NEAR(rms(decoded.heard.side, 2, 5), rms(decoded.heard.mid, 2, 5), 0.005) << name;
    EXPECT_TRUE(decoded.heard.rest.empty());
    EXPECT_EQ(decoded.file->layout(), "stereo") << name;
    EXPECT_NEAR(static_cast<double>(decoded.sound.duration.count()), 6'000, 40) << name;
    EXPECT_EQ(decoded.sound.missing.count(), 0) << name;
    EXPECT_EQ(decoded.sound.damaged_packets, 0U) << name;
    EXPECT_LE(decoded.heard.largest_block, 8'192U);
  }
}

TEST_F(MediaFileTest, TimeCountsFromTheEarliestPresentedSampleOfSoundOrPicture) {
  media_.make("a.wav", kOnsetAtOne);
  const auto plain = media_.make("v.mp4", std::string(kPicture) + "-i a.wav -c:v mpeg4 -c:a aac");
  EXPECT_NEAR(onset(decode_all(plain).heard.mid), 1, 0.02) << "AAC priming";
  for (const std::string name : {"late.mp4", "late.mkv", "late.ts", "late.mov"}) {
    const auto path = media_.make(
        name, std::string(kPicture) + "-itsoffset 2 -i a.wav -c:v mpeg4 -c:a aac -b:a 128k");
    const auto decoded = decode_all(path);
    EXPECT_NEAR(onset(decoded.heard.mid), 3, 0.025) << name;
    EXPECT_EQ(rms(decoded.heard.mid, 0, 1.9), 0) << name;
  }
  const auto picture_late = media_.make(
      "p.mkv", "-i a.wav -itsoffset 2 " + std::string(kPicture) + "-c:v mpeg4 -c:a flac");
  EXPECT_NEAR(onset(decode_all(picture_late).heard.mid), 1, 0.02);
}

TEST_F(MediaFileTest, GapsAreSilenceAndWhatFollowsKeepsItsTime) {
  media_.make(
      "a.mkv",
      "-f lavfi -i \"aevalsrc='if(between(mod(t,2),0,0.2),0.5*sin(2*PI*500*t),0)':s=48000:d=10\" "
      "-c:a pcm_s16le");
  const auto decoded = decode_all(
      media_.make("gap.mkv", "-i a.mkv -c copy -bsf:a \"noise=drop='between(pts*tb,2.9,5.1)'\""));
  EXPECT_NEAR(onset(decoded.heard.mid, 1), 2, 0.02);
  EXPECT_EQ(rms(decoded.heard.mid, 3, 5), 0) << "the burst at 4 s lies in the gap";
  EXPECT_NEAR(onset(decoded.heard.mid, 3), 6, 0.02);
  EXPECT_NEAR(onset(decoded.heard.mid, 7), 8, 0.02);
}

TEST_F(MediaFileTest, JitterIsRiddenOutAndOverlapsAreCut) {
  media_.make("a.mkv", std::string(kOnsetAtOne) + "-c:a flac -frame_size 4096");
  const auto even = decode_all(media_.path("a.mkv"));
  const auto jitter = decode_all(
      media_.make("jitter.mkv", "-i a.mkv -c copy -bsf:a \"setts=ts='TS+12*mod(N,2)'\""));
  EXPECT_EQ(jitter.heard.mid, even.heard.mid);
  const auto overlap = decode_all(
      media_.make("overlap.mkv", "-i a.mkv -c copy -bsf:a \"setts=ts='TS-if(gt(N,40),1000,0)'\""));
  EXPECT_NEAR(static_cast<double>(overlap.sound.duration.count()), 5'000, 40);
}

TEST_F(MediaFileTest, AbsurdTimeStampsDoNotMakeHoursOfSilence) {
  media_.make("a.mkv", std::string(kOnsetAtOne) + "-c:a flac");
  const auto decoded = decode_all(media_.make(
      "absurd.mkv", "-i a.mkv -c copy -bsf:a \"setts=ts='TS+if(gt(N,20),360000000,0)'\""));
  EXPECT_NEAR(static_cast<double>(decoded.sound.duration.count()), 6'000, 40);
  EXPECT_FALSE(decoded.sound.warnings.empty());
}

TEST_F(MediaFileTest, DamagedPacketsAreCountedAndLeaveTheRestInPlace) {
  media_.make("a.mkv", std::string(kOnsetAtOne) + "-c:a aac");
  const auto decoded = decode_all(media_.make(
      "bad.mkv", "-i a.mkv -c copy -bsf:a \"noise=amount='if(between(pts*tb,2,2.5),1,0)'\""));
  EXPECT_GT(decoded.sound.damaged_packets, 0U);
  EXPECT_NEAR(onset(decoded.heard.mid), 1.02, 0.02);
  EXPECT_NEAR(static_cast<double>(decoded.sound.duration.count()), 6'000, 60);
  EXPECT_NEAR(rms(decoded.heard.mid, 4, 5), 0.1976, 0.01);
  ASSERT_FALSE(decoded.sound.warnings.empty());
  EXPECT_NE(decoded.sound.warnings[0].find("damaged"), std::string::npos);
}

TEST_F(MediaFileTest, TruncatedFilesSayWhatIsMissing) {
  for (const std::string name : {"a.wav", "a.flac", "a.mp3", "a.m4a", "a.mka"}) {
    media_.make("full-" + name,
                std::string(kOnsetAtOne) + (name == "a.m4a" ? "-movflags +faststart" : ""));
    const auto bytes = media_.read("full-" + name);
    const auto decoded = decode_all(media_.write(name, bytes.substr(0, bytes.size() / 2)));
    const auto heard = decoded.sound.duration.count();
    EXPECT_GT(heard, 1'000) << name;
    EXPECT_LT(heard, 5'000) << name;
    EXPECT_NEAR(static_cast<double>(decoded.sound.missing.count() + heard), 6'000, 60) << name;
  }
}

TEST_F(MediaFileTest, RateAndChannelsMayChangeOnTheWay) {
  media_.make("one.mp2", "-f lavfi -i \"sine=f=500:r=48000:d=2\" -ac 2");
  media_.make("two.mp2", "-f lavfi -i \"sine=f=500:r=32000:d=2\" -ac 1");
  const auto decoded =
      decode_all(media_.write("both.mp2", media_.read("one.mp2") + media_.read("two.mp2")));
  EXPECT_NEAR(static_cast<double>(decoded.sound.duration.count()), 4'000, 100);
  int crossings = 0;
  for (std::size_t i = 3U * kAnalysisRate; i < 7U * kAnalysisRate / 2; ++i) {
    if ((decoded.heard.mid[i] < 0) != (decoded.heard.mid[i + 1] < 0)) ++crossings;
  }
  EXPECT_NEAR(crossings, 500, 4) << "the tone is still 500 Hz";
}

TEST_F(MediaFileTest, ResamplingKeepsTonesAndDoesNotFoldWhatIsAbove) {
  const auto low = decode_all(media_.make("l.wav", "-f lavfi -i sine=f=1000:r=44100:d=2"));
  const auto high = decode_all(media_.make("h.wav", "-f lavfi -i sine=f=10000:r=44100:d=2"));
  EXPECT_NEAR(rms(low.heard.mid, 0.5, 1.5), 0.125 / M_SQRT2, 0.001);
  EXPECT_LT(rms(high.heard.mid, 0.5, 1.5), 0.125 / M_SQRT2 * 1e-3);
  EXPECT_EQ(low.heard.mid.size(), 2U * kAnalysisRate);
}

TEST_F(MediaFileTest, BadInputIsToldApart) {
  using Kind = Error::Kind;
  const auto kind = [](const std::string& path) {
    const auto file = MediaFile::open(path, {});
    EXPECT_FALSE(file.has_value()) << path;
    if (file.has_value()) return Kind::kBusy;
    EXPECT_FALSE(file.error().message.empty());
    return file.error().kind;
  };
  EXPECT_EQ(kind(media_.path("missing.mp3")), Kind::kNotFound);
  EXPECT_EQ(kind(media_.write("zero.mp3", "")), Kind::kUnsupported);
  EXPECT_EQ(kind(media_.write("text.mp3", "This is a text and no music.\nNot at all.\n")),
            Kind::kUnsupported);
  EXPECT_EQ(kind(media_.write("noise.mp4", std::string(5'000, '\x5A'))), Kind::kUnsupported);
  EXPECT_EQ(kind(media_.path("")), Kind::kUnsupported) << "a folder";
  EXPECT_EQ(mkfifo(media_.path("pipe.wav").c_str(), 0600), 0);
  EXPECT_EQ(kind(media_.path("pipe.wav")), Kind::kUnsupported);
  EXPECT_EQ(kind(media_.write("list.m3u8", "#EXTM3U\n#EXTINF:1,\na.wav\n#EXT-X-ENDLIST\n")),
            Kind::kUnsupported)
      << "a playlist must not open other files";
  media_.make("a.wav", kOnsetAtOne);
  EXPECT_EQ(kind(media_.write("list.ffconcat", "ffconcat version 1.0\nfile a.wav\n")),
            Kind::kUnsupported);
}

TEST_F(MediaFileTest, PictureWithoutSoundOpensButGivesNoSound) {
  const auto path = media_.make("silent.mp4", std::string(kPicture) + "-c:v mpeg4");
  const auto file = MediaFile::open(path, {});
  ASSERT_TRUE(file.has_value());
  EXPECT_FALSE((*file)->has_sound());
  EXPECT_TRUE((*file)->has_picture());
  Heard heard;
  const auto sound = (*file)->decode(heard, {}, {});
  ASSERT_FALSE(sound.has_value());
  EXPECT_EQ(sound.error().kind, Error::Kind::kUnsupported);
  EXPECT_FALSE((*file)->digest({}).has_value());
}

TEST_F(MediaFileTest, ThreeMillisecondsAreSound) {
  const auto decoded = decode_all(media_.make("ms.wav", std::string(kOnsetAtOne) + "-t 0.003"));
  EXPECT_EQ(decoded.sound.duration.count(), 3);
}

TEST_F(MediaFileTest, StopsWhenAskedAndTellsProgress) {
  const auto path = media_.make("a.flac", kOnsetAtOne);
  const auto file = MediaFile::open(path, {});
  ASSERT_TRUE(file.has_value());
  std::stop_source stop;
  Heard heard;
  const auto sound = (*file)->decode(heard, stop.get_token(), [&](Milliseconds at) {
    if (at > Milliseconds(1'000)) stop.request_stop();
  });
  ASSERT_FALSE(sound.has_value());
  EXPECT_EQ(sound.error().kind, Error::Kind::kCancelled);
  EXPECT_LT(heard.mid.size(), 5U * kAnalysisRate);
}

TEST_F(MediaFileTest, SameFileTwiceIsTheSameToTheBit) {
  const auto path = media_.make("a.m4a", kOnsetAtOne);
  const auto first = decode_all(path);
  const auto second = decode_all(path);
  EXPECT_EQ(first.heard.mid, second.heard.mid);
  EXPECT_EQ(first.sound.digest, second.sound.digest);
}

TEST_F(MediaFileTest, StrangePathsAreOnlyPaths) {
  media_.make("a.wav", kOnsetAtOne);
  for (const std::string name :
       {"with space.wav", "눈물의 여왕.wav", "bad\xff\xfe.wav", "http:x.wav", "concat:a|b.wav"}) {
    EXPECT_EQ(decode_all(media_.write(name, media_.read("a.wav"))).sound.duration.count(), 6'000)
        << name;
  }
}

TEST_F(MediaFileTest, RateAndStartTimecode) {
  const auto make = [&](const std::string& name, const std::string& rate, const std::string& code) {
    const auto path = media_.make(
        name, "-f lavfi -i testsrc2=s=160x90:r=" + rate + ":d=2 -f lavfi -i sine=r=48000:d=2 " +
                  "-c:v mpeg2video -c:a " + (name.ends_with("mxf") ? "pcm_s16le" : "aac") +
                  " -timecode \"" + code + "\"");
    auto file = MediaFile::open(path, {});
    EXPECT_TRUE(file.has_value());
    return std::move(*file);
  };
  for (const std::string name : {"a.mp4", "a.mov", "a.mxf"}) {
    const auto file = make(name, "25", "10:00:00:00");
    EXPECT_EQ(file->start_timecode(), "10:00:00:00") << name;
    EXPECT_EQ(file->frame_rate().numerator, 25) << name;
    EXPECT_EQ(file->frame_rate().denominator, 1) << name;
  }
  const auto drop = make("drop.mov", "30000/1001", "01:00:00;02");
  EXPECT_EQ(drop->start_timecode(), "01:00:00;02");
  EXPECT_EQ(drop->frame_rate().numerator, 30'000);
  EXPECT_EQ(drop->frame_rate().denominator, 1'001);
  const auto matroska = make("fast.mkv", "60000/1001", "00:00:00:00");
  EXPECT_EQ(matroska->frame_rate().numerator, 60'000);
}

TEST_F(MediaFileTest, BroadcastWaveCountsFromMidnight) {
  const auto timecode = [&](const std::string& samples) {
    const auto path = media_.make(
        "b.wav", std::string(kOnsetAtOne) + "-write_bext 1 -metadata time_reference=" + samples);
    const auto file = MediaFile::open(path, {});
    EXPECT_TRUE(file.has_value());
    return (*file)->start_timecode();
  };
  EXPECT_EQ(timecode("1728000000"), "10:00:00:00");
  EXPECT_EQ(timecode("1728000001"), std::nullopt) << "no frame rate to say it in";
  EXPECT_EQ(timecode("999999999999999"), std::nullopt);
}

}  // namespace
}  // namespace needledrop
