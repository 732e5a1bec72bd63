#include "media/subtitle_builder.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "media/music_mark.h"

namespace needledrop {
namespace {

/// How long a line is shown whose end is not known.
constexpr Milliseconds kLongestOpen{5'000};
/// Faults of one kind that are told with their place.
constexpr std::size_t kToldFaults = 3;
/// No film lasts longer; times beyond are broken, and sums of them stay far from overflow.
constexpr Milliseconds kLatest = std::chrono::hours(1'000);

/// Cuts where a character begins.
void bound(std::string& text) {
  if (text.size() <= SubtitleBuilder::kMostText) return;
  std::size_t end = SubtitleBuilder::kMostText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
}

/// Sorts by start, and ends each line whose end is not known when a later one starts.
void close_open_ends(std::vector<SubtitleBuilder::Draft>& drafts) {
  std::ranges::stable_sort(drafts, {}, &SubtitleBuilder::Draft::start);
  std::optional<Milliseconds> later;  // the next start that is not the line's own
  for (std::size_t i = drafts.size(); i-- > 0;) {
    if (i + 1 < drafts.size() && drafts[i + 1].start > drafts[i].start) later = drafts[i + 1].start;
    if (drafts[i].end.has_value()) continue;
    const Milliseconds latest = drafts[i].start + kLongestOpen;
    const Milliseconds next = later.value_or(latest);
    drafts[i].end = drafts[i].stays ? next : std::min(latest, next);
  }
}

}  // namespace

SubtitleBuilder::Class& SubtitleBuilder::class_of(const std::string& key) {
  if (const auto known = classes_.find(key); known != classes_.end()) return known->second;
  if (classes_.size() == kMostClasses) return classes_[keys_.front()];
  keys_.push_back(key);
  Class& added = classes_[key];
  added.subtitles.format = format_;
  return added;
}

void SubtitleBuilder::add(Draft draft, const std::string& key) {
  if (is_full()) {
    fault(draft.place, "is beyond the first 200,000 lines; left out");
    return;
  }
  const Milliseconds last = draft.end.value_or(draft.start);
  if (draft.start < -kLatest || draft.start > kLatest || last < -kLatest || last > kLatest) {
    fault(draft.place, "a time no film lasts to; left out");
    return;
  }
  if (draft.end.has_value() && *draft.end <= draft.start) {
    if (!draft.text.text.empty()) {
      fault(draft.place, "ends before it starts; shown until the next line, 5 s at most");
    }
    draft.end.reset();
  }
  bound(draft.text.text);
  ++count_;
  class_of(key).drafts.push_back(std::move(draft));
}

void SubtitleBuilder::fault(std::size_t place, std::string_view what) {
  const std::size_t before = faults_[std::string(what)]++;
  if (before < kToldFaults) {
    warnings_.push_back(place == 0 ? std::string(what) : fmt::format("line {}: {}", place, what));
  }
}

/// In order of time, with every end known, and each line once.
void SubtitleBuilder::settle(Class& part, bool overlaps_are_faults) {
  std::vector<Draft>& drafts = part.drafts;
  close_open_ends(drafts);
  std::erase_if(drafts, [](const Draft& draft) { return draft.text.text.empty(); });
  std::ranges::stable_sort(drafts, {}, [](const Draft& d) { return std::pair(d.start, d.end); });
  Milliseconds latest_end = -kLatest;
  for (Draft& draft : drafts) {
    SubtitleLine line{{draft.start, *draft.end}, std::move(draft.text.text), {}, false};
    line.is_italic = draft.text.is_italic;
    line.music = draft.is_song || draft.text.is_karaoke ? line.text : music_mark_of(line.text);
    // Typeset songs come in layers of the same text.
    if (!part.subtitles.lines.empty() && part.subtitles.lines.back() == line) continue;
    if (overlaps_are_faults && line.span.start < latest_end) {
      fault(draft.place, "begins before the one before it ends; both are kept");
    }
    latest_end = std::max(latest_end, line.span.end);
    part.subtitles.lines.push_back(std::move(line));
  }
}

ReadSubtitles SubtitleBuilder::finish(bool overlaps_are_faults) {
  ReadSubtitles read;
  for (const std::string& key : keys_) {
    settle(classes_[key], overlaps_are_faults);
    if (!classes_[key].subtitles.lines.empty()) {
      read.found.push_back(std::move(classes_[key].subtitles));
    }
  }
  for (const auto& [what, count] : faults_) {
    if (count <= kToldFaults) continue;
    warnings_.push_back(fmt::format("{} more lines: {}", count - kToldFaults, what));
  }
  read.warnings = std::move(warnings_);
  return read;
}

}  // namespace needledrop
