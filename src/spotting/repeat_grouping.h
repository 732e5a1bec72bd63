#pragma once

#include <span>
#include <vector>

#include "spotting/recurrence.h"
#include "spotting/repeat.h"

namespace needledrop {

/// Log-odds of music with which two places make a recurrence, and with which one more place joins
/// it. On the development half of the evaluation, whose dialogue is said again and again, the first
/// leaves three false recurrences in three hours; with the second in its place there are seven.
inline constexpr double kSureMusicOdds = 2.2;
inline constexpr double kLeastMusicOdds = 1.1;

/// Makes recurrences of repeats: places that overlap are one, and what is alike to one is alike to
/// the others, the surest repeats first. A piece that repeats itself while it goes on is one place:
/// two places of one episode with nothing but music between them are joined. Words alone, said
/// again over other sound, are nobody's recurrence; where all of the sound returns with them, it is
/// footage. By the places' order. `episodes` are by id. Deterministic: ties go by id and start.
std::vector<Recurrence> group_repeats(std::span<const Repeat> repeats,
                                      std::span<const EpisodeOutline> episodes);

}  // namespace needledrop
