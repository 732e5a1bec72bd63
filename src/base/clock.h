#pragma once

#include <chrono>
#include <string>

namespace needledrop {

/// The seam to time: "now" for records, and waiting. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual std::chrono::system_clock::time_point now() const = 0;
  virtual void sleep(std::chrono::milliseconds duration) = 0;
};

/// YYYY-MM-DDTHH:MM:SSZ.
std::string utc_text(std::chrono::system_clock::time_point time);

/// The system's clock; lives as long as the process.
Clock& system_clock();

}  // namespace needledrop
