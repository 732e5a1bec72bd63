#include "catalogue/decisions.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "catalogue/catalogue_edit.h"
#include "catalogue/catalogue_state.h"
#include "catalogue/cue_rows.h"
#include "catalogue/text.h"

namespace needledrop {
namespace {

constexpr std::array<std::pair<DecisionKind, std::string_view>, 13> kKinds{{
    {DecisionKind::kRun, "run"},
    {DecisionKind::kAccept, "accept"},
    {DecisionKind::kReject, "reject"},
    {DecisionKind::kRestore, "restore"},
    {DecisionKind::kSet, "set"},
    {DecisionKind::kSplit, "split"},
    {DecisionKind::kMerge, "merge"},
    {DecisionKind::kReassign, "reassign"},
    {DecisionKind::kAdd, "add"},
    {DecisionKind::kTake, "take"},
    {DecisionKind::kDismiss, "dismiss"},
    {DecisionKind::kCarry, "carry"},
    {DecisionKind::kImport, "import"},
}};

/// What a decision did to one cue, as rows.
struct ChangeRow {
  std::int64_t cue = 0;
  SourceId file;
  std::optional<std::int64_t> before;
  std::optional<std::int64_t> after;
  std::optional<std::int64_t> now;  // as which it stands
};

Result<std::vector<ChangeRow>> change_rows(const Database& database, std::int64_t decision) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT d.cue, c.file, d.before, d.after, c.version "
                                 "FROM decision_cue AS d JOIN cue AS c ON c.id = d.cue "
                                 "WHERE d.decision = ?1 ORDER BY d.cue"));
  return all_rows(query.bind(decision), [](Statement& row) {
    ChangeRow change;
    change.cue = row.read<std::int64_t>();
    change.file = SourceId(row.read<SourceId::rep>());
    change.before = row.read<std::optional<std::int64_t>>();
    change.after = row.read<std::optional<std::int64_t>>();
    change.now = row.read<std::optional<std::int64_t>>();
    return change;
  });
}

Decision read_decision(Statement& row) {
  Decision decision;
  decision.id = row.read<std::int64_t>();
  decision.at = row.read<std::string>();
  decision.author = row.read<std::string>();
  const auto kind = decision_kind(row.read<std::string>());
  if (!kind.has_value()) row.mark_damaged();
  decision.kind = kind.value_or(DecisionKind::kSet);
  decision.note = row.read<std::string>();
  const bool is_undone = row.read<std::optional<std::int64_t>>().has_value();
  const bool is_dropped = row.read<int>() != 0;
  if (is_undone) decision.state = Decision::State::kUndone;
  if (is_dropped) decision.state = Decision::State::kDropped;
  return decision;
}

/// `condition` is about d, a decision that touches a cue of the episode ?1 in its cut ?2. (CROSS
/// JOIN makes SQLite begin with the episode, whose decisions are few.)
std::string decisions_query(std::string_view columns, std::string_view condition) {
  return fmt::format(
      "SELECT {} FROM (SELECT DISTINCT t.decision AS id FROM episode_file AS f "
      "CROSS JOIN cue AS c ON c.file = f.id CROSS JOIN decision_cue AS t ON t.cue = c.id "
      "WHERE f.episode = ?1 AND f.cut = ?2) AS e CROSS JOIN decision AS d ON d.id = e.id WHERE {}",
      columns, condition);
}

constexpr std::string_view kColumns =
    "d.id, d.made_at, d.author, d.kind, d.note, d.undone, d.is_dropped";
constexpr std::string_view kStands = "d.undone IS NULL AND d.kind <> 'run'";
constexpr std::string_view kRedoable = "d.undone NOT NULL AND d.is_dropped = 0";

/// With what it changed about that cue; nothing: about all.
Result<Decision> with_changes(const Database& database, Decision decision,
                              std::optional<std::int64_t> cue = std::nullopt) {
  ND_TRY_ASSIGN(const auto rows, change_rows(database, decision.id));
  for (const ChangeRow& row : rows) {
    if (cue.has_value() && row.cue != *cue) continue;
    CueChange& change = decision.changes.emplace_back();
    if (row.before.has_value()) {
      ND_TRY_ASSIGN(change.before, read_cue_version(database, *row.before));
    }
    if (row.after.has_value()) {
      ND_TRY_ASSIGN(change.after, read_cue_version(database, *row.after));
    }
  }
  return decision;
}

Result<Decision> decision_of(const Database& database, std::int64_t id) {
  ND_TRY_ASSIGN(Statement query, database.prepare(fmt::format(
                                     "SELECT {} FROM decision AS d WHERE d.id = ?1", kColumns)));
  ND_TRY_ASSIGN(auto decision, first_row(query.bind(id), read_decision));
  if (!decision.has_value()) return database.corrupt("a decision that must be there is missing");
  return with_changes(database, std::move(*decision));
}

