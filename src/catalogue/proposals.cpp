#include "catalogue/proposals.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "catalogue/cue_changes.h"

namespace needledrop {
namespace {

bool is_rejected(const Cue& cue) {
  return cue.standing == CueStanding::kRejected;
}

/// Where a run has found it, else where a person says that it is.
const std::vector<Span>& found_or_heard(const Cue& cue) {
  return cue.found.empty() ? cue.spans : cue.found;
}

std::vector<Span> everywhere(const Cue& cue) {
  std::vector<Span> spans = cue.spans;
  spans.insert(spans.end(), cue.found.begin(), cue.found.end());
  return joined_spans(std::move(spans));
}

bool is_near(const std::vector<Span>& a, const std::vector<Span>& b, Milliseconds tolerance) {
  return std::ranges::equal(a, b, [&](const Span& one, const Span& other) {
    return std::chrono::abs(one.start - other.start) <= tolerance &&
           std::chrono::abs(one.end - other.end) <= tolerance;
  });
}

/// One of the spans in which a cue was found.
struct Place {
  Span span;
  std::size_t cue = 0;
};

/// The findings that speak for a cue, and where.
struct Voices {
  std::vector<std::size_t> findings;
  std::vector<Span> spans;
};

/// Gives every finding of a run to the cues that it speaks for.
class Assignment {
 public:
  Assignment(std::span<const Cue> cues, std::span<const SuggestedSpot> findings,
             const RecordingFamilies& families)
      : cues_(cues), findings_(findings), families_(families) {
    voices_.resize(cues.size());
    for (const Cue& cue : cues) everywhere_.push_back(everywhere(cue));
    for (std::size_t i = 0; i < findings.size(); ++i) assign(i);
  }

  [[nodiscard]] const Voices& for_cue(std::size_t cue) const { return voices_[cue]; }
  [[nodiscard]] const std::vector<std::size_t>& new_findings() const { return new_; }

 private:
  [[nodiscard]] bool is_of_family(SourceId recording, SourceId other) const {
    return recording != SourceId() && other != SourceId() &&
           families_.of(recording) == families_.of(other);
  }

  [[nodiscard]] Milliseconds shared(std::size_t cue, const Span& span) const {
    return shared_length(std::span(&span, 1), everywhere_[cue]);
  }

  /// Where cues were found, rejected ones too, that are half the finding's or it half theirs; by
  /// start.
  [[nodiscard]] std::vector<Place> matches(const Spot& spot, SourceId Cue::*family) const {
    std::vector<Place> found;
    for (std::size_t i = 0; i < cues_.size(); ++i) {
      if (!is_of_family(spot.recording, cues_[i].*family)) continue;
      for (const Span& span : found_or_heard(cues_[i])) {
        const Milliseconds shared =
            std::min(spot.span.end, span.end) - std::max(spot.span.start, span.start);
        if (2 * shared >= std::min(spot.span.length(), span.length())) found.push_back({span, i});
      }
    }
    std::ranges::sort(
        found, {}, [&](const Place& place) { return std::tuple(place.span, cues_[place.cue].id); });
    return found;
  }

  [[nodiscard]] bool lies_in_rejected(const Spot& spot) const {
    Milliseconds rejected{0};
    for (std::size_t i = 0; i < cues_.size(); ++i) {
      const Cue& cue = cues_[i];
      if (!is_rejected(cue)) continue;
      if (is_of_family(spot.recording, cue.found_recording) ||
          is_of_family(spot.recording, cue.recording)) {
        rejected += shared(i, spot.span);
      }
    }
    return 2 * rejected >= spot.span.length();
  }

