#include "desk/subtitle_shift.h"

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "spotting/dialogue_shift.h"
#include "spotting/speech_activity.h"

namespace needledrop {
namespace {

constexpr Milliseconds kLeastShift{400};

double seconds(Milliseconds time) {
  return static_cast<double>(time.count()) / 1'000;
}

}  // namespace

SubtitleFit subtitle_fit(const Dialogue& dialogue, const PeakList& peaks) {
  std::vector<Span> spoken;
  for (const SubtitleLine& line : dialogue.subtitles.lines) {
    if (line.music != line.text) spoken.push_back(line.span);
  }
  SubtitleFit fit;
  const auto found = find_dialogue_shift(speech_activity(peaks), spoken);
  if (!found.has_value()) return fit;
  fit.rate = found->rate;
  const bool is_off = std::chrono::abs(found->shift) >= kLeastShift;
  if (fit.rate == 1 && is_off) {
    // To a tenth of a second: it is not known any better.
    const auto tenths = std::llround(seconds(dialogue.shift + found->shift) * 10);
    fit.shift = Milliseconds(tenths * 100);
  }
  return fit;
}

std::string fit_warning(const Dialogue& dialogue, const SubtitleFit& fit) {
  if (fit.is_right()) return {};
  if (fit.rate != 1) {
    const double percent = (fit.rate - 1) * 100;
    return fmt::format(
        "the subtitles run {:.1f} % {} than the sound: they were made for another frame rate; use "
        "others",
        std::abs(percent), percent > 0 ? "slower" : "faster");
  }
  const Milliseconds by = *fit.shift - dialogue.shift;
  return fmt::format("the subtitles are {:.1f} s {}: add --subtitles-shift {:.1f}",
                     std::abs(seconds(by)), by.count() > 0 ? "early" : "late", seconds(*fit.shift));
}

}  // namespace needledrop
