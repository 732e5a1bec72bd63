#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/sheets.h"
#include "cuesheet/sheet.h"
#include "cuesheet/sheet_check.h"
#include "cuesheet/society.h"
#include "desk/episode_cues.h"

namespace needledrop {

class Desk;

/// How a sheet is wanted.
struct SheetWishes {
  const Society* society = nullptr;  // null: the one for which the sheet was made so far, or none
  std::string preparer;              // "" is nobody's
  std::optional<std::string> cut;    // as meant_cut
};

/// The sheet of an episode as it stands now. Of a filed sheet what was filed: it never changes.
struct CurrentSheet {
  Episode episode;
  SheetRevision revision;  // the newest
  CueSheet sheet;
  std::vector<SheetFault> faults;
  bool has_changed = false;  // filed or approved, and made today it would say something else, or
                             // wanted for another society
};

/// Of the episode that `what` names (see find_episode). Each cut has a sheet of its own.
/// kInvalidArgument when another society is wanted than that for which it was filed.
Result<CurrentSheet> current_sheet(Desk& desk, std::string_view what, const SheetWishes& wishes);
/// Made of the cues as they stand, whatever was filed, without what is cleared. What is said of the
/// cut in `wishes` is not read.
Result<CueSheet> live_sheet(Desk& desk, const EpisodeCues& cues, const SheetWishes& wishes);

/// The same as current_sheet's, of an episode's cues, without faults and what is cleared: what has
/// been filed as it was, else made of the cues as they stand.
Result<CueSheet> standing_sheet(Desk& desk, const EpisodeCues& cues, const SheetWishes& wishes);

/// A revision of a cut's sheet that was filed. kNotFound where none of that number was.
Result<CueSheet> filed_sheet(Desk& desk, const Episode& episode, std::string_view cut,
                             int revision);

/// A step on the sheet's way to the society.
struct SheetStepRequest {
  SheetStatus to = SheetStatus::kInReview;
  std::string author;
  std::string reason;
  std::optional<std::string> incomplete;  // why it goes out as it is; "" it is complete after all
};

/// Takes the step and returns the sheet as it stands then; the society that is wanted is the one
/// for which it is made from then on. Errors: take_sheet_step's; kInvalidArgument when a sheet with
/// errors is filed that is not marked as incomplete, or one that has changed since it was approved,
/// or was approved for another society.
Result<CurrentSheet> step_sheet(Desk& desk, std::string_view what, const SheetWishes& wishes,
                                const SheetStepRequest& request);

}  // namespace needledrop
