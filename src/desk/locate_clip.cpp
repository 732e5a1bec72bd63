#include "desk/locate_clip.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/worker_pool.h"
#include "desk/align_recordings.h"
#include "desk/desk.h"
#include "desk/episode_footage.h"
#include "desk/episode_identity.h"
#include "desk/identify_clip.h"
#include "desk/input_files.h"
#include "desk/listening.h"
#include "desk/located_places.h"
#include "desk/missing_recordings.h"
#include "media/media_file.h"
#include "media/picture_pass.h"
#include "scenes/clip_pictures.h"
#include "scenes/footage_search.h"
#include "spotting/sound_place.h"

namespace needledrop {
namespace {

/// Claims of a window of the clip, from all episodes, that are looked at closely.
constexpr std::size_t kSettled = 10;

double share_of(Milliseconds position, Milliseconds length) {
  const auto whole = static_cast<double>(std::max(length, Milliseconds(1)).count());
  return std::min(1.0, static_cast<double>(position.count()) / whole);
}

/// The work on one clip.
class Locating {
 public:
  Locating(Desk& desk, const LocateOptions& options, LocatedClip& clip)
      : desk_(desk), options_(options), clip_(clip) {}

  Result<void> run() {
    ND_TRY_ASSIGN(const auto media, MediaFile::open(clip_.path, {options_.streams}));
    if (!media->has_sound() && !media->has_picture()) {
      return fail(Error::Kind::kUnsupported, "has neither sound nor picture");
    }
    ND_TRY_ASSIGN(files_, desk_.catalogue().episode_files());
    ND_TRY_ASSIGN(Index* const index, desk_.index());
    snapshot_ = index->snapshot();
    if (media->has_sound()) ND_TRY(hear(*media));
    if (media->has_picture()) ND_TRY(watch(*media));
    clip_.places = join_places(heard_, seen_);
    return name_episodes();
  }

 private:
  Result<void> hear(MediaFile& media) {
    const Milliseconds length = media.duration();
    auto heard = listen_to_episode(media, options_.stop, [&](Milliseconds position) {
      tell("listening", share_of(position, length), position);
    });
    if (!heard.has_value()) {
      if (heard.error().kind != Error::Kind::kUnsupported || !media.has_picture()) {
        return heard.error();
      }
      clip_.warnings.push_back(fmt::format("its sound can't be used: {}; searched by picture alone",
                                           heard.error().message));
      return {};
    }
    clip_.duration = heard->sound.duration;
    clip_.elapsed.decode_cpu = heard->decode_cpu;
    clip_.warnings = std::move(heard->sound.warnings);
    ND_TRY_ASSIGN(const std::vector<SourceId> known, desk_.catalogue().sources());
    ND_TRY_ASSIGN(Relatives relatives, relatives_in(desk_));
    ND_TRY_ASSIGN(clip_.matches, identify(*snapshot_, heard->peaks, std::move(relatives)));
    ND_TRY_ASSIGN(clip_.recordings, keep_known(desk_, clip_.matches));
    ND_TRY_ASSIGN(clip_.missing, missing_recordings(desk_, known, *snapshot_));
    return look_up(heard->peaks);
  }

  Result<void> look_up(const PeakList& peaks) {
    std::vector<SourceId> episodes;
    for (const EpisodeFile& file : files_) {
      if (snapshot_->find(file.id) != nullptr) episodes.push_back(file.id);
    }
    if (episodes.size() < files_.size()) {
      clip_.warnings.push_back(
          fmt::format("{} of the desk's episodes can't be searched by sound now; run: needledrop "
                      "check --repair",
                      files_.size() - episodes.size()));
    }
    Spotter::Control control;
    control.threads = options_.threads;
    control.stop = options_.stop;
    control.progress = [&](double share) { tell("matching sound", share, clip_.duration); };
    ND_TRY_ASSIGN(heard_, find_sound_places(*snapshot_, peaks, episodes, clip_.matches, control));
    return {};
  }

