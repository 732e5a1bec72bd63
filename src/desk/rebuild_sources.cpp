#include "desk/rebuild_sources.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/worker_pool.h"
#include "desk/adding_progress.h"
#include "desk/catalogue_recurrence.h"
#include "desk/desk.h"
#include "desk/listening.h"
#include "desk/merge_index.h"
#include "desk/recording_commit.h"
#include "media/media_file.h"

namespace needledrop {
namespace {

/// Recordings decoded between two commits: bounds memory, and what a stop can cost.
constexpr std::size_t kGroup = 64;

/// What is missing, as the catalogue describes it.
struct Missing {
  std::vector<Recording> recordings;
  std::vector<EpisodeFile> episodes;
};

Result<Missing> missing_from(Desk& desk) {
  ND_TRY_ASSIGN(const std::vector<SourceId> ids, desk.missing_sources());
  ND_TRY_ASSIGN(const auto files, desk.catalogue().episode_files());
  Missing missing;
  for (const SourceId id : ids) {
    const auto file = std::ranges::find(files, id, &EpisodeFile::id);
    if (file != files.end()) {
      missing.episodes.push_back(*file);
    } else if (auto recording = desk.catalogue().recording(id); recording.has_value()) {
      missing.recordings.push_back(std::move(*recording));
    }
  }
  return missing;
}

InputFile input_file(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return {path, error ? 0 : size};
}

std::vector<InputFile> files_of(const Missing& missing) {
  std::vector<InputFile> files;
  for (const Recording& recording : missing.recordings) {
    files.push_back(input_file(recording.paths.front()));
  }
  for (const EpisodeFile& file : missing.episodes) files.push_back(input_file(file.path));
  return files;
}

/// The recording's file, open, with the sound that it had; or why there is none.
Result<std::unique_ptr<MediaFile>> open_same(const Recording& recording,
                                             const std::stop_token& stop) {
  Error last = fail(Error::Kind::kNotFound, "its file is not there any more");
  for (const std::string& path : recording.paths) {
    if (!is_readable(path)) continue;
    auto media = MediaFile::open(path, {});
    if (!media.has_value()) {
      last = media.error();
      continue;
    }
    const auto digest = (*media)->digest(stop);
    if (digest.has_value() && *digest == recording.digest) return media;
    last = digest.has_value() ? fail(Error::Kind::kNotFound, "its file has another sound now")
                              : digest.error();
    if (last.kind == Error::Kind::kCancelled) break;
  }
  return last;
}

class Rebuilding {
 public:
  Rebuilding(Desk& desk, const RebuildOptions& options, Missing missing, Rebuilt& rebuilt)
      : desk_(desk),
        options_(options),
        missing_(std::move(missing)),
        files_(files_of(missing_)),
        progress_(options.progress, files_),
        rebuilt_(rebuilt) {}

  Result<void> run() {
    progress_.activity("rebuilding");
    ND_TRY_ASSIGN(recurrences_, desk_.catalogue().recurrences());
    std::span<const Recording> rest(missing_.recordings);
    while (!rest.empty()) {
      const std::size_t count = std::min(kGroup, rest.size());
      ND_TRY(rebuild(rest.first(count)));
      rest = rest.subspan(count);
    }
    for (const EpisodeFile& file : missing_.episodes) ND_TRY(rebuild(file));
    return {};
  }

 private:
  Result<PeakList> listen(const Recording& recording) {
    ND_TRY_ASSIGN(const auto media, open_same(recording, options_.stop));
    const std::string& path = recording.paths.front();
    ND_TRY_ASSIGN(Listened heard,
                  listen_to_recording(*media, options_.stop, [&](Milliseconds position) {
                    progress_.position(path, position, recording.duration);
                  }));
    return std::move(heard.peaks);
  }

  /// What was made of a recurrence has no file, and is made again from its episodes.
  std::optional<Result<PeakList>> recall(const Recording& recording) {
    const auto recurrence =
        std::ranges::find(recurrences_, recording.id, &NamedRecurrence::recording);
    if (recurrence == recurrences_.end()) return std::nullopt;
    auto peaks = recurrence_peaks(desk_, *recurrence);
    if (peaks.has_value() && digest_of_peaks(*peaks) == recording.digest) return peaks;
    return fail(Error::Kind::kNotFound,
                fmt::format("it was taken from episodes of which the desk has lost or removed "
                            "some (unknown cue {})",
                            recurrence->id));
  }

