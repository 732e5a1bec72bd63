#include "cuesheet/sheet.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "catalogue/reported_spans.h"

namespace needledrop {
namespace {

using ById = std::vector<std::reference_wrapper<const Recording>>;

ById sorted_by_id(std::span<const Recording> recordings) {
  ById sorted(recordings.begin(), recordings.end());
  std::ranges::sort(sorted, {}, [](const Recording& r) { return r.id; });
  return sorted;
}

const Recording* find(const ById& recordings, SourceId id) {
  const auto found =
      std::ranges::lower_bound(recordings, id, {}, [](const Recording& r) { return r.id; });
  return found != recordings.end() && found->get().id == id ? &found->get() : nullptr;
}

std::string title_of(const Recording& recording) {
  return recording.title.empty() ? fmt::format("recording {}", recording.id.value)
                                 : recording.title;
}

std::string name_of(const Recording& recording) {
  std::string name = title_of(recording);
  name += recording.artist.empty() ? "" : " by " + recording.artist;
  return recording.version == "original" ? name : fmt::format("{} ({})", name, recording.version);
}

/// "version undecided: may also be X (instrumental), 48 %": only when there is something to check.
std::string note_on(const Spot& spot, const ById& recordings) {
  std::string others;
  for (const Alternative& alternative : spot.alternatives) {
    if (const Recording* other = find(recordings, alternative.recording)) {
      others += fmt::format("{}{}, {:.0f} %", others.empty() ? "may also be " : "; ",
                            name_of(*other), 100 * alternative.confidence);
    }
  }
  if (spot.version_decided) {
    return others;
  }
  return others.empty() ? "version undecided" : "version undecided: " + others;
}

SheetCue make_cue(const Spot& spot, const Recording& recording, const ById& recordings) {
  SheetCue cue;
  cue.title = title_of(recording);
  cue.artist = recording.artist;
  cue.album = recording.album;
  cue.version = recording.version;
  cue.isrc = recording.isrc;
  cue.span = spot.span;
  cue.usage = spot.ground == Ground::kForeground ? Usage::kFeatured : Usage::kBackground;
  cue.level_db = spot.level_db;
  cue.confidence = spot.confidence;
  cue.note = note_on(spot, recordings);
  return cue;
}

Result<void> add_part(const SpottedFile& part, const ById& recordings, CueSheet& sheet) {
  sheet.programme_duration += part.file.duration;
  sheet.music_duration += total_length(music_spans(part.run.spots));
  std::vector<std::reference_wrapper<const Spot>> spots(part.run.spots.begin(),
                                                        part.run.spots.end());
  std::ranges::stable_sort(spots, [](const Spot& a, const Spot& b) {
    return std::pair(a.span, a.recording) < std::pair(b.span, b.recording);
  });
  for (const Spot& spot : spots) {
    const Recording* recording = find(recordings, spot.recording);
    if (recording == nullptr) {
      return fail(Error::Kind::kNotFound,
                  fmt::format("recording {} of a spot does not exist", spot.recording.value));
    }
    SheetCue cue = make_cue(spot, *recording, recordings);
    cue.number = static_cast<int>(sheet.cues.size()) + 1;
    cue.part = part.file.part;
    sheet.cues.push_back(std::move(cue));
  }
  return {};
}

}  // namespace

std::string_view to_string(Usage usage) {
  return usage == Usage::kFeatured ? "featured" : "background";
}

Result<CueSheet> make_sheet(const std::string& production, const Episode& episode,
                            std::span<const SpottedFile> parts,
                            std::span<const Recording> recordings) {
  if (parts.empty()) {
    return fail(Error::Kind::kInvalidArgument, "the episode has no spotted file; spot one first");
  }
  CueSheet sheet;
  sheet.production = production;
  sheet.episode_title = episode.title;
  sheet.season = episode.season;
  sheet.number = episode.number;
  sheet.air_date = episode.air_date;
  sheet.cut = parts.front().file.cut;
  const ById sorted = sorted_by_id(recordings);
  for (const SpottedFile& part : parts) {
    if (part.file.cut != sheet.cut) {
      return fail(Error::Kind::kInvalidArgument, "a cue sheet is of one cut of the episode");
    }
    ND_TRY(add_part(part, sorted, sheet));
  }
  return sheet;
}

}  // namespace needledrop