  Result<void> watch(const MediaFile& media) {
    const Milliseconds length = media.duration();
    ClipPictures pictures;
    PictureOptions options;
    options.threads = options_.threads;
    options.stop = options_.stop;
    options.progress = [&](Milliseconds position) {
      tell("watching", share_of(position, length), position);
    };
    const auto decoded = decode_picture(clip_.path, pictures, options);
    if (!decoded.has_value()) {
      if (decoded.error().kind != Error::Kind::kUnsupported || !media.has_sound()) {
        return decoded.error();
      }
      clip_.warnings.push_back(fmt::format("its picture can't be used: {}; searched by sound alone",
                                           decoded.error().message));
      return {};
    }
    clip_.duration = std::max(clip_.duration, decoded->duration);
    clip_.warnings.insert(clip_.warnings.end(), decoded->warnings.begin(), decoded->warnings.end());
    pictures.finish(decoded->duration);
    return compare(pictures);
  }

  Result<void> compare(const ClipPictures& pictures) {
    const FootageSearch search(pictures);
    std::vector<std::pair<SourceId, WindowClaim>> claims;
    const std::size_t batch = std::max(1U, options_.threads);
    for (std::size_t first = 0; first < files_.size(); first += batch) {
      const std::size_t count = std::min(batch, files_.size() - first);
      ND_TRY_ASSIGN(const auto footage, footage_of(first, count));
      std::vector<std::vector<WindowClaim>> found(count);
      parallel_for(count, options_.threads,
                   [&](std::size_t i) { found[i] = search.claims(footage[i], options_.stop); });
      for (std::size_t i = 0; i < count; ++i) {
        for (const WindowClaim& claim : found[i]) claims.emplace_back(files_[first + i].id, claim);
        test_heard(search, files_[first + i].id, footage[i]);
      }
      tell("matching pictures", share(first + count), clip_.duration);
    }
    return settle(search, best_of(std::move(claims)));
  }

  /// Are the pictures there where the sound is from?
  void test_heard(const FootageSearch& search, SourceId file, const Footage& footage) {
    for (const SoundPlace& heard : heard_) {
      if (heard.episode != file) continue;
      for (const FootagePlace& place :
           search.test(footage, heard.span, heard.episode_start - heard.span.start)) {
        seen_.push_back({file, place});
      }
    }
  }

  /// The most alike of each window, by file.
  static std::map<SourceId, std::vector<WindowClaim>> best_of(
      std::vector<std::pair<SourceId, WindowClaim>> claims) {
    std::ranges::stable_sort(claims, [](const auto& a, const auto& b) {
      return std::tuple(a.second.window, -a.second.alignment.likeness) <
             std::tuple(b.second.window, -b.second.alignment.likeness);
    });
    std::map<SourceId, std::vector<WindowClaim>> best;
    std::size_t count = 0;
    for (std::size_t i = 0; i < claims.size(); ++i) {
      if (i == 0 || claims[i].second.window != claims[i - 1].second.window) count = 0;
      if (count++ < kSettled) best[claims[i].first].push_back(claims[i].second);
    }
    return best;
  }

  Result<void> settle(const FootageSearch& search,
                      const std::map<SourceId, std::vector<WindowClaim>>& claims) {
    for (const auto& [file, of_file] : claims) {
      const auto place = std::ranges::find(files_, file, &EpisodeFile::id) - files_.begin();
      ND_TRY_ASSIGN(const auto footage, footage_of(static_cast<std::size_t>(place), 1));
      for (const FootagePlace& found : search.settle(footage.front(), of_file, options_.stop)) {
        seen_.push_back({file, found});
      }
    }
    if (options_.stop.stop_requested()) return fail(Error::Kind::kCancelled, "stopped");
    return {};
  }

  /// That of files [first, first + count); empty where there is none.
  Result<std::vector<Footage>> footage_of(std::size_t first, std::size_t count) {
    std::vector<Footage> footage;
    for (std::size_t i = first; i < first + count; ++i) {
      if (options_.stop.stop_requested()) return fail(Error::Kind::kCancelled, "stopped");
      ND_TRY_ASSIGN(auto known, kept_or_looked_at(i));
      footage.push_back(known.has_value() ? std::move(*known) : Footage());
    }
    return footage;
  }