/// What undo and redo reach at once: an episode and the name of one of its cuts.
using Cut = std::pair<std::int64_t, std::string>;

Result<std::set<Cut>> cuts_of(const Database& database, std::int64_t decision) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT DISTINCT f.episode, f.cut FROM decision_cue AS t "
                                 "JOIN cue AS c ON c.id = t.cue JOIN episode_file AS f "
                                 "ON f.id = c.file WHERE t.decision = ?1"));
  ND_TRY_ASSIGN(const auto cuts, all_rows(query.bind(decision), [](Statement& row) {
                  const auto episode = row.read<std::int64_t>();
                  return Cut(episode, row.read<std::string>());
                }));
  return std::set<Cut>(cuts.begin(), cuts.end());
}

struct Redoable {
  std::int64_t id = 0;
  std::vector<Cut> cuts;
};

/// What was undone last comes first.
Result<std::vector<Redoable>> redoable_decisions(const Database& database) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare(
                    fmt::format("SELECT d.id, f.episode, f.cut FROM decision AS d "
                                "CROSS JOIN decision_cue AS t ON t.decision = d.id "
                                "CROSS JOIN cue AS c ON c.id = t.cue CROSS JOIN episode_file AS f "
                                "ON f.id = c.file WHERE {} ORDER BY d.undone DESC, d.id",
                                kRedoable)));
  std::vector<Redoable> redoable;
  while (true) {
    ND_TRY_ASSIGN(const bool has_row, query.step());
    if (!has_row) return redoable;
    const auto id = query.read<std::int64_t>();
    const auto episode = query.read<std::int64_t>();
    if (redoable.empty() || redoable.back().id != id) redoable.push_back({id, {}});
    redoable.back().cuts.emplace_back(episode, query.read<std::string>());
  }
}

/// Nothing that was undone in these cuts can be redone any more. A decision that can't takes those
/// along that were undone before it in any cut that it touches, since they would be redone on top
/// of it. One pass: whatever drops a decision was undone after it.
Result<void> drop_undone(const Database& database, std::set<Cut> cuts) {
  ND_TRY_ASSIGN(const auto redoable, redoable_decisions(database));
  if (redoable.empty()) return {};
  ND_TRY_ASSIGN(Statement drop,
                database.prepare("UPDATE decision SET is_dropped = 1 WHERE id = ?1"));
  for (const Redoable& one : redoable) {
    const auto is_touched = [&](const Cut& cut) { return cuts.contains(cut); };
    if (std::ranges::none_of(one.cuts, is_touched)) continue;
    ND_TRY(drop.bind(one.id).run());
    cuts.insert(one.cuts.begin(), one.cuts.end());
  }
  return {};
}

Result<std::int64_t> store_change(const Database& database, std::int64_t decision,
                                  CueChange& change) {
  std::optional<std::int64_t> before;
  std::int64_t id = 0;
  if (change.before.has_value()) {
    id = change.before->id;
    ND_TRY_ASSIGN(const auto stands, read_cue(database, id));
    if (!stands.has_value() || stands->cue != *change.before) {
      return fail(Error::Kind::kBusy,
                  fmt::format("cue #{} was changed meanwhile; look at it and decide again", id));
    }
    before = stands->version;
  } else {
    ND_TRY_ASSIGN(id, insert_cue(database, change.after->file));
  }
  std::optional<std::int64_t> after;
  if (change.after.has_value()) {
    change.after->id = id;
    ND_TRY_ASSIGN(after, insert_cue_version(database, *change.after));
  }
  ND_TRY(point_cue(database, id, after));
  ND_TRY(database.run(
      "INSERT INTO decision_cue (decision, cue, before, after) VALUES (?1, ?2, ?3, ?4)", decision,
      id, before, after));
  return id;
}

Result<bool> is_decided_in(const Database& database, SourceId file) {
  ND_TRY_ASSIGN(const std::int64_t decided,
                number(database,
                       fmt::format("SELECT EXISTS (SELECT 1 FROM cue AS c JOIN decision_cue AS t "
                                   "ON t.cue = c.id JOIN decision AS d ON d.id = t.decision "
                                   "WHERE c.file = ?1 AND (({}) OR ({})))",
                                   kStands, kRedoable),
                       file));
  return decided != 0;
}

/// Of the decisions about a cut the one that `order` puts last.
Result<std::optional<std::int64_t>> last_decision(const Database& database, std::int64_t episode,
                                                  std::string_view cut, std::string_view condition,
                                                  std::string_view order) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare(fmt::format("{} ORDER BY {} DESC LIMIT 1",
                                             decisions_query("d.id", condition), order)));
  return first_row(query.bind(episode, cut),
                   [](Statement& row) { return row.read<std::int64_t>(); });
}

