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

/// Hann, scaled so that a sinusoid of amplitude 1 on a bin comes out with magnitude 1.
std::vector<float> hann_window() {
  std::vector<double> window(kWindow);
  for (int i = 0; i < kWindow; ++i) {
    window[i] = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * i / kWindow);
  }
  const double gain = 2 / std::accumulate(window.begin(), window.end(), 0.0);
  std::vector<float> scaled;
  scaled.reserve(window.size());
  for (double value : window) {
    scaled.push_back(static_cast<float>(value * gain));
  }
  return scaled;
}

}  // namespace

struct Transform::Context {
  AVTXContext* tx = nullptr;
  av_tx_fn run = nullptr;
  // Aligned for the widest vector unit that the transform may use.
  alignas(64) std::array<float, kWindow> input{};
  alignas(64) std::array<float, kWindow + 2> output{};

  Context() {
    const float scale = 1;
    const int status = av_tx_init(&tx, &run, AV_TX_FLOAT_RDFT, 0, kWindow, &scale, 0);
    ND_ASSERT(status >= 0);
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { av_tx_uninit(&tx); }
};

Transform::Transform() : context_(std::make_unique<Context>()), window_(hann_window()) {}
Transform::~Transform() = default;

void Transform::power(std::span<const float> samples, std::span<float> power) {
  ND_ASSERT(samples.size() == kWindow && power.size() == kBins);
  // Digital silence is common in broadcasts, and costs nothing this way.
  if (std::all_of(samples.begin(), samples.end(), [](float sample) { return sample == 0; })) {
    std::fill(power.begin(), power.end(), 0.0F);
    return;
  }
  for (int i = 0; i < kWindow; ++i) {
    context_->input[i] = samples[i] * window_[i];
  }
  context_->run(context_->tx, context_->output.data(), context_->input.data(), sizeof(float));
  const float* out = context_->output.data();
  for (int b = 0; b < kBins; ++b) {
    power[b] = out[2 * b] * out[2 * b] + out[2 * b + 1] * out[2 * b + 1];
  }
}

}  // namespace needledrop
