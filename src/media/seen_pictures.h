#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "media/picture_pass.h"

namespace needledrop {

/// Every thumb that came out of a file, and what was said of it. For tests.
struct Seen final : ThumbSink {
  std::vector<Thumb> thumbs;
  DecodedPicture decoded;

  void on_thumb(const Thumb& thumb) override { thumbs.push_back(thumb); }
};

/// Wants every picture of every group.
struct AllOfThem final : GroupPlanner {
  GroupPlan plan(const PictureGroup& group) override;
};

/// Wants none but the keyframes.
struct NoneOfThem final : GroupPlanner {
  GroupPlan plan(const PictureGroup&) override { return {}; }
};

/// decode_picture and decode_groups; a failure fails the test.
Seen see(const std::string& path, const PictureOptions& options = {});
Seen see(const std::string& path, GroupPlanner& planner, const PictureOptions& options = {});

/// The times alone, in milliseconds.
std::vector<long> times_of(const std::vector<Thumb>& thumbs);
double mean_luma(const Thumb& thumb);

/// What `count` pictures of `numerator / denominator` a second have for times, from `start` on.
std::vector<long> even_times(std::size_t count, long numerator, long denominator = 1,
                             double start = 0);

/// ffmpeg's arguments for pictures of one grey each, by which they can be told apart: the n-th has
/// grey_of(n).
std::string numbered_pictures(const std::string& rate, int count,
                              const std::string& size = "64x48");
int grey_of(std::size_t number);

}  // namespace needledrop
