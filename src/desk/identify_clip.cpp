#include "desk/identify_clip.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "desk/align_recordings.h"
#include "desk/desk.h"
#include "desk/input_files.h"
#include "desk/listening.h"
#include "desk/missing_recordings.h"
#include "media/media_file.h"

namespace needledrop {

Result<std::vector<Recording>> keep_known(Desk& desk, std::vector<Match>& matches) {
  std::vector<Spot> named;
  for (const Match& match : matches) {
    Spot spot;
    spot.recording = match.recording;
    named.push_back(std::move(spot));
  }
  ND_TRY_ASSIGN(auto recordings, recordings_of(desk, named));
  std::erase_if(matches, [&](const Match& match) {
    return !std::ranges::binary_search(recordings, match.recording, {}, &Recording::id);
  });
  return recordings;
}

Result<IdentifiedClip> identify_clip(Desk& desk, const std::string& path,
                                     const std::string& streams, std::stop_token stop,
                                     const ProgressSink& progress) {
  const Stopwatch watch;
  const InputFiles named = find_input_files(std::span(&path, 1));
  if (!named.failures.empty()) return named.failures.front().error;
  ND_TRY_ASSIGN(const auto media, MediaFile::open(path, {streams}));
  Progress told{"listening", 0, 1, 0, Milliseconds(0)};
  const auto tell = [&](Milliseconds position) {
    const auto length = static_cast<double>(std::max(media->duration(), Milliseconds(1)).count());
    told.sound = position;
    told.share = std::min(1.0, static_cast<double>(position.count()) / length);
    progress(told);
  };
  ND_TRY_ASSIGN(Listened heard, listen_to_episode(*media, std::move(stop), tell));
  ND_TRY_ASSIGN(const std::vector<SourceId> known, desk.catalogue().sources());
  ND_TRY_ASSIGN(Index* const index, desk.index());
  const auto snapshot = index->snapshot();
  IdentifiedClip clip;
  clip.path = path;
  clip.duration = heard.sound.duration;
  clip.warnings = std::move(heard.sound.warnings);
  ND_TRY_ASSIGN(Relatives relatives, relatives_in(desk));
  ND_TRY_ASSIGN(clip.matches, identify(*snapshot, heard.peaks, std::move(relatives)));
  ND_TRY_ASSIGN(clip.recordings, keep_known(desk, clip.matches));
  ND_TRY_ASSIGN(clip.missing, missing_recordings(desk, known, *snapshot));
  clip.elapsed = watch.elapsed();
  clip.elapsed.decode_cpu = heard.decode_cpu;
  return clip;
}

}  // namespace needledrop
