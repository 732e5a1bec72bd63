#pragma once

#include <chrono>

namespace needledrop {

/// The seam to time: "now" for records, and waiting. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual std::chrono::system_clock::time_point now() const = 0;
  virtual void sleep(std::chrono::milliseconds duration) = 0;
};

/// The system's clock; lives as long as the process.
Clock& system_clock();

}  // namespace needledrop
