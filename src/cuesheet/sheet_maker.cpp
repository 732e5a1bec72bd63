#include "cuesheet/sheet_maker.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace needledrop {
namespace {

/// What a cue is called when neither a person nor a tag says it.
std::string title_of(const Cue& cue, const CueMusic& music) {
  if (!cue.title.empty()) return cue.title;
  if (!music.title.empty()) return music.title;
  return cue.recording == SourceId() ? "untitled"
                                     : fmt::format("recording {}", cue.recording.value);
}

CueMusic music_of(const Cue& cue, const SheetMaterial& material) {
  const auto recording = material.recordings.find(cue.recording);
  CueMusic music = recording == material.recordings.end() ? CueMusic() : recording->second;
  if (const auto work = material.works.find(cue.work); work != material.works.end()) {
    music.works = {work->second};
  }
  return music;
}

SheetCue make_cue(const Cue& cue, const SheetMaterial& material) {
  const CueMusic music = music_of(cue, material);
  SheetCue made;
  made.cue = cue.id;
  made.standing = cue.standing;
  made.heard = cue.spans;
  made.title = title_of(cue, music);
  made.artist = cue.artist.empty() ? music.artist : cue.artist;
  made.album = music.album;
  made.label = music.label;
  made.catalogue_number = music.catalogue_number;
  made.version = music.version;
  made.isrc = music.isrc;
  made.works = music.works;
  made.function = cue.function;
  made.vocal = cue.vocal;
  made.perception = cue.perception;
  made.origin = cue.origin == CueOrigin::kUnknown ? music.origin : cue.origin;
  if (material.society != nullptr) made.usage = usage_code(*material.society, cue);
  made.level_db = cue.level_db;
  made.confidence = cue.confidence;
  made.note = cue.note;
  return made;
}

bool is_before(const Cue& a, const Cue& b) {
  return std::tie(a.spans.front(), a.recording, a.id) <
         std::tie(b.spans.front(), b.recording, b.id);
}

/// Carved out and rounded: what is reported of each cue.
std::vector<std::vector<Span>> reported_of(std::span<const Cue> cues, const ReportingUnit& unit,
                                           Milliseconds running_time) {
  return rounded_spans(carve_out(cues, running_time), unit, running_time);
}

Result<void> add_part(const SheetMaterial::Part& part, const SheetMaterial& material,
                      CueSheet& sheet) {
  std::vector<Cue> cues = part.cues;
  std::ranges::sort(cues, is_before);
  const auto reported = reported_of(cues, material.unit, part.part.duration);
  const auto minimum = material.society == nullptr ? Milliseconds(0) : material.society->minimum;
  const auto is_short = below_minimum(reported, minimum);
  ND_TRY_ASSIGN(const auto sequences,
                sequence_numbers(cues, part.part.part.value_or(1), material.sequence_pattern));
  for (std::size_t i = 0; i < cues.size(); ++i) {
    SheetCue made = make_cue(cues[i], material);
    made.number = static_cast<int>(sheet.cues.size()) + 1;
    made.part = part.part.part;
    made.reported = reported[i];
    made.is_short = is_short[i];
    made.sequence = sequences[i];
    sheet.music_duration += reported_length(made);
    if (!made.is_short) sheet.counted_duration += reported_length(made);
    sheet.cues.push_back(std::move(made));
  }
  sheet.parts.push_back(part.part);
  sheet.programme_duration += part.part.duration;
  return {};
}

}  // namespace

Result<CueSheet> make_sheet(const SheetMaterial& material) {
  if (material.parts.empty()) {
    return fail(Error::Kind::kInvalidArgument, "the episode has no spotted file; spot one first");
  }
  CueSheet sheet;
  sheet.header = material.header;
  sheet.state = material.state;
  if (material.society != nullptr) {
    sheet.society = material.society->name;
    sheet.share_basis = material.society->basis;
  }
  for (const SheetMaterial::Part& part : material.parts) ND_TRY(add_part(part, material, sheet));
  return sheet;
}

}  // namespace needledrop
