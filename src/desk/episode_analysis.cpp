#include "desk/episode_analysis.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "desk/desk.h"
#include "desk/input_files.h"
#include "desk/listening.h"
#include "media/media_file.h"

namespace needledrop {
namespace {

/// The file that the desk knows by these audio packets, if its size says that there may be one: the
/// digest takes a reading of the whole file.
Result<std::optional<EpisodeFile>> known_file(Desk& desk, MediaFile& media, std::stop_token stop) {
  ND_TRY_ASSIGN(const bool may_be_known, desk.catalogue().has_file_of_size(media.size()));
  if (!may_be_known) return std::optional<EpisodeFile>();
  ND_TRY_ASSIGN(const Digest digest, media.digest(std::move(stop)));
  return desk.catalogue().file_of(digest);
}

Result<bool> is_indexed(Desk& desk, SourceId id) {
  ND_TRY_ASSIGN(Index* const index, desk.index());
  return index->snapshot()->find(id) != nullptr;
}

/// Fills in what only the container tells.
void describe(AnalysedEpisode& episode, const MediaFile& media, const std::string& path) {
  episode.file.path = path;
  episode.file.size = media.size();
  episode.file.part = episode.identity.part;
  episode.file.cut = episode.identity.cut;
  episode.file.frame_rate = {media.frame_rate().numerator, media.frame_rate().denominator};
  episode.file.start_timecode = media.start_timecode();
  episode.file.layout = media.layout();
}

bool is_other_reading(const EpisodeFile& known, const MediaFile& media,
                      const AnalysisOptions& options) {
  return !options.streams.empty() && known.layout != media.layout();
}

Result<AnalysedEpisode> decode_episode(Desk& desk, MediaFile& media, const std::string& path,
                                       const AnalysisOptions& options) {
  Progress progress{"listening", 0, 1, 0, Milliseconds(0)};
  const auto tell = [&](Milliseconds position) {
    progress.sound = position;
    progress.share = media.duration().count() > 0
                         ? std::min(1.0, static_cast<double>(position.count()) /
                                             static_cast<double>(media.duration().count()))
                         : 0;
    options.progress(progress);
  };
  ND_TRY_ASSIGN(Listened heard, listen_to_episode(media, options.stop, tell));
  AnalysedEpisode episode;
  ND_TRY_ASSIGN(const auto known, desk.catalogue().file_of(heard.sound.digest));
  if (known.has_value()) {
    episode.file = *known;
    ND_TRY_ASSIGN(episode.identity, override_identity(desk.catalogue(), *known, options.overrides));
    ND_TRY_ASSIGN(episode.is_indexed, is_indexed(desk, known->id));
    if (is_other_reading(*known, media, options)) {
      episode.not_to_store = fail(
          Error::Kind::kInvalidArgument,
          fmt::format("the desk has this file as heard through {}; to keep this hearing instead, "
                      "remove episode {} and spot the file again",
                      known->layout, known->episode));
    }
  } else {
    ND_TRY_ASSIGN(
        episode.identity,
        match_identity(desk.catalogue(), read_identity(path, media.tags(), options.overrides)));
    episode.file.digest = heard.sound.digest;
    episode.file.duration = heard.sound.duration;
  }
  describe(episode, media, path);
  episode.peaks = std::move(heard.peaks);
  episode.was_decoded = true;
  episode.warnings = std::move(heard.sound.warnings);
  episode.decode_cpu = heard.decode_cpu;
  return episode;
}

}  // namespace

Result<AnalysedEpisode> analyse_episode(Desk& desk, const std::string& path,
                                        const AnalysisOptions& options) {
  const InputFiles named = find_input_files(std::span(&path, 1));
  if (!named.failures.empty()) return named.failures.front().error;
  ND_TRY_ASSIGN(const auto media, MediaFile::open(path, {options.streams}));
  if (!media->has_sound()) return fail(Error::Kind::kUnsupported, "has no sound");
  ND_TRY_ASSIGN(const auto known, known_file(desk, *media, options.stop));
  if (!known.has_value() || is_other_reading(*known, *media, options)) {
    return decode_episode(desk, *media, path, options);
  }
  ND_TRY_ASSIGN(const bool has_peaks, is_indexed(desk, known->id));
  if (!has_peaks) return decode_episode(desk, *media, path, options);
  ND_TRY_ASSIGN(AnalysedEpisode episode, recall_episode(desk, *known, options.overrides));
  describe(episode, *media, path);
  return episode;
}

Result<AnalysedEpisode> recall_episode(Desk& desk, const EpisodeFile& file,
                                       const EpisodeOverrides& overrides) {
  AnalysedEpisode episode;
  episode.file = file;
  episode.is_indexed = true;
  ND_TRY_ASSIGN(episode.identity, override_identity(desk.catalogue(), file, overrides));
  ND_TRY_ASSIGN(Index* const index, desk.index());
  auto peaks = index->snapshot()->peaks(file.id);
  if (!peaks.has_value()) {
    if (peaks.error().kind != Error::Kind::kNotFound) return peaks.error();
    return fail(Error::Kind::kNotFound,
                "the desk has lost its peaks; run: needledrop check --repair");
  }
  episode.peaks = std::move(*peaks);
  return episode;
}

}  // namespace needledrop
