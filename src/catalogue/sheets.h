#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/catalogue.h"

namespace needledrop {

/// How far a cue sheet has come on its way to the society.
enum class SheetStatus {
  kDraft,
  kInReview,
  kApproved,
  kFiled,    // sent: what was sent is kept and never changes
  kRevised,  // filed once, and replaced by a later revision
};
std::string_view to_string(SheetStatus status);
std::optional<SheetStatus> sheet_status(std::string_view text);

/// One revision of the sheet of one cut of an episode.
struct SheetRevision {
  std::int64_t id = 0;
  std::int64_t episode = 0;
  std::string cut;   // "" is the broadcast cut
  int revision = 1;  // from 1
  SheetStatus status = SheetStatus::kDraft;
  std::string incomplete;  // why it goes out without what is missing; "" it is complete
  std::string approved;    // digest of what was approved, in hexadecimal; "" nothing was
  std::string document;    // what was filed, as the desk writes sheets; "" nothing was
  std::string society;     // for which it is made; "" none
};

/// A step on that way.
struct SheetStep {
  std::string at;  // UTC, as Run::at
  std::string author;
  int revision = 1;
  SheetStatus before = SheetStatus::kDraft;
  SheetStatus after = SheetStatus::kDraft;
  std::string reason;  // "" none was given
};

/// May one follow the other? Only what is approved may be filed, what is not filed may always
/// become a draft, what is filed may only be revised. A step that leaves the status as it is says
/// something of the sheet: that it is incomplete, or approved once more as it stands now.
bool may_follow(SheetStatus before, SheetStatus after);

/// The newest revision: a draft where nothing was ever stored.
Result<SheetRevision> newest_revision(const Database& database, std::int64_t episode,
                                      std::string_view cut);
/// What was kept of earlier ones, by number.
Result<std::vector<SheetRevision>> sheet_revisions(const Database& database, std::int64_t episode,
                                                   std::string_view cut);
/// Oldest first.
Result<std::vector<SheetStep>> sheet_steps(const Database& database, std::int64_t episode,
                                           std::string_view cut);

/// Takes a revision to another status, as one step; `revision` is as newest_revision gave it, with
/// the new status, digest, document and reason for being incomplete. Filing keeps the document for
/// ever. kRevised begins the next revision as a draft, which the society and the reason for being
/// incomplete are for: the filed one stays as it was. Errors: kInvalidArgument (may_follow says
/// no; filed without a document), kBusy when somebody else took a step meanwhile.
Result<void> take_sheet_step(Catalogue& catalogue, const SheetRevision& revision,
                             const SheetStep& step);

}  // namespace needledrop
