#include "desk/scene_roles.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "base/worker_pool.h"
#include "desk/desk.h"
#include "desk/dialogue_over.h"
#include "desk/episode_footage.h"
#include "scenes/shared_footage.h"

namespace needledrop {
namespace {

/// Episodes that are compared with a new one: titles are in all, recaps are of the last ones.
constexpr std::size_t kNeighbours = 4;

using Episodes = std::map<std::int64_t, Episode>;

Result<Episodes> all_episodes(Desk& desk) {
  ND_TRY_ASSIGN(auto list, desk.catalogue().episodes());
  Episodes episodes;
  for (Episode& episode : list) episodes.emplace(episode.id, std::move(episode));
  return episodes;
}

/// Where an episode stands in the order of broadcast; nothing when that is not known.
std::optional<std::pair<int, int>> place_of(const Episodes& episodes, std::int64_t id) {
  const auto episode = episodes.find(id);
  if (episode == episodes.end() || !episode->second.number.has_value()) return std::nullopt;
  return std::pair(episode->second.season.value_or(1), *episode->second.number);
}

/// How far apart in that order; far where it is not known.
std::pair<int, int> distance(const Episodes& episodes, std::int64_t a, std::int64_t b) {
  constexpr int kFar = std::numeric_limits<int>::max();
  const auto first = place_of(episodes, a);
  const auto second = place_of(episodes, b);
  if (!first.has_value() || !second.has_value()) return {kFar, kFar};
  return {std::abs(first->first - second->first), std::abs(first->second - second->second)};
}

/// How long before or after the file was met first.
std::uint32_t age(const EpisodeFile& file, const EpisodeFile& other) {
  return std::max(file.id.value, other.id.value) - std::min(file.id.value, other.id.value);
}

/// Files of other episodes of the production, the nearest first; where their order is not known,
/// those that were met next to this one.
Result<std::vector<EpisodeFile>> neighbours_of(Desk& desk, const EpisodeFile& file) {
  ND_TRY_ASSIGN(const Episodes episodes, all_episodes(desk));
  ND_TRY_ASSIGN(auto files, desk.catalogue().episode_files());
  const auto mine = episodes.find(file.episode);
  if (mine == episodes.end()) return std::vector<EpisodeFile>();
  std::erase_if(files, [&](const EpisodeFile& other) {
    const auto its = episodes.find(other.episode);
    return other.episode == file.episode || its == episodes.end() ||
           its->second.production != mine->second.production;
  });
  std::ranges::sort(files, {}, [&](const EpisodeFile& other) {
    return std::tuple(distance(episodes, file.episode, other.episode), age(file, other), other.id);
  });
  files.resize(std::min(files.size(), kNeighbours));
  return files;
}

std::vector<SharedFootage> shared_at_edges(const Footage& footage, Milliseconds length,
                                           const Footage& other) {
  std::vector<SharedFootage> shared;
  for (const Span& edge : role_edges(length)) {
    const auto found = find_shared_footage(footage, edge, other);
    shared.insert(shared.end(), found.begin(), found.end());
  }
  return shared;
}

std::optional<SceneRole> role_of(RecurrenceKind kind) {
  switch (kind) {
    case RecurrenceKind::kTitle:
      return SceneRole::kOpening;
    case RecurrenceKind::kEnding:
      return SceneRole::kEnding;
    case RecurrenceKind::kRecap:
      return SceneRole::kRecap;
    case RecurrenceKind::kPreview:
      return SceneRole::kPreview;
    case RecurrenceKind::kMusic:
    case RecurrenceKind::kJingle:
    case RecurrenceKind::kFootage:
      break;
  }
  return std::nullopt;
}

Result<std::vector<CommonFootage>> common_footage(Desk& desk, const EpisodeFile& file) {
  ND_TRY_ASSIGN(const auto shared, desk.catalogue().shared_footage(file.id));
  std::vector<CommonFootage> common;
  if (shared.empty()) return common;
  ND_TRY_ASSIGN(const Episodes episodes, all_episodes(desk));
  ND_TRY_ASSIGN(const auto files, desk.catalogue().episode_files());
  const auto place = place_of(episodes, file.episode);
  for (const FootageInOther& each : shared) {
    const auto other = std::ranges::find(files, each.other, &EpisodeFile::id);
    if (other == files.end()) continue;
    CommonFootage piece;
    piece.span = each.shared.span;
    piece.other = each.other.value;
    piece.other_span = {each.shared.other_start,
                        each.shared.other_start + each.shared.span.length()};
    piece.other_length = other->duration;
    const auto its = place_of(episodes, other->episode);
    if (place.has_value() && its.has_value() && *its != *place) {
      piece.is_other_earlier = *its < *place;
    }
    common.push_back(piece);
  }
  return common;
}

Milliseconds shared(const Span& a, const Span& b) {
  return std::max(Milliseconds(0), std::min(a.end, b.end) - std::max(a.start, b.start));
}

SceneLook look_of(const Scene& scene, const SeenPicture& picture, const Run& run,
                  const Dialogue& dialogue) {
  SceneLook look;
  look.span = scene.span;
  look.shots = static_cast<int>(std::ranges::count_if(picture.shots, [&](const Shot& shot) {
    return shot.span.start >= scene.span.start && shot.span.start < scene.span.end;
  }));
  std::vector<Span> music;
  for (const Spot& spot : run.spots) music.push_back(spot.span);
  for (const MusicSpan& other : run.unidentified) music.push_back(other.span);
  std::ranges::sort(music);
  Milliseconds heard{0};
  Span rest = scene.span;  // that was not counted yet: spots may overlap
  for (const Span& span : music) {
    heard += shared(span, rest);
    rest.start = std::clamp(span.end, rest.start, rest.end);
  }
  look.music = static_cast<double>(heard.count()) /
               static_cast<double>(std::max<std::int64_t>(1, scene.span.length().count()));
  look.is_spoken = first_line_in(dialogue, scene.span).has_value();
  return look;
}

}  // namespace

Result<void> compare_with_neighbours(Desk& desk, const EpisodeFile& file, const Footage& footage,
                                     unsigned threads, std::stop_token stop) {
  struct Compared {
    EpisodeFile file;
    Footage footage;
    std::vector<SharedFootage> of_file;
    std::vector<SharedFootage> of_other;
  };
  ND_TRY_ASSIGN(auto neighbours, neighbours_of(desk, file));
  std::vector<Compared> compared;
  for (EpisodeFile& other : neighbours) {
    auto kept = kept_footage(desk, other.id);
    if (!kept.has_value() && kept.error().kind != Error::Kind::kCorrupt) return kept.error();
    if (!kept.has_value() || !kept->has_value() || (*kept)->empty()) continue;
    compared.push_back({std::move(other), std::move(**kept), {}, {}});
  }
  parallel_for(compared.size(), threads, [&](std::size_t i) {
    if (stop.stop_requested()) return;
    Compared& other = compared[i];
    other.of_file = shared_at_edges(footage, file.duration, other.footage);
    other.of_other = shared_at_edges(other.footage, other.file.duration, footage);
  });
  if (stop.stop_requested()) return fail(Error::Kind::kCancelled, "stopped");
  for (const Compared& other : compared) {
    ND_TRY(desk.catalogue().store_shared_footage(file.id, other.of_file, other.file.id,
                                                 other.of_other));
  }
  return {};
}

Result<FileRoles> roles_of(Desk& desk, const EpisodeFile& file) {
  FileRoles roles;
  ND_TRY_ASSIGN(const auto common, common_footage(desk, file));
  roles.seen = find_roles(common, file.duration);
  ND_TRY_ASSIGN(const auto recurrences, desk.catalogue().recurrences_of(file.id));
  for (const NamedRecurrence& recurrence : recurrences) {
    const auto role = role_of(recurrence.music.kind);
    if (!role.has_value()) continue;
    for (const RecurrencePlace& place : recurrence.music.places) {
      if (place.episode == file.id) roles.heard.push_back({place.span, *role});
    }
  }
  std::ranges::sort(roles.heard, {},
                    [](const RoleSpan& each) { return std::pair(each.span, each.role); });
  return roles;
}

Result<void> give_roles(Desk& desk, const EpisodeFile& file, const SeenPicture& picture,
                        const FileRoles& roles, std::vector<Scene>& scenes) {
  std::set<SceneRole> given;
  for (Scene& scene : scenes) {
    scene.role = role_of(scene.span, roles.seen);
    if (scene.role == SceneRole::kStory) scene.role = role_of(scene.span, roles.heard);
    given.insert(scene.role);
  }
  ND_TRY_ASSIGN(const auto run, desk.catalogue().run_of(file.id));
  ND_TRY_ASSIGN(const auto dialogues, desk.catalogue().dialogue_of(file.id));
  if (!run.has_value() || dialogues.empty()) return {};
  std::vector<SceneLook> looks;
  looks.reserve(scenes.size());
  for (const Scene& scene : scenes) {
    looks.push_back(look_of(scene, picture, *run, dialogues.front()));
  }
  for (const RoleSpan& found : roles_by_look(looks, file.duration)) {
    if (given.contains(found.role)) continue;
    const auto scene = std::ranges::find(scenes, found.span, &Scene::span);
    if (scene->role == SceneRole::kStory) scene->role = found.role;
  }
  return {};
}

}  // namespace needledrop
