#include "media/speakers.h"

#include <array>

namespace needledrop {
namespace {

constexpr double kMinus3Db = 0.70710678118654752;

enum class Role { kLeft, kRight, kCentre, kLowFrequency, kSurround };

Role role_of(AVChannel channel) {
  switch (channel) {
    case AV_CHAN_FRONT_LEFT:
    case AV_CHAN_STEREO_LEFT:
      return Role::kLeft;
    case AV_CHAN_FRONT_RIGHT:
    case AV_CHAN_STEREO_RIGHT:
      return Role::kRight;
    case AV_CHAN_FRONT_CENTER:
      return Role::kCentre;
    case AV_CHAN_LOW_FREQUENCY:
    case AV_CHAN_LOW_FREQUENCY_2:
      return Role::kLowFrequency;
    default:
      return Role::kSurround;
  }
}

double rest_weight(Role role) {
  switch (role) {
    case Role::kCentre:
      return kMinus3Db;
    case Role::kLowFrequency:
      return 0.5;
    case Role::kSurround:
      return kMinus3Db / 2;
    case Role::kLeft:
    case Role::kRight:
      return 0;
  }
  return 0;
}

bool is_pair(const AVChannelLayout& layout) {
  return layout.nb_channels == 2 && layout.order == AV_CHANNEL_ORDER_UNSPEC;
}

Role role_at(const AVChannelLayout& layout, int index) {
  if (is_pair(layout)) return index == 0 ? Role::kLeft : Role::kRight;
  return role_of(av_channel_layout_channel_from_index(&layout, static_cast<unsigned>(index)));
}

bool has_front_pair(const AVChannelLayout& layout) {
  bool left = false;
  bool right = false;
  for (int i = 0; i < layout.nb_channels; ++i) {
    left = left || role_at(layout, i) == Role::kLeft;
    right = right || role_at(layout, i) == Role::kRight;
  }
  return left && right;
}

}  // namespace

bool names_speakers(const AVChannelLayout& layout) {
  return layout.nb_channels <= 2 || layout.order == AV_CHANNEL_ORDER_NATIVE ||
         layout.order == AV_CHANNEL_ORDER_AMBISONIC;
}

Outputs outputs_by_speaker(const AVChannelLayout& layout) {
  if (!has_front_pair(layout)) return {};
  return {.side = true, .rest = layout.nb_channels > 2};
}

ChannelWeights weights_by_speaker(const AVChannelLayout& layout, Outputs outputs) {
  const auto channels = static_cast<std::size_t>(layout.nb_channels);
  ChannelWeights weights(outputs.count(), channels);
  if (!has_front_pair(layout)) {
    weights.at(0, 0) = 1;  // of ambisonic sound that is the omnidirectional one
    return weights;
  }
  for (std::size_t i = 0; i < channels; ++i) {
    const Role role = role_at(layout, static_cast<int>(i));
    const bool front = role == Role::kLeft || role == Role::kRight;
    if (front) weights.at(0, i) = 0.5;
    if (front && outputs.side) weights.at(1, i) = role == Role::kLeft ? 0.5 : -0.5;
    if (!front && outputs.rest) weights.at(outputs.count() - 1, i) = rest_weight(role);
  }
  return weights;
}

std::string layout_name(const AVChannelLayout& layout) {
  if (layout.nb_channels == 1) return "mono";
  if (is_pair(layout)) return "stereo";
  std::array<char, 64> text{};
  av_channel_layout_describe(&layout, text.data(), text.size());
  const std::string name = text.data();
  // Whether the surrounds stand at the side or at the back makes no difference here.
  return name.substr(0, name.find('('));
}

}  // namespace needledrop
