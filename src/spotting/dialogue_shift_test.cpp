#include "spotting/dialogue_shift.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "spotting/speech_activity.h"

namespace needledrop {
namespace {

constexpr int kSeconds = 600;

/// Lines at random, and a sound in which a voice comes and goes by the syllable while they last.
struct Conversation {
  std::vector<Span> lines;
  PeakList sound;

  explicit Conversation(unsigned seed) {
    std::mt19937 dice(seed);
    const auto between = [&](int low, int high) {
      return low + static_cast<int>(dice() % static_cast<unsigned>(high - low));
    };
    for (int now = 5'000; now < kSeconds * 1'000 - 70'000;) {
      const int length = between(1'200, 4'500);
      lines.push_back({Milliseconds(now), Milliseconds(now + length)});
      now += length + between(400, 9'000);
    }
    sound.textures[0].resize(kSeconds * 1'000 / 512);
    sound.levels.resize(sound.textures[0].size());
    auto line = lines.begin();
    for (std::size_t look = 0; look < sound.textures[0].size() * Texture::kLooks; ++look) {
      const Milliseconds now = kLookLength * static_cast<int>(look);
      while (line != lines.end() && line->end <= now) ++line;
      const bool speaks = line != lines.end() && line->start <= now;
      const int level = speaks ? between(100, 180) : between(95, 110);
      auto& texture = sound.textures[0][look / Texture::kLooks];
      texture.levels[1][look % Texture::kLooks] = static_cast<std::uint8_t>(level);
    }
  }
  [[nodiscard]] std::vector<Span> lines_at(double rate, int late) const {
    std::vector<Span> changed;
    for (const Span& line : lines) {
      const auto at = [&](Milliseconds time) {
        return Milliseconds(std::llround(static_cast<double>(time.count()) * rate) + late);
      };
      changed.push_back({at(line.start), at(line.end)});
    }
    return changed;
  }
};

TEST(DialogueShift, IsFoundToATenthOfASecond) {
  const Conversation talk(1);
  const auto speech = speech_activity(talk.sound);
  for (const int late : {0, 500, -800, 2'400, -7'300, 30'000, -45'000}) {
    const auto found = find_dialogue_shift(speech, talk.lines_at(1, late));
    ASSERT_TRUE(found.has_value()) << late;
    EXPECT_EQ(found->rate, 1) << late;
    EXPECT_NEAR(static_cast<double>(found->shift.count()), -late, 100) << late;
  }
}

TEST(DialogueShift, LinesForAnotherFrameRateAreToldApart) {
  const Conversation talk(2);
  const auto speech = speech_activity(talk.sound);
  for (const double rate : {25.0 / 24, 960.0 / 1001}) {
    const auto found = find_dialogue_shift(speech, talk.lines_at(rate, 0));
    ASSERT_TRUE(found.has_value()) << rate;
    EXPECT_NEAR(found->rate, rate, 0.0011);
  }
}

TEST(DialogueShift, IsNeverGuessed) {
  const Conversation talk(3);
  const auto speech = speech_activity(talk.sound);
  for (unsigned seed = 10; seed < 20; ++seed) {
    EXPECT_FALSE(find_dialogue_shift(speech, Conversation(seed).lines).has_value()) << seed;
  }
  EXPECT_FALSE(find_dialogue_shift(speech, {}).has_value());
  EXPECT_FALSE(find_dialogue_shift(speech, std::span(talk.lines).first(10)).has_value());
  EXPECT_FALSE(find_dialogue_shift({}, talk.lines).has_value());
  const std::vector<float> silence(speech.size());
  EXPECT_FALSE(find_dialogue_shift(silence, talk.lines).has_value());
}

TEST(DialogueShift, TakesTimesFarOutside) {
  const Conversation talk(4);
  auto lines = talk.lines;
  lines.insert(lines.begin(), {Milliseconds(-3'600'000), Milliseconds(-1)});
  lines.push_back({std::chrono::hours(999), std::chrono::hours(1'000)});
  const auto found = find_dialogue_shift(speech_activity(talk.sound), lines);
  ASSERT_TRUE(found.has_value());
  EXPECT_NEAR(static_cast<double>(found->shift.count()), 0, 100);
}

/// Look by look of line by line: the slow way that needs no thought.
std::vector<double> slow_shown_share(std::span<const Span> lines, double rate, std::size_t looks) {
  std::vector<double> share(looks);
  const double length = static_cast<double>(looks);
  const auto place = [&](Milliseconds time) {
    const double look =
        static_cast<double>(time.count()) / rate / static_cast<double>(kLookLength.count());
    return std::clamp(look, 0.0, length);
  };
  for (const Span& line : lines) {
    const double start = place(line.start);
    const double end = place(line.end);
    for (auto look = static_cast<std::size_t>(start); static_cast<double>(look) < end; ++look) {
      const double first = std::max(start, static_cast<double>(look));
      const double last = std::min(end, static_cast<double>(look) + 1);
      share[look] = std::min(1.0, share[look] + (last - first));
    }
  }
  return share;
}

TEST(DialogueShift, TheShareOfALookIsThatOfTheSlowWay) {
  std::mt19937 dice(7);
  const auto between = [&](int low, int high) {
    return low + static_cast<int>(dice() % static_cast<unsigned>(high - low));
  };
  for (int round = 0; round < 300; ++round) {
    const int looks = between(0, 60);
    std::vector<Span> lines;
    for (int count = between(0, 30); count > 0; --count) {
      // Some on the edges of looks, some in one look, some outside.
      const int start = round % 2 == 0 ? between(-5, 70) * 64 : between(-500, 4'500);
      const int length = round % 3 == 0 ? between(0, 64) : between(0, 20) * 64;
      lines.push_back({Milliseconds(start), Milliseconds(start + length)});
    }
    for (const double rate : {1.0, 25.0 / 24}) {
      EXPECT_EQ(shown_share(lines, rate, static_cast<std::size_t>(looks)),
                slow_shown_share(lines, rate, static_cast<std::size_t>(looks)))
          << "round " << round;
    }
  }
}

TEST(DialogueShift, LinesThatAllLastForeverCostLittle) {
  const Conversation talk(5);
  std::vector<Span> lines;
  for (int i = 0; i < 200'000; ++i) lines.push_back({Milliseconds(i), std::chrono::hours(900)});
  const auto share = shown_share(lines, 1, 1'000'000);
  EXPECT_EQ(share.front(), 1);
  EXPECT_EQ(share.back(), 1);
  EXPECT_FALSE(find_dialogue_shift(speech_activity(talk.sound), lines).has_value());
}

TEST(SpeechActivity, IsTheLiftOverTheLowMarkAround) {
  PeakList list;
  list.textures[0].resize(20);
  list.levels.resize(20);
  for (auto& texture : list.textures[0]) texture.levels[1].fill(100);
  list.textures[0][10].levels[1] = {100, 120, 140, 160, 180, 100, 90, 255};
  const auto activity = speech_activity(list);
  ASSERT_EQ(activity.size(), 160U);
  EXPECT_EQ(std::vector<float>(activity.begin() + 80, activity.begin() + 88),
            (std::vector<float>{0, 0.5, 1, 1, 1, 0, 0, 1}));
  EXPECT_EQ(activity[0], 0);
  EXPECT_EQ(activity[159], 0);
  list.levels[3].rest = 140;  // a centre counts beside mid
  EXPECT_EQ(speech_activity(list)[24], 1);
  EXPECT_TRUE(speech_activity({}).empty());
}

}  // namespace
}  // namespace needledrop
