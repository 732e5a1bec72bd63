#include "media/spectrum.h"

extern "C" {
#include <libavutil/tx.h>
}

#include <cmath>
#include <new>
#include <numbers>

#include "base/assert.h"

namespace needledrop {

struct PowerSpectrum::State {
  // The widest vectors of the transform want this alignment.
  alignas(64) std::array<float, kSize> input{};
  alignas(64) std::array<AVComplexFloat, kSize / 2 + 1> output{};
  AVTXContext* context = nullptr;
  av_tx_fn transform = nullptr;
  std::array<float, kSize> window{};

  ~State() { av_tx_uninit(&context); }
};

PowerSpectrum::PowerSpectrum() : state_(std::make_unique<State>()) {
  const float scale = 1;
  const int code = av_tx_init(&state_->context, &state_->transform, AV_TX_FLOAT_RDFT, 0,
                              static_cast<int>(kSize), &scale, 0);
  if (code < 0) throw std::bad_alloc();  // the size is one it knows, so only memory can lack
  for (std::size_t i = 0; i < kSize; ++i) {
    state_->window.at(i) = static_cast<float>(
        0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / kSize));
  }
}

PowerSpectrum::~PowerSpectrum() = default;

std::array<float, PowerSpectrum::kSize / 2 + 1> PowerSpectrum::of(std::span<const float> samples) {
  ND_ASSERT(samples.size() == kSize);
  for (std::size_t i = 0; i < kSize; ++i) {
    state_->input.at(i) = samples[i] * state_->window.at(i);
  }
  state_->transform(state_->context, state_->output.data(), state_->input.data(), sizeof(float));
  std::array<float, kSize / 2 + 1> power{};
  for (std::size_t k = 0; k < power.size(); ++k) {
    const auto& bin = state_->output.at(k);
    power.at(k) = bin.re * bin.re + bin.im * bin.im;
  }
  return power;
}

}  // namespace needledrop
