#include "catalogue/sequence_numbers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/catalogue_test.h"

namespace needledrop {
namespace {

using testing::ElementsAre;

std::vector<Cue> four_cues() {
  std::vector<Cue> cues(4);
  cues[1].standing = CueStanding::kRejected;
  cues[2].perception = CuePerception::kHeard;
  cues[3].perception = CuePerception::kUnheard;
  return cues;
}

TEST(SequenceNumbers, LeaveOutWhatIsRejectedAndMarkSourceMusic) {
  EXPECT_THAT(value_of(sequence_numbers(four_cues(), 2)), ElementsAre("2m01", "", "2m02s", "2m03"));
}

TEST(SequenceNumbers, GoByTheHouse) {
  EXPECT_THAT(value_of(sequence_numbers(four_cues(), 2, "R{part}-{number:4}")),
              ElementsAre("R2-0001", "", "R2-0002", "R2-0003"));
  EXPECT_THAT(value_of(sequence_numbers(four_cues(), 2, "{number}{source}")),
              ElementsAre("1", "", "2s", "3"));
}

TEST(SequenceNumbers, RefuseAPatternThatMeansNothing) {
  for (const char* pattern : {"{reel}m{number}", "{part", "{number:}", "{number:0}", "{number:99}",
                              "{number:2x}", "{}", "{numbers}"}) {
    EXPECT_EQ(error_of(sequence_numbers({}, 1, pattern)).kind, Error::Kind::kInvalidArgument)
        << pattern;
  }
}

TEST(SequenceNumbers, GoOnPastTheWidth) {
  EXPECT_EQ(value_of(sequence_numbers(std::vector<Cue>(120), 1)).back(), "1m120");
}

}  // namespace
}  // namespace needledrop