Result<void> check_followed(const Database& database, const Decision& decision) {
  for (const CueChange& change : decision.changes) {
    const Cue& cue = change.before.has_value() ? *change.before : *change.after;
    ND_TRY_ASSIGN(const bool is_taken, is_decided_in(database, cue.file));
    if (is_taken) return fail(Error::Kind::kBusy, "somebody has decided something meanwhile");
  }
  return {};
}

/// Why a decision can't be taken back: what stands on top of it.
Result<Error> refusal(const Database& database, std::int64_t decision, std::int64_t cue) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare(
                    "SELECT d.id, d.made_at, d.author, d.kind FROM decision AS d "
                    "JOIN decision_cue AS t ON t.decision = d.id WHERE t.cue = ?1 AND d.id <> ?2 "
                    "AND d.undone IS NULL ORDER BY d.id DESC LIMIT 1"));
  ND_TRY_ASSIGN(const auto later, first_row(query.bind(cue, decision), [](Statement& row) {
                  const auto id = row.read<std::int64_t>();
                  const auto at = row.read<std::string>();
                  const auto author = row.read<std::string>();
                  const auto kind = row.read<std::string>();
                  return fmt::format("decision {} ({}, by {}, {})", id, kind, shown(author, 100),
                                     at);
                }));
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("decision {} can't be taken back or made again: {} stands on cue #{}",
                          decision, later.value_or("another state"), cue));
}

/// Within a transaction.
Result<void> store_decision(const Database& database, Decision& decision) {
  if (decision.kind == DecisionKind::kRun) ND_TRY(check_followed(database, decision));
  ND_TRY(database.run("INSERT INTO decision (made_at, author, kind, note) VALUES (?1, ?2, ?3, ?4)",
                      decision.at, decision.author, to_string(decision.kind), decision.note));
  decision.id = database.last_id();
  for (CueChange& change : decision.changes) {
    ND_TRY(store_change(database, decision.id, change));
  }
  // A run touches no file in which anything can be redone.
  if (decision.kind == DecisionKind::kRun) return {};
  ND_TRY_ASSIGN(auto cuts, cuts_of(database, decision.id));
  return drop_undone(database, std::move(cuts));
}

/// What changes nothing is left out.
Result<Decision> checked(Decision decision) {
  ND_TRY(check_text(decision.author, "the author"));
  ND_TRY(check_text(decision.note, "the note of a decision"));
  std::erase_if(decision.changes,
                [](const CueChange& change) { return change.before == change.after; });
  return decision;
}

enum class Direction { kBack, kForward };

Result<Decision> turn(Catalogue& catalogue, std::int64_t episode, std::string_view cut,
                      Direction direction) {
  const Database& database = catalogue.database();
  const bool is_undo = direction == Direction::kBack;
  ND_TRY_ASSIGN(Transaction transaction, Transaction::begin(database, Transaction::Kind::kWrite));
  ND_TRY_ASSIGN(const auto id, is_undo
                                   ? last_decision(database, episode, cut, kStands, "d.id")
                                   : last_decision(database, episode, cut, kRedoable, "d.undone"));
  if (!id.has_value()) {
    return fail(Error::Kind::kNotFound,
                is_undo ? "there is nothing to undo" : "there is nothing to redo");
  }
  ND_TRY_ASSIGN(const auto changes, change_rows(database, *id));
  for (const ChangeRow& change : changes) {
    if (change.now != (is_undo ? change.after : change.before)) {
      ND_TRY_ASSIGN(Error error, refusal(database, *id, change.cue));
      return error;
    }
    ND_TRY(point_cue(database, change.cue, is_undo ? change.before : change.after));
  }
  if (is_undo) {
    ND_TRY(
        database.run("UPDATE decision SET undone = "
                     "(SELECT coalesce(max(undone), 0) + 1 FROM decision WHERE undone NOT NULL) "
                     "WHERE id = ?1",
                     *id));
  } else {
    ND_TRY(database.run("UPDATE decision SET undone = NULL WHERE id = ?1", *id));
  }
  ND_TRY_ASSIGN(Decision decision, decision_of(database, *id));
  ND_TRY(transaction.commit());
  return decision;
}

}  // namespace

std::string_view to_string(DecisionKind kind) {
  return std::ranges::find(kKinds, kind, &std::pair<DecisionKind, std::string_view>::first)->second;
}

