#include "fingerprint/fingerprinter.h"

#include <algorithm>
#include <iterator>

#include "fingerprint/column.h"
#include "fingerprint/level_meter.h"
#include "fingerprint/peak_picker.h"
#include "fingerprint/texture_meter.h"

namespace needledrop {
namespace {

/// Peaks of an episode a tick, of both channels, and of the longest sound that is provided for:
/// what a container claims costs nothing but addresses.
constexpr std::size_t kPeaksATick = 10;
constexpr std::int32_t kMostExpected = 6 * 3'600 * kAnalysisRate / kHop;

Reach least_reach(Detail detail) {
  return detail == Detail::kRecording ? Reach::kFar : Reach::kNear;
}

/// One channel's columns to its peaks, and to its texture where that is wanted.
struct ChannelStages final : ColumnSink {
  ChannelStages(Channel channel, Detail detail)
      : has_texture(detail == Detail::kEpisode), picker(channel, least_reach(detail), peaks) {}

  void on_column(std::span<const float> power) override {
    picker.on_column(power);
    if (has_texture) {
      texture.on_column(power);
    }
  }

  bool has_texture;
  std::vector<Peak> peaks;
  PeakPicker picker;
  TextureMeter texture;
};

}  // namespace

struct Fingerprinter::Stages {
  explicit Stages(Detail detail)
      : mid(Channel::kMid, detail), side(Channel::kSide, detail), columns(mid, side) {}

  ChannelStages mid;
  ChannelStages side;
  ColumnMaker columns;
  LevelMeter levels;
  std::size_t samples = 0;
  std::vector<Peak> peaks;  // of both channels, in order

  /// Moves what the channels have found behind what is there: having had the same samples, both
  /// have come to the same tick.
  void gather() {
    std::merge(mid.peaks.begin(), mid.peaks.end(), side.peaks.begin(), side.peaks.end(),
               std::back_inserter(peaks));
    mid.peaks.clear();
    side.peaks.clear();
  }
};

Fingerprinter::Fingerprinter(Detail detail, Tick expected)
    : stages_(std::make_unique<Stages>(detail)) {
  // Growing would hold the list twice over each time it moves.
  if (detail == Detail::kEpisode) {
    const std::int32_t ticks = std::clamp(expected.value, 0, kMostExpected);
    stages_->peaks.reserve(static_cast<std::size_t>(ticks) * kPeaksATick);
  }
}
Fingerprinter::~Fingerprinter() = default;

void Fingerprinter::on_block(const Block& block) {
  stages_->columns.on_samples(block.mid, block.side);
  stages_->levels.on_block(block);
  stages_->samples += block.mid.size();
  stages_->gather();
}

PeakList Fingerprinter::finish() {
  stages_->columns.finish();
  stages_->mid.picker.finish();
  stages_->side.picker.finish();
  PeakList list;
  list.length = Tick(static_cast<std::int32_t>((stages_->samples + kHop - 1) / kHop));
  list.levels = stages_->levels.finish();
  list.textures = {stages_->mid.texture.finish(), stages_->side.texture.finish()};
  stages_->gather();
  list.peaks = std::move(stages_->peaks);
  return list;
}

}  // namespace needledrop
