#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "media/block_assembler.h"
#include "media/channel_weights.h"

namespace needledrop {

/// How a file's streams are read: what of which stream goes into which output.
struct LayoutPlan {
  struct Source {
    std::size_t stream = 0;  // place among the streams of sound
    ChannelWeights weights;  // for the stream's own channels
    friend bool operator==(const Source&, const Source&) = default;
  };

  std::vector<Source> sources;
  Outputs outputs;
  std::string words;  // for people
};

}  // namespace needledrop
