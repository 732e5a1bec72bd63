#pragma once

#include "media/picture_pass.h"

namespace needledrop {

/// Which pictures have to be decoded to find the transitions: where two keyframes show the same and
/// nothing between them cost the encoder much, none. A cut makes the next picture that others refer
/// to as large as a keyframe; around such ones all are decoded, and wherever what was decoded
/// leaves open what happened in between.
class ReducedPlanner final : public GroupPlanner {
 public:
  GroupPlan plan(const PictureGroup& group) override;
};

}  // namespace needledrop
