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
  for (const Span& span : spans) part.push_back({span.start, std::min(span.end, at)});
  return joined_spans(std::move(part));
}

std::vector<Span> from(const std::vector<Span>& spans, Milliseconds at) {
  std::vector<Span> part;
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
  if (values.in.has_value()) {
    after.spans = from(after.spans, *values.in);
    if (after.spans.empty()) return nothing_left();
    after.spans.front().start = *values.in;
  }
  if (values.out.has_value()) {
    after.spans = before(after.spans, *values.out);
    if (after.spans.empty()) return nothing_left();
    after.spans.back().end = *values.out;
  }
  // What a run found may reach a little beyond the file; only a person's times are checked.
  if (values.in.has_value() || values.out.has_value()) ND_TRY(check_within(after.spans, length));
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

Cue with_music(const Cue& cue, const MusicIdentity& music) {
  Cue after = with_standing(cue, CueStanding::kAccepted);
  after.recording = music.recording;
  after.work = music.work;
  after.title = music.title;
  after.artist = music.artist;
  after.version_decided = true;
  return after;
}

Result<Cue> added_cue(SourceId file, const Span& span, const MusicIdentity& music, Milliseconds length) {
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

}  // namespace needledrop
