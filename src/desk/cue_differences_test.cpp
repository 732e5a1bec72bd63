#include "desk/cue_differences.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

Cue cue_of(std::string title) {
  Cue cue;
  cue.id = 3;
  cue.title = std::move(title);
  cue.spans = {{Milliseconds(1'000), Milliseconds(3'723'004)}};
  return cue;
}

TEST(CueDifferences, NameWhatChangedAndNothingElse) {
  const Cue before = cue_of("Promise");
  Cue after = before;
  after.standing = CueStanding::kAccepted;
  after.perception = CuePerception::kHeard;
  after.spans.back().end = Milliseconds(3'600'000);
  EXPECT_EQ(differences({before, after}, {}),
            (std::vector<CueDifference>{{"out", "1:02:03.004", "1:00:00.000"},
                                        {"standing", "detected", "accepted"},
                                        {"perception", "", "heard"}}));
}

TEST(CueDifferences, TellWhatWasDismissed) {
  const Cue before = cue_of("Promise");
  Cue after = before;
  after.dismissed = {{SourceId(), {}}, {SourceId(5), {{Milliseconds(500), Milliseconds(9'000)}}}};
  EXPECT_EQ(differences({before, after}, {}),
            (std::vector<CueDifference>{
                {"dismissed", "", "not heard any more; 0:00:00.500-0:00:09.000"}}));
}

TEST(CueDifferences, OfANewCueAndOneThatIsGoneAreWhatItIs) {
  EXPECT_EQ(differences({std::nullopt, cue_of("Promise")}, {}),
            (std::vector<CueDifference>{
                {"title", "", "Promise"}, {"in", "", "0:00:01.000"}, {"out", "", "1:02:03.004"}}));
  EXPECT_EQ(differences({cue_of("Promise"), std::nullopt}, {}).front(),
            (CueDifference{"title", "Promise", ""}));
}

TEST(CueDifferences, GoByTheRecording) {
  Recording recording;
  recording.id = SourceId(5);
  recording.title = "Vow";
  recording.artist = "Kim";
  const Cue before = cue_of("");
  Cue after = before;
  after.recording = SourceId(5);
  EXPECT_EQ(differences({before, after}, std::vector{recording}),
            (std::vector<CueDifference>{
                {"title", "", "Vow"}, {"artist", "", "Kim"}, {"recording", "", "5"}}));
}

}  // namespace
}  // namespace needledrop