std::optional<DecisionKind> decision_kind(std::string_view text) {
  const auto* const found =
      std::ranges::find(kKinds, text, &std::pair<DecisionKind, std::string_view>::second);
  if (found == kKinds.end()) return std::nullopt;
  return found->first;
}

Result<std::vector<Cue>> standing_cues(Catalogue& catalogue, SourceId file) {
  const Database& database = catalogue.database();
  ND_TRY_ASSIGN(Transaction view, Transaction::begin(database, Transaction::Kind::kRead));
  ND_TRY_ASSIGN(auto rows, read_cues_of(database, file));
  std::vector<Cue> cues;
  cues.reserve(rows.size());
  for (CueRow& row : rows) cues.push_back(std::move(row.cue));
  return cues;
}

Result<Cue> standing_cue(Catalogue& catalogue, std::int64_t id) {
  const Database& database = catalogue.database();
  ND_TRY_ASSIGN(Transaction view, Transaction::begin(database, Transaction::Kind::kRead));
  ND_TRY_ASSIGN(auto row, read_cue(database, id));
  if (!row.has_value()) return fail(Error::Kind::kNotFound, fmt::format("cue #{} is gone", id));
  return std::move(row->cue);
}

Result<bool> is_decided(Catalogue& catalogue, SourceId file) {
  return is_decided_in(catalogue.database(), file);
}

Result<std::map<std::int64_t, std::set<std::string>>> decided_cues(Catalogue& catalogue,
                                                                   SourceId file) {
  ND_TRY_ASSIGN(
      Statement query,
      catalogue.database().prepare(fmt::format(
          "SELECT DISTINCT c.id, d.author FROM cue AS c JOIN decision_cue AS t ON t.cue = c.id "
          "JOIN decision AS d ON d.id = t.decision "
          "WHERE c.file = ?1 AND c.version NOT NULL AND {}",
          kStands)));
  query.bind(file);
  std::map<std::int64_t, std::set<std::string>> decided;
  while (true) {
    ND_TRY_ASSIGN(const bool has_row, query.step());
    if (!has_row) return decided;
    const auto id = query.read<std::int64_t>();
    decided[id].insert(query.read<std::string>());
  }
}

Result<std::vector<Decision>> decisions_about(Catalogue& catalogue, std::int64_t cue) {
  const Database& database = catalogue.database();
  ND_TRY_ASSIGN(Transaction view, Transaction::begin(database, Transaction::Kind::kRead));
  ND_TRY_ASSIGN(Statement query,
                database.prepare(fmt::format(
                    "SELECT {} FROM decision_cue AS t JOIN decision AS d ON d.id = t.decision "
                    "WHERE t.cue = ?1 AND {} ORDER BY d.id DESC",
                    kColumns, kStands)));
  ND_TRY_ASSIGN(auto decisions, all_rows(query.bind(cue), read_decision));
  for (Decision& decision : decisions) {
    ND_TRY_ASSIGN(decision, with_changes(database, std::move(decision), cue));
  }
  return decisions;
}

Result<Decision> decide(Catalogue& catalogue, Decision decision) {
  ND_TRY_ASSIGN(decision, checked(std::move(decision)));
  if (decision.changes.empty()) return decision;
  const Database& database = catalogue.database();
  ND_TRY_ASSIGN(Transaction transaction, Transaction::begin(database, Transaction::Kind::kWrite));
  ND_TRY(store_decision(database, decision));
  ND_TRY(transaction.commit());
  return decision;
}

Result<Decision> decide(CatalogueEdit& edit, Decision decision) {
  ND_TRY_ASSIGN(decision, checked(std::move(decision)));
  if (!decision.changes.empty()) ND_TRY(store_decision(edit.database(), decision));
  return decision;
}

Result<Decision> undo_decision(Catalogue& catalogue, std::int64_t episode, std::string_view cut) {
  return turn(catalogue, episode, cut, Direction::kBack);
}

Result<Decision> redo_decision(Catalogue& catalogue, std::int64_t episode, std::string_view cut) {
  return turn(catalogue, episode, cut, Direction::kForward);
}

Result<std::vector<Decision>> decisions_of(Catalogue& catalogue, std::int64_t episode,
                                           std::string_view cut) {
  const Database& database = catalogue.database();
  ND_TRY_ASSIGN(Transaction view, Transaction::begin(database, Transaction::Kind::kRead));
  ND_TRY_ASSIGN(Statement query,
                database.prepare(decisions_query(kColumns, "1") + " ORDER BY d.id DESC"));
  ND_TRY_ASSIGN(auto decisions, all_rows(query.bind(episode, cut), read_decision));
  for (Decision& decision : decisions) {
    ND_TRY_ASSIGN(decision, with_changes(database, std::move(decision)));
  }
  return decisions;
}

}  // namespace needledrop
