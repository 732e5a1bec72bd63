#include "desk/current_sheet.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/digest.h"
#include "cuesheet/sheet_changes.h"
#include "cuesheet/sheet_maker.h"
#include "desk/desk.h"
#include "desk/episode_lookup.h"
#include "desk/production_clearance.h"
#include "desk/sheet_json.h"
#include "desk/sheet_json_reader.h"
#include "desk/sheet_material.h"

namespace needledrop {
namespace {

/// What a sheet reports: apart from how far it has come, who prepared it when and for whom, and
/// what changes without anybody changing the sheet.
std::string digest_of(CueSheet sheet) {
  sheet.state = SheetState();
  sheet.header.preparer.clear();
  sheet.header.prepared_on.clear();
  sheet.society.clear();
  sheet.share_basis = ShareBasis::kWhole;
  sheet.counted_duration = Milliseconds(0);
  for (SheetPart& part : sheet.parts) part.scenes.clear();
  for (SheetCue& cue : sheet.cues) {
    cue.usage.clear();
    cue.is_short = false;
    cue.clearance = Clearance::kUnchecked;
    cue.licence.clear();
    cue.level_db = cue.confidence = 0;
  }
  const std::string text = sheet_json(sheet);
  Digester digester;
  digester.update({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  return digester.digest().hex();
}

Result<CueSheet> read_filed(const SheetRevision& revision) {
  auto sheet = read_sheet_json(revision.document);
  if (!sheet.has_value()) {
    return sheet.error().in(fmt::format("revision {} as it was filed", revision.revision));
  }
  sheet->state.status = revision.status;
  return sheet;
}

/// For whom the sheet is wanted, else was made so far.
SheetWishes wishes_for(const SheetRevision& revision, SheetWishes wishes) {
  if (wishes.society == nullptr) wishes.society = find_society(revision.society);
  return wishes;
}

/// What was filed is for whom it was filed.
Result<void> check_society(const CueSheet& filed, const SheetWishes& wishes) {
  if (wishes.society == nullptr || wishes.society->name == filed.society) return {};
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("the sheet was filed {}, and what is filed never changes; revise it to "
                          "make one for {}",
                          filed.society.empty() ? "for no society" : "for " + filed.society,
                          wishes.society->name));
}

/// How far the sheet has come.
void put_state(const SheetRevision& revision, CueSheet& sheet) {
  sheet.state.status = revision.status;
  sheet.state.revision = revision.revision;
  sheet.state.incomplete = revision.incomplete;
}

Result<void> put_clearance(Desk& desk, const Episode& episode, CueSheet& sheet) {
  if (episode.production == 0) return {};
  ND_TRY_ASSIGN(const auto cleared, production_clearance(desk, episode.production));
  put_clearance(cleared, episode.id, sheet);
  return {};
}

/// What the revision says otherwise than the one filed before it; nothing of a first one.
Result<std::vector<std::string>> changes_since_filed(Desk& desk, const Episode& episode,
                                                     const SheetRevision& revision,
                                                     const CueSheet& sheet) {
  if (revision.revision == 1) return std::vector<std::string>();
  ND_TRY_ASSIGN(const CueSheet before,
                filed_sheet(desk, episode, revision.cut, revision.revision - 1));
  return sheet_changes(before, sheet);
}

Result<void> check_filing(const CurrentSheet& current, const SheetRevision& revision) {
  if (current.sheet.society != revision.society) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("the sheet was approved {}; approve it for {}, then file it",
                            revision.society.empty() ? "for no society" : "for " + revision.society,
                            current.sheet.society));
  }
  if (current.has_changed) {
    return fail(
        Error::Kind::kInvalidArgument,
        "the sheet has changed since it was approved; approve it as it is now, then file it");
  }
  const auto errors = std::ranges::count_if(current.faults, [](const SheetFault& fault) {
    return fault.gravity == SheetFault::Gravity::kError;
  });
  if (errors == 0 || !revision.incomplete.empty()) return {};
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("the sheet has {} error{}; mend them, or say why it is filed incomplete",
                          errors, errors == 1 ? "" : "s"));
}

}  // namespace

