#include "spotting/gain.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace needledrop {
namespace {

/// A sighting at all.
constexpr float kSightingRatio = 4;
/// Fewer sure sightings are chance.
constexpr std::size_t kLeastSure = 4;

/// What is known of the channel counts in its bands as much as this many peaks.
constexpr float kPriorPeaks = 10;
constexpr float kPriorClarity = 0.5F;
constexpr float kLeastClarity = 0.02F;
constexpr float kMostClarity = 0.95F;

/// -85 dB of full scale: the picker takes nothing quieter.
constexpr int kFloorLevel = 70;

/// Share of the peaks that show themselves beside a masker that is louder by so much (steps of 6
/// half decibels, from -6), of those that do without one. Measured on music under dialogue and beds
/// at +10 to -15 dB.
constexpr int kMaskStep = 6;
constexpr std::array<float, 6> kShowing = {1.0F, 0.25F, 0.09F, 0.03F, 0.012F, 0.004F};

/// level_ratio in steps of 2 half decibels; measured likewise.
constexpr std::array<float, 12> kLevelRatio = {6.0F,  3.8F,  1.9F,  0.8F,  0.33F, 0.2F,
                                               0.13F, 0.09F, 0.06F, 0.05F, 0.04F, 0.03F};

/// One tick proves no more than this, in nats: the peaks of one onset, or of one chord, come and go
/// together.
constexpr float kMostOfATick = 3;

float showing(float masker_over_peak) {
  const float step = masker_over_peak / kMaskStep + 1;
  if (step <= 0) return kShowing.front();
  const auto i = static_cast<std::size_t>(step);
  if (i + 1 >= kShowing.size()) return kShowing.back();
  const float part = step - static_cast<float>(i);
  return kShowing[i] * (1 - part) + kShowing[i + 1] * part;
}

/// The mean of the densest kNear values' worth of them: chance sightings are as loud as anything,
/// the recording's own agree. Nothing when there are no values.
std::optional<float> centre_of(std::vector<float>& values) {
  constexpr float kNear = 10;
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  std::size_t best_first = 0;
  std::size_t best_count = 0;
  std::size_t first = 0;
  for (std::size_t last = 0; last < values.size(); ++last) {
    while (values[last] - values[first] > kNear) ++first;
    if (last + 1 - first > best_count) {
      best_first = first;
      best_count = last + 1 - first;
    }
  }
  float sum = 0;
  for (std::size_t i = best_first; i < best_first + best_count; ++i) sum += values[i];
  return sum / static_cast<float>(best_count);
}

/// Fits one channel.
class ChannelFit {
 public:
  ChannelFit(std::span<const Expectation> expectations, const GainCurve& curve, Channel channel)
      : expectations_(expectations), curve_(curve), channel_(channel) {}

  std::array<Gains::Band, kBands> bands() const {
    std::array<Gains::Band, kBands> bands;
    bands.fill({0, kLeastClarity});
    std::vector<float> all;
    std::array<std::vector<float>, kBands> of_band;
    for (const Expectation& e : expectations_) {
      if (e.channel == channel_ && e.likelihood_ratio >= kSureRatio) {
        const auto louder = static_cast<float>(e.seen - e.level - offset_at(e));
        all.push_back(louder);
        of_band[e.band].push_back(louder);
      }
    }
    if (all.size() < kLeastSure) return bands;
    const float overall = *centre_of(all);
    for (std::size_t b = 0; b < bands.size(); ++b) {
      const auto count = static_cast<float>(of_band[b].size());
      const float own = centre_of(of_band[b]).value_or(overall);
      bands[b].gain = (count * own + kPriorPeaks * overall) / (count + kPriorPeaks);
    }
    fit_clarity(bands);
    return bands;
  }

 private:
  [[nodiscard]] int offset_at(const Expectation& e) const {
    return kGainOffsets[curve_.at(e.tick)];
  }

  void fit_clarity(std::array<Gains::Band, kBands>& bands) const {
    std::array<float, kBands> seen{};
    std::array<float, kBands> open{};
    for (const Expectation& e : expectations_) {
      if (e.channel != channel_) continue;
      const float level = e.level + bands[e.band].gain + static_cast<float>(offset_at(e));
      const bool is_open =
          std::max<float>(e.masker, kFloorLevel) < level - static_cast<float>(kMaskStep);
      if (!is_open) continue;
      const bool is_seen = e.likelihood_ratio >= kSightingRatio && std::abs(e.seen - level) <= 12;
      ++open[e.band];
      if (is_seen) ++seen[e.band];
    }
    float all_seen = kPriorPeaks * kPriorClarity;
    float all_open = kPriorPeaks;
    for (std::size_t b = 0; b < bands.size(); ++b) {
      all_seen += seen[b];
      all_open += open[b];
    }
    for (std::size_t b = 0; b < bands.size(); ++b) {
      const float clarity = (seen[b] + kPriorPeaks * all_seen / all_open) / (open[b] + kPriorPeaks);
      bands[b].clarity = std::clamp(clarity, kLeastClarity, kMostClarity);
    }
  }

  std::span<const Expectation> expectations_;
  const GainCurve& curve_;
  Channel channel_;
};

float evidence_of_peak(const Expectation& e, const Gains::Band& band, float level) {
  const float own = e.likelihood_ratio > 0 ? static_cast<float>(e.seen) : 0;
  const float shows = band.clarity * showing(std::max<float>(e.masker, kFloorLevel) - level);
  if (own == 0) return std::log(1 - shows);
  // Either the sighting is the recording's peak, or it is another sound, which may hide it too.
  const float hidden =
      own > level ? band.clarity * showing(std::max<float>(e.masker, own) - level) : shows;
  return std::log(shows * e.likelihood_ratio * level_ratio(own - level) + 1 - hidden);
}

}  // namespace

float level_ratio(float off) {
  const float step = std::abs(off) / 2;
  const auto i = static_cast<std::size_t>(step);
  if (i + 1 >= kLevelRatio.size()) return kLevelRatio.back();
  const float part = step - static_cast<float>(i);
  return kLevelRatio[i] * (1 - part) + kLevelRatio[i + 1] * part;
}

Gains gains_of(std::span<const Expectation> expectations, const GainCurve& curve) {
  return {{ChannelFit(expectations, curve, Channel::kMid).bands(),
           ChannelFit(expectations, curve, Channel::kSide).bands()}};
}

std::vector<TickEvidence> evidence_under(const Gains& gains,
                                         std::span<const Expectation> expectations, int first,
                                         int last) {
  std::vector<TickEvidence> evidence(static_cast<std::size_t>(std::max(0, last - first)));
  for (const Expectation& e : expectations) {
    if (e.tick < first || e.tick >= last) continue;
    const Gains::Band& band = gains.bands[static_cast<std::size_t>(e.channel)][e.band];
    auto& here = evidence[static_cast<std::size_t>(e.tick - first)];
    for (std::size_t i = 0; i < here.size(); ++i) {
      here[i] +=
          evidence_of_peak(e, band, e.level + band.gain + static_cast<float>(kGainOffsets[i]));
    }
  }
  for (TickEvidence& here : evidence) {
    for (float& nats : here) nats = std::clamp(nats, -kMostOfATick, kMostOfATick);
  }
  return evidence;
}

}  // namespace needledrop
