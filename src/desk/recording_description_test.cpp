#include "desk/recording_description.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

TEST(RecordingDescription, NumbersBeforeTitlesAreRead) {
  EXPECT_EQ(read_numbered_title("a/07 - Title.mp3"), (NumberedTitle{"Title", 7}));
  EXPECT_EQ(read_numbered_title("1-07. Title.flac"), (NumberedTitle{"Title", 7}));
  EXPECT_EQ(read_numbered_title("112_\xEB\x85\xB8\xEB\x9E\x98.mp3"),
            (NumberedTitle{"\xEB\x85\xB8\xEB\x9E\x98", 112}));
}

TEST(RecordingDescription, TitlesThatAreNumbersStay) {
  EXPECT_EQ(read_numbered_title("1984.mp3"), (NumberedTitle{"1984", std::nullopt}));
  EXPECT_EQ(read_numbered_title("99.mp3"), (NumberedTitle{"99", std::nullopt}));
  EXPECT_EQ(read_numbered_title("7 .mp3"), (NumberedTitle{"7 ", std::nullopt}));
  EXPECT_EQ(read_numbered_title("1999 Party.mp3"), (NumberedTitle{"1999 Party", std::nullopt}));
}

TEST(RecordingDescription, InvalidBytesBecomeReplacements) {
  EXPECT_EQ(read_numbered_title("\xFFx.mp3").title, "\xEF\xBF\xBDx");
}

TEST(RecordingDescription, TagsStandAboveTheNameAndOverridesAboveTags) {
  Tags tags;
  tags.title = "Tagged";
  tags.album = "Album";
  const RecordingOverrides overrides{"Said", 3, RecordingVersion::kLive};
  const Recording recording = describe_recording("02 - Named.mp3", tags, overrides);
  EXPECT_EQ(recording.title, "Tagged");
  EXPECT_EQ(recording.track_number, 2);
  EXPECT_EQ(recording.album, "Said");
  EXPECT_EQ(recording.production, 3);
  EXPECT_EQ(recording.version, "live");
  EXPECT_EQ(recording.paths, std::vector<std::string>{"02 - Named.mp3"});
}

TEST(RecordingDescription, TheNamesMarkCountsWhenTheTitleHasNone) {
  Tags tags;
  tags.title = "Song";
  EXPECT_EQ(describe_recording("Song (Inst.).mp3", tags, {}).version, "instrumental");
  EXPECT_EQ(describe_recording("Song.mp3", tags, {}).version, "original");
}

TEST(RecordingDescription, MeetingTheSameFileAgainChangesNothing) {
  Tags tags;
  tags.title = "Song";
  tags.album = "First";
  const RecordingOverrides said{"Said", 3, RecordingVersion::kInstrumental};
  const Recording known = describe_recording("a.mp3", tags, said);
  EXPECT_TRUE(is_same_description(known, redescribe_recording(known, "a.mp3", tags, {}, true)));
}

TEST(RecordingDescription, ARetaggedFileIsUpdatedAndACopyOnlyAddsItsPath) {
  Tags tags;
  tags.title = "Song";
  const Recording known = describe_recording("a.mp3", tags, {});
  tags.title = "Song (Live)";
  const Recording retagged = redescribe_recording(known, "a.mp3", tags, {}, true);
  EXPECT_EQ(retagged.title, "Song (Live)");
  EXPECT_EQ(retagged.version, "live");
  const Recording copied = redescribe_recording(known, "b.mp3", tags, {}, false);
  EXPECT_EQ(copied.title, "Song");
  EXPECT_EQ(copied.paths, (std::vector<std::string>{"a.mp3", "b.mp3"}));
}

}  // namespace
}  // namespace needledrop