  Result<void> rebuild(std::span<const Recording> group) {
    std::vector<std::optional<Result<PeakList>>> heard;
    for (const Recording& recording : group) heard.push_back(recall(recording));
    parallel_for(group.size(), options_.threads, [&](std::size_t i) {
      if (!heard[i].has_value()) heard[i] = listen(group[i]);
    });
    std::vector<HeardRecording> whole;
    for (std::size_t i = 0; i < group.size(); ++i) {
      Result<PeakList>& peaks = *heard[i];
      progress_.file_done(group[i].paths.front());
      if (peaks.has_value()) {
        whole.push_back({group[i], std::move(*peaks)});
      } else if (peaks.error().kind != Error::Kind::kCancelled) {
        fail_with(group[i].id, group[i].paths.front(), peaks.error(),
                  "put it back and run this again, add it from where it is now, or remove it");
      }
    }
    ND_TRY_ASSIGN(const CommittedRecordings committed, commit_recordings(desk_, std::move(whole)));
    for (const Recording& recording : committed.added) rebuilt_.sources.push_back(recording.id);
    // Left to the next commit, or to `merge`, when it does not work.
    (void)merge_index(desk_, {.most_bytes = kMergedByTheWay,
                              .wait = std::chrono::milliseconds(0),
                              .stop = options_.stop});
    if (options_.stop.stop_requested()) {
      return fail(Error::Kind::kCancelled, "stopped; what was rebuilt stays");
    }
    return {};
  }

  Result<PeakList> listen(const EpisodeFile& file) {
    if (!is_readable(file.path)) {
      return fail(Error::Kind::kNotFound, "its file is not there any more");
    }
    ND_TRY_ASSIGN(const auto media, MediaFile::open(file.path, {}));
    if (media->layout() != file.layout) {
      return fail(Error::Kind::kInvalidArgument,
                  fmt::format("it was heard through {}, chosen with --stream", file.layout));
    }
    ND_TRY_ASSIGN(Listened heard,
                  listen_to_episode(*media, options_.stop, [&](Milliseconds position) {
                    progress_.position(file.path, position, file.duration);
                  }));
    if (heard.sound.digest != file.digest) {
      return fail(Error::Kind::kNotFound, "its file has another sound now");
    }
    return std::move(heard.peaks);
  }

  Result<void> rebuild(const EpisodeFile& file) {
    auto peaks = listen(file);
    progress_.file_done(file.path);
    if (peaks.has_value()) return store(file, std::move(*peaks));
    if (peaks.error().kind == Error::Kind::kCancelled) return peaks.error();
    fail_with(file.id, file.path, peaks.error(), "spot it again, or remove the episode");
    return {};
  }

  Result<void> store(const EpisodeFile& file, PeakList peaks) {
    ND_TRY_ASSIGN(const auto writer, desk_.writer());
    ND_TRY_ASSIGN(Index* const index, desk_.index());
    ND_TRY_ASSIGN(const auto known, desk_.catalogue().file_of(file.digest));
    if (!known.has_value() || index->snapshot()->find(file.id) != nullptr) return {};
    NewSource source;
    source.entry = {file.id, SourceKind::kEpisode, file.digest, peaks.length};
    source.peaks = std::move(peaks);
    ND_TRY(writer->add(std::span(&source, 1)));
    rebuilt_.sources.push_back(file.id);
    return {};
  }

  void fail_with(SourceId id, const std::string& path, const Error& error,
                 std::string_view advice) {
    rebuilt_.failed.push_back({id, path, fmt::format("{}; {}", error.message, advice)});
  }

  Desk& desk_;
  const RebuildOptions& options_;
  Missing missing_;
  std::vector<NamedRecurrence> recurrences_;
  std::vector<InputFile> files_;
  AddingProgress progress_;
  Rebuilt& rebuilt_;
};

}  // namespace

Result<void> rebuild_sources(Desk& desk, const RebuildOptions& options, Rebuilt& rebuilt) {
  ND_TRY_ASSIGN(Index* const index, desk.index());
  if (!index->unreadable().empty()) return {};
  ND_TRY_ASSIGN(Missing missing, missing_from(desk));
  return Rebuilding(desk, options, std::move(missing), rebuilt).run();
}

}  // namespace needledrop
