#pragma once

#include <optional>
#include <string>

#include "catalogue/entities.h"
#include "fingerprint/peak.h"

namespace needledrop {

/// How subtitles lie on the sound.
struct SubtitleFit {
  /// What --subtitles-shift should be; nothing where they lie right.
  std::optional<Milliseconds> shift;
  double rate = 1;  // other than 1: no shift helps, they were made for another frame rate

  [[nodiscard]] bool is_right() const { return !shift.has_value() && rate == 1; }
};

/// Compares the dialogue's lines with where somebody speaks. Fits right when it is not sure that it
/// doesn't: a shift of less than 0.4 s may be how these subtitles are cut.
SubtitleFit subtitle_fit(const Dialogue& dialogue, const PeakList& peaks);

/// One line that tells a person what to do; "" when they lie right.
std::string fit_warning(const Dialogue& dialogue, const SubtitleFit& fit);

}  // namespace needledrop
