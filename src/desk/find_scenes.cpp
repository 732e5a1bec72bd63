#include "desk/find_scenes.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "desk/spot_episode.h"
#include "fingerprint/parameters.h"
#include "media/picture_pass.h"
#include "scenes/picture_series.h"
#include "scenes/reduced_planner.h"
#include "scenes/shot_list.h"
#include "scenes/transition_finder.h"

namespace needledrop {
namespace {

/// Decibels of a level, which is in halves; the quietest of several looks is what lies under
/// speech.
float quietest(const std::array<std::uint8_t, Texture::kLooks>& looks) {
  return static_cast<float>(*std::ranges::min_element(looks)) / 2;
}

std::array<float, SoundSeries::kMeasures> measures_of(const PeakList& peaks, std::size_t entry) {
  std::array<float, SoundSeries::kMeasures> measures{};
  measures[0] = static_cast<float>(peaks.levels[entry].mid) / 2;
  const auto& textures = peaks.textures[0];
  if (entry >= textures.size()) return measures;
  const Texture& texture = textures[entry];
  for (std::size_t range = 0; range < Texture::kRanges; ++range) {
    measures[1 + range] = quietest(texture.levels[range]);
  }
  // Tenths of the power that stands still: music and hum do, speech and noise don't.
  for (std::size_t band = 0; band < Texture::kBands; ++band) {
    measures[1 + Texture::kRanges + band] = static_cast<float>(texture.steady[band]) / 25.5F;
  }
  return measures;
}

/// Everything that wants to see the thumbs.
class Viewers final : public ThumbSink {
 public:
  void on_thumb(const Thumb& thumb) override {
    meter.on_thumb(thumb);
    maker.on_thumb(thumb);
  }
  PictureMeter meter;
  FootageMaker maker;
};

}  // namespace

SoundSeries sound_series(const PeakList& peaks) {
  static_assert(SoundSeries::kMeasures == 1 + Texture::kRanges + Texture::kBands);
  SoundSeries series;
  series.step =
      std::chrono::round<Milliseconds>(std::chrono::duration<double>(kTickSeconds * kLevelTicks));
  for (std::size_t i = 0; i < peaks.levels.size(); ++i) {
    series.entries.push_back(measures_of(peaks, i));
  }
  return series;
}

Result<FoundScenes> find_scenes(const std::string& path, const SoundSeries& sound,
                                std::span<const Span> dialogue, const SceneOptions& options) {
  const Stopwatch watch;
  const Milliseconds length = sound.step * static_cast<std::int64_t>(sound.entries.size());
  PictureOptions picture_options;
  picture_options.threads = options.threads;
  picture_options.stop = options.stop;
  picture_options.progress = [&](Milliseconds position) {
    const double share = length.count() == 0 ? 0
                                             : static_cast<double>(position.count()) /
                                                   static_cast<double>(length.count());
    options.progress({"watching", 0, 1, std::min(share, 1.0), position});
  };
  Viewers viewers;
  ReducedPlanner planner;
  const bool is_exact = options.depth == PictureDepth::kExact;
  ND_TRY_ASSIGN(DecodedPicture decoded,
                is_exact ? decode_picture(path, viewers, picture_options)
                         : decode_groups(path, planner, viewers, picture_options));
  const PictureSeries series = viewers.meter.finish();
  FoundScenes found;
  found.footage = viewers.maker.finish();
  found.picture.depth = options.depth;
  found.picture.duration = decoded.duration;
  found.picture.transitions = find_transitions(series);
  found.picture.shots = shots_between(found.picture.transitions, series, decoded.duration);
  found.picture.scenes =
      find_scenes({series, found.picture.transitions, found.picture.shots, sound, dialogue});
  found.was_decoded = true;
  found.warnings = std::move(decoded.warnings);
  found.cpu = watch.elapsed().cpu;
  return found;
}

}  // namespace needledrop
