#include "spotting/music_features.h"

#include <algorithm>
#include <cmath>

namespace needledrop {
namespace {

constexpr int kLooks = Texture::kLooks;
/// A greater share of a band's power in still partials makes it no surer.
constexpr double kMostSteady = 0.4;

/// Sums of the first values of a series, to add up any part of it at once.
class Sums {
 public:
  explicit Sums(std::span<const double> values) : sums_(values.size() + 1) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      sums_[i + 1] = sums_[i] + values[i];
    }
  }
  [[nodiscard]] double over(int first, int last) const { return sums_[last] - sums_[first]; }

 private:
  std::vector<double> sums_;
};

/// [first, last) around i, within a series of `size`.
struct Around {
  Around(int i, int radius, int size)
      : first(std::max(0, i - radius)), last(std::min(size, i + radius + 1)) {}
  int first;
  int last;
};

float log2_of_count(double count) {
  return static_cast<float>(std::log2(1 + count));
}

/// Writes one feature after the other into all entries.
class Columns {
 public:
  explicit Columns(std::vector<MusicFeatures>& rows) : rows_(rows) {}

  template <typename ValueOfEntry>
  void add(ValueOfEntry value) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      rows_[i][next_] = static_cast<float>(value(i));
    }
    ++next_;
  }

 private:
  std::vector<MusicFeatures>& rows_;
  std::size_t next_ = 0;
};

/// How well the still partials of 2 * radius + 1 entries share one tuning: 1 when all lie at the
/// same place between two semitones, near 0 when they lie anywhere.
std::vector<double> shared_tuning(std::span<const Texture> textures, int radius) {
  std::vector<double> cosines;
  std::vector<double> sines;
  std::vector<double> counts;
  for (const Texture& texture : textures) {
    cosines.push_back((texture.tuning[0] - 128) / 127.0 * texture.tuned);
    sines.push_back((texture.tuning[1] - 128) / 127.0 * texture.tuned);
    counts.push_back(texture.tuned);
  }
  const Sums cosine(cosines);
  const Sums sine(sines);
  const Sums count(counts);
  std::vector<double> shares;
  const int size = static_cast<int>(textures.size());
  for (int i = 0; i < size; ++i) {
    const Around part(i, radius, size);
    constexpr double kLittle = 0.3;  // an entry without partials has no tuning
    shares.push_back(
        std::hypot(cosine.over(part.first, part.last), sine.over(part.first, part.last)) /
        (count.over(part.first, part.last) + kLittle * (part.last - part.first)));
  }
  return shares;
}

/// A range's level at every look, in decibels over the level scale's zero.
std::vector<double> levels_of(std::span<const Texture> textures, std::size_t range) {
  std::vector<double> levels;
  for (const Texture& texture : textures) {
    for (const std::uint8_t level : texture.levels[range]) {
      levels.push_back(level / 2.0);
    }
  }
  return levels;
}

/// By how much the level rises from look to look.
std::vector<double> rises_of(std::span<const double> levels) {
  constexpr double kMostRise = 12;  // dB: louder blows are no surer
  std::vector<double> rises(levels.size());
  for (std::size_t i = 1; i < levels.size(); ++i) {
    rises[i] = std::clamp(levels[i] - levels[i - 1], 0.0, kMostRise);
  }
  return rises;
}

