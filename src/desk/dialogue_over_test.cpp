#include "desk/dialogue_over.h"

#include <gmock/gmock.h>

namespace needledrop {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

SubtitleLine line(int start, int end, std::string text, std::string music = "") {
  return {{Milliseconds(start), Milliseconds(end)}, std::move(text), std::move(music), false};
}

Dialogue dialogue_of(std::vector<SubtitleLine> lines) {
  Dialogue dialogue;
  dialogue.subtitles.lines = std::move(lines);
  return dialogue;
}

Span span(int start, int end) {
  return {Milliseconds(start), Milliseconds(end)};
}

TEST(DialogueOver, TellsWhatIsSaidBeforeOverAndAfter) {
  const Dialogue dialogue =
      dialogue_of({line(0, 900, "a"), line(1'000, 2'000, "b"), line(1'900, 3'000, "c"),
                   line(4'000, 5'000, "d"), line(6'000, 7'000, "e"), line(8'000, 9'000, "f")});
  const DialogueOver over = dialogue_over(dialogue, span(2'000, 6'000));
  EXPECT_EQ(over.before->text, "b");
  ASSERT_THAT(over.during, SizeIs(2));
  EXPECT_EQ(over.during[0].text, "c");
  EXPECT_EQ(over.during[1].text, "d");
  EXPECT_EQ(over.after->text, "e");
  EXPECT_DOUBLE_EQ(over.share, 0.5);
}

TEST(DialogueOver, OverlappingLinesCoverASpanOnce) {
  const Dialogue dialogue = dialogue_of(
      {line(0, 10'000, "long"), line(1'000, 2'000, "within"), line(9'000, 12'000, "over its end")});
  EXPECT_DOUBLE_EQ(dialogue_over(dialogue, span(0, 16'000)).share, 0.75);
  EXPECT_DOUBLE_EQ(dialogue_over(dialogue, span(3'000, 4'000)).share, 1);
}

TEST(DialogueOver, LyricsAreMusicAndNobodysDialogue) {
  const Dialogue dialogue = dialogue_of({line(0, 1'000, "♪ la ♪", "♪ la ♪"),
                                         line(1'000, 2'000, "[music] Who's there?", "[music]"),
                                         line(3'000, 4'000, "[song]", "[song]")});
  const DialogueOver over = dialogue_over(dialogue, span(0, 2'500));
  ASSERT_THAT(over.during, SizeIs(1));
  EXPECT_EQ(over.during[0].text, "[music] Who's there?");
  EXPECT_FALSE(over.before.has_value());
  EXPECT_FALSE(over.after.has_value());
  ASSERT_THAT(over.music_marks, SizeIs(2));
  EXPECT_EQ(over.music_marks[0].text, "♪ la ♪");
  EXPECT_EQ(over.music_marks[1].text, "[music]");
  EXPECT_THAT(music_marks_over(dialogue, span(2'500, 2'600)), IsEmpty());
}

TEST(DialogueOver, IsBoundedAndTakesEmptySpans) {
  Dialogue dialogue;
  for (int i = 0; i < 1'000; ++i) dialogue.subtitles.lines.push_back(line(i, i + 1, "x"));
  EXPECT_THAT(dialogue_over(dialogue, span(0, 1'000)).during, SizeIs(kMostLinesOver));
  EXPECT_EQ(dialogue_over(dialogue, span(5, 5)).share, 0);
  EXPECT_EQ(dialogue_over({}, span(0, 5)).share, 0);
}

}  // namespace
}  // namespace needledrop
