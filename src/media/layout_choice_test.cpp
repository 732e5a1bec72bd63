#include "media/layout_choice.h"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "media/made_media.h"
#include "media/stem_name.h"

namespace needledrop {
namespace {

StreamFacts stream(const AVChannelLayout& layout, std::string name = "", std::string language = "",
                   bool preferred = false) {
  return {.layout = layout,
          .name = std::move(name),
          .language = std::move(language),
          .preferred = preferred};
}

const AVChannelLayout kMono = AV_CHANNEL_LAYOUT_MONO;
const AVChannelLayout kStereo = AV_CHANNEL_LAYOUT_STEREO;
const AVChannelLayout kSurround = AV_CHANNEL_LAYOUT_5POINT1;

AVChannelLayout unnamed(int channels) {
  AVChannelLayout layout{};
  layout.order = AV_CHANNEL_ORDER_UNSPEC;
  layout.nb_channels = channels;
  return layout;
}

const Listen kDeaf = [](const std::vector<Leg>&) { return std::vector<Excerpt>(); };

/// Excerpts in which each leg is a tone of its own, of a frequency by its number; 0 is silence.
Listen tones(const std::vector<double>& frequencies, bool channels = false) {
  return [=](const std::vector<Leg>& legs) {
    std::vector<Excerpt> excerpts(6);
    for (auto& excerpt : excerpts) {
      for (const auto& leg : legs) {
        const double f = frequencies.at(channels ? leg.channel : leg.stream);
        std::vector<float> samples(16'000);
        for (std::size_t i = 0; i < samples.size() && f > 0; ++i) {
          samples[i] = static_cast<float>(
              0.3 * std::sin(2 * std::numbers::pi * f * static_cast<double>(i) / 16'000));
        }
        excerpt.legs.push_back(std::move(samples));
      }
    }
    return excerpts;
  };
}

LayoutPlan choose(const std::vector<StreamFacts>& facts, const Listen& listen = kDeaf,
                  const std::string& streams = "") {
  auto plan = choose_layout(facts, streams, listen);
  EXPECT_TRUE(plan.has_value());
  return plan.value_or(LayoutPlan{});
}

std::vector<std::size_t> streams_of(const LayoutPlan& plan) {
  std::vector<std::size_t> streams;
  for (const auto& source : plan.sources) streams.push_back(source.stream);
  return streams;
}

using Streams = std::vector<std::size_t>;

TEST(LayoutChoice, OneStreamBySpeakers) {
  EXPECT_EQ(choose({stream(kMono)}).words, "mono");
  EXPECT_EQ(choose({stream(unnamed(1))}).words, "mono");
  EXPECT_EQ(choose({stream(kStereo)}).words, "stereo");
  EXPECT_EQ(choose({stream(unnamed(2))}).words, "stereo");
  const auto surround = choose({stream(kSurround)});
  EXPECT_EQ(surround.words, "5.1: front pair");
  EXPECT_EQ(surround.outputs, (Outputs{.side = true, .rest = true}));
  const auto& weights = surround.sources[0].weights;
  EXPECT_EQ(weights.at(0, 0), 0.5);
  EXPECT_EQ(weights.at(1, 1), -0.5);
  for (std::size_t c = 2; c < 6; ++c) {
    EXPECT_EQ(weights.at(0, c), 0) << "dialogue and effects stay out of mid";
    EXPECT_GT(weights.at(2, c), 0);
  }
}

TEST(LayoutChoice, MusicStemThenMusicAndEffectsThenDefault) {
  EXPECT_EQ(streams_of(choose({stream(kStereo, "Korean", "kor", true), stream(kStereo, "M&E")})),
            Streams{1});
  EXPECT_EQ(streams_of(choose(
                {stream(kStereo, "Full mix"), stream(kStereo, "M+E"), stream(kStereo, "MX stem")})),
            Streams{2});
  EXPECT_EQ(streams_of(choose({stream(kStereo, "", "kor"), stream(kStereo, "", "eng", true)})),
            Streams{1});
  EXPECT_EQ(streams_of(choose({stream(kStereo, "Commentary", "kor"), stream(kStereo, "", "kor")})),
            Streams{1});
  const auto named = choose({stream(kStereo), stream(kStereo, "국제음")});
  EXPECT_EQ(named.words, "stream 2 of 2 (tagged M&E): stereo");
}

TEST(LayoutChoice, MonoStreamsByName) {
  const auto plan = choose({stream(kMono, "C"), stream(kMono, "LFE"), stream(kMono, "L"),
                            stream(kMono, "R"), stream(kMono, "Ls"), stream(kMono, "Rs")});
  EXPECT_EQ(streams_of(plan), (Streams{2, 3, 0, 1, 4, 5}));
  EXPECT_TRUE(plan.outputs.rest);
  const auto me = choose({stream(kMono, "Dialogue L"), stream(kMono, "Dialogue R"),
                          stream(kMono, "M&E L"), stream(kMono, "M&E R")});
  EXPECT_EQ(streams_of(me), (Streams{2, 3}));
  EXPECT_EQ(me.words, "streams 3+4 of 4 as stereo (by name) (tagged M&E)");
}

TEST(LayoutChoice, MonoStreamsByCountAndSound) {
  const std::vector<StreamFacts> eight(8, stream(kMono));
  const auto surround = choose(eight, tones({500, 600, 700, 60, 800, 900, 500, 600}));
  EXPECT_EQ(surround.words, "streams 1-6 of 8 as 5.1: front pair");
  EXPECT_EQ(streams_of(surround), (Streams{0, 1, 2, 3, 4, 5}));
  const auto film = choose(eight, tones({500, 600, 700, 800, 900, 60, 500, 600}));
  EXPECT_EQ(film.words, "streams 1-6 of 8 as 5.1 in film order: front pair");
  EXPECT_EQ(streams_of(film), (Streams{0, 2, 1, 3, 4, 5}));
  const auto pairs = choose(eight, tones({500, 600, 700, 750, 800, 900, 500, 600}));
  EXPECT_EQ(pairs.words, "streams 1+2 of 8 as stereo");
  const auto later = choose(eight, tones({0, 0, 700, 750, 0, 0, 0, 0}));
  EXPECT_EQ(streams_of(later), (Streams{2, 3})) << "the first pair with sound";
  const auto channels =
      choose({stream(unnamed(16))},
             tones({500, 600, 700, 60, 800, 900, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, true));
  EXPECT_EQ(channels.words, "channels 1-6 of 16 as 5.1: front pair");
  EXPECT_EQ(choose({stream(kMono, "", "kor"), stream(kMono, "", "eng")}).words,
            "stream 1 of 2: mono");
}

TEST(LayoutChoice, PairsWithoutATrueSideAreOneChannel) {
  const auto alike = choose({stream(kMono), stream(kMono)}, tones({500, 500}));
  EXPECT_FALSE(alike.outputs.side);
  EXPECT_EQ(streams_of(alike), (Streams{0, 1}));
  EXPECT_NE(alike.words.find("alike"), std::string::npos);
  const auto left = choose({stream(kStereo)}, tones({500, 0}, true));
  EXPECT_FALSE(left.outputs.side);
  EXPECT_EQ(left.sources[0].weights.at(0, 0), 1);
  EXPECT_EQ(left.sources[0].weights.at(0, 1), 0);
}

TEST(LayoutChoice, ByHand) {
  const std::vector<StreamFacts> facts{stream(kStereo, "M&E"), stream(kMono), stream(kMono)};
  const auto joined = choose(facts, kDeaf, "3+2");
  EXPECT_EQ(streams_of(joined), (Streams{2, 1}));
  EXPECT_EQ(joined.words, "streams 3+2 of 3 as stereo");
  EXPECT_EQ(streams_of(choose(facts, kDeaf, "2")), Streams{1});
  EXPECT_EQ(choose({stream(unnamed(8))}, kDeaf, "7+8").words, "channels 7+8 of 8 as stereo");
  for (const auto* wrong : {"0", "4", "1+2", "2+2", "1+2+3", "x", "2+", "+", "-1", " 1", "2,3"}) {
    const auto plan = choose_layout(facts, wrong, kDeaf);
    ASSERT_FALSE(plan.has_value()) << wrong;
    EXPECT_EQ(plan.error().kind, Error::Kind::kInvalidArgument) << wrong;
    EXPECT_FALSE(check_streams(facts, wrong).has_value()) << wrong;
  }
}

TEST(StemName, IsRead) {
  for (const auto* name : {"M&E", "m&e stereo", "ME", "M/E", "Music and Effects",
                           "music & effects 2.0", "International", "국제음", "MX+FX"}) {
    EXPECT_EQ(read_stem(name), Stem::kMusicAndEffects) << name;
  }
  for (const auto* name : {"MX", "Music", "음악"}) EXPECT_EQ(read_stem(name), Stem::kMusic) << name;
  for (const auto* name :
       {"", "SoundHandler", "Stereo", "Follow me", "English", "Home", "Musical"}) {
    EXPECT_EQ(read_stem(name), Stem::kProgramme) << name;
  }
  for (const auto* name : {"Director's commentary", "DX", "FX", "Audio Description", "대사"}) {
    EXPECT_EQ(read_stem(name), Stem::kAside) << name;
  }
}

class LayoutOfFile : public testing::Test {
 protected:
  MadeMedia media_;
};

TEST_F(LayoutOfFile, SurroundGivesFrontPairAndRest) {
  const auto decoded = decode_all(
      media_.make("s.flac",
                  "-f lavfi -i \"aevalsrc=exprs='0.4*sin(2*PI*400*t)|0|0.2*sin(2*PI*900*t)|0|0|0'"
                  ":c=5.1:s=48000:d=3\""));
  EXPECT_EQ(decoded.file->layout(), "5.1: front pair, sound in the left only: as mono");
  EXPECT_TRUE(decoded.heard.side.empty());
  EXPECT_NEAR(rms(decoded.heard.mid, 1, 2), 0.4 / M_SQRT2, 0.001);
  EXPECT_NEAR(rms(decoded.heard.rest, 1, 2), 0.2 / 2, 0.001) << "centre at -3 dB";
}

TEST_F(LayoutOfFile, MonoStreamsJoinSampleForSample) {
  media_.make("l.wav", "-f lavfi -i \"aevalsrc='0.4*sin(2*PI*400*t)':s=48000:d=4\"");
  media_.make("r.wav", "-f lavfi -i \"aevalsrc='0.4*sin(2*PI*700*t)':s=48000:d=4\"");
  const auto stereo = decode_all(media_.make("pair.wav",
                                             "-i l.wav -i r.wav -filter_complex "
                                             "\"[0][1]join=channel_layout=stereo\""));
  const auto path =
      media_.make("m.mov", "-i l.wav -i r.wav -i l.wav -map 0 -map 1 -map 2 -c:a pcm_s16le");
  const auto joined = decode_all(path);
  EXPECT_EQ(joined.file->layout(), "streams 1+2 of 3 as stereo");
  ASSERT_EQ(joined.heard.mid.size(), stereo.heard.mid.size());
  for (std::size_t i = 0; i < joined.heard.mid.size(); ++i) {
    ASSERT_NEAR(joined.heard.mid[i], stereo.heard.mid[i], 1e-4) << i;
    ASSERT_NEAR(joined.heard.side[i], stereo.heard.side[i], 1e-4) << i;
  }
  const auto third = decode_all(path, "1+3");
  EXPECT_LT(rms(third.heard.side, 0, 4), 1e-4);
  EXPECT_FALSE(MediaFile::open(path, {.streams = "4"}).has_value());
}

TEST_F(LayoutOfFile, NamedMusicAndEffectsIsTaken) {
  const auto decoded = decode_all(
      media_.make("me.mkv",
                  "-f lavfi -i \"aevalsrc='0.4*sin(2*PI*400*t)|0.1*sin(2*PI*300*t)':d=3\" "
                  "-f lavfi -i \"aevalsrc='0.1*sin(2*PI*400*t)|0.2*sin(2*PI*300*t)':d=3\" "
                  "-map 0 -map 1 -c:a flac -metadata:s:a:0 title=Korean "
                  "-metadata:s:a:1 title=\"Music and Effects\""));
  EXPECT_EQ(decoded.file->layout(), "stream 2 of 2 (tagged M&E): stereo");
  EXPECT_NEAR(rms(decoded.heard.mid, 1, 2), std::sqrt(0.05) / 2 / M_SQRT2, 0.002);
}

TEST_F(LayoutOfFile, DualMonoThroughALossyCodecIsMono) {
  media_.make("m.wav", "-f lavfi -i \"anoisesrc=d=12:a=0.2:seed=3\" -af lowpass=3000 -ac 1");
  const auto decoded = decode_all(media_.make("dual.m4a", "-i m.wav -ac 2 -c:a aac -b:a 128k"));
  EXPECT_EQ(decoded.file->layout(), "stereo, both channels alike: as mono");
  EXPECT_TRUE(decoded.heard.side.empty());
}

TEST_F(LayoutOfFile, TwoLanguagesOverOneMusicAreOneChannelAndWideMusicIsStereo) {
  const std::string spoken[] = {
      "The river rose in the night and nobody knew where the old man had gone. We waited, hour "
      "after hour, until the lamps went out. In the morning a letter came for my brother.",
      "Please sit down. I have three questions for you, and then you may leave this house forever. "
      "Who opened the gate? Where is the key? And why did you never write to us?"};
  for (int i = 0; i < 2; ++i) {
    media_.make("voice" + std::to_string(i) + ".wav",
                "-f lavfi -i \"flite=voice=" + std::string(i == 0 ? "kal" : "slt") + ":text='" +
                    spoken[i] + "'\" -af \"aresample=48000,aloop=-1:size=2e9,volume=2\" -t 24");
  }
  // A chord that pulses, its partials at other phases and levels left and right: wide, in both.
  media_.make("bed.wav",
              "-f lavfi -i \"aevalsrc=exprs='(0.6+0.4*cos(2*PI*2*t))*0.1*(sin(2*PI*330*t)+"
              "0.6*sin(2*PI*495*t+1)+sin(2*PI*825*t))|(0.6+0.4*cos(2*PI*2*t))*0.1*"
              "(0.6*sin(2*PI*330*t+2)+sin(2*PI*495*t)+0.7*sin(2*PI*825*t+1))':s=48000:d=24\"");
  const auto two = MediaFile::open(
      media_.make("two.m4a",
                  "-i voice0.wav -i voice1.wav -i bed.wav -filter_complex "
                  "\"[0][1]join=channel_layout=stereo[v];[v][2]amix=normalize=0\" -c:a aac"),
      {});
  EXPECT_EQ((*two)->layout(), "stereo, two programmes in left and right: left only");
  const auto centre = MediaFile::open(
      media_.make("one.m4a",
                  "-i voice0.wav -i bed.wav -filter_complex "
                  "\"[0]pan=stereo|c0=c0|c1=c0[v];[v][1]amix=normalize=0\" -c:a aac"),
      {});
  EXPECT_EQ((*centre)->layout(), "stereo");
  EXPECT_EQ((*MediaFile::open(media_.path("bed.wav"), {}))->layout(), "stereo");
  const auto wide = MediaFile::open(
      media_.make("noise.flac",
                  "-f lavfi -i anoisesrc=d=24:seed=1 -f lavfi -i anoisesrc=d=24:seed=2 "
                  "-filter_complex \"[0][1]join=channel_layout=stereo,volume=0.3\""),
      {});
  EXPECT_EQ((*wide)->layout(), "stereo");
}

}  // namespace
}  // namespace needledrop
