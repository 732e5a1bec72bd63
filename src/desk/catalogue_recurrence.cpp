#include "desk/catalogue_recurrence.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "desk/desk.h"
#include "desk/recording_commit.h"
#include "fingerprint/parameters.h"
#include "spotting/excerpt.h"

namespace needledrop {
namespace {

/// An episode's peaks, where its grid stays valid.
struct Heard {
  explicit Heard(PeakList list) : peaks(std::move(list)), grid(peaks) {}
  PeakList peaks;
  PeakGrid grid;
};

/// "EPISODE#t=12.5,60.25": where the sound was taken from.
Result<std::string> path_of(Desk& desk, const RecurrencePlace& place) {
  ND_TRY_ASSIGN(const auto files, desk.catalogue().episode_files());
  const auto file = std::ranges::find(files, place.episode, &EpisodeFile::id);
  if (file == files.end()) return fail(Error::Kind::kNotFound, "its episode was removed");
  const auto seconds = [](Milliseconds time) { return static_cast<double>(time.count()) / 1'000; };
  return fmt::format("{}#t={},{}", file->path, seconds(place.span.start), seconds(place.span.end));
}

Result<HeardRecording> recording_of(Desk& desk, const NamedRecurrence& recurrence,
                                    const CueIdentity& identity) {
  HeardRecording heard;
  ND_TRY_ASSIGN(heard.peaks, recurrence_peaks(desk, recurrence));
  Recording& recording = heard.recording;
  ND_TRY_ASSIGN(std::string path, path_of(desk, recurrence.music.places[recurrence.music.best]));
  recording.paths = {std::move(path)};
  recording.title = identity.title;
  recording.artist = identity.artist;
  recording.album = identity.album;
  recording.version = identity.version;
  if (!identity.production.empty()) {
    ND_TRY_ASSIGN(const Production production,
                  desk.catalogue().production_named(identity.production));
    recording.production = production.id;
  }
  recording.digest = digest_of_peaks(heard.peaks);
  recording.duration = time_of(heard.peaks.length);
  return heard;
}

}  // namespace

Digest digest_of_peaks(const PeakList& peaks) {
  Digester digester;
  const auto add = [&](std::uint32_t value) {
    const std::array<std::uint8_t, 4> bytes = {
        static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8),
        static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 24)};
    digester.update(bytes);
  };
  add(static_cast<std::uint32_t>(peaks.length.value));
  for (const Peak& peak : peaks.peaks) {
    add(static_cast<std::uint32_t>(peak.tick.value));
    add(std::uint32_t{peak.frequency} | std::uint32_t{peak.level} << 16 |
        static_cast<std::uint32_t>(peak.channel) << 24);
  }
  return digester.digest();
}

Result<PeakList> recurrence_peaks(Desk& desk, const NamedRecurrence& recurrence) {
  const auto& [kind, places, best] = recurrence.music;
  if (best >= places.size()) {
    return fail(Error::Kind::kInvalidArgument, "the episodes that it was heard in were removed");
  }
  ND_TRY_ASSIGN(Index* const index, desk.index());
  const auto snapshot = index->snapshot();
  std::map<SourceId, std::unique_ptr<Heard>> episodes;
  std::vector<ExcerptPlace> excerpts;
  for (const RecurrencePlace& place : places) {
    auto& episode = episodes[place.episode];
    if (episode == nullptr) {
      ND_TRY_ASSIGN(PeakList peaks, snapshot->peaks(place.episode));
      episode = std::make_unique<Heard>(std::move(peaks));
    }
    excerpts.push_back({episode->grid, tick_at(place.span.start).value,
                        tick_at(place.span.end).value, tick_at(place.position).value});
  }
  return excerpt_of(excerpts, best);
}

Result<Recording> catalogue_recurrence(Desk& desk, std::string_view what,
                                       const CueIdentity& identity, const AlignOptions& options) {
  ND_TRY_ASSIGN(const NamedRecurrence recurrence, desk.catalogue().find_recurrence(what));
  if (recurrence.recording != SourceId()) {
    return fail(
        Error::Kind::kInvalidArgument,
        fmt::format("{} is recording {} already", name_of(recurrence), recurrence.recording.value));
  }
  std::vector<HeardRecording> heard(1);
  ND_TRY_ASSIGN(heard.front(), recording_of(desk, recurrence, identity));
  ND_TRY_ASSIGN(const CommittedRecordings committed, commit_recordings(desk, std::move(heard)));
  // A stop between the two commits is made up for by asking again: the sound is known then.
  const Recording recording =
      committed.added.empty() ? committed.known.front() : committed.added.front();
  ND_TRY(desk.catalogue().identify_recurrence(recurrence.id, recording.id));
  const auto aligned = align_recordings(desk, options);
  const bool was_stopped = !aligned.has_value() && aligned.error().kind == Error::Kind::kCancelled;
  if (!aligned.has_value() && !was_stopped) return aligned.error();
  return recording;
}

}  // namespace needledrop
