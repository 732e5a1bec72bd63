#include "media/music_mark.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

TEST(MusicMarkTest, NotesMarkWhatStandsBetweenThem) {
  EXPECT_EQ(music_mark_of("♪ 너를 사랑해 ♪"), "♪ 너를 사랑해 ♪");
  EXPECT_EQ(music_mark_of("♪ You were there\nin the rain ♪"), "♪ You were there\nin the rain ♪");
  EXPECT_EQ(music_mark_of("♬~"), "♬~");
  EXPECT_EQ(music_mark_of("JOHN: ♪ la la ♪ Stop it!"), "♪ la la ♪");
  EXPECT_EQ(music_mark_of("- ♪ la la"), "♪ la la");
  EXPECT_EQ(music_mark_of("(♬ 비의 노래)"), "♬ 비의 노래)");
  EXPECT_EQ(music_mark_of("# Underneath the arches #"), "# Underneath the arches #");
}

TEST(MusicMarkTest, BracketsThatNameMusicDoInEveryLanguage) {
  for (const auto* mark : {"[music]",
                           "[MUSIC PLAYING]",
                           "(upbeat song playing)",
                           "[She sings]",
                           "(음악)",
                           "[음악]",
                           "(노래)",
                           "(경쾌한 노래 소리)",
                           "（音楽）",
                           "〔主題歌〕",
                           "[音乐]",
                           "［♪～］",
                           "(Música)",
                           "[música suave]",
                           "(Musique douce)",
                           "[Popmusik]",
                           "[Musik]",
                           "(музыка)",
                           "[песня]",
                           "[muziek]",
                           "[เพลง]",
                           "(nhạc)",
                           "[موسيقى]",
                           "[מוזיקה]",
                           "<음악>",
                           "[piosenka]"}) {
    EXPECT_NE(music_mark_of(mark), "") << mark;
  }
  EXPECT_EQ(music_mark_of("(음악) 어디 가?\n[song ends]"), "(음악) [song ends]");
}

TEST(MusicMarkTest, OtherWordsAndBracketsDoNot) {
  for (const auto* text : {"", "I love music", "노래 불러줘", "(laughs)", "[door closes]", "(웃음)",
                           "#1", "# 3", "(he lied)", "a [ music", "(recurses)", "[museum]", "(song",
                           "(싱글벙글)", "[passing by]"}) {
    EXPECT_EQ(music_mark_of(text), "") << text;
  }
  EXPECT_EQ(music_mark_of("(" + std::string(100, 'x') + " music)"), "");
}

}  // namespace
}  // namespace needledrop
