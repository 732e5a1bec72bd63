#include "desk/spot_episode.h"

#include <algorithm>
#include <ctime>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "desk/albums.h"
#include "desk/align_recordings.h"
#include "desk/carry_over.h"
#include "desk/desk.h"
#include "desk/episode_cues.h"
#include "desk/missing_recordings.h"
#include "spotting/spotter.h"

namespace needledrop {
namespace {

std::chrono::nanoseconds clock_reading(clockid_t clock) {
  struct timespec now {};
  ::clock_gettime(clock, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

/// A recording may be in the snapshot and not (any more, or not yet) in the catalogue, which
/// decides.
Result<void> drop_unknown(Desk& desk, std::vector<Spot>& spots) {
  ND_TRY_ASSIGN(const std::vector<SourceId> known, desk.catalogue().sources());
  const auto is_unknown = [&](SourceId id) { return !std::ranges::binary_search(known, id); };
  std::erase_if(spots, [&](const Spot& spot) { return is_unknown(spot.recording); });
  for (Spot& spot : spots) {
    std::erase_if(spot.alternatives, [&](const Alternative& a) { return is_unknown(a.recording); });
  }
  return {};
}

/// The file under the lock may have become known since it was looked at: another process was
/// faster.
Result<void> store_peaks(Desk& desk, SpottedEpisode& spotted, PeakList peaks) {
  ND_TRY_ASSIGN(const auto writer, desk.writer());
  ND_TRY_ASSIGN(Index* const index, desk.index());
  ND_TRY_ASSIGN(const auto known, desk.catalogue().file_of(spotted.file.digest));
  if (known.has_value()) {
    spotted.file.id = known->id;
    spotted.file.episode = known->episode;
    spotted.episode.id = known->episode;
  } else if (spotted.file.id == SourceId()) {
    ND_TRY_ASSIGN(const auto ids, desk.catalogue().reserve_sources(1));
    spotted.file.id = ids.front();
  }
  // What can't be read may hold the peaks of a known file, and must not come to hold them twice.
  const bool may_hold_it = known.has_value() && !index->unreadable().empty();
  if (index->snapshot()->find(spotted.file.id) != nullptr || may_hold_it) return {};
  NewSource source;
  source.entry = {spotted.file.id, SourceKind::kEpisode, spotted.file.digest, peaks.length};
  source.peaks = std::move(peaks);
  return writer->add(std::span(&source, 1));
}

/// Findings among all recordings are not replaced by findings among some.
Result<void> keep_better_run(Desk& desk, const SpottedEpisode& spotted) {
  if (spotted.missing.empty() || spotted.file.id == SourceId()) return {};
  ND_TRY_ASSIGN(const auto before, desk.catalogue().run_of(spotted.file.id));
  if (!before.has_value()) return {};
  return fail(Error::Kind::kInvalidArgument,
              "the desk keeps what was found before, when no recording was missing; spot it again "
              "after needledrop check --repair");
}

/// A run that did not see all recordings. No run that did can have this: recordings raise it.
constexpr std::uint64_t kStaleState = 0;

struct Storing {
  std::uint64_t catalogue_state = 0;
  bool is_indexed = false;
};

Result<void> store(Desk& desk, SpottedEpisode& spotted, PeakList peaks, const Storing& storing) {
  if (desk.is_read_only()) {
    return fail(Error::Kind::kIo, fmt::format("the desk {} is read-only", desk.directory()));
  }
  ND_TRY(keep_better_run(desk, spotted));
  if (!storing.is_indexed) ND_TRY(store_peaks(desk, spotted, std::move(peaks)));
  Episode episode = spotted.episode;
  if (!spotted.production.empty()) {
    ND_TRY_ASSIGN(const Production production,
                  desk.catalogue().production_named(spotted.production));
    episode.production = production.id;
  }
  Run run;
  run.file = spotted.file.id;
  run.at = utc_text(desk.clock().now());
  run.catalogue_state = spotted.missing.empty() ? storing.catalogue_state : kStaleState;
  run.spots = spotted.spots;
  run.unidentified = spotted.unidentified;
  ND_TRY_ASSIGN(episode.id, desk.catalogue().store_run(episode, spotted.file, run));
  spotted.episode = episode;
  spotted.file.episode = episode.id;
  return {};
}

/// What is said in the file, and whether that lies on the sound.
Result<TakenDialogue> add_dialogue(Desk& desk, SpottedEpisode& spotted, const PeakList& peaks,
                                   const SpotOptions& options) {
  ND_TRY_ASSIGN(TakenDialogue taken,
                take_dialogue(desk, spotted.file, options.subtitles, options.stop));
  std::ranges::move(taken.warnings, std::back_inserter(spotted.warnings));
  spotted.unread_subtitles = taken.failure;
  spotted.dialogue = taken.dialogue;
  if (spotted.dialogue.has_value()) {
    spotted.subtitle_fit = subtitle_fit(*spotted.dialogue, peaks);
    if (!spotted.subtitle_fit.is_right()) {
      spotted.warnings.push_back(fit_warning(*spotted.dialogue, spotted.subtitle_fit));
    }
  }
  return taken;
}

/// What the recordings of a snapshot that the catalogue knows explain of an episode.
Result<Spotted> search(Desk& desk, const Snapshot& snapshot, const AnalysedEpisode& analysed,
                       const SpotOptions& options) {
  ND_TRY_ASSIGN(Relatives relatives, relatives_in(desk));
  ND_TRY_ASSIGN(Albums albums, albums_in(desk));
  Progress progress{"matching", 0, 1, 0, analysed.file.duration};
  Spotter::Control control;
  control.threads = options.threads;
  control.stop = options.stop;
  control.progress = [&](double share) {
    progress.share = share;
    options.progress(progress);
  };
  const Spotter spotter(snapshot, std::move(relatives), std::move(albums));
  ND_TRY_ASSIGN(Spotted found, spotter.spot(analysed.peaks, control));
  ND_TRY(drop_unknown(desk, found.spots));
  return found;
}

/// Was anything ever carried over to the file? Then a person has undone it.
Result<bool> was_carried_to(Desk& desk, const EpisodeFile& file) {
  ND_TRY_ASSIGN(const auto decisions, decisions_of(desk.catalogue(), file.episode, file.cut));
  return std::ranges::any_of(decisions, [&](const Decision& decision) {
    return decision.kind == DecisionKind::kCarry &&
           std::ranges::any_of(decision.changes, [&](const CueChange& change) {
             return (change.before.has_value() ? change.before : change.after)->file == file.id;
           });
  });
}

/// What was decided about an earlier file of the episode holds for this one, too.
Result<void> carry_decisions(Desk& desk, SpottedEpisode& spotted, const SpotOptions& options) {
  ND_TRY_ASSIGN(const bool was_carried, was_carried_to(desk, spotted.file));
  if (was_carried) return {};
  CarryOptions carrying;
  carrying.cut = spotted.file.cut;
  carrying.threads = options.threads;
  carrying.stop = options.stop;
  const auto carried = carry_over(desk, std::to_string(spotted.episode.id), carrying);
  if (!carried.has_value()) {
    const bool is_nothing = carried.error().kind == Error::Kind::kNotFound;
    return is_nothing ? Result<void>() : carried.error();
  }
  spotted.warnings.push_back(fmt::format(
      "what was decided about {} was carried over to {} of its cues, {} had no counterpart; see "
      "needledrop cues {} history",
      carried->from, carried->reviewed.decision.changes.size(), carried->lost.size(),
      spotted.episode.id));
  return {};
}

/// The run stands whatever becomes of the cues, which follow it at their next use at the latest.
void follow_new_run(Desk& desk, SpottedEpisode& spotted, const SpotOptions& options) {
  if (spotted.not_stored.has_value()) return;
  const auto followed = [&]() -> Result<void> {
    ND_TRY_ASSIGN(const auto run, desk.catalogue().run_of(spotted.file.id));
    if (!run.has_value()) return {};
    ND_TRY_ASSIGN(const PartCues cues, follow_run(desk, spotted.file, *run));
    return cues.is_decided ? Result<void>() : carry_decisions(desk, spotted, options);
  }();
  if (!followed.has_value()) {
    spotted.warnings.push_back("its cues were not stored: " + followed.error().message);
  }
}

}  // namespace

Stopwatch::Stopwatch()
    : wall_(clock_reading(CLOCK_MONOTONIC)), cpu_(clock_reading(CLOCK_PROCESS_CPUTIME_ID)) {}

Elapsed Stopwatch::elapsed() const {
  return {clock_reading(CLOCK_MONOTONIC) - wall_, clock_reading(CLOCK_PROCESS_CPUTIME_ID) - cpu_,
          std::chrono::nanoseconds(0), std::chrono::nanoseconds(0)};
}

Result<std::vector<Recording>> recordings_of(Desk& desk, const std::vector<Spot>& spots) {
  std::set<SourceId> ids;
  for (const Spot& spot : spots) {
    ids.insert(spot.recording);
    for (const Alternative& alternative : spot.alternatives) ids.insert(alternative.recording);
  }
  std::vector<Recording> recordings;
  for (const SourceId id : ids) {
    auto recording = desk.catalogue().recording(id);
    if (recording.has_value()) {
      recordings.push_back(std::move(*recording));
    } else if (recording.error().kind != Error::Kind::kNotFound) {
      return recording.error();
    }
  }
  return recordings;
}

Result<SpottedEpisode> spot_analysed(Desk& desk, AnalysedEpisode analysed,
                                     const SpotOptions& options) {
  // Relations that a stop or a crash has left out; how they turn out is part of the state.
  ND_TRY(align_recordings(desk, {options.threads, options.stop}));
  // Read before the snapshot: what is added in between makes this run stale, never seemingly fresh.
  ND_TRY_ASSIGN(const std::uint64_t state, desk.catalogue().recordings_state());
  ND_TRY_ASSIGN(const std::vector<SourceId> known, desk.catalogue().sources());
  ND_TRY_ASSIGN(Index* const index, desk.index());
  const auto snapshot = index->snapshot();
  SpottedEpisode spotted;
  ND_TRY_ASSIGN(Spotted found, search(desk, *snapshot, analysed, options));
  spotted.spots = std::move(found.spots);
  spotted.unidentified = std::move(found.unidentified);
  spotted.episode = std::move(analysed.identity.episode);
  spotted.production = std::move(analysed.identity.production);
  spotted.file = std::move(analysed.file);
  spotted.was_decoded = analysed.was_decoded;
  spotted.warnings = std::move(analysed.warnings);
  spotted.elapsed.decode_cpu = analysed.decode_cpu;
  spotted.sound = sound_series(analysed.peaks);
  ND_TRY_ASSIGN(spotted.recordings, recordings_of(desk, spotted.spots));
  ND_TRY_ASSIGN(spotted.recurrences, desk.catalogue().recurrences_of(spotted.file.id));
  ND_TRY_ASSIGN(spotted.missing, missing_recordings(desk, known, *snapshot));
  ND_TRY_ASSIGN(const TakenDialogue taken, add_dialogue(desk, spotted, analysed.peaks, options));
  if (analysed.not_to_store.has_value()) {
    spotted.not_stored = std::move(analysed.not_to_store);
    return spotted;
  }
  const auto stored = store(desk, spotted, std::move(analysed.peaks), {state, analysed.is_indexed});
  if (!stored.has_value()) {
    spotted.not_stored = stored.error();
    return spotted;
  }
  const auto kept = store_taken(desk, spotted.file.id, taken);
  if (!kept.has_value()) {
    spotted.warnings.push_back("its subtitles were not stored: " + kept.error().message);
  }
  return spotted;
}

Result<void> add_scenes(Desk& desk, SpottedEpisode& spotted, std::optional<PictureDepth> depth,
                        const SpotOptions& options) {
  std::optional<SeenPicture> seen;
  if (depth.has_value()) {
    std::vector<Span> spoken;
    if (spotted.dialogue.has_value()) {
      for (const SubtitleLine& line : spotted.dialogue->subtitles.lines) {
        spoken.push_back(line.span);
      }
    }
    auto found = look_at_file(desk, spotted.file, spotted.sound, spoken,
                              {*depth, options.threads, options.stop, options.progress});
    if (!found.has_value()) {
      if (found.error().kind == Error::Kind::kCancelled) return found.error();
      spotted.warnings.push_back("no scenes: " + found.error().message);
      return {};
    }
    if (found->has_value()) {
      seen = std::move((*found)->picture);
      spotted.elapsed.scenes_cpu = (*found)->cpu;
      spotted.warnings.insert(spotted.warnings.end(), (*found)->warnings.begin(),
                              (*found)->warnings.end());
    }
  }
  ND_TRY_ASSIGN(FileScenes scenes, scenes_of(desk, spotted.file, std::move(seen)));
  if (scenes.picture.has_value()) spotted.scenes = std::move(scenes);
  follow_new_run(desk, spotted, options);
  return {};
}

Result<void> spot_stale(Desk& desk, const SpotOptions& options, const StaleSink& each) {
  ND_TRY_ASSIGN(const auto stale, desk.catalogue().stale_files());
  SpotOptions of_file = options;
  of_file.subtitles.from = SubtitleWish::From::kStored;
  for (std::size_t i = 0; i < stale.size(); ++i) {
    of_file.progress = [&](const Progress& progress) {
      Progress overall = progress;
      overall.files_done = i;
      overall.files = stale.size();
      overall.share = (static_cast<double>(i) + progress.share) / static_cast<double>(stale.size());
      options.progress(overall);
    };
    const Stopwatch watch;
    ND_TRY_ASSIGN(const auto before, desk.catalogue().run_of(stale[i].id));
    auto spotted = [&]() -> Result<SpottedEpisode> {
      ND_TRY_ASSIGN(AnalysedEpisode analysed, recall_episode(desk, stale[i], {}));
      return spot_analysed(desk, std::move(analysed), of_file);
    }();
    if (!spotted.has_value() && spotted.error().kind == Error::Kind::kCancelled) {
      return spotted.error();
    }
    if (spotted.has_value()) {
      std::vector<Spot> named = before.has_value() ? before->spots : std::vector<Spot>();
      spotted->changes = compare_runs(named, spotted->spots);
      named.insert(named.end(), spotted->spots.begin(), spotted->spots.end());
      ND_TRY_ASSIGN(spotted->recordings, recordings_of(desk, named));
      ND_TRY(add_scenes(desk, *spotted, std::nullopt, of_file));
      spotted->elapsed = watch.elapsed();
    }
    each(stale[i], spotted);
  }
  return {};
}

}  // namespace needledrop
