#include "fingerprint/transform.h"

extern "C" {
#include <libavutil/tx.h>
}

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

#include "base/assert.h"

namespace needledrop {
namespace {

/// Hann, scaled so that a sinusoid of amplitude 1 on a bin comes out with magnitude 1/2: taking the
/// two spectra apart doubles it.
std::vector<float> hann_window() {
  std::vector<double> window(kWindow);
  for (int i = 0; i < kWindow; ++i) {
    window[i] = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * i / kWindow);
  }
  const double gain = 1 / std::accumulate(window.begin(), window.end(), 0.0);
  std::vector<float> scaled;
  scaled.reserve(window.size());
  for (double value : window) {
    scaled.push_back(static_cast<float>(value * gain));
  }
  return scaled;
}

bool is_silent(std::span<const float> samples) {
  return std::ranges::all_of(samples, [](float sample) { return sample == 0; });
}

/// Bins of the transform, real and imaginary parts apart: entry i is bin `first` + i.
struct Bins {
  std::array<float, Transform::kBins> real;
  std::array<float, Transform::kBins> imaginary;

  Bins(const float* spectrum, int first) {
    const float* from = spectrum + 2 * first;
    for (int i = 0; i < Transform::kBins; ++i) {
      real[i] = from[2 * i];
      imaginary[i] = from[2 * i + 1];
    }
  }
};

/// With Z[b] = p + iq and Z[-b] = r + is, twice the first spectrum is p + r + i(q - s), and twice
/// the second q + s + i(r - p).
void separate_powers(const float* spectrum, float* first, float* second) {
  const Bins up(spectrum, 0);
  const Bins down(spectrum, kWindow - Transform::kBins);  // entry i is bin i - kBins
  first[0] = 4 * up.real[0] * up.real[0];
  second[0] = 4 * up.imaginary[0] * up.imaginary[0];
  for (int b = 1; b < Transform::kBins; ++b) {
    const float p = up.real[b];
    const float q = up.imaginary[b];
    const float r = down.real[Transform::kBins - b];
    const float s = down.imaginary[Transform::kBins - b];
    first[b] = (p + r) * (p + r) + (q - s) * (q - s);
    second[b] = (q + s) * (q + s) + (r - p) * (r - p);
  }
}

}  // namespace

struct Transform::Context {
  AVTXContext* tx = nullptr;
  av_tx_fn run = nullptr;
  // Real and imaginary parts in turn; aligned for the widest vector unit that the transform may
  // use.
  alignas(64) std::array<float, 2 * kWindow> input{};
  alignas(64) std::array<float, 2 * kWindow> output{};

  Context() {
    const float scale = 1;
    const int status = av_tx_init(&tx, &run, AV_TX_FLOAT_FFT, 0, kWindow, &scale, 0);
    ND_ASSERT(status >= 0);
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { av_tx_uninit(&tx); }
};

Transform::Transform() : context_(std::make_unique<Context>()), window_(hann_window()) {}
Transform::~Transform() = default;

void Transform::power(std::span<const float> first, std::span<const float> second,
                      std::span<float> first_power, std::span<float> second_power) {
  ND_ASSERT(first.size() == kWindow && second.size() == kWindow);
  ND_ASSERT(first_power.size() == kBins && second_power.size() == kBins);
  // Digital silence is common in broadcasts, and costs nothing this way.
  if (is_silent(first) && is_silent(second)) {
    std::ranges::fill(first_power, 0.0F);
    std::ranges::fill(second_power, 0.0F);
    return;
  }
  const float* a = first.data();
  const float* b = second.data();
  const float* window = window_.data();
  float* in = context_->input.data();
  for (int i = 0; i < kWindow; ++i) {
    in[2 * i] = a[i] * window[i];
    in[2 * i + 1] = b[i] * window[i];
  }
  context_->run(context_->tx, context_->output.data(), in, 2 * sizeof(float));
  separate_powers(context_->output.data(), first_power.data(), second_power.data());
}

}  // namespace needledrop
