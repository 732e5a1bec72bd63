#include "desk/removal.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalogue/names.h"
#include "desk/desk.h"
#include "desk/episode_lookup.h"

namespace needledrop {
namespace {

Result<Removable> find_recording(Desk& desk, std::string_view what) {
  ND_TRY_ASSIGN(Recording recording, desk.catalogue().find_recording(what));
  return Removable{RemovableKind::kRecording, recording.id.value, std::move(recording.title)};
}

Result<Removable> find_one_episode(Desk& desk, std::string_view what) {
  ND_TRY_ASSIGN(Episode episode, find_episode(desk, what));
  return Removable{RemovableKind::kEpisode, episode.id, std::move(episode.title)};
}

/// By id, by its whole title, or by the only title that begins with it.
Result<Removable> find_production(Desk& desk, std::string_view what) {
  ND_TRY_ASSIGN(const auto productions, desk.catalogue().productions());
  std::vector<Removable> found;
  for (const Production& production : productions) {
    Removable one{RemovableKind::kProduction, production.id, production.title};
    if (production.title == what || std::to_string(production.id) == what) return one;
    if (production.title.starts_with(what)) found.push_back(std::move(one));
  }
  if (found.empty()) {
    ND_TRY_ASSIGN(const auto named,
                  desk.catalogue().names().search({std::string(what), {EntityKind::kProduction}}));
    for (const FoundName& name : named) {
      if (name.fit != NameFit::kExact) continue;
      ND_TRY_ASSIGN(std::string title, desk.catalogue().names().label(name.entity));
      found.push_back({RemovableKind::kProduction, name.entity.id, std::move(title)});
    }
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return fail(Error::Kind::kNotFound, fmt::format("no production is called \"{}\"", what));
  }
  std::vector<std::string> titles;
  titles.reserve(found.size());
  for (const Removable& one : found) titles.push_back(fmt::format("\"{}\"", one.title));
  return fail(Error::Kind::kAmbiguous,
              fmt::format("\"{}\" fits several productions: {}", what, fmt::join(titles, ", ")));
}

using Finder = Result<Removable> (*)(Desk&, std::string_view);

std::vector<Finder> finders(RemovableKind kind) {
  switch (kind) {
    case RemovableKind::kRecording:
      return {find_recording};
    case RemovableKind::kEpisode:
      return {find_one_episode};
    case RemovableKind::kProduction:
      return {find_production};
    case RemovableKind::kAny:
      break;
  }
  return {find_recording, find_one_episode, find_production};
}

/// The sources that go with it.
Result<std::vector<SourceId>> sources_of(Desk& desk, const Removable& removable) {
  std::vector<SourceId> sources;
  if (removable.kind == RemovableKind::kRecording) {
    sources.emplace_back(static_cast<std::uint32_t>(removable.id));
    return sources;
  }
  ND_TRY_ASSIGN(const auto episodes, desk.catalogue().episodes());
  for (const Episode& episode : episodes) {
    const bool goes = removable.kind == RemovableKind::kEpisode
                          ? episode.id == removable.id
                          : episode.production == removable.id;
    if (!goes) continue;
    ND_TRY_ASSIGN(const auto files, desk.catalogue().files_of(episode.id));
    for (const EpisodeFile& file : files) sources.push_back(file.id);
  }
  std::ranges::sort(sources);
  return sources;
}

Result<void> remove_from_catalogue(Catalogue& catalogue, const Removable& removable) {
  switch (removable.kind) {
    case RemovableKind::kRecording:
      return catalogue.remove_recording(SourceId(static_cast<std::uint32_t>(removable.id)));
    case RemovableKind::kEpisode:
      return catalogue.remove_episode(removable.id);
    case RemovableKind::kProduction:
      return catalogue.remove_production(removable.id);
    case RemovableKind::kAny:
      break;
  }
  return fail(Error::Kind::kInvalidArgument, "nothing in particular is named");
}

}  // namespace

std::string_view to_string(RemovableKind kind) {
  switch (kind) {
    case RemovableKind::kRecording:
      return "recording";
    case RemovableKind::kEpisode:
      return "episode";
    case RemovableKind::kProduction:
      return "production";
    case RemovableKind::kAny:
      break;
  }
  return "anything";
}

Result<Removable> find_removable(Desk& desk, std::string_view what, RemovableKind kind) {
  std::vector<Removable> found;
  for (const Finder find : finders(kind)) {
    auto one = find(desk, what);
    if (one.has_value()) {
      found.push_back(std::move(*one));
    } else if (one.error().kind != Error::Kind::kNotFound) {
      return one.error();
    }
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return fail(Error::Kind::kNotFound,
                fmt::format("the desk has no {} \"{}\"; see needledrop list",
                            kind == RemovableKind::kAny ? "recording, episode or production"
                                                        : to_string(kind),
                            what));
  }
  std::vector<std::string> choices;
  choices.reserve(found.size());
  for (const Removable& one : found) {
    choices.push_back(fmt::format("{} {} \"{}\"", to_string(one.kind), one.id, one.title));
  }
  return fail(Error::Kind::kAmbiguous,
              fmt::format("\"{}\" fits {}; say which with --kind", what, fmt::join(choices, ", ")));
}

Result<void> remove(Desk& desk, const Removable& removable) {
  ND_TRY_ASSIGN(const auto writer, desk.writer());
  ND_TRY_ASSIGN(const std::vector<SourceId> sources, sources_of(desk, removable));
  ND_TRY(remove_from_catalogue(desk.catalogue(), removable));
  return writer->remove(sources);
}

}  // namespace needledrop
