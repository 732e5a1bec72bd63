#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "media/thumb.h"

namespace needledrop {

/// What came of decoding a picture.
struct DecodedPicture {
  Milliseconds duration{0};           // to the end of the last picture shown
  std::uint64_t pictures = 0;         // decoded, as far as they were wanted
  std::uint64_t damaged_packets = 0;  // skipped
  std::vector<std::string> warnings;  // one line each, without the file's name
};

struct PictureOptions {
  /// What comes out does not depend on it, but that libavcodec patches up what is damaged, or
  /// refers to it, a little differently each time.
  unsigned threads = 1;
  std::stop_token stop;
  /// Told of the position with every picture that is given out.
  std::function<void(Milliseconds)> progress = [](Milliseconds) {};
};

/// Decodes every picture of the file's first stream of pictures. Thumbs have times of the same
/// clock as the sound (0 is the container's earliest presented sample), from 0 on and strictly
/// ascending: what comes late in a broken file is left out. Errors: as Container, kUnsupported when
/// there is no picture or nothing of it could be decoded.
Result<DecodedPicture> decode_picture(const std::string& path, ThumbSink& sink,
                                      const PictureOptions& options);

/// One coded picture, before it is decoded.
struct CodedPicture {
  Milliseconds time{0};
  std::uint32_t bytes = 0;
};

/// The pictures from one keyframe to before the next.
struct PictureGroup {
  const std::vector<CodedPicture>& pictures;  // in coded order, the keyframe first
  const Thumb& first;                         // the keyframe
  const Thumb* next;                          // the next group's keyframe; null in the last group
  const std::vector<Thumb>& decoded;          // what was decoded so far, by time; at first only
                                              // the keyframe
};

/// What to decode of a group: of its pictures in coded order the first `until`, and of those all in
/// a span of `whole`, otherwise only such as others refer to.
struct GroupPlan {
  struct Range {
    std::size_t from = 0;
    std::size_t to = 0;
  };
  std::size_t until = 0;  // 0: nothing more
  std::vector<Range> whole;
};

class GroupPlanner {
 public:
  virtual ~GroupPlanner() = default;
  /// Asked for each group in order; again after its answer was decoded, until it wants nothing
  /// more. Each answer decodes the group anew, with what was asked for before.
  virtual GroupPlan plan(const PictureGroup& group) = 0;
};

/// Decodes the keyframes, and of what lies between them only what the planner asks for. Otherwise
/// as decode_picture. Where keyframes are too far apart, or the container gives no times, every
/// picture is decoded.
Result<DecodedPicture> decode_groups(const std::string& path, GroupPlanner& planner,
                                     ThumbSink& sink, const PictureOptions& options);

}  // namespace needledrop
