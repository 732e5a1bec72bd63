#include "spotting/speech_activity.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "fingerprint/parameters.h"

namespace needledrop {
namespace {

static_assert(kLookLength.count() * kAnalysisRate * Texture::kLooks == 1'000L * kLevelTicks * kHop);

constexpr std::size_t kSpeechRange = 1;  // 156 to 1200 Hz
constexpr int kRadius = 23;              // looks: 1.5 s to either side
constexpr double kLowMark = 0.2;         // quantile
constexpr float kFullLift = 40;          // half decibels over the low mark that count as 1

/// The levels of a stretch, from which a quantile is read.
class Levels {
 public:
  void add(std::uint8_t level) { ++counts_[level], ++size_; }
  void remove(std::uint8_t level) { --counts_[level], --size_; }
  [[nodiscard]] int quantile(double share) const {
    int below = static_cast<int>(share * size_);
    std::size_t level = 0;
    while (below >= counts_[level]) below -= counts_[level++];
    return static_cast<int>(level);
  }

 private:
  std::array<int, 256> counts_{};
  int size_ = 0;
};

void add_lift(const std::vector<std::uint8_t>& levels, std::vector<float>& activity) {
  const int size = static_cast<int>(levels.size());
  Levels around;
  for (int i = 0; i < std::min(kRadius, size); ++i) around.add(levels[i]);
  for (int i = 0; i < size; ++i) {
    if (i + kRadius < size) around.add(levels[i + kRadius]);
    if (i > kRadius) around.remove(levels[i - kRadius - 1]);
    const auto lift = static_cast<float>(levels[i] - around.quantile(kLowMark));
    activity[i] += std::clamp(lift / kFullLift, 0.0F, 1.0F);
  }
}

}  // namespace

std::vector<float> speech_activity(const PeakList& episode) {
  std::vector<std::uint8_t> mid;
  std::vector<std::uint8_t> rest;
  for (std::size_t entry = 0; entry < episode.textures[0].size(); ++entry) {
    const auto& looks = episode.textures[0][entry].levels[kSpeechRange];
    mid.insert(mid.end(), looks.begin(), looks.end());
    const std::uint8_t level = entry < episode.levels.size() ? episode.levels[entry].rest : 0;
    rest.insert(rest.end(), Texture::kLooks, level);
  }
  std::vector<float> activity(mid.size());
  add_lift(mid, activity);
  if (std::ranges::any_of(rest, [](std::uint8_t level) { return level > 0; })) {
    add_lift(rest, activity);
  }
  return activity;
}

}  // namespace needledrop
