#include "scenes/picture_series.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <utility>

namespace needledrop {
namespace {

/// Flashes, and what passes close before the camera, are over in this time.
constexpr Milliseconds kShortlyBefore{560};
constexpr Milliseconds kShortlyAfter{560};
/// Below this there is no need to look further.
constexpr double kNotable = 0.2;

}  // namespace

void PictureMeter::on_thumb(const Thumb& thumb) {
  PictureMoment moment;
  moment.time = thumb.time;
  moment.follows = thumb.follows;
  const int sum = std::accumulate(thumb.luma.begin(), thumb.luma.end(), 0);
  const double mean = static_cast<double>(sum) / static_cast<double>(thumb.luma.size());
  for (const std::uint8_t pixel : thumb.luma) moment.spread += std::abs(pixel - mean);
  moment.spread /= static_cast<double>(thumb.luma.size());
  moment.sketch = sketch_of(thumb);
  if (!thumbs_.empty()) moment.change = change_between(thumbs_.back(), thumb);
  moment.link = moment.change.novelty;
  series_.push_back(moment);
  thumbs_.push_back(thumb);
  look_back();
  std::size_t end = linked_;
  while (end < series_.size() && series_[end].time + kShortlyAfter <= thumb.time) ++end;
  link_up_to(end);
}

PictureSeries PictureMeter::finish() {
  link_up_to(series_.size());
  return std::move(series_);
}

void PictureMeter::look_back() {
  PictureMoment& moment = series_.back();
  if (moment.time < next_look_back_) return;
  next_look_back_ = moment.time + kReachStep;
  for (std::size_t i = 0; i < kReaches.size(); ++i) {
    const auto later =
        std::ranges::upper_bound(thumbs_, moment.time - kReaches[i], {}, &Thumb::time);
    if (later == thumbs_.begin()) continue;
    moment.since[i] = static_cast<float>(novelty_in_any_light(*std::prev(later), thumbs_.back()));
  }
}

void PictureMeter::link_up_to(std::size_t end) {
  for (; linked_ < end; ++linked_) {
    PictureMoment& moment = series_[linked_];
    if (moment.change.novelty > kNotable) moment.link = least_novelty(linked_);
  }
  // Two are left in any case, however far apart they are.
  while (thumbs_.size() > 2 && forgotten_ + 1 < linked_ &&
         thumbs_[1].time + kReaches.back() < thumbs_.back().time) {
    thumbs_.pop_front();
    ++forgotten_;
  }
}

double PictureMeter::least_novelty(std::size_t at) const {
  // A few pictures of each side, evenly spread: what links the sides does so for a while.
  constexpr std::size_t kBefore = 5;
  constexpr std::size_t kAfter = 6;
  std::size_t first = at - 1;
  while (first > forgotten_ && thumb(first - 1).time + kShortlyBefore >= thumb(at).time) --first;
  std::size_t last = at;
  while (last + 1 < series_.size() && thumb(last + 1).time <= thumb(at).time + kShortlyAfter)
    ++last;
  double least = series_[at].change.novelty;
  for (std::size_t b = 0; b < kBefore; ++b) {
    const std::size_t before = at - 1 - (at - 1 - first) * b / (kBefore - 1);
    for (std::size_t a = 0; a < kAfter; ++a) {
      const std::size_t after = at + (last - at) * a / (kAfter - 1);
      least = std::min(least, novelty_in_any_light(thumb(before), thumb(after)));
    }
  }
  return least;
}

}  // namespace needledrop
