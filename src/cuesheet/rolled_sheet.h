#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "cuesheet/sheet.h"

namespace needledrop {

/// The uses of one music for one thing, as a line.
struct RolledUse {
  SheetCue music;  // the first of them: what it says besides its place is the same in all
  int uses = 0;
  Milliseconds length{0};             // of what is reported of them
  std::vector<std::string> episodes;  // in which they are, as in RolledSheet
};

/// A sheet with a line for each music and what it is used for, however often: of an episode, or of
/// a season. A value.
struct RolledSheet {
  CueSheet whole;                     // what stands above the lines; it has no cues
  std::vector<std::string> episodes;  // "S01E12", else a title, in order
  std::vector<RolledUse> uses;        // in the order of the first use
};

/// Sums up sheets: of one, or of several that follow one another. Uses share a line when everything
/// that the sheet says of the music (title, performer, version, ISRC, release, works with their
/// parties) and of what it is for (function, usage, voices, perception, origin, and whether the
/// society counts it) is the same, so that a line says nothing that is not true of all of its uses.
/// Every cue is in one line: lines have as many uses as the sheets have cues, and their lengths add
/// up to the sheets' music duration. The header keeps what all sheets say alike; the state is that
/// of the sheet that has come least far. Pure. Requires: at least one sheet, of one production.
RolledSheet roll_up(std::span<const CueSheet> sheets);

/// How many different songs there are, whatever each is used for.
std::size_t song_count(const RolledSheet& sheet);
/// How many uses all lines have together.
int use_count(const RolledSheet& sheet);
/// "5 songs     12 uses     16 episodes     Total music 34:10     Programme 18:40:00": without the
/// episodes where there is one.
std::string rolled_totals(const RolledSheet& sheet);

}  // namespace needledrop
