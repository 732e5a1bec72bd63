#include "spotting/music_features.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "fingerprint/test_signals.h"

namespace needledrop {
namespace {

/// Where some features stand.
constexpr std::size_t kWideTuning = 25;
constexpr std::size_t kBassBeat = 28;

std::vector<Texture> random_textures(std::size_t count, std::uint32_t seed) {
  test::Random random(seed);
  std::vector<Texture> textures(count);
  const auto byte = [&] { return static_cast<std::uint8_t>(random.below(256)); };
  for (Texture& texture : textures) {
    for (auto& band : texture.partials) std::ranges::generate(band, byte);
    for (auto& range : texture.levels) std::ranges::generate(range, byte);
    std::ranges::generate(texture.steady, byte);
    std::ranges::generate(texture.tuning, byte);
    texture.tuned = byte();
  }
  return textures;
}

/// Bass that rises by 10 dB at the looks that `is_blow` names, and falls in between.
template <typename IsBlow>
float bass_beat(IsBlow is_blow) {
  std::vector<Texture> textures(40);
  int level = 100;
  for (std::size_t look = 0; look < textures.size() * Texture::kLooks; ++look) {
    level = is_blow(look) ? 120 : std::max(100, level - 5);
    textures[look / Texture::kLooks].levels[0][look % Texture::kLooks] =
        static_cast<std::uint8_t>(level);
  }
  return music_features(textures)[20][kBassBeat];
}

TEST(MusicFeatures, SmoothingIsTheMeanOfWhatThereIs) {
  const auto features = music_features(random_textures(50, 1));
  for (const int radius : {0, 1, 2, 100}) {
    const auto fast = smoothed(features, radius);
    for (int i = 0; i < 50; ++i) {
      for (std::size_t f = 0; f < kMusicFeatures; ++f) {
        double sum = 0;
        int count = 0;
        for (int j = std::max(0, i - radius); j <= std::min(49, i + radius); ++j, ++count) {
          sum += static_cast<double>(features[j][f]);
        }
        ASSERT_NEAR(fast[i][f], sum / count, 1e-4) << radius << " " << i << " " << f;
      }
    }
  }
}

TEST(MusicFeatures, AreBounded) {
  for (const MusicFeatures& row : music_features(random_textures(200, 2))) {
    for (const float value : row) {
      ASSERT_GE(value, -3);
      ASSERT_LE(value, 10);
    }
  }
}

TEST(MusicFeatures, ARegularBeatStandsOutFromAnIrregularOne) {
  test::Random random(3);
  const float regular = bass_beat([](std::size_t look) { return look % 8 == 0; });
  const float irregular = bass_beat([&](std::size_t) { return random.below(8) == 0; });
  EXPECT_GT(regular, 0.8);
  EXPECT_LT(irregular, 0.6);
}

TEST(MusicFeatures, ASlowSwellIsNoBeat) {
  EXPECT_LT(bass_beat([](std::size_t look) { return look % 100 < 50; }), 0.3);
}

TEST(MusicFeatures, ASharedTuningIsTellableFromNone) {
  std::vector<Texture> textures(30);
  for (Texture& texture : textures) {
    texture.tuned = 20;
    texture.tuning = {128, 255};
  }
  EXPECT_GT(music_features(textures)[15][kWideTuning], 0.9);
  for (std::size_t i = 0; i < textures.size(); i += 2) textures[i].tuning = {128, 1};
  EXPECT_LT(music_features(textures)[15][kWideTuning], 0.1);
}

TEST(MusicFeatures, NothingHasNone) {
  EXPECT_TRUE(music_features({}).empty());
  EXPECT_TRUE(smoothed({}, 2).empty());
}

}  // namespace
}  // namespace needledrop