/// How regularly the level rises, at each entry: by how much the autocorrelation of the rises over
/// 5 s to either side recovers at 0.26 to 1.1 s from its lowest at shorter lags. (A slow swell has
/// a high autocorrelation at every lag, and nothing that returns.) Where the level moves by less
/// than a quarter of what it does around, the beat is not there but beside.
std::vector<double> beat_of(const std::vector<double>& rises) {
  constexpr int kRadius = 78;  // looks: 5 s
  constexpr int kShortestLag = 2;
  constexpr int kFirstLag = 4;
  constexpr int kLastLag = 17;
  constexpr int kPresent = 12;
  constexpr double kPresence = 4;
  constexpr double kLittle = 5;  // dB^2: what hardly moves has no beat
  const int size = static_cast<int>(rises.size());
  const Sums sum(rises);
  std::vector<double> moved(rises.size());
  for (int i = 0; i < size; ++i) {
    const Around part(i, kRadius, size);
    moved[i] = rises[i] - sum.over(part.first, part.last) / (part.last - part.first);
  }
  std::vector<double> products(rises.size());
  std::ranges::transform(moved, products.begin(), [](double x) { return x * x; });
  const Sums power(products);
  std::vector<double> beats(rises.size() / kLooks);
  std::vector<double> lowest(beats.size(), 1);
  for (int lag = kShortestLag; lag <= kLastLag; ++lag) {
    for (int i = 0; i < size; ++i) {
      products[i] = i + lag < size ? moved[i] * moved[i + lag] : 0;
    }
    const Sums product(products);
    for (std::size_t entry = 0; entry < beats.size(); ++entry) {
      const Around part(static_cast<int>(entry) * kLooks + kLooks / 2, kRadius, size);
      const double now =
          product.over(part.first, part.last) / (power.over(part.first, part.last) + kLittle);
      if (lag >= kFirstLag) beats[entry] = std::max(beats[entry], now - lowest[entry]);
      lowest[entry] = std::min(lowest[entry], now);
    }
  }
  for (std::size_t entry = 0; entry < beats.size(); ++entry) {
    const int middle = static_cast<int>(entry) * kLooks + kLooks / 2;
    const Around here(middle, kPresent, size);
    const Around around(middle, kRadius, size);
    const double here_power = power.over(here.first, here.last) / (here.last - here.first);
    const double mean_power = power.over(around.first, around.last) / (around.last - around.first);
    beats[entry] *= std::min(1.0, kPresence * here_power / (mean_power + kLittle / kRadius));
  }
  return beats;
}

double mean(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) {
    sum += value;
  }
  return sum / static_cast<double>(values.size());
}

/// Up to 10 dB: silence between two sounds is no more of it.
double deviation(std::span<const double> values) {
  constexpr double kMost = 10;
  const double centre = mean(values);
  double sum = 0;
  for (const double value : values) {
    sum += (value - centre) * (value - centre);
  }
  return std::min(kMost, std::sqrt(sum / static_cast<double>(values.size())));
}

std::span<const double> looks_of(const std::vector<double>& series, std::size_t entry) {
  return std::span(series).subspan(entry * kLooks, kLooks);
}

/// How much louder one range is than another, in bels, as far as it tells anything.
double tilt(std::span<const double> levels, std::span<const double> others) {
  return std::clamp((mean(levels) - mean(others)) / 10, -3.0, 1.0);
}

}  // namespace

std::vector<MusicFeatures> music_features(std::span<const Texture> textures) {
  std::vector<MusicFeatures> rows(textures.size());
  Columns columns(rows);
  for (std::size_t band = 0; band < Texture::kBands; ++band) {
    for (std::size_t age = 0; age < Texture::kAges; ++age) {
      columns.add([&](std::size_t i) { return log2_of_count(textures[i].partials[band][age]); });
    }
  }
  for (std::size_t band = 0; band < Texture::kBands; ++band) {
    columns.add(
        [&](std::size_t i) { return std::min(kMostSteady, textures[i].steady[band] / 255.0); });
  }
  for (const int radius : {5, 2}) {
    const auto shares = shared_tuning(textures, radius);
    columns.add([&](std::size_t i) { return shares[i]; });
  }
  columns.add([&](std::size_t i) { return log2_of_count(textures[i].tuned); });
  std::array<std::vector<double>, Texture::kRanges> levels;
  for (std::size_t range = 0; range < Texture::kRanges; ++range) {
    levels[range] = levels_of(textures, range);
    const auto rises = rises_of(levels[range]);
    const auto beats = beat_of(rises);
    columns.add([&](std::size_t i) { return beats[i]; });
    columns.add([&](std::size_t i) { return deviation(looks_of(levels[range], i)); });
  }
  for (const std::size_t range : {0, 2}) {
    columns.add(
        [&](std::size_t i) { return tilt(looks_of(levels[range], i), looks_of(levels[1], i)); });
  }
  return rows;
}

std::vector<MusicFeatures> smoothed(std::span<const MusicFeatures> features, int radius) {
  std::vector<MusicFeatures> means(features.size());
  std::vector<double> column(features.size());
  const int size = static_cast<int>(features.size());
  for (std::size_t feature = 0; feature < kMusicFeatures; ++feature) {
    std::ranges::transform(features, column.begin(), [&](const MusicFeatures& row) {
      return static_cast<double>(row[feature]);
    });
    const Sums sum(column);
    for (int i = 0; i < size; ++i) {
      const Around part(i, radius, size);
      means[i][feature] =
          static_cast<float>(sum.over(part.first, part.last) / (part.last - part.first));
    }
  }
  return means;
}

}  // namespace needledrop
