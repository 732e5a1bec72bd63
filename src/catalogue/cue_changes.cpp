#include "catalogue/cue_changes.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "catalogue/run_cues.h"

namespace needledrop {
namespace {

std::vector<Span> before(const std::vector<Span>& spans, Milliseconds at) {
  std::vector<Span> part;
  part.reserve(spans.size());
  for (const Span& span : spans) part.push_back({span.start, std::min(span.end, at)});
  return joined_spans(std::move(part));
}

std::vector<Span> from(const std::vector<Span>& spans, Milliseconds at) {
  std::vector<Span> part;
  part.reserve(spans.size());
  for (const Span& span : spans) part.push_back({std::max(span.start, at), span.end});
  return joined_spans(std::move(part));
}

std::vector<Span> both(std::vector<Span> a, const std::vector<Span>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return joined_spans(std::move(a));
}

Error nothing_left() {
  return fail(Error::Kind::kInvalidArgument, "nothing of the cue is left between in and out");
}

Result<void> check_within(const std::vector<Span>& spans, Milliseconds length) {
  for (const Span& span : spans) {
    if (span.start.count() >= 0 && span.start < span.end && span.end <= length) continue;
    return fail(
        Error::Kind::kInvalidArgument,
        fmt::format("{:.3f} s to {:.3f} s is not a span of the file, which ends at {:.3f} s",
                    static_cast<double>(span.start.count()) / 1e3,
                    static_cast<double>(span.end.count()) / 1e3,
                    static_cast<double>(length.count()) / 1e3));
  }
  return {};
}

/// The spans with another in, out or both: where both are set and leave nothing of the spans, the
/// cue has moved. What a run found may reach a little beyond the file; such an end gives way.
Result<std::vector<Span>> with_borders(const std::vector<Span>& spans, const CueValues& values,
                                       Milliseconds length) {
  const Milliseconds found_in = std::max(spans.front().start, Milliseconds(0));
  const Milliseconds found_out = std::min(spans.back().end, length);
  const Span borders{values.in.value_or(found_in), values.out.value_or(found_out)};
  std::vector<Span> kept = from(before(spans, borders.end), borders.start);
  const bool is_moved = values.in.has_value() && values.out.has_value();
  if (kept.empty() && !is_moved) return nothing_left();
  ND_TRY(check_within({borders}, length));
  if (kept.empty()) return std::vector{borders};
  kept.front().start = borders.start;
  kept.back().end = borders.end;
  return kept;
}

/// What a change says of a cue, times aside.
struct Sayings {
  bool standing = false;
  bool music = false;
  bool function = false;
  bool vocal = false;
  bool perception = false;
  bool origin = false;
  bool note = false;
};

Sayings sayings_of(const Cue& one, const Cue& other) {
  const auto music = [](const Cue& cue) {
    return std::tie(cue.recording, cue.work, cue.title, cue.artist);
  };
  return {one.standing != other.standing,
          music(one) != music(other),
          one.function != other.function,
          one.vocal != other.vocal,
          one.perception != other.perception,
          one.origin != other.origin,
          one.note != other.note};
}

Sayings sayings_of(const Decision& decision, const CueChange& change) {
  if (!change.after.has_value()) return {};
  if (change.before.has_value()) {
    Sayings said = sayings_of(*change.before, *change.after);
    said.music |= said.standing && change.after->standing == CueStanding::kAccepted;
    return said;
  }
  // Of a new cue a person has said everything, unless it is a piece of one or a run's.
  const bool is_persons =
      decision.kind == DecisionKind::kAdd || decision.kind == DecisionKind::kCarry;
  if (!is_persons) return {};
  return {true, true, true, true, true, true, true};
}

bool shares_any(const Sayings& a, const Sayings& b) {
  return (a.standing && b.standing) || (a.music && b.music) || (a.function && b.function) ||
         (a.vocal && b.vocal) || (a.perception && b.perception) || (a.origin && b.origin) ||
         (a.note && b.note);
}

template <typename T>
void take(T& value, const std::optional<T>& wanted) {
  if (wanted.has_value()) value = *wanted;
}

}  // namespace

bool CueValues::concerns_music() const {
  return function.has_value() || vocal.has_value() || perception.has_value() ||
         origin.has_value() || note.has_value() || title.has_value() || artist.has_value();
}

bool CueValues::concerns_times() const {
  return in.has_value() || out.has_value() || reported.has_value();
}

Result<Cue> with_values(const Cue& cue, const CueValues& values, Milliseconds length) {
  Cue after = cue;
  if (values.in.has_value() || values.out.has_value()) {
    ND_TRY_ASSIGN(after.spans, with_borders(cue.spans, values, length));
  }
  if (values.reported.has_value()) {
    ND_TRY(check_within(*values.reported, length));
    after.reported = joined_spans(*values.reported);
  }
  take(after.function, values.function);
  take(after.vocal, values.vocal);
  take(after.perception, values.perception);
  take(after.origin, values.origin);
  take(after.note, values.note);
  take(after.title, values.title);
  take(after.artist, values.artist);
  return after;
}

Cue with_standing(const Cue& cue, CueStanding standing) {
  Cue after = cue;
  after.standing = standing;
  return after;
}

Cue restored(const Cue& cue, std::span<const Decision> about) {
  if (cue.standing != CueStanding::kRejected) return cue;
  for (const Decision& decision : about) {
    for (const CueChange& change : decision.changes) {
      const bool is_rejection = change.before.has_value() && change.after.has_value() &&
                                change.before->standing != CueStanding::kRejected &&
                                change.after->standing == CueStanding::kRejected;
      if (is_rejection) return with_standing(cue, change.before->standing);
    }
  }
  return with_standing(cue, CueStanding::kDetected);
}

Cue with_music(const Cue& cue, const MusicIdentity& music) {
  Cue after = with_standing(cue, CueStanding::kAccepted);
  after.recording = music.recording;
  after.work = music.work;
  after.title = music.title;
  after.artist = music.artist;
  after.version_decided = true;
  return after;
}

Result<Cue> added_cue(SourceId file, const Span& span, const MusicIdentity& music,
                      Milliseconds length) {
  Cue cue;
  cue.file = file;
  cue.spans = {span};
  ND_TRY(check_within(cue.spans, length));
  cue.function = CueFunction::kBackground;
  return with_music(cue, music);
}

Result<std::vector<CueChange>> split_changes(const Cue& cue, Milliseconds at) {
  Cue first = cue;
  Cue second = cue;
  second.id = 0;
  first.dismissed.clear();
  second.dismissed.clear();
  first.spans = before(cue.spans, at);
  second.spans = from(cue.spans, at);
  if (first.spans.empty() || second.spans.empty()) {
    return fail(Error::Kind::kInvalidArgument, "the time is not within the cue");
  }
  first.reported = before(cue.reported, at);
  second.reported = from(cue.reported, at);
  first.found = before(cue.found, at);
  second.found = from(cue.found, at);
  return std::vector<CueChange>{{cue, first}, {std::nullopt, second}};
}

Result<std::vector<CueChange>> merge_changes(const Cue& one, const Cue& other) {
  if (one.id == other.id) {
    return fail(Error::Kind::kInvalidArgument, "a cue can't be merged with itself");
  }
  if (one.file != other.file) {
    return fail(Error::Kind::kInvalidArgument, "cues of two files can't be one");
  }
  const auto place = [](const Cue& cue) { return std::tuple(cue.spans.front().start, cue.id); };
  const bool is_in_order = place(one) < place(other);
  const Cue& first = is_in_order ? one : other;
  const Cue& second = is_in_order ? other : one;
  Cue merged = first;
  merged.dismissed.clear();
  merged.spans = both(first.spans, second.spans);
  if (!first.reported.empty() && !second.reported.empty()) {
    merged.reported = both(first.reported, second.reported);
  } else {
    merged.reported.clear();
  }
  const bool is_found_alike = second.found.empty() || first.found.empty() ||
                              first.found_recording == second.found_recording;
  if (!is_found_alike) {
    return std::vector<CueChange>{{first, merged},
                                  {second, with_standing(second, CueStanding::kRejected)}};
  }
  merged.found = both(first.found, second.found);
  if (first.found.empty()) merged.found_recording = second.found_recording;
  return std::vector<CueChange>{{first, merged}, {second, std::nullopt}};
}

bool is_settled(const CueChange& change, std::span<const Decision> about) {
  if (!change.before.has_value() || !change.after.has_value()) return false;
  const Sayings wanted = sayings_of(*change.before, *change.after);
  return std::ranges::any_of(about, [&](const Decision& decision) {
    return std::ranges::any_of(decision.changes, [&](const CueChange& one) {
      return shares_any(wanted, sayings_of(decision, one));
    });
  });
}

}  // namespace needledrop
