#include "cuesheet/sheet.h"

#include <algorithm>
#include <array>
#include <utility>

#include "catalogue/reported_spans.h"

namespace needledrop {
namespace {

constexpr std::array<std::pair<SheetStatus, std::string_view>, 5> kStatuses{{
    {SheetStatus::kDraft, "draft"},
    {SheetStatus::kInReview, "in review"},
    {SheetStatus::kApproved, "approved"},
    {SheetStatus::kFiled, "filed"},
    {SheetStatus::kRevised, "revised"},
}};

}  // namespace

std::string_view to_string(Clearance clearance) {
  switch (clearance) {
    case Clearance::kUnchecked:
      return "unchecked";
    case Clearance::kCleared:
      return "cleared";
    case Clearance::kOverLimit:
      return "over the limit";
    case Clearance::kExpired:
      return "expired at broadcast";
    case Clearance::kNone:
      return "no licence";
  }
  return "";
}

std::string_view to_string(SheetStatus status) {
  return std::ranges::find(kStatuses, status, [](const auto& s) { return s.first; })->second;
}

std::optional<SheetStatus> sheet_status(std::string_view text) {
  const auto* const found =
      std::ranges::find(kStatuses, text, [](const auto& s) { return s.second; });
  if (found == kStatuses.end()) return std::nullopt;
  return found->first;
}

Span extent(const SheetCue& cue) {
  return {cue.heard.front().start, cue.heard.back().end};
}

Milliseconds reported_length(const SheetCue& cue) {
  return total_length(cue.reported);
}

}  // namespace needledrop
