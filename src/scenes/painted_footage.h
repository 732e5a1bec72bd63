#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <random>

#include "media/thumb.h"
#include "scenes/framing.h"

namespace needledrop {

/// Pictures for tests: each number is another scene of soft blobs, seen by a camera that pans, so
/// that no two moments are the same.
class Painter {
 public:
  explicit Painter(std::uint32_t seed) : seed_(seed) {}

  /// Scene `number`, `seconds` after its beginning, as the clip's framing cuts it out.
  [[nodiscard]] Thumb paint(int number, double seconds, Milliseconds time,
                            const Framing& framing = {}) const {
    std::mt19937 random(seed_ + static_cast<std::uint32_t>(number));
    std::array<Blob, 24> blobs;
    for (Blob& blob : blobs) {
      blob = {share(random) * 1.4, share(random), 0.02 + 0.1 * share(random),
              280 * share(random) - 140, 60 * share(random) - 30};
    }
    Thumb thumb;
    thumb.time = time;
    fill(thumb.luma, Thumb::kWidth, framing, [&](double x, double y) {
      return 120 + sum_at(blobs, x + 0.02 * seconds, y, &Blob::luma);
    });
    fill(thumb.blue, Thumb::kChromaWidth, framing, [&](double x, double y) {
      return 128 + sum_at(blobs, x + 0.02 * seconds, y, &Blob::chroma);
    });
    fill(thumb.red, Thumb::kChromaWidth, framing, [&](double x, double y) {
      return 128 - sum_at(blobs, x + 0.02 * seconds, y, &Blob::chroma) / 2;
    });
    return thumb;
  }

 private:
  struct Blob {
    double x = 0;
    double y = 0;
    double size = 1;
    double luma = 0;
    double chroma = 0;
  };

  static double share(std::mt19937& random) {
    return static_cast<double>(random()) / static_cast<double>(std::mt19937::max());
  }

  static double sum_at(const std::array<Blob, 24>& blobs, double x, double y, double Blob::*value) {
    double sum = 0;
    for (const Blob& blob : blobs) {
      const double distance = std::hypot(x - blob.x, y - blob.y) / blob.size;
      sum += blob.*value * std::exp(-distance * distance);
    }
    return sum;
  }

  template <typename Plane, typename Value>
  static void fill(Plane& plane, int width, const Framing& framing, Value value) {
    const int height = static_cast<int>(plane.size()) / width;
    for (int i = 0; i < static_cast<int>(plane.size()); ++i) {
      double x = (i % width + 0.5) / width;
      if (framing.mirrored) x = 1 - x;
      const double y = (static_cast<double>(i / width) + 0.5) / height;
      plane[i] =
          static_cast<std::uint8_t>(std::clamp(value(framing.shown.left + x * framing.shown.width,
                                                     framing.shown.top + y * framing.shown.height),
                                               16.0, 235.0));
    }
  }

  std::uint32_t seed_;
};

}  // namespace needledrop
