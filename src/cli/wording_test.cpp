#include "cli/wording.h"

#include <gtest/gtest.h>

#include "cli/advice.h"
#include "cli/exit_code.h"
#include "cli/progress_line.h"

namespace needledrop {
namespace {

TEST(Wording, TimesAreRoundedBeforeTheyAreCut) {
  EXPECT_EQ(clock_text(Milliseconds(59'960)), "1:00.0");
  EXPECT_EQ(clock_text(Milliseconds(3'599'990)), "1:00:00.0");
  EXPECT_EQ(clock_text(Milliseconds(247'340)), "4:07.3");
  EXPECT_EQ(length_text(Milliseconds(3'599'600)), "1:00:00");
  EXPECT_EQ(length_text(Milliseconds(0)), "0:00");
}

TEST(Wording, ClockTimesReadBack) {
  EXPECT_EQ(read_clock("1:04:07.3"), Milliseconds(3'847'300));
  EXPECT_EQ(read_clock("4:07"), Milliseconds(247'000));
  EXPECT_EQ(read_clock("247.3456"), Milliseconds(247'346));
  EXPECT_EQ(read_clock("0"), Milliseconds(0));
  for (const char* text : {"", "x", "1:", ":1", "1:60", "1:2:3:4", "1.5:00", "-1", "1e3", "nan",
                           "inf", "4:07 ", "99999999"}) {
    EXPECT_EQ(read_clock(text), std::nullopt) << text;
  }
}

TEST(Wording, CountsReadBack) {
  EXPECT_EQ(read_count("12"), 12);
  for (const char* text : {"", "-1", "1.5", "12x", "99999999999"}) {
    EXPECT_EQ(read_count(text), std::nullopt) << text;
  }
}

TEST(Wording, BytesHaveUnits) {
  EXPECT_EQ(bytes_text(999), "999 B");
  EXPECT_EQ(bytes_text(1400), "1.4 kB");
  EXPECT_EQ(bytes_text(2.5e15), "2500.0 TB");
}

TEST(Wording, EpisodeHeadingsSayNothingTwice) {
  Episode episode;
  episode.title = "Pilot";
  EXPECT_EQ(episode_heading(episode, ""), "Pilot");
  episode.season = 1;
  episode.number = 2;
  EXPECT_EQ(episode_heading(episode, "Drama"), "Drama S01E02: Pilot");
  episode.title = "Drama S01E02";
  EXPECT_EQ(episode_heading(episode, "Drama"), "Drama S01E02");
}

TEST(ExitCode, InputAndDeskAreToldApart) {
  EXPECT_EQ(exit_code(Error::Kind::kIo), kExitFailed);
  EXPECT_EQ(exit_code_of_input(Error::Kind::kIo), kExitInput);
  EXPECT_EQ(exit_code(Error::Kind::kUnsupported), kExitDesk);
  EXPECT_EQ(exit_code_of_input(Error::Kind::kUnsupported), kExitInput);
  EXPECT_EQ(exit_code(Error::Kind::kBusy), kExitDesk);
  EXPECT_EQ(exit_code(Error::Kind::kCorrupt), kExitDesk);
  EXPECT_EQ(exit_code_of_input(Error::Kind::kCorrupt), kExitDesk);
  EXPECT_EQ(exit_code(Error::Kind::kAmbiguous), kExitUsage);
  EXPECT_EQ(exit_code(Error::Kind::kCancelled), kExitFailed);
}

TEST(ExitCode, TheGraverOneStays) {
  EXPECT_EQ(graver_exit_code(kExitInput, kExitDone), kExitInput);
  EXPECT_EQ(graver_exit_code(kExitInput, kExitFailed), kExitFailed);
  EXPECT_EQ(graver_exit_code(kExitDesk, kExitUsage), kExitDesk);
}

TEST(Advice, IsGivenOnce) {
  EXPECT_EQ(advised({Error::Kind::kCorrupt, "bad"}),
            "bad; to mend what is damaged, run: needledrop check --repair");
  EXPECT_EQ(advised({Error::Kind::kCorrupt, "bad; do this"}), "bad; do this");
  EXPECT_NE(advised_input({Error::Kind::kIo, "bad"}), advised({Error::Kind::kIo, "bad"}));
}

TEST(ProgressText, TellsRateAndTimeLeft) {
  using Seconds = std::chrono::duration<double>;
  const Progress progress{"adding", 12, 340, 0.25, Milliseconds(2'100'000)};
  EXPECT_EQ(progress_text(progress, Seconds(10)), "adding   25 %  12/340 files  210x  0:30 left");
  EXPECT_EQ(progress_text(progress, Seconds(0.5)), "adding   25 %  12/340 files");
}

}  // namespace
}  // namespace needledrop
