#include "spotting/loudspeaker.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "fingerprint/parameters.h"

namespace needledrop {
namespace {

constexpr auto kMid = static_cast<std::size_t>(Channel::kMid);

/// Fitted to the development half of the evaluation: of 8 cues through a steep filter at 3 kHz 6
/// pass, of some 480 others none, the next of these an equaliser's with 45.
constexpr double kLeastByLevel = 5;
constexpr double kLeastSum = 48;

/// Bands that every loudspeaker plays, up to 2 kHz: they tell how loud the music is.
constexpr std::size_t kPlayedBands = 4;
/// And how loud it is besides what they tell, in half decibels.
constexpr int kMostOff = 12;
constexpr int kOffStep = 3;
/// No sighting is less likely than this: some are of other sounds.
constexpr double kLeastRatio = 0.1;

/// How a loudspeaker or a mix colours music: half decibels by band.
using Colour = std::array<float, kBands>;

double octaves_over(double hertz, std::size_t band) {
  constexpr double kBandHertz = static_cast<double>(kBandBins) * kAnalysisRate / kWindow;
  return std::log2((static_cast<double>(band) + 0.5) * kBandHertz / hertz);
}

std::vector<Colour> loudspeakers() {
  std::vector<Colour> colours;
  for (const double corner : {1'000, 1'500, 2'000, 2'500, 3'000}) {
    for (const double decibels_an_octave : {12, 24, 36}) {
      Colour& colour = colours.emplace_back();
      for (std::size_t band = 0; band < colour.size(); ++band) {
        const double octaves = std::max(0.0, octaves_over(corner, band));
        colour[band] = static_cast<float>(-2 * decibels_an_octave * octaves);
      }
    }
  }
  return colours;
}

std::vector<Colour> mixes() {
  std::vector<Colour> colours;
  for (const double decibels_an_octave : {-6, -4, -2, 0, 2, 4}) {
    Colour& colour = colours.emplace_back();
    for (std::size_t band = 0; band < colour.size(); ++band) {
      colour[band] = static_cast<float>(2 * decibels_an_octave * octaves_over(1'000, band));
    }
  }
  return colours;
}

float middle_of(std::array<float, kPlayedBands> values) {
  std::ranges::sort(values);
  return (values[kPlayedBands / 2 - 1] + values[kPlayedBands / 2]) / 2;
}

/// One stretch of music under different colours.
class Listening {
 public:
  Listening(std::vector<Expectation> expectations, const Stretch& stretch, const Gains& gains,
            const GainCurve& curve)
      : expectations_(std::move(expectations)), stretch_(stretch), curve_(curve) {
    std::array<float, kPlayedBands> gain{};
    std::array<float, kPlayedBands> clarity{};
    for (std::size_t band = 0; band < kPlayedBands; ++band) {
      gain[band] = gains.bands[kMid][band].gain;
      clarity[band] = gains.bands[kMid][band].clarity;
    }
    gain_ = middle_of(gain);
    clarity_ = middle_of(clarity);
  }

  /// How likely the levels of the peaks that are surely seen are, as a logarithm.
  [[nodiscard]] double by_level(const Colour& colour, float off) const {
    double sum = 0;
    for (const Expectation& e : expectations_) {
      if (e.likelihood_ratio < kSureRatio) continue;
      const float level = static_cast<float>(e.level) + gain_ + off + colour[e.band] +
                          static_cast<float>(kGainOffsets[curve_.at(e.tick)]);
      const auto ratio = static_cast<double>(level_ratio(static_cast<float>(e.seen) - level));
      sum += std::log(std::max(ratio, kLeastRatio));
    }
    return sum;
  }

  /// The log-likelihood ratio of all peaks, seen or missing.
  [[nodiscard]] double by_all(const Colour& colour, float off) const {
    Gains gains{};
    for (std::size_t band = 0; band < colour.size(); ++band) {
      gains.bands[kMid][band] = {gain_ + off + colour[band], clarity_};
    }
    const auto evidence = evidence_under(gains, expectations_, stretch_.first, stretch_.last);
    double sum = 0;
    for (std::size_t i = 0; i < evidence.size(); ++i) {
      sum += static_cast<double>(evidence[i][curve_.at(stretch_.first + static_cast<int>(i))]);
    }
    return sum;
  }

 private:
  std::vector<Expectation> expectations_;
  const Stretch& stretch_;
  const GainCurve& curve_;
  float gain_ = 0;
  float clarity_ = 0;
};

/// The most that a colour makes of what is heard, at any level.
template <typename Measure>
double best_of(const std::vector<Colour>& colours, Measure measure) {
  double best = std::numeric_limits<double>::lowest();
  for (const Colour& colour : colours) {
    for (int off = -kMostOff; off <= kMostOff; off += kOffStep) {
      best = std::max(best, measure(colour, static_cast<float>(off)));
    }
  }
  return best;
}

}  // namespace

bool tells_of_loudspeaker(const LoudspeakerEvidence& evidence) {
  return evidence.by_level >= kLeastByLevel && evidence.by_level + evidence.by_all >= kLeastSum;
}

LoudspeakerTest::LoudspeakerTest(const PeakGrid& episode) {
  std::array<std::size_t, kBands> counts{};
  for (const Peak& peak : episode.list().peaks) {
    if (peak.channel == Channel::kMid) ++counts[band_of(peak)];
  }
  auto sorted = counts;
  std::ranges::sort(sorted);
  const std::size_t usual = sorted[kBands / 2];
  // Of the last band in which there is something, a part may be missing.
  for (std::size_t band = 0; band + 1 < counts.size() && 2 * counts[band] >= usual; ++band) {
    is_broadcast_[band] = band + 2 == counts.size() || 2 * counts[band + 1] >= usual;
  }
}

LoudspeakerEvidence LoudspeakerTest::evidence(std::span<const Expectation> expectations,
                                              const Stretch& stretch, const Gains& gains,
                                              const GainCurve& curve) const {
  static const std::vector<Colour> kLoudspeakers = loudspeakers();
  static const std::vector<Colour> kMixes = mixes();
  std::vector<Expectation> asked;
  for (const Expectation& e : expectations) {
    if (e.channel == Channel::kMid && is_broadcast_[e.band]) asked.push_back(e);
  }
  const Listening listening(std::move(asked), stretch, gains, curve);
  const auto against = [](auto measure) {
    return best_of(kLoudspeakers, measure) - best_of(kMixes, measure);
  };
  LoudspeakerEvidence evidence;
  evidence.by_level =
      against([&](const Colour& colour, float off) { return listening.by_level(colour, off); });
  // The dear half of the question is asked where the cheap one leaves it open.
  if (evidence.by_level >= kLeastByLevel) {
    evidence.by_all =
        against([&](const Colour& colour, float off) { return listening.by_all(colour, off); });
  }
  return evidence;
}

}  // namespace needledrop
