#include "scenes/clip_pictures.h"

#include <algorithm>

#include "scenes/footage.h"

namespace needledrop {
namespace {

constexpr Milliseconds kStep{80};

}  // namespace

void ClipPictures::on_thumb(const Thumb& thumb) {
  const bool is_change = !thumbs_.empty() && is_abrupt(before_, thumb);
  if (is_change) changes_.push_back(thumb.time);
  if (thumbs_.empty() || is_change || thumb.time >= thumbs_.back().time + kStep) {
    thumbs_.push_back(thumb);
  }
  before_ = thumb;
  end_ = std::max(end_, thumb.time + Milliseconds(1));
}

const Thumb* ClipPictures::at(Milliseconds time) const {
  if (time >= end_) return nullptr;
  const auto next = std::ranges::upper_bound(thumbs_, time, {}, &Thumb::time);
  return next == thumbs_.begin() ? nullptr : &*std::prev(next);
}

std::span<const Thumb> ClipPictures::within(const Span& span) const {
  auto first = std::ranges::upper_bound(thumbs_, span.start, {}, &Thumb::time);
  if (first != thumbs_.begin()) --first;
  const auto last = std::ranges::lower_bound(thumbs_, span.end, {}, &Thumb::time);
  if (last <= first) return {};
  return {&*first, static_cast<std::size_t>(last - first)};
}

}  // namespace needledrop
