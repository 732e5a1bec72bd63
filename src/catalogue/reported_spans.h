#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"
#include "catalogue/cue.h"
#include "catalogue/entities.h"

namespace needledrop {

// From when music is heard, which may be several cues at once, to what is reported of it, which
// must add up. Everything here is pure; what is reported of a cue does not depend on the order in
// which the cues are given.

/// How long the spans are together.
Milliseconds total_length(std::span<const Span> spans);

/// The spans of each cue that no other cue has: what a person wants reported first, then the rest
/// of the time in which cues are heard. Where several would have a moment it belongs to the one
/// whose span started last: the hand-over is at the first note of the new music, and what went on
/// below it resumes after it. Ties go to the higher id, then the higher recording. result[i] is
/// that of cues[i], in order and apart; all lie between 0 and `running_time`, and together they are
/// what any cue is heard in, or is wanted to be reported in. Rejected cues have none and take none;
/// of a cue that a person wants reported nothing else is.
std::vector<std::vector<Span>> carve_out(std::span<const Cue> cues, Milliseconds running_time);

/// So many of them are a second, as of frames: 25/1, 30000/1001, or 1/1 for whole seconds.
struct ReportingUnit {
  Fraction per_second{1, 1};
};

/// The number of the whole unit that is nearest, the later one of two.
std::int64_t unit_number(Milliseconds time, const ReportingUnit& unit);
/// The millisecond nearest to where that unit begins.
Milliseconds unit_start(std::int64_t number, const ReportingUnit& unit);

/// Carved spans with every end on the nearest whole unit, so that the lengths of rows are the
/// differences of their printed ends, and the sum of rows is that of what they cover. A cue that
/// would vanish keeps the nearest unit that is free, if one is. Whole units within `running_time`
/// are all there is. `carved` as carve_out gives it.
std::vector<std::vector<Span>> rounded_spans(std::span<const std::vector<Span>> carved,
                                             const ReportingUnit& unit, Milliseconds running_time);

/// Which cues are reported shorter than a society counts. They are marked, not left out; cues
/// without any span are not short but silent.
std::vector<bool> below_minimum(std::span<const std::vector<Span>> reported, Milliseconds minimum);

}  // namespace needledrop
