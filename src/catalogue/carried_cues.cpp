#include "catalogue/carried_cues.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "catalogue/reported_spans.h"
#include "catalogue/run_cues.h"

namespace needledrop {
namespace {

Milliseconds carried(Milliseconds time, const SharedTime& shared) {
  const double elapsed = static_cast<double>((time - shared.span.start).count()) * shared.rate;
  return shared.other_start + Milliseconds(std::llround(elapsed));
}

std::vector<Span> within(std::vector<Span> spans, Milliseconds length) {
  for (Span& span : spans) {
    span = {std::clamp(span.start, Milliseconds(0), length),
            std::clamp(span.end, Milliseconds(0), length)};
  }
  return joined_spans(std::move(spans));
}

bool is_of_one_family(const Cue& a, const Cue& b, const RecordingFamilies& families) {
  const auto is_same = [&](SourceId one, SourceId other) {
    return one != SourceId() && other != SourceId() && families.of(one) == families.of(other);
  };
  return is_same(a.found_recording, b.found_recording) || is_same(a.recording, b.recording);
}

/// Puts one cue into the other file.
class Carrier {
 public:
  Carrier(const CarryTarget& to, const RecordingFamilies& families)
      : to_(to), families_(families), is_taken_(to.standing.size(), false) {}

  void carry(Cue cue, std::vector<CueChange>& changes) {
    if (is_settled(cue)) return;
    const std::vector<std::size_t> counterparts = counterparts_of(cue);
    cue.id = 0;
    if (counterparts.empty()) {
      changes.push_back({std::nullopt, std::move(cue)});
      return;
    }
    const Cue& counterpart = to_.standing[counterparts.front()];
    cue.id = counterpart.id;
    cue.confidence = counterpart.confidence;
    cue.level_db = counterpart.level_db;
    changes.push_back({counterpart, std::move(cue)});
    for (std::size_t i = 1; i < counterparts.size(); ++i) {
      changes.push_back({to_.standing[counterparts[i]], std::nullopt});
    }
  }

 private:
  [[nodiscard]] bool is_decided(const Cue& cue) const { return to_.decided.contains(cue.id); }

  /// Somebody has said already what the use is there, by hand or by carrying it before.
  [[nodiscard]] bool is_settled(const Cue& cue) const {
    return std::ranges::any_of(to_.standing, [&](const Cue& other) {
      const Milliseconds shorter = std::min(total_length(cue.spans), total_length(other.spans));
      return is_decided(other) && is_of_one_family(cue, other, families_) &&
             2 * shared_length(cue.spans, other.spans) >= shorter;
    });
  }

  /// The one that it becomes, then those that go; they are taken.
  std::vector<std::size_t> counterparts_of(const Cue& cue) {
    std::vector<std::pair<Milliseconds, std::size_t>> found;
    const Milliseconds length = total_length(cue.spans);
    for (std::size_t i = 0; i < to_.standing.size(); ++i) {
      const Cue& other = to_.standing[i];
      if (is_taken_[i] || is_decided(other)) continue;
      if (!is_of_one_family(cue, other, families_)) continue;
      const Milliseconds shared = shared_length(cue.spans, other.spans);
      const Milliseconds own = total_length(other.spans);
      const bool goes_on = 2 * shared >= std::min(length, own);
      if (goes_on) found.emplace_back(-shared, i);
    }
    std::ranges::sort(found);
    std::vector<std::size_t> places;
    for (const auto& [shared, i] : found) {
      // What lies mostly elsewhere may be another's counterpart.
      if (!places.empty() && -2 * shared < total_length(to_.standing[i].spans)) continue;
      places.push_back(i);
      is_taken_[i] = true;
    }
    return places;
  }

  const CarryTarget& to_;
  const RecordingFamilies& families_;
  std::vector<bool> is_taken_;
};

}  // namespace

std::vector<Span> carried_spans(std::span<const Span> spans, std::span<const SharedTime> shared) {
  std::vector<Span> result;
  for (const Span& span : spans) {
    std::vector<Span> pieces;
    for (const SharedTime& one : shared) {
      const Span both{std::max(span.start, one.span.start), std::min(span.end, one.span.end)};
      if (both.start >= both.end) continue;
      pieces.push_back({carried(both.start, one), carried(both.end, one)});
    }
    std::ranges::sort(pieces);
    for (const Span& piece : pieces) {
      const bool goes_on = !result.empty() && piece.start - result.back().end < kShortestGap &&
                           piece.start >= result.back().start && &piece != &pieces.front();
      if (goes_on) {
        result.back().end = std::max(result.back().end, piece.end);
      } else {
        result.push_back(piece);
      }
    }
  }
  return joined_spans(std::move(result));
}

CarriedCues carry_cues(std::span<const Cue> decided, const CarryTarget& to,
                       std::span<const SharedTime> shared, const RecordingFamilies& families) {
  CarriedCues result;
  Carrier carrier(to, families);
  for (const Cue& cue : decided) {
    Cue there = cue;
    there.file = to.file;
    there.spans = within(carried_spans(cue.spans, shared), to.length);
    there.reported = within(carried_spans(cue.reported, shared), to.length);
    there.found = within(carried_spans(cue.found, shared), to.length);
    for (DismissedProposal& one : there.dismissed) {
      one.found = within(carried_spans(one.found, shared), to.length);
    }
    if (2 * total_length(there.spans) < total_length(cue.spans)) {
      result.lost.push_back(cue);
      continue;
    }
    carrier.carry(std::move(there), result.changes);
  }
  return result;
}

}  // namespace needledrop
