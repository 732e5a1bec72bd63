#include "fingerprint/fingerprinter.h"

#include <algorithm>
#include <iterator>

#include "fingerprint/column.h"
#include "fingerprint/level_meter.h"
#include "fingerprint/peak_picker.h"

namespace needledrop {
namespace {

Reach least_reach(Detail detail) {
  return detail == Detail::kRecording ? Reach::kFar : Reach::kNear;
}

/// Samples of one channel to its peaks.
struct ChannelStages {
  ChannelStages(Channel channel, Detail detail)
      : picker(channel, least_reach(detail), peaks), columns(picker) {}

  std::vector<Peak> peaks;
  PeakPicker picker;
  ColumnMaker columns;

  void finish() {
    columns.finish();
    picker.finish();
  }
};

}  // namespace

struct Fingerprinter::Stages {
  explicit Stages(Detail detail) : mid(Channel::kMid, detail), side(Channel::kSide, detail) {}

  ChannelStages mid;
  ChannelStages side;
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

Fingerprinter::Fingerprinter(Detail detail) : stages_(std::make_unique<Stages>(detail)) {}
Fingerprinter::~Fingerprinter() = default;

void Fingerprinter::on_block(const Block& block) {
  stages_->mid.columns.on_samples(block.mid);
  stages_->side.columns.on_samples(block.side);
  stages_->levels.on_block(block);
  stages_->samples += block.mid.size();
  stages_->gather();
}

PeakList Fingerprinter::finish() {
  stages_->mid.finish();
  stages_->side.finish();
  PeakList list;
  list.length = Tick(static_cast<std::int32_t>((stages_->samples + kHop - 1) / kHop));
  list.levels = stages_->levels.finish();
  stages_->gather();
  list.peaks = std::move(stages_->peaks);
  return list;
}

}  // namespace needledrop
