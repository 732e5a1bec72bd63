#pragma once

#include "media/block_assembler.h"
#include "media/channel_weights.h"
#include "media/ffmpeg_handles.h"

namespace needledrop {

/// Whether the layout names its speakers, so that they can be told apart without listening. Two
/// unnamed channels count as left and right.
bool names_speakers(const AVChannelLayout& layout);

/// What sound with these speakers is given out as: a front pair as mid and side, the others as
/// rest.
Outputs outputs_by_speaker(const AVChannelLayout& layout);

/// The weights that take sound with these speakers to `outputs`. Mid and side are half the sum and
/// half the difference of the front pair. Rest is on the scale of mid, as in a mono downmix after
/// ITU-R BS.775: centre at -3 dB, each surround at -3 dB of its half; the low-frequency channel,
/// which that recommendation leaves out, at -6 dB.
ChannelWeights weights_by_speaker(const AVChannelLayout& layout, Outputs outputs);

/// The name for people: "mono", "stereo", "5.1".
std::string layout_name(const AVChannelLayout& layout);

}  // namespace needledrop
