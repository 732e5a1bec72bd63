#pragma once

#include <span>
#include <vector>

#include "base/units.h"
#include "catalogue/entities.h"

namespace needledrop {

/// What is known after a search of the files `searched` (ascending) has found `found`: a found one
/// that lies for the most part where a known one does is that one, with its id and label; each is
/// taken once, the pair that shares most places first. What the search did not look at stays. A
/// recurrence that was not found again loses its places in what was searched, and goes when fewer
/// than two are left, unless somebody has labelled it. Catalogued ones stay as they are. New ones
/// have id 0 and come last, in the order in which they were found.
std::vector<NamedRecurrence> renamed(std::vector<NamedRecurrence> known,
                                     std::span<const SourceId> searched,
                                     std::span<const Recurrence> found);

/// Do two places of one file lie on each other for at least half of the shorter?
bool are_one_place(const RecurrencePlace& x, const RecurrencePlace& y);

}  // namespace needledrop
