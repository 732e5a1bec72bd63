#include "spotting/repeat.h"

#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

/// One sound for so many seconds in both places: `frequency(i)` of the i-th peak, `step` ticks
/// apart.
template <typename Frequency>
PeakList sound_of(int ticks, int step, Frequency frequency) {
  PeakList list;
  list.length = Tick(ticks);
  for (int tick = 0; tick < ticks; tick += step) {
    for (int voice = 0; voice < 3; ++voice) {
      Peak peak;
      peak.tick = Tick(tick);
      peak.frequency = static_cast<std::uint16_t>(frequency(tick / step, voice));
      peak.level = 160;
      peak.reach = Reach::kFar;
      list.peaks.push_back(peak);
    }
  }
  test::sort_peaks(list);
  return list;
}

SharedTraits traits(const PeakList& sound) {
  const PeakGrid grid(sound);
  const Repeat repeat{SourceId(1), SourceId(2), {0, sound.length.value, 300}, Tick(0)};
  return traits_of({grid, {}}, {grid, {}}, repeat);
}

TEST(Repeat, MirroredTwiceIsItself) {
  const Repeat repeat{SourceId(1), SourceId(2), {100, 400, 90}, Tick(-50), 0.5, 1, 2};
  const Repeat other = mirrored(repeat);
  EXPECT_EQ(other.a, SourceId(2));
  EXPECT_EQ(other.stretch.first, 150);
  EXPECT_EQ(other.stretch.last, 450);
  EXPECT_EQ(other.offset, Tick(50));
  EXPECT_EQ(mirrored(other).stretch.first, 100);
  EXPECT_EQ(mirrored(other).offset, repeat.offset);
}

TEST(Repeat, NotesComeAgainAndGlidesDoNot) {
  const PeakList notes =
      sound_of(600, 11, [](int i, int voice) { return 2'000 + 400 * voice + 150 * (i % 4); });
  const PeakList glides =
      sound_of(600, 11, [](int i, int voice) { return 2'000 + 900 * voice + 13 * (i % 61); });
  EXPECT_GT(traits(notes).returning, 0.9);
  EXPECT_LT(traits(glides).returning, 0.2);
  const PeakList quick =
      sound_of(600, 9, [](int i, int voice) { return 2'000 + 400 * voice + 150 * (i % 3); });
  EXPECT_GT(traits(quick).soon, 0.9) << "27 ticks later";
  EXPECT_LT(traits(glides).soon, 0.1);
}

TEST(Repeat, LowPeaksAndMusicAreCounted) {
  const PeakList low =
      sound_of(300, 10, [](int i, int voice) { return 300 + 7 * i + 200 * voice; });
  EXPECT_GT(traits(low).low, 0.9);
  const std::vector<MusicSpan> music = {{{Milliseconds(0), Milliseconds(1'600)}, 1}};
  EXPECT_DOUBLE_EQ(music_share(music, 50, 150), 0.5);
  EXPECT_DOUBLE_EQ(music_share(music, 200, 300), 0);
}

TEST(Repeat, HeldNotesAreLikelierMusicThanGlides) {
  const auto odds = [](const PeakList& sound) {
    const PeakGrid grid(sound);
    Repeat repeat{SourceId(1), SourceId(2), {0, sound.length.value, 300}, Tick(0)};
    judge({grid, {}}, {grid, {}}, repeat);
    EXPECT_DOUBLE_EQ(repeat.likeness, 1);
    return repeat.music_odds;
  };
  const auto high = [](int i, int voice) { return 2'000 + 400 * voice + 150 * (i % 4); };
  const auto low = [](int i, int voice) { return 300 + 200 * voice + 13 * (i % 61); };
  EXPECT_GT(odds(sound_of(600, 11, high)), odds(sound_of(600, 11, low)) + 5);
}

}  // namespace
}  // namespace needledrop
