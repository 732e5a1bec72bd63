#include "desk/imported_cues.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "catalogue/names.h"
#include "catalogue/run_cues.h"
#include "catalogue/text.h"
#include "catalogue/works.h"
#include "cuesheet/bare_title.h"
#include "cuesheet/clock_text.h"
#include "cuesheet/line_text.h"
#include "cuesheet/sheet_comparison.h"
#include "desk/current_sheet.h"
#include "desk/desk.h"

namespace needledrop {
namespace {

/// Who decided about each cue of the parts, as far as it stands.
Result<std::map<std::int64_t, std::string>> deciders_of(Desk& desk,
                                                        const std::vector<PartCues>& parts) {
  std::map<std::int64_t, std::string> deciders;
  for (const PartCues& part : parts) {
    ND_TRY_ASSIGN(const auto decided, decided_cues(desk.catalogue(), part.file.id));
    for (const auto& [cue, authors] : decided) {
      std::string names;
      for (const std::string& author : authors) {
        names += fmt::format("{}{}", names.empty() ? "" : " and ",
                             author.empty() ? "somebody" : shown(author, 40));
      }
      deciders.emplace(cue, std::move(names));
    }
  }
  return deciders;
}

std::vector<Span> moved(std::vector<Span> spans, Milliseconds by) {
  for (Span& span : spans) span = {span.start + by, span.end + by};
  return spans;
}

/// What the line says otherwise than the sheet of the cues.
CueValues differing_values(const ImportedUse& use, const SheetCue& cue) {
  CueValues values;
  const auto take = [](auto& value, const auto& said, const auto& stands) {
    if (said.has_value() && *said != stands) value = said;
  };
  take(values.function, use.values.function, cue.function);
  take(values.vocal, use.values.vocal, cue.vocal);
  take(values.perception, use.values.perception, cue.perception);
  take(values.origin, use.values.origin, cue.origin);
  take(values.note, use.values.note, cue.note);
  return values;
}

void append(std::string& text, const std::string& more) {
  text += (text.empty() ? "" : ", ") + more;
}

/// "begins 0:04 later, is featured": how the cue differs, in words about it.
std::string difference_text(const PlacedUse& placed, const CueValues& values, const SheetCue& cue) {
  std::string text = placed.times;
  if (!placed.has_title) append(text, fmt::format("is called '{}'", shown(cue.title, 60)));
  if (values.function.has_value()) append(text, fmt::format("is {}", to_string(cue.function)));
  if (values.vocal.has_value()) append(text, fmt::format("is {}", to_string(cue.vocal)));
  if (values.perception.has_value()) append(text, fmt::format("is {}", to_string(cue.perception)));
  if (values.origin.has_value()) append(text, fmt::format("is {}", to_string(cue.origin)));
  if (values.note.has_value()) append(text, "has another note");
  return text;
}

}  // namespace

Result<ImportedCues> ImportedCues::load(Desk& desk, std::string_view episode) {
  ImportedCues made;
  ND_TRY_ASSIGN(made.cues_, episode_cues(desk, episode));
  if (made.cues_.parts.empty()) {
    return fail(Error::Kind::kInvalidArgument,
                "the episode has no file in which cues could be; spot one first");
  }
  ND_TRY_ASSIGN(made.sheet_, live_sheet(desk, made.cues_, {}));
  ND_TRY_ASSIGN(made.deciders_, deciders_of(desk, made.cues_.parts));
  return made;
}

std::optional<ImportedCues::Place> ImportedCues::place_of_part(int part) const {
  Milliseconds start{0};
  for (const PartCues& each : cues_.parts) {
    if (each.file.part.value_or(1) == part) return Place{&each, start};
    start += each.file.duration;
  }
  return std::nullopt;
}

std::optional<ImportedCues::Place> ImportedCues::place_at(Milliseconds time) const {
  Milliseconds start{0};
  for (const PartCues& each : cues_.parts) {
    if (time < start + each.file.duration) return Place{&each, start};
    start += each.file.duration;
  }
  return std::nullopt;
}

std::optional<ImportedCues::Place> ImportedCues::place_of_file(SourceId file) const {
  Milliseconds start{0};
  for (const PartCues& each : cues_.parts) {
    if (each.file.id == file) return Place{&each, start};
    start += each.file.duration;
  }
  return std::nullopt;
}

void ImportedCues::put_on_programme_clock(std::vector<ImportedUse>& uses, std::optional<int> part,
                                          ImportProblems& problems) const {
  for (ImportedUse& use : uses) {
    const std::optional<int> own = use.read.part.has_value() ? use.read.part : part;
    if (!own.has_value()) continue;
    const auto place = place_of_part(*own);
    if (!place.has_value()) {
      problems.error(use.at, fmt::format("the episode has no part {}", *own));
      continue;
    }
    if (use.read.start.has_value()) *use.read.start += place->start;
    if (use.read.end.has_value()) *use.read.end += place->start;
    use.read.spans = moved(std::move(use.read.spans), place->start);
    use.spans = moved(std::move(use.spans), place->start);
    use.read.part.reset();
  }
}

/// By another name of its music, or as formats without its letters write it?
Result<bool> ImportedCues::is_called(Desk& desk, const SheetCue& cue,
                                     const std::string& title) const {
  const std::string_view own_title = without_sequence(cue.title);
  const std::string bare = bare_title(title);
  if (title == on_one_ascii_line(own_title) || bare == bare_title(own_title)) return true;
  const auto placed = std::ranges::find_if(cues_.parts, [&cue](const PartCues& part) {
    return std::ranges::find(part.cues, cue.cue, &Cue::id) != part.cues.end();
  });
  if (placed == cues_.parts.end()) return false;
  const Cue& own = *std::ranges::find(placed->cues, cue.cue, &Cue::id);
  std::vector<EntityRef> music;
  if (own.recording != SourceId()) music.push_back({EntityKind::kRecording, own.recording.value});
  if (own.work != 0) music.push_back({EntityKind::kWork, own.work});
  ND_TRY_ASSIGN(const auto performed,
                needledrop::works_of(desk.catalogue().database(), own.recording));
  for (const Work& work : performed) music.push_back({EntityKind::kWork, work.id});
  for (const EntityRef one : music) {
    ND_TRY_ASSIGN(const auto names, desk.catalogue().names().of(one));
    const bool fits = std::ranges::any_of(
        names, [&bare](const Name& name) { return bare_title(name.text) == bare; });
    if (fits) return true;
  }
  return false;
}

Result<std::vector<PlacedUse>> ImportedCues::place(Desk& desk, std::span<const ImportedUse> uses,
                                                   const KnownRecordings& recordings) const {
  // Sheets count whole seconds, rounded or cut.
  constexpr ComparisonRules kRules{Milliseconds(1'000)};
  std::vector<ReadCue> filed;
  std::ranges::transform(uses, std::back_inserter(filed), &ImportedUse::read);
  std::vector<PlacedUse> placed(uses.size());
  for (std::size_t i = 0; i < uses.size(); ++i) {
    placed[i].recording = recordings.only(uses[i].isrc, uses[i].read.title).value_or(SourceId());
  }
  ND_TRY_ASSIGN(const auto pairs, compare_uses(filed, sheet_, kRules));
  for (const ComparedUse& pair : pairs) {
    if (!pair.filed.has_value()) continue;
    const ImportedUse& use = uses[*pair.filed];
    PlacedUse& one = placed[*pair.filed];
    one.cue = pair.heard;
    one.times = pair.remark;
    if (pair.difference != UseDifference::kTitle) continue;
    ND_TRY_ASSIGN(one.has_title, is_called(desk, sheet_.cues[*pair.heard], use.read.title));
  }
  return placed;
}

const Cue& ImportedCues::cue_of(const PlacedUse& placed) const {
  const std::int64_t id = sheet_.cues[*placed.cue].cue;
  for (const PartCues& part : cues_.parts) {
    const auto found = std::ranges::find(part.cues, id, &Cue::id);
    if (found != part.cues.end()) return *found;
  }
  return cues_.parts.front().cues.front();  // the sheet is made of these cues
}

SourceId ImportedCues::recording_of(const PlacedUse& placed) const {
  if (!placed.cue.has_value()) return placed.recording;
  const SourceId own = cue_of(placed).recording;
  if (placed.has_title) return own;
  return own == SourceId() || placed.recording != SourceId() ? placed.recording : SourceId();
}

Result<std::vector<std::int64_t>> ImportedCues::works_of(Desk& desk,
                                                         const PlacedUse& placed) const {
  std::vector<std::int64_t> ids;
  if (placed.cue.has_value() && placed.has_title) {
    if (const std::int64_t own = cue_of(placed).work; own != 0) return std::vector{own};
  }
  ND_TRY_ASSIGN(const auto performed,
                needledrop::works_of(desk.catalogue().database(), recording_of(placed)));
  std::ranges::transform(performed, std::back_inserter(ids), &Work::id);
  return ids;
}

std::optional<CueChange> ImportedCues::added(const ImportedUse& use, const PlacedUse& placed,
                                             std::int64_t work, ImportProblems& problems) const {
  if (use.spans.empty()) {
    problems.warn(use.at,
                  fmt::format("'{}' is none of the episode's cues, and without both ends it "
                              "can't become one",
                              shown(use.read.title, 60)));
    return std::nullopt;
  }
  const auto place = place_at(use.spans.front().start);
  if (!place.has_value()) {
    problems.error(use.at, fmt::format("begins at {}, after the end of the programme",
                                       printed_time(use.spans.front().start)));
    return std::nullopt;
  }
  const auto spans = moved(use.spans, -place->start);
  for (const Cue& cue : place->part->cues) {
    const Milliseconds both = shared_length(cue.spans, spans);
    const bool is_it = cue.standing == CueStanding::kRejected &&
                       bare_title(title_of(cue, cues_.recordings)) == bare_title(use.read.title) &&
                       2 * both >= shared_length(spans, spans);
    if (!is_it) continue;
    const auto decider = deciders_.find(cue.id);
    problems.warn(use.at,
                  fmt::format("'{}' was rejected here by {} (cue #{}), and stays so",
                              shown(use.read.title, 60),
                              decider == deciders_.end() ? "somebody" : decider->second, cue.id));
    return std::nullopt;
  }
  const SourceId recording = placed.recording;
  const MusicIdentity music{recording, recording == SourceId() ? work : 0, use.read.title,
                            use.read.artist};
  auto cue = added_cue(place->part->file.id, {spans.front().start, spans.back().end}, music,
                       place->part->file.duration);
  if (!cue.has_value()) {
    problems.error(use.at, std::move(cue.error().message));
    return std::nullopt;
  }
  cue->spans = spans;
  auto valued = with_values(*cue, use.values, place->part->file.duration);
  if (!valued.has_value()) {
    problems.error(use.at, std::move(valued.error().message));
    return std::nullopt;
  }
  return CueChange{std::nullopt, std::move(*valued)};
}

std::optional<CueChange> ImportedCues::change(const ImportedUse& use, const PlacedUse& placed,
                                              std::int64_t work, ImportProblems& problems) const {
  if (!placed.cue.has_value()) return added(use, placed, work, problems);
  const SheetCue& stands = sheet_.cues[*placed.cue];
  const Cue& cue = cue_of(placed);
  CueValues values = differing_values(use, stands);
  const std::string difference = difference_text(placed, values, stands);
  if (difference.empty()) return std::nullopt;
  const auto decider = deciders_.find(cue.id);
  if (decider != deciders_.end()) {
    problems.warn(use.at, fmt::format("cue #{} '{}' {}; {} decided about it, and it stays", cue.id,
                                      shown(stands.title, 60), difference, decider->second));
    return std::nullopt;
  }
  const bool may_be_it = cue.recording == SourceId() || placed.recording != SourceId();
  if (!placed.has_title && !may_be_it) {
    problems.warn(use.at,
                  fmt::format("'{}' was heard as '{}' (cue #{}), which stays; reassign it if "
                              "that is wrong",
                              shown(use.read.title, 60), shown(stands.title, 60), cue.id));
    return std::nullopt;
  }
  const auto place = place_of_file(cue.file);
  if (!placed.times.empty()) {
    if (use.read.start.has_value()) values.in = *use.read.start - place->start;
    if (use.read.end.has_value()) values.out = *use.read.end - place->start;
  }
  Cue after = with_standing(cue, CueStanding::kAccepted);
  if (!placed.has_title) {
    const bool is_known = placed.recording != SourceId();
    after = with_music(cue, {placed.recording, is_known ? 0 : work, is_known ? "" : use.read.title,
                             is_known ? "" : use.read.artist});
  }
  auto valued = with_values(after, values, place->part->file.duration);
  if (!valued.has_value()) {
    problems.error(use.at, std::move(valued.error().message));
    return std::nullopt;
  }
  if (*valued == with_standing(cue, CueStanding::kAccepted)) return std::nullopt;
  return CueChange{cue, std::move(*valued)};
}

}  // namespace needledrop
