#include "spotting/unexplained.h"

#include <algorithm>

#include "fingerprint/parameters.h"
#include "spotting/candidate_search.h"

namespace needledrop {
namespace {

/// Evidence with which a finding leaves nothing to look for in the windows that it touches.
constexpr double kExplainsForSure = 100;
/// Windows of a run that are chosen at most: this many, and one more for every half minute.
constexpr std::size_t kChosen = 3;
constexpr std::size_t kHalfMinute = 15;

/// Windows that lie in none of the stretches that `filled` gives for the findings.
template <typename Filled>
std::vector<int> windows_without(const PeakGrid& episode, std::span<const Finding> findings,
                                 Filled filled) {
  const int windows = (episode.ticks() + kBlockTicks - 1) / kBlockTicks;
  std::vector<bool> is_filled(static_cast<std::size_t>(windows), false);
  for (const Finding& finding : findings) {
    if (finding.stretch.evidence < kExplains) continue;
    const Stretch stretch = filled(finding);
    const int first = (std::max(0, stretch.first) + kBlockTicks - 1) / kBlockTicks;
    const int last = (stretch.last - kWindowTicks) / kBlockTicks;
    for (int window = first; window <= std::min(last, windows - 1); ++window) {
      is_filled[static_cast<std::size_t>(window)] = true;
    }
  }
  std::vector<int> left;
  for (int window = 0; window < windows; ++window) {
    if (!is_filled[static_cast<std::size_t>(window)]) left.push_back(window);
  }
  return left;
}

/// In its middle.
bool has_music(int window, std::span<const MusicSpan> music) {
  const double middle = (window + 1) * kBlockTicks * 1'000 * kTickSeconds;
  return std::ranges::any_of(music, [&](const MusicSpan& span) {
    return static_cast<double>(span.span.start.count()) <= middle &&
           middle < static_cast<double>(span.span.end.count());
  });
}

}  // namespace

std::vector<int> unexplained_windows(const PeakGrid& episode, std::span<const Finding> findings) {
  return windows_without(episode, findings, [](const Finding& finding) { return finding.stretch; });
}

std::vector<int> strange_windows(const PeakGrid& episode, std::span<const Finding> findings,
                                 std::span<const MusicSpan> music) {
  std::vector<int> windows = windows_without(episode, findings, [](const Finding& finding) {
    const int margin = finding.stretch.evidence >= kExplainsForSure ? kWindowTicks : 0;
    return Stretch{finding.stretch.first - margin, finding.stretch.last + margin, 0};
  });
  if (!episode.list().textures[0].empty()) {
    std::erase_if(windows, [&](int window) { return !has_music(window, music); });
  }
  return windows;
}

std::vector<int> open_windows(const PeakGrid& episode, std::span<const Finding> findings) {
  std::vector<bool> is_explained(static_cast<std::size_t>(std::max(episode.ticks(), 0)), false);
  for (const Finding& finding : findings) {
    if (finding.stretch.evidence < kExplains) continue;
    const int first = std::clamp(finding.stretch.first, 0, episode.ticks());
    const int last = std::clamp(finding.stretch.last, first, episode.ticks());
    std::fill(is_explained.begin() + first, is_explained.begin() + last, true);
  }
  std::vector<int> open = all_windows(episode.ticks());
  std::erase_if(open, [&](int window) {
    const int first = window * kBlockTicks;
    const int last = std::min(first + kWindowTicks, episode.ticks());
    return std::count(is_explained.begin() + first, is_explained.begin() + last, false) <=
           kBlockTicks;
  });
  return open;
}

std::vector<int> sample_of_runs(std::span<const int> windows) {
  std::vector<int> sample;
  for (std::size_t first = 0; first < windows.size();) {
    std::size_t count = 1;
    while (first + count < windows.size() &&
           windows[first + count] == windows[first] + static_cast<int>(count)) {
      ++count;
    }
    const std::size_t chosen = std::min(kChosen + count / kHalfMinute, (count + 1) / 2);
    for (std::size_t i = 0; i < chosen; ++i) {
      sample.push_back(windows[first + (2 * i + 1) * count / (2 * chosen)]);
    }
    first += count;
  }
  return sample;
}

}  // namespace needledrop
