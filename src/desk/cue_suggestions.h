#pragma once

#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/cue.h"
#include "catalogue/entities.h"
#include "catalogue/recording_families.h"
#include "catalogue/run_cues.h"
#include "scenes/scene_edit.h"
#include "spotting/recurrence.h"

namespace needledrop {

class Desk;

/// What is known of the places in a file, apart from which music is heard there.
struct FilePlaces {
  Milliseconds length{0};
  std::vector<Scene> scenes;      // with their roles
  std::vector<Span> shown_again;  // footage of other episodes: recaps and previews
};

/// What a use of music may be for, by where it lies and by what its music is to the production's
/// episodes (kind_of in spotting/recurrence.h). The first that fits:
/// - at least half of it lies in scenes that are an opening, an ending, a recap or a preview: an
///   opening theme, a closing theme, or a trailer;
/// - its music begins (closes) episodes, and its middle lies where an opening (an ending) may
///   (role_edges): an opening theme (a closing theme);
/// - at least half of it lies in footage that is shown again: a trailer;
/// - the characters hear it (suggested_perception): featured, however loud it is;
/// - else it is background. Level tells nothing more: music that is louder than all else is
///   featured only when the characters hear it.
/// Pure.
CueFunction suggested_function(const Spot& spot, RecurrenceKind music, const FilePlaces& places);

/// Music that sounds as a loudspeaker of the scene plays it is heard by the characters. Of other
/// music nothing is known: a room alone, or musicians who are seen, leave no such trace.
CuePerception suggested_perception(const Spot& spot);

/// What a recording's version says of voices: nothing of an original, which may have any.
CueVocal suggested_vocal(std::string_view recording_version);

/// What each family of recordings is to the episodes that `files` are, by where spots of it lie.
/// `spots[i]` are those of files[i]. Pure.
std::map<SourceId, RecurrenceKind> kinds_of_music(std::span<const EpisodeFile> files,
                                                  std::span<const std::vector<Spot>> spots,
                                                  const RecordingFamilies& families);

/// The spots of a file's run with what is suggested about each.
Result<std::vector<SuggestedSpot>> findings_of(Desk& desk, const EpisodeFile& file, const Run& run,
                                               const RecordingFamilies& families);

}  // namespace needledrop