Result<CueSheet> live_sheet(Desk& desk, const EpisodeCues& cues, const SheetWishes& wishes) {
  ND_TRY_ASSIGN(const SheetMaterial material, sheet_material(desk, cues, wishes.society));
  ND_TRY_ASSIGN(CueSheet sheet, make_sheet(material));
  sheet.header.cut = cues.cut;
  sheet.header.preparer = wishes.preparer;
  sheet.header.prepared_on = utc_text(desk.clock().now()).substr(0, 10);
  return sheet;
}

Result<CueSheet> standing_sheet(Desk& desk, const EpisodeCues& cues, const SheetWishes& wishes) {
  ND_TRY_ASSIGN(const SheetRevision revision,
                newest_revision(desk.catalogue().database(), cues.episode.id, cues.cut));
  if (revision.status == SheetStatus::kFiled) return read_filed(revision);
  ND_TRY_ASSIGN(CueSheet sheet, live_sheet(desk, cues, wishes_for(revision, wishes)));
  put_state(revision, sheet);
  return sheet;
}

Result<CueSheet> filed_sheet(Desk& desk, const Episode& episode, std::string_view cut,
                             int revision) {
  ND_TRY_ASSIGN(const auto revisions,
                sheet_revisions(desk.catalogue().database(), episode.id, cut));
  const auto found = std::ranges::find(revisions, revision, &SheetRevision::revision);
  if (found == revisions.end() || found->document.empty()) {
    return fail(Error::Kind::kNotFound, fmt::format("no revision {} was filed", revision));
  }
  return read_filed(*found);
}

Result<CurrentSheet> current_sheet(Desk& desk, std::string_view what, const SheetWishes& wishes) {
  CurrentSheet current;
  ND_TRY_ASSIGN(const EpisodeCues cues, episode_cues(desk, what, wishes.cut));
  current.episode = cues.episode;
  ND_TRY_ASSIGN(current.revision,
                newest_revision(desk.catalogue().database(), cues.episode.id, cues.cut));
  ND_TRY_ASSIGN(current.sheet, live_sheet(desk, cues, wishes_for(current.revision, wishes)));
  ND_TRY(put_clearance(desk, cues.episode, current.sheet));
  const bool is_approved = current.revision.status == SheetStatus::kApproved ||
                           current.revision.status == SheetStatus::kFiled;
  current.has_changed = is_approved && (digest_of(current.sheet) != current.revision.approved ||
                                        current.sheet.society != current.revision.society);
  if (current.revision.status == SheetStatus::kFiled) {
    ND_TRY_ASSIGN(current.sheet, read_filed(current.revision));
    ND_TRY(check_society(current.sheet, wishes));
  } else {
    put_state(current.revision, current.sheet);
    ND_TRY_ASSIGN(current.sheet.state.changes,
                  changes_since_filed(desk, cues.episode, current.revision, current.sheet));
  }
  current.faults = check_sheet(current.sheet);
  return current;
}

Result<CurrentSheet> step_sheet(Desk& desk, std::string_view what, const SheetWishes& wishes,
                                const SheetStepRequest& request) {
  // Of a filed sheet the society is that of the next revision.
  const bool begins_next = request.to == SheetStatus::kRevised;
  ND_TRY_ASSIGN(
      CurrentSheet current,
      current_sheet(desk, what,
                    begins_next ? SheetWishes{nullptr, wishes.preparer, wishes.cut} : wishes));
  SheetRevision revision = current.revision;
  if (begins_next) revision.incomplete.clear();
  if (request.incomplete.has_value()) revision.incomplete = *request.incomplete;
  if (wishes.society != nullptr && request.to != SheetStatus::kFiled) {
    revision.society = wishes.society->name;
  }
  if (request.to == SheetStatus::kDraft || request.to == SheetStatus::kInReview) {
    revision.approved.clear();
  }
  if (request.to == SheetStatus::kApproved) revision.approved = digest_of(current.sheet);
  if (request.to == SheetStatus::kFiled && revision.status == SheetStatus::kApproved) {
    ND_TRY(check_filing(current, revision));
    current.sheet.state.status = SheetStatus::kFiled;
    current.sheet.state.incomplete = revision.incomplete;
    revision.document = sheet_json(current.sheet);
  }
  const SheetStep step{utc_text(desk.clock().now()),
                       request.author,
                       revision.revision,
                       revision.status,
                       request.to,
                       request.reason};
  ND_TRY(take_sheet_step(desk.catalogue(), revision, step));
  return current_sheet(desk, what, wishes);
}

}  // namespace needledrop
