#include "scenes/reduced_planner.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "scenes/block_motion.h"

namespace needledrop {
namespace {

/// Keyframes that differ less show the same.
constexpr double kSame = 0.3;
/// A surprise costs so many times what such pictures usually do, and so much of a keyframe.
constexpr double kSurprise = 2.2;
constexpr double kShareOfKeyframe = 0.25;
/// Neighbours in a decoded sequence with pictures left out between them: a closer look is needed.
constexpr double kUnclear = 0.33;
/// What is so much as new as a neighbour goes on for longer than a cut does.
constexpr double kSteady = 0.85;

/// The pictures, by their places in coded order, that are shown after all that were coded before
/// them: those that others refer to, in the order of showing.
std::vector<std::size_t> anchors_of(const std::vector<CodedPicture>& pictures) {
  std::vector<std::size_t> anchors;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    if (anchors.empty() || pictures[i].time > pictures[anchors.back()].time) anchors.push_back(i);
  }
  return anchors;
}

double median_bytes(const std::vector<CodedPicture>& pictures,
                    const std::vector<std::size_t>& anchors) {
  std::vector<std::uint32_t> bytes;
  for (std::size_t i = 1; i < anchors.size(); ++i) bytes.push_back(pictures[anchors[i]].bytes);
  if (bytes.empty()) return 0;
  const auto middle = bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2);
  std::ranges::nth_element(bytes, middle);
  return *middle;
}

/// An anchor and what is coded after it: pictures shown between the anchor before and itself.
GroupPlan::Range up_to(const std::vector<std::size_t>& anchors, std::size_t at, std::size_t end) {
  return {anchors[at], at + 1 < anchors.size() ? anchors[at + 1] : end};
}

/// Places among the anchors of those that cost the encoder much.
std::vector<std::size_t> surprises(const std::vector<CodedPicture>& pictures,
                                   const std::vector<std::size_t>& anchors, double least_bytes) {
  const double least = std::max(kSurprise * median_bytes(pictures, anchors), least_bytes);
  std::vector<std::size_t> found;
  for (std::size_t i = 1; i < anchors.size(); ++i) {
    if (pictures[anchors[i]].bytes > least) found.push_back(i);
  }
  return found;
}

GroupPlan first_look(const PictureGroup& group, const std::vector<std::size_t>& anchors) {
  const std::size_t end = group.pictures.size();
  const bool differs =
      group.next == nullptr || novelty_in_any_light(group.first, *group.next) > kSame;
  // Where the keyframes differ something has happened, and it only remains to see where.
  const double least_bytes = differs ? 0 : kShareOfKeyframe * group.pictures.front().bytes;
  const auto surprising = surprises(group.pictures, anchors, least_bytes);
  if (surprising.empty()) return {differs ? end : 0, {}};
  GroupPlan plan;
  for (const std::size_t at : surprising) plan.whole.push_back(up_to(anchors, at, end));
  // What comes after the last keyframe nothing else tells.
  plan.until = group.next == nullptr ? end : plan.whole.back().to;
  return plan;
}

/// What was decoded of a group, in the order of showing, and the next keyframe.
class Sequence {
 public:
  explicit Sequence(const PictureGroup& group) {
    shown_.reserve(group.decoded.size() + 1);
    for (const Thumb& thumb : group.decoded) shown_.push_back(&thumb);
    if (group.next != nullptr) shown_.push_back(group.next);
    novelty_.assign(shown_.size() + 1, 0);
    for (std::size_t i = 1; i < shown_.size(); ++i) {
      novelty_[i] = novelty_in_any_light(*shown_[i - 1], *shown_[i]);
    }
  }

  [[nodiscard]] std::size_t size() const { return shown_.size(); }
  [[nodiscard]] Milliseconds time(std::size_t i) const { return shown_[i]->time; }
  /// Does picture i differ from the one before?
  [[nodiscard]] bool is_unclear(std::size_t i) const { return novelty_[i] >= kUnclear; }
  /// Is it a step of what goes on for longer, a dissolve or a quick pan, and so no cut?
  [[nodiscard]] bool is_step(std::size_t i) const {
    return std::max(novelty_[i - 1], novelty_[i + 1]) >= kSteady * novelty_[i];
  }

 private:
  std::vector<const Thumb*> shown_;
  std::vector<double> novelty_;  // of each against the one before; 0 at both ends
};

/// Wherever pictures were left out between two that differ: those that others refer to, or all when
/// these were there.
GroupPlan closer_look(const PictureGroup& group, const std::vector<std::size_t>& anchors) {
  const auto& pictures = group.pictures;
  std::vector<Milliseconds> times;
  for (const CodedPicture& picture : pictures) times.push_back(picture.time);
  std::ranges::sort(times);
  const auto time_of = [&](std::size_t anchor) { return pictures[anchor].time; };
  const Sequence sequence(group);
  GroupPlan plan;
  for (std::size_t i = 1; i < sequence.size(); ++i) {
    const Milliseconds before = sequence.time(i - 1);
    const Milliseconds after = sequence.time(i);
    const auto left_out = std::ranges::upper_bound(times, before);
    if (left_out == times.end() || *left_out >= after || !sequence.is_unclear(i)) continue;
    const auto first = std::ranges::upper_bound(anchors, before, {}, time_of);
    const auto end = std::ranges::lower_bound(anchors, after, {}, time_of);
    const auto last = static_cast<std::size_t>(end - anchors.begin());
    if (first < end) {
      plan.until = std::max(plan.until, last < anchors.size() ? anchors[last] : pictures.size());
    } else if (!sequence.is_step(i)) {
      plan.whole.push_back(up_to(anchors, std::min(last, anchors.size() - 1), pictures.size()));
      plan.until = std::max(plan.until, plan.whole.back().to);
    }
  }
  return plan;
}

}  // namespace

GroupPlan ReducedPlanner::plan(const PictureGroup& group) {
  const auto anchors = anchors_of(group.pictures);
  if (group.pictures.size() < 2) return {};
  if (group.decoded.size() < 2) return first_look(group, anchors);
  return closer_look(group, anchors);
}

}  // namespace needledrop
