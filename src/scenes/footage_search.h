#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <vector>

#include "base/units.h"
#include "scenes/clip_pictures.h"
#include "scenes/footage.h"
#include "scenes/footage_candidates.h"
#include "scenes/framing.h"

namespace needledrop {

/// A claim about a clip: at time `offset` + t the episode shows what the clip shows at t.
struct FootageAlignment {
  Milliseconds offset{0};
  Framing framing;
  double likeness = 0;  // mean likeness of the pictures from which it was found

  friend bool operator==(const FootageAlignment&, const FootageAlignment&) = default;
};

/// A stretch of a clip that comes from an episode, as the pictures say.
struct FootagePlace {
  Span span;  // in the clip
  FootageAlignment alignment;
  double evidence = 0;  // seconds, each weighed by how much of the detail is found again, less
                        // what is due to speak for it at all
  double likeness = 0;  // mean over the span

  friend bool operator==(const FootagePlace&, const FootagePlace&) = default;
};

/// A claim that a window of the clip makes.
struct WindowClaim {
  std::size_t window = 0;
  FootageAlignment alignment;

  friend bool operator==(const WindowClaim&, const WindowClaim&) = default;
};

/// Finds where in episodes' footage parts of a clip come from, in two steps, so that only what is
/// best of all episodes is looked at closely. Borrows the clip. Const-shared: several episodes may
/// be searched at once.
class FootageSearch {
 public:
  explicit FootageSearch(const ClipPictures& clip) : clip_(clip), windows_(windows_of(clip)) {}

  /// The most alike places of each window: candidates by voting, then fitted in time.
  /// Asked to stop, it ends with the window at hand.
  [[nodiscard]] std::vector<WindowClaim> claims(const Footage& footage,
                                                const std::stop_token& stop = {}) const;
  /// What claims come to once framing and time are fitted to the detail of the pictures, and they
  /// are followed through the clip; a claim that an earlier one's place covers is passed over.
  /// Strongest first; places may overlap. Asked to stop, it ends with the claim at hand.
  [[nodiscard]] std::vector<FootagePlace> settle(const Footage& footage,
                                                 std::span<const WindowClaim> claims,
                                                 const std::stop_token& stop = {}) const;
  /// The same of what is known by other means: the part `span` of the clip has that offset.
  [[nodiscard]] std::vector<FootagePlace> test(const Footage& footage, const Span& span,
                                               Milliseconds offset) const;

 private:
  const ClipPictures& clip_;
  std::vector<ClipWindow> windows_;
};

}  // namespace needledrop
