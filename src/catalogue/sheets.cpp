#include "catalogue/sheets.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "catalogue/catalogue_state.h"

namespace needledrop {
namespace {

constexpr std::array<std::pair<SheetStatus, std::string_view>, 5> kStatuses{{
    {SheetStatus::kDraft, "draft"},
    {SheetStatus::kInReview, "in review"},
    {SheetStatus::kApproved, "approved"},
    {SheetStatus::kFiled, "filed"},
    {SheetStatus::kRevised, "revised"},
}};

SheetStatus read_status(Statement& row) {
  const auto status = sheet_status(row.read<std::string>());
  if (!status.has_value()) row.mark_damaged();
  return status.value_or(SheetStatus::kDraft);
}

SheetRevision read_revision(Statement& row) {
  SheetRevision revision;
  revision.id = row.read<std::int64_t>();
  revision.episode = row.read<std::int64_t>();
  revision.cut = row.read<std::string>();
  revision.revision = row.read<int>();
  revision.status = read_status(row);
  revision.incomplete = row.read<std::string>();
  revision.approved = row.read<std::string>();
  revision.document = row.read<std::string>();
  revision.society = row.read<std::string>();
  return revision;
}

SheetStep read_step(Statement& row) {
  SheetStep step;
  step.at = row.read<std::string>();
  step.author = row.read<std::string>();
  step.revision = row.read<int>();
  step.before = read_status(row);
  step.after = read_status(row);
  step.reason = row.read<std::string>();
  return step;
}

SheetRevision first_draft(std::int64_t episode, std::string_view cut) {
  SheetRevision revision;
  revision.episode = episode;
  revision.cut = cut;
  return revision;
}

Result<void> check_step(const SheetRevision& stored, const SheetRevision& wanted,
                        const SheetStep& step) {
  if (stored.revision != wanted.revision || stored.status != step.before) {
    return fail(Error::Kind::kBusy,
                "somebody else has taken the sheet further meanwhile; look again");
  }
  if (!may_follow(step.before, step.after)) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("a sheet that is {} can't become {}", to_string(step.before),
                            to_string(step.after)));
  }
  if (step.after == SheetStatus::kFiled && wanted.document.empty()) {
    return fail(Error::Kind::kInvalidArgument, "what is filed must be kept; there is no document");
  }
  return {};
}

Result<void> store_revision(const Database& database, const SheetRevision& revision,
                            SheetStatus status) {
  return database.run(
      "INSERT INTO sheet (episode, cut, revision, status, incomplete, approved, document, society) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (episode, cut, revision) DO UPDATE SET "
      "status = excluded.status, incomplete = excluded.incomplete, approved = excluded.approved, "
      "document = excluded.document, society = excluded.society",
      revision.episode, revision.cut, revision.revision, to_string(status), revision.incomplete,
      revision.approved, revision.document, revision.society);
}

/// Ends a filed revision, of which nothing else changes, and begins the next.
Result<void> begin_next(const Database& database, const SheetRevision& stored,
                        const SheetRevision& wanted) {
  ND_TRY(database.run("UPDATE sheet SET status = ?2 WHERE id = ?1", stored.id,
                      to_string(SheetStatus::kRevised)));
  SheetRevision next = first_draft(stored.episode, stored.cut);
  next.revision = stored.revision + 1;
  next.incomplete = wanted.incomplete;
  next.society = wanted.society;
  return store_revision(database, next, SheetStatus::kDraft);
}

}  // namespace

std::string_view to_string(SheetStatus status) {
  return std::ranges::find(kStatuses, status, [](const auto& s) { return s.first; })->second;
}

std::optional<SheetStatus> sheet_status(std::string_view text) {
  const auto* const found =
      std::ranges::find(kStatuses, text, [](const auto& s) { return s.second; });
  if (found == kStatuses.end()) return std::nullopt;
  return found->first;
}

bool may_follow(SheetStatus before, SheetStatus after) {
  using enum SheetStatus;
  switch (before) {
    case kDraft:
    case kInReview:
      return after == kDraft || after == kInReview || after == kApproved;
    case kApproved:
      return after == kDraft || after == kApproved || after == kFiled;
    case kFiled:
      return after == kRevised;
    case kRevised:
      return false;
  }
  return false;
}

Result<std::vector<SheetRevision>> sheet_revisions(const Database& database, std::int64_t episode,
                                                   std::string_view cut) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT id, episode, cut, revision, status, incomplete, approved, "
                                 "document, society FROM sheet WHERE episode = ?1 AND cut = ?2 "
                                 "ORDER BY revision"));
  return all_rows(query.bind(episode, cut), read_revision);
}

Result<SheetRevision> newest_revision(const Database& database, std::int64_t episode,
                                      std::string_view cut) {
  ND_TRY_ASSIGN(auto revisions, sheet_revisions(database, episode, cut));
  if (revisions.empty()) return first_draft(episode, cut);
  return std::move(revisions.back());
}

Result<std::vector<SheetStep>> sheet_steps(const Database& database, std::int64_t episode,
                                           std::string_view cut) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT made_at, author, revision, before, after, reason "
                                 "FROM sheet_step WHERE episode = ?1 AND cut = ?2 ORDER BY id"));
  return all_rows(query.bind(episode, cut), read_step);
}

Result<void> take_sheet_step(Catalogue& catalogue, const SheetRevision& revision,
                             const SheetStep& step) {
  const Database& database = catalogue.database();
  ND_TRY(check_text(step.author, "the author"));
  ND_TRY(check_text(step.reason, "the reason"));
  ND_TRY(check_text(revision.incomplete, "why the sheet is incomplete"));
  ND_TRY(check_text(revision.society, "the society"));
  ND_TRY_ASSIGN(Transaction transaction, Transaction::begin(database, Transaction::Kind::kWrite));
  ND_TRY(check_entity(database, {EntityKind::kEpisode, revision.episode}));
  ND_TRY_ASSIGN(const SheetRevision stored,
                newest_revision(database, revision.episode, revision.cut));
  ND_TRY(check_step(stored, revision, step));
  if (step.after == SheetStatus::kRevised) {
    ND_TRY(begin_next(database, stored, revision));
  } else {
    ND_TRY(store_revision(database, revision, step.after));
  }
  ND_TRY(database.run(
      "INSERT INTO sheet_step (episode, cut, made_at, author, revision, before, after, reason) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      revision.episode, revision.cut, step.at, step.author, revision.revision,
      to_string(step.before), to_string(step.after), step.reason));
  return transaction.commit();
}

}  // namespace needledrop