  void assign(std::size_t finding) {
    const Spot& spot = findings_[finding].spot;
    if (spot.span.length().count() <= 0) return;
    const auto is_live = [&](const Place& place) { return !is_rejected(cues_[place.cue]); };
    auto places = matches(spot, &Cue::found_recording);
    if (std::ranges::none_of(places, is_live)) places = matches(spot, &Cue::recording);
    if (std::ranges::none_of(places, is_live)) {
      if (!lies_in_rejected(spot)) new_.push_back(finding);
      return;
    }
    for (std::size_t first = 0, next = 0; first < places.size(); first = next) {
      const std::size_t cue = places[first].cue;
      while (next < places.size() && places[next].cue == cue) ++next;
      Span piece = spot.span;
      if (first > 0) piece.start = std::max(piece.start, places[first].span.start);
      if (next < places.size()) piece.end = std::min(piece.end, places[next - 1].span.end);
      if (piece.end <= piece.start) continue;
      Voices& voices = voices_[cue];
      if (voices.findings.empty() || voices.findings.back() != finding) {
        voices.findings.push_back(finding);
      }
      voices.spans.push_back(piece);
    }
  }

  std::span<const Cue> cues_;
  std::span<const SuggestedSpot> findings_;
  const RecordingFamilies& families_;
  std::vector<std::vector<Span>> everywhere_;  // of each cue
  std::vector<Voices> voices_;                 // for each cue
  std::vector<std::size_t> new_;               // findings that speak for no cue
};

/// Which borders of a cue a person has set.
struct SetBorders {
  bool in = false;
  bool out = false;
};

/// Findings of one recording that touch are one cue by themselves: where cues that were found as
/// the same touch, a person has split one.
SetBorders set_borders(const Cue& cue, std::span<const Cue> cues) {
  if (cue.found.empty()) return {true, true};
  SetBorders set{cue.spans.front().start != cue.found.front().start,
                 cue.spans.back().end != cue.found.back().end};
  for (const Cue& other : cues) {
    if (other.id == cue.id || other.found.empty()) continue;
    if (other.found_recording != cue.found_recording) continue;
    if (other.found.back().end == cue.found.front().start) set.in = true;
    if (other.found.front().start == cue.found.back().end) set.out = true;
  }
  return set;
}

/// The spans with the borders that a person has set as they stand in the cue; empty when nothing
/// lies between these.
std::vector<Span> between_set(const std::vector<Span>& spans, const SetBorders& set,
                              const Cue& cue) {
  std::vector<Span> kept;
  const Milliseconds in = set.in ? cue.spans.front().start : spans.front().start;
  const Milliseconds out = set.out ? cue.spans.back().end : spans.back().end;
  for (const Span& span : spans)
    kept.push_back({std::max(span.start, in), std::min(span.end, out)});
  kept = joined_spans(std::move(kept));
  if (kept.empty()) return kept;
  kept.front().start = in;
  kept.back().end = out;
  return kept;
}

/// Where the cue should lie by what a run says: as it does where that is nothing new, or nothing
/// that leaves what a person has set.
std::vector<Span> moved_spans(const Cue& cue, const std::vector<Span>& heard, const SetBorders& set,
                              Milliseconds tolerance) {
  if (is_near(heard, cue.found, tolerance)) return cue.spans;
  // Put together otherwise than by its borders, merged with what was added say, it stays.
  if (cue.found.empty() || between_set(cue.found, set, cue) != cue.spans) return cue.spans;
  std::vector<Span> moved = between_set(heard, set, cue);
  if (moved.empty() || is_near(moved, cue.spans, tolerance)) return cue.spans;
  return moved;
}

bool was_dismissed(const Cue& cue, const DismissedProposal& proposed, Milliseconds tolerance) {
  return std::ranges::any_of(cue.dismissed, [&](const DismissedProposal& one) {
    return one.recording == proposed.recording && is_near(one.found, proposed.found, tolerance);
  });
}

/// What the findings make of a cue; as it is when they say nothing new.
Cue heard_again(const Cue& cue, std::span<const Cue> cues, const Voices& voices,
                std::span<const SuggestedSpot> findings) {
  const auto by_length = [&](std::size_t i) { return findings[i].spot.span.length(); };
  const SuggestedSpot& longest =
      findings[*std::ranges::max_element(voices.findings, {}, by_length)];
  const std::vector<Span> spans = joined_spans(voices.spans);
  Milliseconds tolerance = kLeastMove;
  for (const std::size_t i : voices.findings) {
    tolerance = std::max({tolerance, findings[i].spot.start_error, findings[i].spot.end_error});
  }
  const SourceId recording = longest.spot.recording;
  const bool is_another = recording != cue.found_recording && cue.recording == cue.found_recording;
  Cue after = cue;
  if (was_dismissed(cue, {recording, spans}, tolerance)) return after;
  after.spans = moved_spans(cue, spans, set_borders(cue, cues), tolerance);
  if (after.spans == cue.spans && !is_another) return after;
  if (is_another) {
    after.recording = recording;
    if (longest.vocal != CueVocal::kUnknown) after.vocal = longest.vocal;
  }
  after.found_recording = recording;
  after.found = spans;
  after.confidence = longest.spot.confidence;
  after.level_db = longest.spot.level_db;
  after.version_decided = longest.spot.version_decided;
  after.dismissed.clear();
  return after;
}

void add_new_cues(std::vector<Proposal>& proposals, SourceId file,
                  std::span<const SuggestedSpot> findings,
                  const std::vector<std::size_t>& numbers) {
  std::vector<SuggestedSpot> fresh;
  fresh.reserve(numbers.size());
  for (const std::size_t i : numbers) fresh.push_back(findings[i]);
  for (Cue& cue : cues_of_run(file, fresh)) {
    Proposal proposal;
    for (const std::size_t i : numbers) {
      const Spot& spot = findings[i].spot;
      if (spot.recording == cue.recording &&
          shared_length(std::span(&spot.span, 1), cue.spans) == spot.span.length()) {
        proposal.findings.push_back(i);
      }
    }
    proposal.change.after = std::move(cue);
    proposals.push_back(std::move(proposal));
  }
}

}  // namespace

std::string_view to_string(Proposal::Kind kind) {
  switch (kind) {
    case Proposal::Kind::kAdd:
      return "add";
    case Proposal::Kind::kMove:
      return "move";
    case Proposal::Kind::kChange:
      return "change";
    case Proposal::Kind::kDrop:
      break;
  }
  return "drop";
}

std::vector<Proposal> propose(SourceId file, std::span<const Cue> cues,
                              std::span<const SuggestedSpot> findings,
                              const RecordingFamilies& families) {
  const Assignment assignment(cues, findings, families);
  std::vector<Proposal> proposals;
  for (std::size_t i = 0; i < cues.size(); ++i) {
    const Cue& cue = cues[i];
    if (is_rejected(cue)) continue;
    const Voices& voices = assignment.for_cue(i);
    if (voices.findings.empty()) {
      if (!cue.found.empty() && !was_dismissed(cue, {}, kLeastMove)) {
        proposals.push_back({Proposal::Kind::kDrop, {}, {cue, std::nullopt}});
      }
      continue;
    }
    const Cue after = heard_again(cue, cues, voices, findings);
    if (after == cue) continue;
    const auto kind =
        after.recording == cue.recording ? Proposal::Kind::kMove : Proposal::Kind::kChange;
    proposals.push_back({kind, voices.findings, {cue, after}});
  }
  add_new_cues(proposals, file, findings, assignment.new_findings());
  std::ranges::stable_sort(proposals, {}, [](const Proposal& proposal) {
    const Cue& cue =
        proposal.change.before.has_value() ? *proposal.change.before : *proposal.change.after;
    return std::tuple(cue.spans.front().start, cue.id);
  });
  return proposals;
}

CueChange dismissal(const Proposal& proposal) {
  const auto& [before, after] = proposal.change;
  if (!before.has_value()) return {before, with_standing(*after, CueStanding::kRejected)};
  Cue kept = *before;
  DismissedProposal& dismissed = kept.dismissed.emplace_back();
  if (after.has_value()) dismissed = {after->found_recording, after->found};
  return {before, kept};
}

}  // namespace needledrop
