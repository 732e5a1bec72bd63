#include "desk/episode_sheet.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <span>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cuesheet/sheet_maker.h"
#include "desk/desk.h"
#include "desk/episode_identity.h"
#include "desk/episode_lookup.h"
#include "desk/spot_episode.h"

namespace needledrop {
namespace {

Result<void> write_new(FileSystem& files, const std::string& path, std::string_view text) {
  ND_TRY_ASSIGN(const auto file, files.create(path));
  ND_TRY(file->append({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
  ND_TRY(file->sync());
  return file->close();
}

bool is_no_regular_file(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

Result<void> write_through(const std::string& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  bool is_well = file >= 0;
  while (is_well && !text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    is_well = written > 0 || errno == EINTR;
  }
  const std::string reason = is_well ? "" : std::generic_category().message(errno);
  if (file >= 0) ::close(file);
  if (!is_well) return fail(Error::Kind::kIo, fmt::format("{}: {}", path, reason));
  return {};
}

/// A cue that nobody has decided about, as the spot suggests it.
Cue suggested_cue(const Spot& spot, const EpisodeFile& file) {
  Cue cue;
  cue.file = file.id;
  cue.recording = spot.recording;
  cue.spans = {spot.span};
  cue.function = CueFunction::kBackground;
  cue.confidence = spot.confidence;
  cue.level_db = spot.level_db;
  cue.version_decided = spot.version_decided;
  return cue;
}

CueMusic music_of(const Recording& recording) {
  CueMusic music;
  music.title = recording.title;
  music.artist = recording.artist;
  music.album = recording.album;
  music.version = recording.version;
  music.isrc = recording.isrc;
  return music;
}

SheetPart part_of(const EpisodeFile& file) {
  SheetPart part;
  part.part = file.part;
  part.file = file.path.substr(file.path.rfind('/') + 1);
  part.duration = file.duration;
  part.frame_rate = file.frame_rate;
  part.start_timecode = file.start_timecode;
  return part;
}

SheetMaterial material_of(const EpisodeSheet& made) {
  SheetMaterial material;
  material.header.production = made.production;
  material.header.episode_title = made.episode.title;
  material.header.season = made.episode.season;
  material.header.number = made.episode.number;
  material.header.first_transmission = made.episode.air_date.value_or("");
  for (const SpottedFile& part : made.parts) {
    SheetMaterial::Part& of_material = material.parts.emplace_back();
    of_material.part = part_of(part.file);
    std::ranges::transform(part.run.spots, std::back_inserter(of_material.cues),
                           [&](const Spot& spot) { return suggested_cue(spot, part.file); });
  }
  for (const Recording& recording : made.recordings) {
    material.recordings.emplace(recording.id, music_of(recording));
  }
  return material;
}

}  // namespace

Result<std::vector<SpottedFile>> broadcast_parts(Desk& desk, std::int64_t episode) {
  ND_TRY_ASSIGN(const auto files, desk.catalogue().files_of(episode));
  std::map<int, SpottedFile> by_part;
  for (const EpisodeFile& file : files) {
    if (!file.cut.empty()) continue;
    ND_TRY_ASSIGN(auto run, desk.catalogue().run_of(file.id));
    if (!run.has_value()) continue;
    SpottedFile& part = by_part[file.part.value_or(0)];
    if (part.file.id < file.id) part = {file, std::move(*run)};
  }
  std::vector<SpottedFile> parts;
  parts.reserve(by_part.size());
  for (auto& [number, part] : by_part) parts.push_back(std::move(part));
  return parts;
}

Result<EpisodeSheet> make_episode_sheet(Desk& desk, std::string_view what) {
  EpisodeSheet made;
  ND_TRY_ASSIGN(made.episode, find_episode(desk, what));
  ND_TRY_ASSIGN(made.production, production_title(desk.catalogue(), made.episode.production));
  ND_TRY_ASSIGN(made.parts, broadcast_parts(desk, made.episode.id));
  for (SpottedFile& part : made.parts) {
    ND_TRY_ASSIGN(auto dialogues, desk.catalogue().dialogue_of(part.file.id));
    std::optional<Dialogue>& dialogue = made.dialogues.emplace_back();
    if (!dialogues.empty()) dialogue = std::move(dialogues.front());
    std::ranges::stable_sort(part.run.spots, [](const Spot& a, const Spot& b) {
      return std::pair(a.span, a.recording) < std::pair(b.span, b.recording);
    });
    made.spots.insert(made.spots.end(), part.run.spots.begin(), part.run.spots.end());
  }
  ND_TRY_ASSIGN(made.recordings, recordings_of(desk, made.spots));
  ND_TRY_ASSIGN(made.recurrences, desk.catalogue().recurrences());
  ND_TRY_ASSIGN(made.sheet, make_sheet(material_of(made)));
  return made;
}

const Dialogue* dialogue_of_part(const EpisodeSheet& sheet, std::optional<int> part) {
  for (std::size_t i = 0; i < sheet.parts.size(); ++i) {
    if (sheet.parts[i].file.part != part) continue;
    return sheet.dialogues[i].has_value() ? &*sheet.dialogues[i] : nullptr;
  }
  return nullptr;
}

Result<void> save_sheet(FileSystem& files, const std::string& path, std::string_view sheet) {
  if (is_no_regular_file(path)) return write_through(path, sheet);
  const std::string temporary = fmt::format("{}.{}.part", path, ::getpid());
  Result<void> written = write_new(files, temporary, sheet);
  if (written.has_value()) written = files.rename(temporary, path);
  if (!written.has_value()) (void)files.remove(temporary);
  return written;
}

}  // namespace needledrop
