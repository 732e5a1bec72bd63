#include "catalogue/credits.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "catalogue/catalogue_state.h"
#include "catalogue/parties.h"

namespace needledrop {
namespace {

constexpr std::string_view kQuery =
    "SELECT id, entity_kind, entity, party, role, share, society, provenance, standing FROM credit";

Credit read_row(Statement& row) {
  Credit credit;
  credit.id = row.read<std::int64_t>();
  credit.of = read_entity(row);
  credit.party = row.read<std::int64_t>();
  auto role = read_role(row.read<std::string>());
  if (!role.has_value()) row.mark_damaged();
  credit.role = role.value_or(credit.role);
  if (const auto share = row.read<std::optional<std::int64_t>>()) credit.share = Share{*share};
  credit.society = row.read<std::string>();
  credit.provenance = row.read<std::int64_t>();
  credit.standing = read_fact_standing(row);
  return credit;
}

template <typename... Values>
Result<std::vector<Credit>> credits_where(const Database& database, std::string_view condition,
                                          const Values&... values) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare(fmt::format("{} WHERE {} ORDER BY id", kQuery, condition)));
  return all_rows(query.bind(values...), read_row);
}

std::optional<std::int64_t> millionths(const std::optional<Share>& share) {
  if (!share.has_value()) return std::nullopt;
  return share->millionths;
}

bool is_same_statement(const Credit& a, const Credit& b) {
  return std::tie(a.party, a.role, a.share, a.society, a.provenance) ==
         std::tie(b.party, b.role, b.share, b.society, b.provenance);
}

/// What holds of the credits of one party in one role.
void hold(const std::vector<Credit>& same, HeldCredits& held) {
  const auto preferred = std::ranges::find(same, FactStanding::kPreferred, &Credit::standing);
  if (preferred != same.end()) {
    held.credits.push_back(*preferred);
    return;
  }
  Credit first = same.front();
  bool is_contradicted = false;
  for (const Credit& other : same) {
    is_contradicted = is_contradicted || contradict(first, other);
    if (!first.share.has_value()) first.share = other.share;
    if (first.society.empty()) first.society = other.society;
  }
  held.credits.push_back(first);
  if (is_contradicted) held.conflicts.push_back(same);
}

}  // namespace

Result<std::int64_t> add_credit(CatalogueEdit& edit, const Credit& credit) {
  const Database& database = edit.database();
  ND_TRY(check_text(credit.society, "the society"));
  ND_TRY(check_entity(database, credit.of));
  ND_TRY(party(database, credit.party));
  ND_TRY_ASSIGN(const auto known, credits_of(database, credit.of));
  const auto same = std::ranges::find_if(
      known, [&credit](const Credit& other) { return is_same_statement(credit, other); });
  if (same != known.end()) return same->id;
  ND_TRY(database.run(
      "INSERT INTO credit (entity_kind, entity, party, role, share, society, provenance, standing) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      to_string(credit.of.kind), credit.of.id, credit.party, to_string(credit.role),
      millionths(credit.share), credit.society, credit.provenance, to_string(credit.standing)));
  return database.last_id();
}

Result<void> remove_credit(CatalogueEdit& edit, std::int64_t id) {
  ND_TRY(credit(edit.database(), id));
  return edit.database().run("DELETE FROM credit WHERE id = ?1", id);
}

Result<void> set_credit_standing(CatalogueEdit& edit, std::int64_t id, FactStanding standing) {
  const Database& database = edit.database();
  ND_TRY_ASSIGN(const Credit meant, credit(database, id));
  if (standing == FactStanding::kPreferred) {
    ND_TRY(
        database.run("UPDATE credit SET standing = 'stated' WHERE entity_kind = ?1 "
                     "AND entity = ?2 AND party = ?3 AND role = ?4 AND standing = 'preferred'",
                     to_string(meant.of.kind), meant.of.id, meant.party, to_string(meant.role)));
  }
  return database.run("UPDATE credit SET standing = ?2 WHERE id = ?1", id, to_string(standing));
}

Result<std::vector<Credit>> credits_of(const Database& database, EntityRef of) {
  return credits_where(database, "entity_kind = ?1 AND entity = ?2", to_string(of.kind), of.id);
}

Result<std::vector<Credit>> credits_of_party(const Database& database, std::int64_t party) {
  return credits_where(database, "party = ?1", party);
}

Result<Credit> credit(const Database& database, std::int64_t id) {
  ND_TRY_ASSIGN(auto found, credits_where(database, "id = ?1", id));
  if (!found.empty()) return std::move(found.front());
  return fail(Error::Kind::kNotFound, fmt::format("there is no credit {}", id));
}

bool contradict(const Credit& a, const Credit& b) {
  if (std::tie(a.of, a.party, a.role) != std::tie(b.of, b.party, b.role)) return false;
  const bool share = a.share.has_value() && b.share.has_value() && *a.share != *b.share;
  const bool society = !a.society.empty() && !b.society.empty() && a.society != b.society;
  return share || society;
}

HeldCredits held_credits(std::span<const Credit> credits) {
  std::map<std::tuple<RoleSide, Role, std::int64_t>, std::vector<Credit>> groups;
  for (const Credit& credit : credits) {
    if (credit.standing == FactStanding::kDismissed) continue;
    groups[{side_of(credit.role), credit.role, credit.party}].push_back(credit);
  }
  HeldCredits held;
  for (auto& [key, same] : groups) {
    std::ranges::sort(same, {}, &Credit::id);
    hold(same, held);
  }
  std::ranges::stable_sort(held.credits, [](const Credit& a, const Credit& b) {
    return std::tuple(side_of(a.role), a.role, a.id) < std::tuple(side_of(b.role), b.role, b.id);
  });
  return held;
}

}  // namespace needledrop
