#include "media/naming.h"

#include <vector>

#include <gtest/gtest.h>

namespace needledrop {

void PrintTo(const EpisodeName& name, std::ostream* out) {
  const auto number = [](std::optional<int> n) {
    return n ? std::to_string(*n) : std::string("-");
  };
  *out << "season " << number(name.season) << " number " << number(name.number) << " part "
       << number(name.part) << " of \"" << name.production << '"';
}

namespace {

constexpr auto kNone = std::nullopt;

TEST(EpisodeName, IsReadFromEveryCommonForm) {
  const std::vector<std::pair<std::string, EpisodeName>> cases = {
      {"Show.Name.S01E12.1080p.WEB-DL.x264.mkv", {1, 12, kNone, "Show Name"}},
      {"show_name_s1e2.mp4", {1, 2, kNone, "show name"}},
      {"Show Name - S02 E03 - Title.mp4", {2, 3, kNone, "Show Name"}},
      {"Show.S01.E04.mkv", {1, 4, kNone, "Show"}},
      {"Show S01EP05.ts", {1, 5, kNone, "Show"}},
      {"Show S01E12E13.ts", {1, 12, kNone, "Show"}},
      {"Show 1x12.avi", {1, 12, kNone, "Show"}},
      {"Show - 10x05 - Name.avi", {10, 5, kNone, "Show"}},
      {"드라마.E12.END.mp4", {kNone, 12, kNone, "드라마"}},
      {"드라마E07.mp4", {kNone, 7, kNone, "드라마"}},
      {"Show EP12v2.mp4", {kNone, 12, kNone, "Show"}},
      {"Show Ep. 12.mp4", {kNone, 12, kNone, "Show"}},
      {"Show Ep.12", {kNone, 12, kNone, "Show"}},
      {"Show Episode 12 Final", {kNone, 12, kNone, "Show"}},
      {"Show Season 2 Episode 3", {2, 3, kNone, "Show"}},
      {"눈물의 여왕 12회.mp4", {kNone, 12, kNone, "눈물의 여왕"}},
      {"눈물의 여왕 제12화", {kNone, 12, kNone, "눈물의 여왕"}},
      {"눈물의 여왕 제 12 회", {kNone, 12, kNone, "눈물의 여왕"}},
      {"눈물의 여왕 시즌2 3화", {2, 3, kNone, "눈물의 여왕"}},
      {"1024회 특집", {kNone, 1024, kNone, ""}},
      {"初恋 第12話.mkv", {kNone, 12, kNone, "初恋"}},
      {"初恋 第１２話", {kNone, 12, kNone, "初恋"}},
      {"琅琊榜 第12集", {kNone, 12, kNone, "琅琊榜"}},
      {"琅琊榜 第十二集", {kNone, 12, kNone, "琅琊榜"}},
      {"琅琊榜 第二季 第二十集", {2, 20, kNone, "琅琊榜"}},
      {"大河 第3回", {kNone, 3, kNone, "大河"}},
      {"Show Part 2.mov", {kNone, kNone, 2, "Show"}},
      {"Show pt.2", {kNone, kNone, 2, "Show"}},
      {"Show Part II", {kNone, kNone, 2, "Show"}},
      {"드라마 12회 2부", {kNone, 12, 2, "드라마"}},
      {"드라마 제2부", {kNone, kNone, 2, "드라마"}},
      {"Show S01E02 Part 1", {1, 2, 1, "Show"}},
      {"[KBS] 드라마 12회", {kNone, 12, kNone, "드라마"}},
      {"[눈물의 여왕] 12회", {kNone, 12, kNone, "눈물의 여왕"}},
      {"Show (2019) S01E02", {1, 2, kNone, "Show (2019)"}},
      {"Show.2019.S01E02.mkv", {1, 2, kNone, "Show 2019"}},
      {"Dr. Romantic S03E01", {3, 1, kNone, "Dr. Romantic"}},
      {"/shows/S09/Show E03.mp4", {kNone, 3, kNone, "Show"}},
      {"S01E12", {1, 12, kNone, ""}},
  };
  for (const auto& [name, expected] : cases) EXPECT_EQ(read_episode_name(name), expected) << name;
}

TEST(EpisodeName, DecomposedHangulIsTheSame) {
  const std::string decomposed = "12\u1112\u116C";  // 회 in three letters, as some systems store it
  EXPECT_EQ(read_episode_name(decomposed).number, 12);
}

TEST(EpisodeName, NumbersOfOtherKindsAreNotEpisodes) {
  for (const auto* name :
       {"Film.2019.1080p.BluRay.x264.mkv", "Film 1920x1080", "Film 16x9 master", "Film 2160p HDR10",
        "Film (2019)", "Step 2 Heaven", "Party 2", "Film H.264 E-AC3 5.1", "12부작 드라마",
        "고화질 1080화질", "iPhone S24 clip", "Apart 3", "a3e12f", "Area 51", "Se7en", "",
        "한국 2부터"}) {
    EXPECT_EQ(read_episode_name(name), EpisodeName{}) << name;
  }
}

TEST(EpisodeName, InvalidBytesAndHugeNumbersAreHarmless) {
  EXPECT_EQ(read_episode_name("\xff\xfe E12").number, 12);
  EXPECT_EQ(read_episode_name("E99999999999999999999").number, kNone);
  EXPECT_EQ(read_episode_name("第99999999999999集").number, kNone);
}

struct VersionCase {
  const char* title;
  RecordingVersion version;
};

/// Every mark in the scripts that soundtracks are sold in.
std::vector<VersionCase> marked_titles() {
  using enum RecordingVersion;
  return {
      {"Song (Inst.)", kInstrumental},
      {"Song (Inst)", kInstrumental},
      {"Song [INST.]", kInstrumental},
      {"Song Inst.", kInstrumental},
      {"Song - Instrumental", kInstrumental},
      {"Song - Instrumental Version", kInstrumental},
      {"Song (Instrumental Mix)", kInstrumental},
      {"Song (Piano Inst.)", kInstrumental},
      {"사랑 (MR)", kInstrumental},
      {"사랑 MR", kInstrumental},
      {"사랑 (반주)", kInstrumental},
      {"사랑 (피아노 반주곡)", kInstrumental},
      {"恋 (Off Vocal)", kInstrumental},
      {"恋 -off vocal-", kInstrumental},
      {"恋 ～off vocal ver.～", kInstrumental},
      {"恋（オリジナル・カラオケ）", kInstrumental},
      {"恋 カラオケ", kInstrumental},
      {"恋 [インスト]", kInstrumental},
      {"爱 (伴奏)", kInstrumental},
      {"爱【纯音乐】", kInstrumental},
      {"Song (Karaoke Version)", kInstrumental},
      {"Песня (минус)", kInstrumental},
      {"Song (TV size) (Inst.)", kInstrumental},
      {"Song (Remix) [Instrumental]", kInstrumental},
      {"Song (TV size)", kEdit},
      {"Song TV Size", kEdit},
      {"Song (TVサイズ)", kEdit},
      {"Song (TV ver.)", kEdit},
      {"Song - Radio Edit", kEdit},
      {"Song (Short ver.)", kEdit},
      {"Song short ver.", kEdit},
      {"Song (Edit)", kEdit},
      {"Song (Live)", kLive},
      {"Song - Live", kLive},
      {"Song (Live at Wembley 1986)", kLive},
      {"Song - Live in Seoul", kLive},
      {"Song (2019 Live)", kLive},
      {"Song (Live Ver.)", kLive},
      {"노래 (라이브)", kLive},
      {"노래 라이브", kLive},
      {"歌（ライブ）", kLive},
      {"Song (Someone Remix)", kRemix},
      {"Song - Remix", kRemix},
      {"Song (Club Mix)", kRemix},
      {"노래 (리믹스)", kRemix},
      {"Song (Vocal ver.)", kVocal},
      {"Song (Vocal)", kVocal},
      {"노래 (보컬 버전)", kVocal},
      {"Song (English Ver.)", kOther},
      {"Song (Acoustic)", kOther},
      {"Song - Piano Version", kOther},
      {"Song", kOriginal},
      {"Song (Album Version)", kOriginal},
      {"Song (Original Mix)", kOriginal},
      {"Song - 2009 Remaster", kOriginal},
  };
}

TEST(RecordingVersion, MarksInEveryScript) {
  for (const auto& [title, version] : marked_titles()) {
    EXPECT_EQ(to_string(read_recording_version(title)), to_string(version)) << title;
  }
}

TEST(RecordingVersion, OrdinaryWordsAreNoMarks) {
  for (const auto* title : {"Live and Let Die",
                            "Live Forever",
                            "Oasis - Live Forever",
                            "Alive",
                            "Deliverance",
                            "Where the Wild Things Live",
                            "Song (Live and Let Die)",
                            "Long Live (Long Live the King)",
                            "Mr. Simple",
                            "Sorry, Sorry (Mr. Simple)",
                            "Instinct",
                            "Against All Odds",
                            "Mixed Up",
                            "Karaoke",
                            "Instrumental",
                            "The Vocal Point",
                            "Edith",
                            "Radio",
                            "사랑의 반주자가 되어",
                            "Remixology",
                            "Hey Mr",
                            "Vocal Coach",
                            "Overture",
                            "Conversion",
                            ""}) {
    EXPECT_EQ(to_string(read_recording_version(title)), "original") << title;
  }
}

TEST(RecordingVersion, NamesRoundTrip) {
  for (const auto* name : {"original", "vocal", "instrumental", "edit", "live", "remix", "other"}) {
    ASSERT_TRUE(recording_version_from(name).has_value());
    EXPECT_EQ(to_string(*recording_version_from(name)), name);
  }
  EXPECT_FALSE(recording_version_from("Vocal").has_value());
}

}  // namespace
}  // namespace needledrop
