#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "media/thumb.h"
#include "scenes/picture_series.h"
#include "scenes/transition_finder.h"

/// Made-up pictures for the tests of this folder. The same seed gives the same content.
namespace needledrop::test {

/// A generator whose numbers do not depend on the standard library.
class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  /// In [0, bound).
  int below(int bound) {
    return static_cast<int>(std::uint64_t{engine_()} * static_cast<std::uint64_t>(bound) >> 32);
  }
  /// In [0, 1).
  double share() { return static_cast<double>(engine_()) / 4294967296.0; }

 private:
  std::mt19937 engine_;
};

/// A place with soft patches of every size, larger than what a camera sees of it.
class Place {
 public:
  static constexpr int kSize = 256;

  explicit Place(std::uint32_t seed) : pixels_(std::size_t{kSize} * kSize, 0.0) {
    Random random(seed);
    for (int cell = 64; cell >= 4; cell /= 2) add_patches(cell, cell + 12, random);
    blue_ = 90 + random.below(80);
    red_ = 90 + random.below(80);
  }

  /// What a camera at x and y sees; `zoom` times as near.
  [[nodiscard]] Thumb seen_from(double x, double y, double zoom = 1) const {
    Thumb thumb;
    for (int row = 0; row < Thumb::kHeight; ++row) {
      for (int column = 0; column < Thumb::kWidth; ++column) {
        const double light = at(x + (column - 32) / zoom, y + (row - 18) / zoom);
        thumb.luma[row * Thumb::kWidth + column] =
            static_cast<std::uint8_t>(std::clamp(126 + light, 16.0, 235.0));
      }
    }
    thumb.blue.fill(static_cast<std::uint8_t>(blue_));
    thumb.red.fill(static_cast<std::uint8_t>(red_));
    return thumb;
  }

 private:
  void add_patches(int cell, int strength, Random& random) {
    const int across = kSize / cell;
    std::vector<double> corners;
    for (int i = 0; i < across * across; ++i) corners.push_back(strength * (random.share() - 0.5));
    const auto corner = [&](int x, int y) { return corners[y % across * across + x % across]; };
    for (int y = 0; y < kSize; ++y) {
      for (int x = 0; x < kSize; ++x) {
        const double fx = static_cast<double>(x % cell) / cell;
        const double fy = static_cast<double>(y % cell) / cell;
        const int cx = x / cell;
        const int cy = y / cell;
        pixels_[y * kSize + x] +=
            2 * (std::lerp(std::lerp(corner(cx, cy), corner(cx + 1, cy), fx),
                           std::lerp(corner(cx, cy + 1), corner(cx + 1, cy + 1), fx), fy));
      }
    }
  }
  [[nodiscard]] double at(double x, double y) const {
    const double fx = x - std::floor(x);
    const double fy = y - std::floor(y);
    const auto pixel = [&](int dx, int dy) {
      const int px = (static_cast<int>(std::floor(x)) + dx + 16 * kSize) % kSize;
      const int py = (static_cast<int>(std::floor(y)) + dy + 16 * kSize) % kSize;
      return pixels_[py * kSize + px];
    };
    return std::lerp(std::lerp(pixel(0, 0), pixel(1, 0), fx),
                     std::lerp(pixel(0, 1), pixel(1, 1), fx), fy);
  }

  std::vector<double> pixels_;
  int blue_ = 128;
  int red_ = 128;
};

/// `share` of b and the rest of a.
inline Thumb mixed(const Thumb& a, const Thumb& b, double share) {
  Thumb thumb = a;
  const auto mix = [&](auto& to, const auto& from) {
    for (std::size_t i = 0; i < to.size(); ++i) {
      to[i] = static_cast<std::uint8_t>(
          std::lround(std::lerp<double, double, double>(to[i], from[i], share)));
    }
  };
  mix(thumb.luma, b.luma);
  mix(thumb.blue, b.blue);
  mix(thumb.red, b.red);
  return thumb;
}

inline Thumb flat(int luma) {
  Thumb thumb;
  thumb.luma.fill(static_cast<std::uint8_t>(luma));
  thumb.blue.fill(128);
  thumb.red.fill(128);
  return thumb;
}

inline Thumb brighter(Thumb thumb, double gain, double lift) {
  for (std::uint8_t& pixel : thumb.luma) {
    pixel = static_cast<std::uint8_t>(std::clamp(std::lround(pixel * gain + lift), 0L, 255L));
  }
  return thumb;
}

/// Any bytes.
inline Thumb noise(Random& random) {
  Thumb thumb;
  for (auto& pixel : thumb.luma) pixel = static_cast<std::uint8_t>(random.below(256));
  for (auto& pixel : thumb.blue) pixel = static_cast<std::uint8_t>(random.below(256));
  for (auto& pixel : thumb.red) pixel = static_cast<std::uint8_t>(random.below(256));
  return thumb;
}

/// Pictures 40 ms apart.
class Film {
 public:
  void add(Thumb thumb) {
    thumb.time = next_;
    next_ += Milliseconds(40);
    thumbs_.push_back(thumb);
  }
  /// A camera that moves evenly from x and y on.
  void add_shot(const Place& place, int pictures, double x = 60, double y = 60, double dx = 0,
                double dy = 0) {
    for (int i = 0; i < pictures; ++i) add(place.seen_from(x + i * dx, y + i * dy));
  }
  [[nodiscard]] Milliseconds now() const { return next_; }
  [[nodiscard]] std::vector<Thumb>& thumbs() { return thumbs_; }

  [[nodiscard]] PictureSeries series() const {
    PictureMeter meter;
    for (const Thumb& thumb : thumbs_) meter.on_thumb(thumb);
    return meter.finish();
  }
  [[nodiscard]] std::vector<Transition> transitions() const { return find_transitions(series()); }

 private:
  std::vector<Thumb> thumbs_;
  Milliseconds next_{0};
};

}  // namespace needledrop::test
