#include "cuesheet/clock_text.h"

#include <cstdint>
#include <cstdlib>

#include <fmt/format.h>

namespace needledrop {
namespace {

std::int64_t size_of(Milliseconds time) {
  return std::abs(static_cast<std::int64_t>(time.count()));
}

const char* sign_of(Milliseconds time) {
  return time.count() < 0 ? "-" : "";
}

}  // namespace

std::string clock_time(Milliseconds time) {
  const std::int64_t size = size_of(time);
  return fmt::format("{}{:02}:{:02}:{:02}.{:03}", sign_of(time), size / 3'600'000,
                     size / 60'000 % 60, size / 1'000 % 60, size % 1'000);
}

std::string printed_time(Milliseconds time) {
  const std::int64_t seconds = (size_of(time) + 500) / 1'000;
  const char* sign = seconds == 0 ? "" : sign_of(time);
  if (seconds < 3'600) return fmt::format("{}{}:{:02}", sign, seconds / 60, seconds % 60);
  return fmt::format("{}{}:{:02}:{:02}", sign, seconds / 3'600, seconds / 60 % 60, seconds % 60);
}

std::string seconds_text(Milliseconds time) {
  const std::int64_t size = size_of(time);
  return fmt::format("{}{}.{:03}", sign_of(time), size / 1'000, size % 1'000);
}

}  // namespace needledrop
