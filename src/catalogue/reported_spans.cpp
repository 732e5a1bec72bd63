#include "catalogue/reported_spans.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "catalogue/run_cues.h"

namespace needledrop {
namespace {

/// A cue's wish to have a span.
struct Claim {
  Span span;
  std::size_t cue = 0;
  bool is_persons = false;
};

std::vector<Claim> claims_of(std::span<const Cue> cues, Milliseconds running_time) {
  std::vector<Claim> claims;
  for (std::size_t i = 0; i < cues.size(); ++i) {
    if (cues[i].standing == CueStanding::kRejected) continue;
    const bool is_persons = !cues[i].reported.empty();
    for (const Span& span : is_persons ? cues[i].reported : cues[i].spans) {
      const Span inside{std::max(span.start, Milliseconds(0)), std::min(span.end, running_time)};
      if (inside.start < inside.end) claims.push_back({inside, i, is_persons});
    }
  }
  return claims;
}

std::vector<Milliseconds> borders_of(const std::vector<Claim>& claims) {
  std::vector<Milliseconds> borders;
  for (const Claim& claim : claims) {
    borders.push_back(claim.span.start);
    borders.push_back(claim.span.end);
  }
  std::ranges::sort(borders);
  borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
  return borders;
}

/// Runs of units that are taken: the first, and the one after the last.
using Taken = std::map<std::int64_t, std::int64_t>;

bool is_free(const Taken& taken, std::int64_t unit) {
  const auto after = taken.upper_bound(unit);
  return after == taken.begin() || std::prev(after)->second <= unit;
}

struct UnitSpan {
  std::int64_t first = 0;
  std::int64_t end = 0;
};

}  // namespace

Milliseconds total_length(std::span<const Span> spans) {
  Milliseconds total{0};
  for (const Span& span : spans) total += span.length();
  return total;
}

std::vector<std::vector<Span>> carve_out(std::span<const Cue> cues, Milliseconds running_time) {
  const std::vector<Claim> claims = claims_of(cues, running_time);
  const std::vector<Milliseconds> borders = borders_of(claims);
  const auto rank = [&](const Claim& claim) {
    const Cue& cue = cues[claim.cue];
    return std::tuple(claim.is_persons, claim.span.start, cue.id, cue.recording, claim.span.end);
  };
  std::vector<std::vector<Span>> carved(cues.size());
  for (std::size_t i = 0; i + 1 < borders.size(); ++i) {
    const Claim* owner = nullptr;
    for (const Claim& claim : claims) {
      const bool is_heard = claim.span.start <= borders[i] && claim.span.end > borders[i];
      if (is_heard && (owner == nullptr || rank(*owner) < rank(claim))) owner = &claim;
    }
    if (owner != nullptr) carved[owner->cue].push_back({borders[i], borders[i + 1]});
  }
  for (std::vector<Span>& spans : carved) spans = joined_spans(std::move(spans));
  return carved;
}

std::int64_t unit_number(Milliseconds time, const ReportingUnit& unit) {
  const std::int64_t numerator = unit.per_second.numerator;
  const std::int64_t denominator = std::int64_t{1'000} * unit.per_second.denominator;
  return (2 * time.count() * numerator + denominator) / (2 * denominator);
}

Milliseconds unit_start(std::int64_t number, const ReportingUnit& unit) {
  const std::int64_t numerator = unit.per_second.numerator;
  const std::int64_t denominator = std::int64_t{1'000} * unit.per_second.denominator;
  return Milliseconds((2 * number * denominator + numerator) / (2 * numerator));
}

std::vector<std::vector<Span>> rounded_spans(std::span<const std::vector<Span>> carved,
                                             const ReportingUnit& unit, Milliseconds running_time) {
  std::int64_t most = unit_number(running_time, unit);
  if (unit_start(most, unit) > running_time) --most;
  std::vector<std::vector<UnitSpan>> rounded(carved.size());
  Taken taken;
  std::vector<std::pair<Span, std::size_t>> vanished;  // longest span, cue
  for (std::size_t i = 0; i < carved.size(); ++i) {
    for (const Span& span : carved[i]) {
      const UnitSpan whole{std::min(unit_number(span.start, unit), most),
                           std::min(unit_number(span.end, unit), most)};
      if (whole.first == whole.end) continue;
      rounded[i].push_back(whole);
      taken[whole.first] = whole.end;
    }
    if (!rounded[i].empty() || carved[i].empty()) continue;
    vanished.emplace_back(*std::ranges::max_element(carved[i], {}, &Span::length), i);
  }
  std::ranges::sort(vanished);
  for (const auto& [span, cue] : vanished) {
    const std::int64_t at = unit_number(span.start, unit);
    for (const std::int64_t first : {at, at - 1}) {
      if (first < 0 || first >= most || !is_free(taken, first)) continue;
      rounded[cue].push_back({first, first + 1});
      taken[first] = first + 1;
      break;
    }
  }
  std::vector<std::vector<Span>> result(carved.size());
  for (std::size_t i = 0; i < rounded.size(); ++i) {
    for (const UnitSpan& whole : rounded[i]) {
      result[i].push_back({unit_start(whole.first, unit), unit_start(whole.end, unit)});
    }
    result[i] = joined_spans(std::move(result[i]));
  }
  return result;
}

std::vector<bool> below_minimum(std::span<const std::vector<Span>> reported, Milliseconds minimum) {
  std::vector<bool> is_short;
  for (const std::vector<Span>& spans : reported) {
    is_short.push_back(!spans.empty() && total_length(spans) < minimum);
  }
  return is_short;
}

}  // namespace needledrop
