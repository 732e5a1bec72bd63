#include "catalogue/run_cues.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace needledrop {
namespace {

/// Findings of one recording that are one use of it, by start.
using Use = std::vector<const SuggestedSpot*>;

bool comes_before(const SuggestedSpot* a, const SuggestedSpot* b) {
  return std::tuple(a->spot.span, a->spot.recording) < std::tuple(b->spot.span, b->spot.recording);
}

Cue cue_of(SourceId file, const Use& use) {
  const SuggestedSpot& longest = **std::ranges::max_element(
      use, {}, [](const SuggestedSpot* finding) { return finding->spot.span.length(); });
  Cue cue;
  cue.file = file;
  cue.recording = longest.spot.recording;
  cue.function = longest.function;
  cue.vocal = longest.vocal;
  cue.perception = longest.perception;
  for (const SuggestedSpot* finding : use) cue.spans.push_back(finding->spot.span);
  cue.spans = joined_spans(std::move(cue.spans));
  cue.found_recording = cue.recording;
  cue.found = cue.spans;
  cue.confidence = longest.spot.confidence;
  cue.level_db = longest.spot.level_db;
  cue.version_decided = longest.spot.version_decided;
  return cue;
}

/// A cue that may go on in another.
struct Pair {
  Milliseconds shared{0};
  std::size_t standing = 0;
  std::size_t fresh = 0;
};

}  // namespace

std::vector<Span> joined_spans(std::vector<Span> spans) {
  std::erase_if(spans, [](const Span& span) { return span.end <= span.start; });
  std::ranges::sort(spans);
  std::vector<Span> joined;
  for (const Span& span : spans) {
    if (joined.empty() || span.start > joined.back().end) {
      joined.push_back(span);
    } else {
      joined.back().end = std::max(joined.back().end, span.end);
    }
  }
  return joined;
}

Milliseconds shared_length(std::span<const Span> a, std::span<const Span> b) {
  Milliseconds shared{0};
  for (const Span& one : a) {
    for (const Span& other : b) {
      shared += std::max(Milliseconds(0),
                         std::min(one.end, other.end) - std::max(one.start, other.start));
    }
  }
  return shared;
}

std::vector<Cue> cues_of_run(SourceId file, std::span<const SuggestedSpot> findings) {
  Use sorted;
  for (const SuggestedSpot& finding : findings) {
    if (finding.spot.span.length().count() > 0) sorted.push_back(&finding);
  }
  std::ranges::stable_sort(sorted, comes_before);
  std::vector<Use> uses;
  std::map<SourceId, std::pair<std::size_t, Milliseconds>> last;  // use and its end, a recording
  for (const SuggestedSpot* finding : sorted) {
    const Spot& spot = finding->spot;
    const auto [before, is_first] = last.try_emplace(spot.recording, uses.size(), spot.span.end);
    auto& [use, end] = before->second;
    if (is_first || spot.span.start - end > kLongestPause) {
      use = uses.size();
      end = spot.span.end;
      uses.emplace_back();
    }
    end = std::max(end, spot.span.end);
    uses[use].push_back(finding);
  }
  std::vector<Cue> cues;
  cues.reserve(uses.size());
  for (const Use& use : uses) cues.push_back(cue_of(file, use));
  return cues;
}

std::vector<CueChange> follow_changes(std::span<const Cue> standing, std::span<const Cue> fresh,
                                      const RecordingFamilies& families) {
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < standing.size(); ++i) {
    for (std::size_t k = 0; k < fresh.size(); ++k) {
      if (families.of(standing[i].recording) != families.of(fresh[k].recording)) continue;
      const Milliseconds shared = shared_length(standing[i].spans, fresh[k].spans);
      if (shared.count() > 0) pairs.push_back({shared, i, k});
    }
  }
  std::ranges::sort(pairs, [&](const Pair& a, const Pair& b) {
    return std::tuple(b.shared, standing[a.standing].id, a.fresh) <
           std::tuple(a.shared, standing[b.standing].id, b.fresh);
  });
  std::vector<CueChange> changes;
  std::vector<bool> goes_on(standing.size(), false);
  std::vector<bool> is_known(fresh.size(), false);
  for (const Pair& pair : pairs) {
    if (goes_on[pair.standing] || is_known[pair.fresh]) continue;
    goes_on[pair.standing] = is_known[pair.fresh] = true;
    Cue after = fresh[pair.fresh];
    after.id = standing[pair.standing].id;
    if (after != standing[pair.standing]) changes.push_back({standing[pair.standing], after});
  }
  for (std::size_t i = 0; i < standing.size(); ++i) {
    if (!goes_on[i]) changes.push_back({standing[i], std::nullopt});
  }
  for (std::size_t k = 0; k < fresh.size(); ++k) {
    if (!is_known[k]) changes.push_back({std::nullopt, fresh[k]});
  }
  return changes;
}

}  // namespace needledrop
