#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "base/units.h"

namespace needledrop {

/// How far long work has come.
struct Progress {
  std::string activity;  // "reading", "listening", "matching"
  std::size_t files_done = 0;
  std::size_t files = 0;
  double share = 0;       // of all the work, in [0, 1]
  Milliseconds sound{0};  // decoded so far
};

/// Told now and then, from one thread at a time.
using ProgressSink = std::function<void(const Progress&)>;

}  // namespace needledrop
