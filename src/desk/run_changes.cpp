#include "desk/run_changes.h"

#include <algorithm>

namespace needledrop {
namespace {

Milliseconds overlap(const Spot& a, const Spot& b) {
  if (a.recording != b.recording) return Milliseconds(0);
  return std::max(Milliseconds(0),
                  std::min(a.span.end, b.span.end) - std::max(a.span.start, b.span.start));
}

}  // namespace

RunChanges compare_runs(std::span<const Spot> before, std::span<const Spot> after) {
  RunChanges changes;
  std::vector<bool> used(before.size(), false);
  for (const Spot& spot : after) {
    std::size_t best = before.size();
    Milliseconds most{0};
    for (std::size_t i = 0; i < before.size(); ++i) {
      const Milliseconds shared = used[i] ? Milliseconds(0) : overlap(before[i], spot);
      if (shared > most) {
        most = shared;
        best = i;
      }
    }
    if (best == before.size()) {
      changes.added.push_back(spot);
      continue;
    }
    used[best] = true;
    if (before[best].span != spot.span) changes.moved.push_back({before[best], spot});
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!used[i]) changes.gone.push_back(before[i]);
  }
  return changes;
}

}  // namespace needledrop
