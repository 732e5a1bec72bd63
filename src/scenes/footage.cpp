#include "scenes/footage.h"

#include <cstdlib>
#include <span>
#include <utility>

namespace needledrop {
namespace {

constexpr Milliseconds kUsualStep{1'200};
/// Where the picture is another than the last that was kept.
constexpr Milliseconds kLeastStep{700};
/// Mean difference of luma, in 8-bit steps, that makes it another.
constexpr int kMoved = 7;
/// And the one that makes it a new shot.
constexpr int kAbrupt = 14;
/// What is kept beyond one picture in so long, as long as a rapid montage lasts.
constexpr Milliseconds kMeanStep{750};
constexpr std::size_t kReserve = 60;

void halve(std::span<const std::uint8_t> plane, int width, std::span<std::uint8_t> half) {
  const int half_width = width / 2;
  for (std::size_t i = 0; i < half.size(); ++i) {
    const auto row = static_cast<int>(i) / half_width;
    const auto column = static_cast<int>(i) % half_width;
    const auto* pixel = &plane[std::size_t{2} * row * width + std::size_t{2} * column];
    half[i] =
        static_cast<std::uint8_t>((pixel[0] + pixel[1] + pixel[width] + pixel[width + 1] + 2) / 4);
  }
}

int sum_of_differences(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  int sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] - b[i]);
  return sum;
}

}  // namespace

FootagePicture footage_picture_of(const Thumb& thumb) {
  FootagePicture picture;
  picture.time = thumb.time;
  halve(thumb.luma, Thumb::kWidth, picture.luma);
  halve(thumb.blue, Thumb::kChromaWidth, picture.blue);
  halve(thumb.red, Thumb::kChromaWidth, picture.red);
  return picture;
}

bool is_abrupt(const Thumb& before, const Thumb& after) {
  return sum_of_differences(before.luma, after.luma) >
         kAbrupt * static_cast<int>(before.luma.size());
}

void FootageMaker::on_thumb(const Thumb& thumb) {
  const bool is_in_order = !before_.has_value() || before_->time < thumb.time;
  if (thumb.time < Milliseconds(0) || thumb.time > kLatestFootage || !is_in_order) return;
  if (before_.has_value() && is_abrupt(*before_, thumb) && has_room(thumb.time)) {
    if (thumb.follows && footage_.back().time < before_->time) keep(*before_, false);
    keep(thumb, true);
  } else if (footage_.empty() || thumb.time >= footage_.back().time + kUsualStep) {
    keep(thumb, footage_.empty());
  } else if (thumb.time >= footage_.back().time + kLeastStep && has_room(thumb.time)) {
    const auto& last = footage_.back().luma;
    const int moved = sum_of_differences(footage_picture_of(thumb).luma, last);
    if (moved > kMoved * static_cast<int>(last.size())) keep(thumb, false);
  }
  before_ = thumb;
}

Footage FootageMaker::finish() {
  before_.reset();
  return std::exchange(footage_, {});
}

void FootageMaker::keep(const Thumb& thumb, bool is_new) {
  if (footage_.size() == kMostFootage) return;
  footage_.push_back(footage_picture_of(thumb));
  footage_.back().is_new = is_new;
}

bool FootageMaker::has_room(Milliseconds time) const {
  const auto due = static_cast<std::size_t>(time / kMeanStep);
  return footage_.size() < due + kReserve;
}

}  // namespace needledrop
