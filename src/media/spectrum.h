#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>

namespace needledrop {

/// Power spectra of kSize samples under a Hann window, by libavutil's transform. Single-threaded.
class PowerSpectrum {
 public:
  static constexpr std::size_t kSize = 512;

  PowerSpectrum();
  ~PowerSpectrum();
  PowerSpectrum(const PowerSpectrum&) = delete;
  PowerSpectrum& operator=(const PowerSpectrum&) = delete;

  /// The bins from 0 to Nyquist. Requires kSize samples.
  std::array<float, kSize / 2 + 1> of(std::span<const float> samples);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace needledrop