  /// What is damaged in the desk is made again from the file.
  Result<std::optional<Footage>> kept_or_looked_at(std::size_t i) {
    auto kept = kept_footage(desk_, files_[i].id);
    const bool is_damaged = !kept.has_value() && kept.error().kind == Error::Kind::kCorrupt;
    const bool is_missing = kept.has_value() && !kept->has_value();
    if (!is_damaged && !is_missing) return kept;
    return look_at(i);
  }

  /// A file that can't be looked at is named in a warning, once.
  Result<std::optional<Footage>> look_at(std::size_t i) {
    const EpisodeFile& file = files_[i];
    if (const auto known = looked_at_.find(file.id); known != looked_at_.end()) {
      return std::optional<Footage>(known->second);
    }
    PictureOptions options;
    options.threads = options_.threads;
    options.stop = options_.stop;
    options.progress = [&](Milliseconds position) {
      const double within = share_of(position, file.duration) / static_cast<double>(files_.size());
      tell("looking at episodes", share(i) + within, position);
    };
    auto seen = look_at_footage(desk_, file, options);
    if (!seen.has_value()) {
      if (seen.error().kind == Error::Kind::kCancelled) return seen.error();
      clip_.warnings.push_back(fmt::format("the picture of {} could not be searched: {}", file.path,
                                           seen.error().message));
      seen = SeenFootage();
    }
    if (seen->not_kept.has_value()) {
      clip_.warnings.push_back(
          fmt::format("the pictures of {} were not kept: {}", file.path, seen->not_kept->message));
    }
    const Footage& footage = looked_at_[file.id] = std::move(seen->footage);
    return std::optional<Footage>(footage);
  }

  Result<void> name_episodes() {
    std::vector<SourceId> named;
    for (const LocatedPlace& place : clip_.places) named.push_back(place.file);
    for (const EpisodeFile& file : files_) {
      if (std::ranges::find(named, file.id) == named.end()) continue;
      auto episode = desk_.catalogue().episode(file.episode);
      if (!episode.has_value()) {
        if (episode.error().kind != Error::Kind::kNotFound) return episode.error();
        // Removed while the clip was searched for.
        std::erase_if(clip_.places,
                      [&](const LocatedPlace& place) { return place.file == file.id; });
        continue;
      }
      ND_TRY_ASSIGN(std::string production,
                    production_title(desk_.catalogue(), episode->production));
      clip_.episodes.push_back({file, std::move(*episode), std::move(production)});
    }
    std::ranges::sort(clip_.episodes, {}, [](const LocatedEpisode& each) { return each.file.id; });
    return {};
  }

  [[nodiscard]] double share(std::size_t files) const {
    return static_cast<double>(files) / static_cast<double>(files_.size());
  }
  void tell(const char* activity, double share, Milliseconds position) {
    options_.progress({activity, 0, 1, share, position});
  }

  Desk& desk_;
  const LocateOptions& options_;
  LocatedClip& clip_;
  std::vector<EpisodeFile> files_;  // of all episodes, by id
  std::shared_ptr<const Snapshot> snapshot_;
  std::vector<SoundPlace> heard_;
  std::vector<PicturePlace> seen_;
  std::map<SourceId, Footage> looked_at_;  // that could not be read from the desk
};

}  // namespace

std::string_view to_string(FoundBy by) {
  switch (by) {
    case FoundBy::kSound:
      return "sound";
    case FoundBy::kPicture:
      return "picture";
    case FoundBy::kBoth:
      return "both";
  }
  return "";
}

Result<LocatedClip> locate_clip(Desk& desk, const std::string& path, const LocateOptions& options) {
  const Stopwatch watch;
  const InputFiles named = find_input_files(std::span(&path, 1));
  if (!named.failures.empty()) return named.failures.front().error;
  LocatedClip clip;
  clip.path = path;
  ND_TRY(Locating(desk, options, clip).run());
  const auto decoding = clip.elapsed.decode_cpu;
  clip.elapsed = watch.elapsed();
  clip.elapsed.decode_cpu = decoding;
  return clip;
}

}  // namespace needledrop
