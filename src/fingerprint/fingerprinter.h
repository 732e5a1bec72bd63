#pragma once

#include <memory>

#include "fingerprint/fingerprint.h"
#include "fingerprint/peak.h"
#include "media/block.h"

namespace needledrop {

/// What a peak list is for: recordings keep the far-reaching peaks, episodes keep all.
enum class Detail { kRecording, kEpisode };

/// Blocks in, peak list out: the wiring of the stages. How the sound is cut into blocks does not
/// change a bit of the result. Single-threaded.
class Fingerprinter final : public BlockSink {
 public:
  /// `expected` is how long the sound may be: room is made for an episode's peaks beforehand. It
  /// changes nothing else.
  explicit Fingerprinter(Detail detail, Tick expected = Tick(0));
  ~Fingerprinter() override;

  void on_block(const Block& block) override;
  /// Ends the sound and hands over the peak list. Call once.
  PeakList finish();

 private:
  struct Stages;
  std::unique_ptr<Stages> stages_;
};

/// The hashed landmarks under which a recording is found.
Fingerprint recording_fingerprint(const PeakList& recording);

}  // namespace needledrop
