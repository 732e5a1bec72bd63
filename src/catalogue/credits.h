#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/catalogue_edit.h"
#include "catalogue/role.h"

namespace needledrop {

/// Somebody says that a party has a role in something, and with which share.
struct Credit {
  std::int64_t id = 0;
  EntityRef of;
  std::int64_t party = 0;
  Role role = Role::kComposer;
  std::optional<Share> share;  // of the whole work; nothing: not said
  std::string society;         // that collects it; "" not said
  std::int64_t provenance = 0;
  FactStanding standing = FactStanding::kStated;
  friend bool operator==(const Credit&, const Credit&) = default;
};

/// Adds what is not said by this provenance yet: returns its id, old or new. kNotFound when the
/// party or what is credited does not exist.
Result<std::int64_t> add_credit(CatalogueEdit& edit, const Credit& credit);
/// kNotFound.
Result<void> remove_credit(CatalogueEdit& edit, std::int64_t id);
/// Of two that contradict each other at most one is preferred: preferring one ends that of others.
Result<void> set_credit_standing(CatalogueEdit& edit, std::int64_t id, FactStanding standing);
/// By id.
Result<std::vector<Credit>> credits_of(const Database& database, EntityRef of);
Result<std::vector<Credit>> credits_of_party(const Database& database, std::int64_t party);
/// kNotFound.
Result<Credit> credit(const Database& database, std::int64_t id);

/// Do they say different shares, or societies, of one party in one role? What only one of them says
/// is no contradiction.
bool contradict(const Credit& a, const Credit& b);

/// What holds of several credits of one thing.
struct HeldCredits {
  std::vector<Credit> credits;                 // one a party and role, by the side, role, then id
  std::vector<std::vector<Credit>> conflicts;  // that contradict each other with none preferred
};

/// What is dismissed does not count; what is preferred does, against all others of its party and
/// role; otherwise what the first says holds, completed by later ones. Pure.
HeldCredits held_credits(std::span<const Credit> credits);

}  // namespace needledrop
