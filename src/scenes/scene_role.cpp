#include "scenes/scene_role.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace needledrop {
namespace {

constexpr Milliseconds kLongestEdge{600'000};
/// Pieces of one role may be so far apart: something new is shown between them.
constexpr Milliseconds kGap{6'000};
/// Titles that several other episodes have, and that one has.
constexpr Milliseconds kShortestTitles{4'000};
constexpr Milliseconds kShortestPair{8'000};
constexpr Milliseconds kLongestTitles{180'000};
constexpr Milliseconds kShortestSummary{8'000};
constexpr Milliseconds kLongestSummary{300'000};
/// What sums up shows in a minute what took longer.
constexpr double kCondensed = 1.5;
/// A suggested boundary this close to a role's is the same.
constexpr Milliseconds kSame{2'000};

Milliseconds edge_of(Milliseconds length) {
  return std::min(length / 4, kLongestEdge);
}

bool is_early(const Span& span, Milliseconds length) {
  return (span.start + span.end) / 2 < edge_of(length);
}

bool is_late(const Span& span, Milliseconds length) {
  return (span.start + span.end) / 2 >= length - edge_of(length);
}

SceneRole candidate_role(const CommonFootage& piece, Milliseconds length) {
  const bool is_other_early = is_early(piece.other_span, piece.other_length);
  const bool is_other_late = is_late(piece.other_span, piece.other_length);
  if (is_early(piece.span, length)) {
    if (is_other_early) return SceneRole::kOpening;
    if (piece.is_other_earlier.value_or(true)) return SceneRole::kRecap;
  } else if (is_late(piece.span, length)) {
    if (is_other_late) return SceneRole::kEnding;
    if (!piece.is_other_earlier.value_or(false)) return SceneRole::kPreview;
  }
  return SceneRole::kStory;
}

/// Pieces of one role, close together.
struct Group {
  SceneRole role = SceneRole::kStory;
  Span span;
  Milliseconds covered{0};
  std::vector<CommonFootage> pieces;  // by start

  [[nodiscard]] std::size_t others() const {
    std::set<std::int64_t> distinct;
    for (const CommonFootage& piece : pieces) distinct.insert(piece.other);
    return distinct.size();
  }
};

std::vector<Group> groups_of(SceneRole role, std::vector<CommonFootage> pieces) {
  std::ranges::sort(pieces, {}, [](const CommonFootage& piece) {
    return std::tuple(piece.span, piece.other, piece.other_span);
  });
  std::vector<Group> groups;
  for (const CommonFootage& piece : pieces) {
    if (groups.empty() || piece.span.start > groups.back().span.end + kGap) {
      groups.push_back({role, {piece.span.start, piece.span.start}, Milliseconds(0), {}});
    }
    Group& group = groups.back();
    const Milliseconds from = std::max(piece.span.start, group.span.end);
    group.covered += std::max(Milliseconds(0), piece.span.end - from);
    group.span.end = std::max(group.span.end, piece.span.end);
    group.pieces.push_back(piece);
  }
  return groups;
}

/// Do the pieces lie further apart in the other episodes than here?
bool is_condensed(const Group& group) {
  std::map<std::int64_t, Span> shown;
  for (const CommonFootage& piece : group.pieces) {
    const auto [place, is_first] = shown.emplace(piece.other, piece.other_span);
    if (is_first) continue;
    place->second.start = std::min(place->second.start, piece.other_span.start);
    place->second.end = std::max(place->second.end, piece.other_span.end);
  }
  Milliseconds spread{0};
  for (const auto& [other, span] : shown) spread += span.length();
  return group.pieces.size() >= 2 &&
         static_cast<double>(spread.count()) >
             kCondensed * static_cast<double>(group.span.length().count());
}

bool was_others_end(const Group& group) {
  return std::ranges::all_of(group.pieces, [](const CommonFootage& piece) {
    return is_late(piece.other_span, piece.other_length);
  });
}

bool is_convincing(const Group& group) {
  const bool is_titles = group.role == SceneRole::kOpening || group.role == SceneRole::kEnding;
  const auto titles = group.others() > 1 ? kShortestTitles : kShortestPair;
  const auto [shortest, longest] =
      is_titles ? std::pair(titles, kLongestTitles) : std::pair(kShortestSummary, kLongestSummary);
  if (group.covered < shortest || group.span.length() > longest ||
      group.covered * 5 < group.span.length() * 3) {
    return false;
  }
  return is_titles || is_condensed(group) ||
         (group.role == SceneRole::kRecap && was_others_end(group));
}

/// What is left before or after that is too short for a scene belongs to it.
Span to_the_edge(const Span& span, Milliseconds length) {
  return {span.start < kGap ? Milliseconds(0) : span.start,
          length - span.end < kGap ? std::max(length, span.end) : span.end};
}

}  // namespace

std::string_view to_string(SceneRole role) {
  switch (role) {
    case SceneRole::kStory:
      return "story";
    case SceneRole::kOpening:
      return "opening";
    case SceneRole::kEnding:
      return "ending";
    case SceneRole::kRecap:
      return "recap";
    case SceneRole::kPreview:
      return "preview";
  }
  return "";
}

std::optional<SceneRole> scene_role(std::string_view text) {
  for (const SceneRole each : {SceneRole::kStory, SceneRole::kOpening, SceneRole::kEnding,
                               SceneRole::kRecap, SceneRole::kPreview}) {
    if (to_string(each) == text) return each;
  }
  return std::nullopt;
}

std::vector<Span> role_edges(Milliseconds length) {
  const Milliseconds most = edge_of(length) + kLongestSummary / 2;
  if (2 * most >= length) return {{Milliseconds(0), length}};
  return {{Milliseconds(0), most}, {length - most, length}};
}

std::vector<RoleSpan> find_roles(std::span<const CommonFootage> common, Milliseconds length) {
  std::map<SceneRole, std::vector<CommonFootage>> pieces;
  for (const CommonFootage& piece : common) pieces[candidate_role(piece, length)].push_back(piece);
  pieces.erase(SceneRole::kStory);
  std::vector<Group> groups;
  for (auto& [role, of_role] : pieces) {
    for (Group& group : groups_of(role, std::move(of_role))) {
      if (is_convincing(group)) groups.push_back(std::move(group));
    }
  }
  // Of two that overlap, what more episodes show.
  std::ranges::stable_sort(groups, std::ranges::greater(), [](const Group& group) {
    return std::pair(group.others(), group.covered);
  });
  std::vector<RoleSpan> roles;
  for (const Group& group : groups) {
    const bool overlaps = std::ranges::any_of(roles, [&](const RoleSpan& kept) {
      return kept.span.start < group.span.end && group.span.start < kept.span.end;
    });
    if (!overlaps) roles.push_back({to_the_edge(group.span, length), group.role});
  }
  std::ranges::sort(roles, {}, &RoleSpan::span);
  return roles;
}

std::vector<RoleSpan> roles_by_look(std::span<const SceneLook> scenes, Milliseconds length) {
  constexpr Milliseconds kShortest{10'000};
  constexpr Milliseconds kLongestShot{5'000};
  constexpr double kAllMusic = 0.9;
  const auto is_sung = [&](const SceneLook& scene) {
    return !scene.is_spoken && scene.music >= kAllMusic && scene.span.length() >= kShortest &&
           scene.span.length() <= kLongestTitles;
  };
  std::vector<RoleSpan> roles;
  const auto opening = std::ranges::find_if(scenes, [&](const SceneLook& scene) {
    return is_sung(scene) && scene.span.length() <= scene.shots * kLongestShot;
  });
  if (opening != scenes.end() && is_early(opening->span, length)) {
    roles.push_back({opening->span, SceneRole::kOpening});
  }
  if (!scenes.empty() && is_sung(scenes.back()) && is_late(scenes.back().span, length)) {
    roles.push_back({scenes.back().span, SceneRole::kEnding});
  }
  return roles;
}

std::vector<Span> with_roles(std::span<const Span> suggested, std::span<const RoleSpan> roles) {
  if (suggested.empty()) return {};
  const Span whole{suggested.front().start, suggested.back().end};
  std::vector<Milliseconds> boundaries;
  for (std::size_t i = 1; i < suggested.size(); ++i) boundaries.push_back(suggested[i].start);
  for (const RoleSpan& role : roles) {
    std::erase_if(boundaries, [&](Milliseconds boundary) {
      return boundary > role.span.start - kSame && boundary < role.span.end + kSame;
    });
  }
  for (const RoleSpan& role : roles) {
    for (const Milliseconds edge : {role.span.start, role.span.end}) {
      if (edge > whole.start + kSame && edge < whole.end - kSame) boundaries.push_back(edge);
    }
  }
  std::ranges::sort(boundaries);
  std::vector<Span> scenes;
  Milliseconds start = whole.start;
  for (const Milliseconds boundary : boundaries) {
    if (boundary == start) continue;
    scenes.push_back({start, boundary});
    start = boundary;
  }
  scenes.push_back({start, whole.end});
  return scenes;
}

SceneRole role_of(const Span& scene, std::span<const RoleSpan> roles) {
  const auto shared = [&](const RoleSpan& role) {
    return std::min(scene.end, role.span.end) - std::max(scene.start, role.span.start);
  };
  const auto most = std::ranges::max_element(roles, {}, shared);
  return most != roles.end() && shared(*most) * 2 > scene.length() ? most->role : SceneRole::kStory;
}

}  // namespace needledrop
