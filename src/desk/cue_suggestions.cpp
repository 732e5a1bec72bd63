#include "desk/cue_suggestions.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "desk/broadcast_parts.h"
#include "desk/desk.h"
#include "desk/episode_scenes.h"
#include "desk/spot_episode.h"

namespace needledrop {
namespace {

/// Of the scenes that have the role.
std::vector<Span> spans_of(std::span<const Scene> scenes, SceneRole role) {
  std::vector<Span> spans;
  for (const Scene& scene : scenes) {
    if (scene.role == role) spans.push_back(scene.span);
  }
  return spans;
}

bool lies_in(const Span& span, const std::vector<Span>& places) {
  return span.length().count() > 0 &&
         2 * shared_length(std::span(&span, 1), places) >= span.length();
}

bool has_middle_in(const Span& span, const Span& place) {
  const Milliseconds middle = span.start + span.length() / 2;
  return middle >= place.start && middle < place.end;
}

Result<FilePlaces> places_in(Desk& desk, const EpisodeFile& file) {
  FilePlaces places;
  places.length = file.duration;
  ND_TRY_ASSIGN(FileScenes scenes, scenes_of(desk, file));
  places.scenes = std::move(scenes.scenes);
  ND_TRY_ASSIGN(const auto recurrences, desk.catalogue().recurrences_of(file.id));
  for (const NamedRecurrence& recurrence : recurrences) {
    const RecurrenceKind kind = recurrence.music.kind;
    if (kind != RecurrenceKind::kRecap && kind != RecurrenceKind::kPreview) continue;
    for (const RecurrencePlace& place : recurrence.music.places) {
      if (place.episode == file.id) places.shown_again.push_back(place.span);
    }
  }
  places.shown_again = joined_spans(std::move(places.shown_again));
  return places;
}

/// The kinds of music in the episodes of the production that the file is an episode of.
Result<std::map<SourceId, RecurrenceKind>> kinds_around(Desk& desk, const EpisodeFile& file,
                                                        const RecordingFamilies& families) {
  Catalogue& catalogue = desk.catalogue();
  ND_TRY_ASSIGN(const Episode own, catalogue.episode(file.episode));
  std::vector<EpisodeFile> files;
  std::vector<std::vector<Spot>> spots;
  if (own.production == 0) return std::map<SourceId, RecurrenceKind>();
  ND_TRY_ASSIGN(const auto episodes, catalogue.episodes());
  for (const Episode& episode : episodes) {
    if (episode.production != own.production) continue;
    ND_TRY_ASSIGN(const auto parts, broadcast_parts(desk, episode.id));
    for (const SpottedFile& part : parts) {
      files.push_back(part.file);
      spots.push_back(part.run.spots);
    }
  }
  return kinds_of_music(files, spots, families);
}

}  // namespace

CueFunction suggested_function(const Spot& spot, RecurrenceKind music, const FilePlaces& places) {
  const Span& span = spot.span;
  constexpr std::pair<SceneRole, CueFunction> kRoles[] = {
      {SceneRole::kOpening, CueFunction::kOpeningTheme},
      {SceneRole::kEnding, CueFunction::kClosingTheme},
      {SceneRole::kRecap, CueFunction::kTrailer},
      {SceneRole::kPreview, CueFunction::kTrailer},
  };
  for (const auto& [role, function] : kRoles) {
    if (lies_in(span, spans_of(places.scenes, role))) return function;
  }
  const std::vector<Span> edges = role_edges(places.length);
  if (!edges.empty()) {
    if (music == RecurrenceKind::kTitle && has_middle_in(span, edges.front())) {
      return CueFunction::kOpeningTheme;
    }
    if (music == RecurrenceKind::kEnding && has_middle_in(span, edges.back())) {
      return CueFunction::kClosingTheme;
    }
  }
  if (lies_in(span, places.shown_again)) return CueFunction::kTrailer;
  return suggested_perception(spot) == CuePerception::kHeard ? CueFunction::kFeatured
                                                             : CueFunction::kBackground;
}

CuePerception suggested_perception(const Spot& spot) {
  return spot.from_loudspeaker ? CuePerception::kHeard : CuePerception::kUnknown;
}

CueVocal suggested_vocal(std::string_view recording_version) {
  if (recording_version == "vocal") return CueVocal::kVocal;
  return recording_version == "instrumental" ? CueVocal::kInstrumental : CueVocal::kUnknown;
}

std::map<SourceId, RecurrenceKind> kinds_of_music(std::span<const EpisodeFile> files,
                                                  std::span<const std::vector<Spot>> spots,
                                                  const RecordingFamilies& families) {
  std::map<SourceId, Recurrence> music;
  std::vector<EpisodeOutline> outlines;
  for (std::size_t i = 0; i < files.size(); ++i) {
    outlines.push_back({files[i].id, files[i].duration, {}});
    for (const Spot& spot : spots[i]) {
      RecurrencePlace place;
      place.episode = files[i].id;
      place.span = spot.span;
      music[families.of(spot.recording)].places.push_back(place);
    }
  }
  std::ranges::sort(outlines, {}, &EpisodeOutline::id);
  std::map<SourceId, RecurrenceKind> kinds;
  for (auto& [family, recurrence] : music) {
    std::ranges::sort(recurrence.places, [](const RecurrencePlace& a, const RecurrencePlace& b) {
      return std::pair(a.episode, a.span) < std::pair(b.episode, b.span);
    });
    kinds[family] = kind_of(recurrence, false, outlines);
  }
  return kinds;
}

Result<std::vector<SuggestedSpot>> findings_of(Desk& desk, const EpisodeFile& file, const Run& run,
                                               const RecordingFamilies& families) {
  ND_TRY_ASSIGN(const FilePlaces places, places_in(desk, file));
  ND_TRY_ASSIGN(const auto kinds, kinds_around(desk, file, families));
  ND_TRY_ASSIGN(const auto recordings, recordings_of(desk, run.spots));
  std::vector<SuggestedSpot> findings;
  findings.reserve(run.spots.size());
  for (const Spot& spot : run.spots) {
    SuggestedSpot& finding = findings.emplace_back(SuggestedSpot{spot});
    const auto kind = kinds.find(families.of(spot.recording));
    finding.function = suggested_function(
        spot, kind == kinds.end() ? RecurrenceKind::kMusic : kind->second, places);
    finding.perception = suggested_perception(spot);
    const auto recording = std::ranges::lower_bound(recordings, spot.recording, {}, &Recording::id);
    if (recording != recordings.end() && recording->id == spot.recording) {
      finding.vocal = suggested_vocal(recording->version);
    }
  }
  return findings;
}

}  // namespace needledrop
