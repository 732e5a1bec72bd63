#include "cli/episode_strip.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

Spot spot(std::uint32_t recording, int start, int end) {
  Spot made;
  made.recording = SourceId(recording);
  made.span = {Milliseconds(start), Milliseconds(end)};
  return made;
}

TEST(EpisodeStrip, ScalesToTheWidthAndNumbersByFirstUse) {
  const std::vector<Spot> spots = {spot(9, 0, 20'000), spot(4, 50'000, 80'000)};
  // 20 columns less "0:00 " and " 1:40": 10 blocks of 10 s.
  EXPECT_EQ(episode_strip({spots, {}, Milliseconds(100'000)}, 20, false), "0:00 11···222·· 1:40\n");
}

TEST(EpisodeStrip, TheLongestInABlockWinsIt) {
  const std::vector<Spot> spots = {spot(1, 0, 10'400), spot(2, 10'400, 20'000)};
  EXPECT_EQ(episode_strip({spots, {}, Milliseconds(100'000)}, 20, false), "0:00 12········ 1:40\n");
}

TEST(EpisodeStrip, UnidentifiedMusicIsHatchedWhereNoRecordingIsHeard) {
  const std::vector<Spot> spots = {spot(1, 20'000, 40'000)};
  const std::vector<MusicSpan> unidentified = {{{Milliseconds(10'000), Milliseconds(60'000)}, 0.9},
                                               {{Milliseconds(80'000), Milliseconds(84'000)}, 0.9}};
  const StripContent content{spots, unidentified, Milliseconds(100'000)};
  EXPECT_EQ(episode_strip(content, 20, false), "0:00 ·▒11▒▒···· 1:40\n");
  EXPECT_NE(episode_strip(content, 20, true).find("\x1b[2m▒\x1b[0m"), std::string::npos);
}

TEST(EpisodeStrip, ColourEndsWhereItBegan) {
  const std::vector<Spot> spots = {spot(1, 0, 100'000)};
  const std::string line = episode_strip({spots, {}, Milliseconds(100'000)}, 20, true);
  EXPECT_EQ(line.find('1'), line.find("1:40"));
  EXPECT_NE(line.find("\x1b[38;5;33m█\x1b[0m"), std::string::npos);
}

TEST(EpisodeStrip, AnEmptyFileIsAnEmptyLine) {
  EXPECT_EQ(episode_strip({}, 20, false), "0:00 ·········· 0:00\n");
}

TEST(StripLegend, AddsUpSpotsOfARecording) {
  Recording recording;
  recording.id = SourceId(1);
  recording.title = "Song";
  recording.artist = "Band";
  const std::vector<Spot> spots = {spot(1, 0, 10'000), spot(1, 20'000, 25'000)};
  EXPECT_EQ(strip_legend({spots, {}, Milliseconds(100'000)}, std::vector{recording}, 80, false),
            "  1  Song - Band  2 spots, 0:15\n");
}

TEST(StripLegend, UnidentifiedMusicStandsLast) {
  const std::vector<MusicSpan> unidentified = {{{Milliseconds(0), Milliseconds(10'000)}, 0.9},
                                               {{Milliseconds(20'000), Milliseconds(25'000)}, 0.9}};
  EXPECT_EQ(strip_legend({{}, unidentified, Milliseconds(100'000)}, {}, 80, false),
            "  ▒  unidentified music  2 spans, 0:15\n");
}

}  // namespace
}  // namespace needledrop
