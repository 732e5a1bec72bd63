#pragma once

#include <array>
#include <span>
#include <vector>

#include "fingerprint/column.h"
#include "fingerprint/peak.h"

namespace needledrop {

/// Measures the texture of one channel. It looks at the spectrum every kLookTicks ticks and follows
/// each partial from look to look: a held note stands still to a fraction of a hertz, the partials
/// of a voice glide, noise has none that last (continuous frequency activation, Seyerlehner, Pohle,
/// Schedl & Widmer, DAFx 2007, there in whole bins of blocks). Single-threaded.
class TextureMeter final : public ColumnSink {
 public:
  TextureMeter();

  void on_column(std::span<const float> power) override;
  /// Ends the sound: the textures of everything seen, the last one as if silence followed.
  std::vector<Texture> finish();

  static constexpr int kLookTicks = 4;  // neighbouring looks overlap by half a window

 private:
  /// A partial as it was last seen.
  struct Partial {
    int bin = 0;
    float frequency = 0;        // in bins
    int age = 0;                // looks for which it has stood still
    int missed = 0;             // looks since it was seen
    bool is_continued = false;  // by one of the look at hand
  };
  /// What the open entry adds up.
  struct Sums {
    std::array<std::array<int, Texture::kAges>, Texture::kBands> partials{};
    std::array<double, Texture::kBands> steady{};  // power
    std::array<double, Texture::kBands> total{};   // power
    std::array<double, 2> tuning{};
    int tuned = 0;
  };

  void look(std::span<const float> power);
  void find_maxima(std::span<const float> power);
  [[nodiscard]] bool stands_out(float power, int bin) const;
  void see_partial(std::span<const float> power, int bin);
  int take_age(float frequency, int bin);
  void remember_unseen();
  void end_entry();
  /// Power of bins [first, last).
  [[nodiscard]] double power_of(int first, int last) const { return below_[last] - below_[first]; }

  std::vector<double> below_;      // power of all bins below each
  std::vector<int> maxima_;        // bins of the look's local maxima, of which...
  int maxima_count_ = 0;           // ...so many count
  std::vector<Partial> partials_;  // known from the looks before, by bin
  std::size_t first_near_ = 0;     // of them, the first that the next seen may continue
  std::vector<Partial> seen_;      // in this look, by bin
  std::vector<Partial> merged_;
  std::vector<std::array<float, 2>> circle_;  // points of the tuning, by eighths of a bin
  Sums sums_;
  Texture entry_;
  int columns_ = 0;  // seen
  std::vector<Texture> textures_;
};

}  // namespace needledrop
