#pragma once

#include <span>

#include "base/units.h"
#include "spotting/decoder.h"
#include "spotting/evidence.h"
#include "spotting/peak_grid.h"
#include "spotting/spot.h"

namespace needledrop {

/// The same sound at two places of episodes. `stretch` is in ticks of `a`; less `offset` they are
/// those of `b`.
struct Repeat {
  SourceId a;
  SourceId b;  // >= a; of one episode, a's place is the later one
  Stretch stretch;
  Tick offset;
  double likeness = 0;    // share of the far-reaching peaks of b's place that a's shows, too
  double music = 0;       // share of both places where any music is heard
  double music_odds = 0;  // log-odds that what returns is music, and not the same words

  [[nodiscard]] int length() const { return stretch.last - stretch.first; }
};

/// Told from the other place.
Repeat mirrored(const Repeat& repeat);

/// What the peaks that both places share are like. Notes are held and come again, so they meet
/// their own frequencies once more within seconds; words hardly do. Words agree in bursts, many
/// peaks at a time, and at low frequencies. Each share but
/// `low` is over what chance gives.
struct SharedTraits {
  int peaks = 0;
  double returning = 0;  // share that comes again among the shared peaks within 4 s
  double held = 0;       // share that is there again a moment later
  double soon = 0;       // and within 0.6 s
  double low = 0;        // share below 1 kHz, of all
  double evenness = 0;   // logarithm of nats a peak
  double length = 0;     // logarithm of seconds
  double music = 0;      // share of both places where any music is heard
};

/// An episode's sound, with where in it any music is heard, by start. Borrows both.
struct HeardSound {
  const PeakGrid& grid;
  std::span<const MusicSpan> music;
};
SharedTraits traits_of(const HeardSound& a, const HeardSound& b, const Repeat& repeat);

/// The share of ticks [first, last) that is music.
double music_share(std::span<const MusicSpan> music, int first, int last);

/// Fills in likeness, music and music_odds.
void judge(const HeardSound& a, const HeardSound& b, Repeat& repeat);

}  // namespace needledrop
