#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace needledrop {

/// How much of each channel goes into each output: rows are outputs (mid, then side, then rest, as
/// far as there are), columns are channels of the sound.
class ChannelWeights {
 public:
  ChannelWeights() = default;
  ChannelWeights(std::size_t outputs, std::size_t channels)
      : outputs_(outputs), channels_(channels), values_(outputs * channels) {}

  [[nodiscard]] std::size_t outputs() const { return outputs_; }
  [[nodiscard]] std::size_t channels() const { return channels_; }
  /// Requires output < outputs() and channel < channels().
  double& at(std::size_t output, std::size_t channel) {
    return values_[output * channels_ + channel];
  }
  [[nodiscard]] double at(std::size_t output, std::size_t channel) const {
    return values_[output * channels_ + channel];
  }
  /// Row by row.
  [[nodiscard]] std::span<const double> values() const { return values_; }
  friend bool operator==(const ChannelWeights&, const ChannelWeights&) = default;

 private:
  std::size_t outputs_ = 0;
  std::size_t channels_ = 0;
  std::vector<double> values_;
};

}  // namespace needledrop
