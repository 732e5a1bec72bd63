#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/changeset.h"

namespace needledrop {

/// A change to the catalogue in words.
struct DescribedChange {
  RowChange::Kind kind = RowChange::Kind::kAdded;
  std::string group;  // "work", "credit", "recording of a work": what was changed
  std::string text;   // "Promise: composer Kim Soo-hyun, 50.00", with before and after if changed
  friend bool operator==(const DescribedChange&, const DescribedChange&) = default;
};

/// In the order of `changes`; of a cue and its states and decisions one. Things are called as
/// `database` has them now, else by number.
Result<std::vector<DescribedChange>> describe_changes(const Database& database,
                                                      const std::vector<RowChange>& changes);

/// How many changes of one kind there are to things of one group.
struct ChangeCount {
  RowChange::Kind kind = RowChange::Kind::kAdded;
  std::string group;
  std::size_t count = 0;
  friend bool operator==(const ChangeCount&, const ChangeCount&) = default;
};

/// Added, changed, removed; each by group, in the order in which a group first comes.
std::vector<ChangeCount> count_changes(const std::vector<RowChange>& changes);

/// "added", "changed", "removed".
std::string_view to_string(RowChange::Kind kind);

}  // namespace needledrop
