#include "cli/progress_line.h"

#include <fmt/format.h>

#include "cli/wording.h"

namespace needledrop {
namespace {

constexpr std::chrono::milliseconds kRedraw{100};
/// Before that a rate says little.
constexpr std::chrono::duration<double> kSettled{1.0};

}  // namespace

void ProgressLine::show(const Progress& progress) {
  if (!console_.traits().shows_progress) return;
  const auto now = Clock::now();
  if (now - drawn_ < kRedraw) return;
  drawn_ = now;
  console_.show_progress(progress_text(progress, now - started_));
}

std::string progress_text(const Progress& progress, std::chrono::duration<double> elapsed) {
  std::string text = fmt::format("{}  {:3.0f} %", progress.activity, progress.share * 100);
  if (progress.files > 1) {
    text += fmt::format("  {}/{} files", progress.files_done, progress.files);
  }
  if (elapsed < kSettled) return text;
  const double sound = static_cast<double>(progress.sound.count()) / 1000.0;
  if (sound > 0) text += fmt::format("  {:.0f}x", sound / elapsed.count());
  if (progress.share > 0.01) {
    const double left = elapsed.count() * (1 - progress.share) / progress.share;
    text += fmt::format("  {} left", length_text(Milliseconds(static_cast<long>(left * 1000))));
  }
  return text;
}

}  // namespace needledrop
