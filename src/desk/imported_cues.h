#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/decisions.h"
#include "cuesheet/sheet.h"
#include "desk/episode_cues.h"
#include "desk/import_problem.h"
#include "desk/imported_sheet.h"
#include "desk/known_recordings.h"

namespace needledrop {

class Desk;

/// What a line of a sheet is among the cues of an episode.
struct PlacedUse {
  std::optional<std::size_t> cue;  // its place among the sheet's; nothing: none of them
  bool has_title = true;  // the cue goes by the line's title, or by another name of its own
  std::string times;      // how the cue's times differ: "begins 0:04 later"; "" they don't
  SourceId recording;     // that the line names; 0: none, or one of several
};

/// The cues of an episode, to which the lines of a sheet are put. A value.
class ImportedCues {
 public:
  /// Reads the catalogue, which no edit holds meanwhile. kInvalidArgument when the episode has no
  /// spotted file.
  static Result<ImportedCues> load(Desk& desk, std::string_view episode);

  [[nodiscard]] const CueSheet& sheet() const { return sheet_; }
  [[nodiscard]] const EpisodeFile& first_file() const { return cues_.parts.front().file; }

  /// Puts the times of lines that count from a part's start (their own, else `part`) on the clock
  /// of the programme, whose parts follow one another. A part that is not there is a problem.
  void put_on_programme_clock(std::vector<ImportedUse>& uses, std::optional<int> part,
                              ImportProblems& problems) const;

  // Lines from here on are on that clock.

  /// What each line is.
  Result<std::vector<PlacedUse>> place(Desk& desk, std::span<const ImportedUse> uses,
                                       const KnownRecordings& recordings) const;
  /// The recording of which the line's cue is, or becomes; 0: none.
  [[nodiscard]] SourceId recording_of(const PlacedUse& placed) const;
  /// The works that this is known to be, by id.
  Result<std::vector<std::int64_t>> works_of(Desk& desk, const PlacedUse& placed) const;

  /// What becomes of the line's cue, or the cue that it becomes; nothing when all stays. `work` is
  /// what is heard where no recording is known; 0: not known. What contradicts a decision is a
  /// warning, what can't be a problem.
  [[nodiscard]] std::optional<CueChange> change(const ImportedUse& use, const PlacedUse& placed,
                                                std::int64_t work, ImportProblems& problems) const;

 private:
  /// A file of the episode on the programme's clock.
  struct Place {
    const PartCues* part = nullptr;
    Milliseconds start{0};
  };
  [[nodiscard]] std::optional<Place> place_of_part(int part) const;
  [[nodiscard]] std::optional<Place> place_at(Milliseconds time) const;
  [[nodiscard]] std::optional<Place> place_of_file(SourceId file) const;
  /// The cue of a line that has one.
  [[nodiscard]] const Cue& cue_of(const PlacedUse& placed) const;
  Result<bool> is_called(Desk& desk, const SheetCue& cue, const std::string& title) const;
  [[nodiscard]] std::optional<CueChange> added(const ImportedUse& use, const PlacedUse& placed,
                                               std::int64_t work, ImportProblems& problems) const;

  EpisodeCues cues_;
  CueSheet sheet_;
  std::map<std::int64_t, std::string> deciders_;  // of the cues that somebody decided about
};

}  // namespace needledrop
