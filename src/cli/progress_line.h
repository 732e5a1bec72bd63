#pragma once

#include <chrono>

#include "cli/console.h"
#include "desk/progress.h"

namespace needledrop {

/// The one line that is redrawn while long work goes on: how far, how fast, how long still. Shows
/// nothing where there is no terminal. Called from one thread at a time.
class ProgressLine {
 public:
  using Clock = std::chrono::steady_clock;

  explicit ProgressLine(Console& console) : console_(console), started_(Clock::now()) {}
  ~ProgressLine() { console_.clear_progress(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const Progress& progress);
  /// Work of another kind begins: rate and time left start anew.
  void restart() { started_ = Clock::now(); }

 private:
  Console& console_;
  Clock::time_point started_;
  Clock::time_point drawn_{};
};

/// "adding  43 %  12/340 files  210x  0:42 left".
std::string progress_text(const Progress& progress, std::chrono::duration<double> elapsed);

}  // namespace needledrop
