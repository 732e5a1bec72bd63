#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/units.h"

namespace needledrop {

/// How the times of an episode's dialogue must be changed to lie on its sound.
struct DialogueShift {
  Milliseconds shift{0};  // to be added, after
  double rate = 1;        // they were divided by it; other than 1: made for another frame rate
};

/// Lays the dialogue's lines over the activity of speech (speech_activity) at every shift of up to
/// a minute, and answers where they fit, when they fit there far better than anywhere else: the
/// correlation, both sides free of what changes over more than 20 s, must stand out from those of
/// all other shifts. Where they fit nowhere at their own rate, those of the usual frame rates are
/// tried. Nothing when it is not sure, as for lines of another episode. Takes 0.05 s for an hour,
/// seven times that where rates are tried. `lines` are in order.
std::optional<DialogueShift> find_dialogue_shift(std::span<const float> speech,
                                                 std::span<const Span> lines);

/// How much of each of so many looks the lines cover, their times divided by `rate`: 0 to 1. The
/// work is that of the lines and of the looks, however long the lines are.
std::vector<double> shown_share(std::span<const Span> lines, double rate, std::size_t looks);

}  // namespace needledrop
