#pragma once

#include <span>
#include <vector>

#include "base/units.h"
#include "media/thumb.h"

namespace needledrop {

/// The pictures of a clip, closely enough in time that each one shown can stand for those just
/// after it: twelve a second, and every one that is unlike the one before.
class ClipPictures final : public ThumbSink {
 public:
  void on_thumb(const Thumb& thumb) override;
  /// The last call before reading. `end` is the clip's.
  void finish(Milliseconds end) { end_ = end; }

  [[nodiscard]] bool is_empty() const { return thumbs_.empty(); }
  [[nodiscard]] Milliseconds end() const { return end_; }
  /// The one shown at a time, or null when it is outside of the clip.
  [[nodiscard]] const Thumb* at(Milliseconds time) const;
  /// Those shown from some time on, up to another.
  [[nodiscard]] std::span<const Thumb> within(const Span& span) const;
  /// The sudden changes, by time.
  [[nodiscard]] std::span<const Milliseconds> changes() const { return changes_; }

 private:
  std::vector<Thumb> thumbs_;
  std::vector<Milliseconds> changes_;
  Thumb before_;
  Milliseconds end_{0};
};

}  // namespace needledrop
