#pragma once

#include <atomic>
#include <csignal>
#include <stop_token>
#include <thread>

namespace needledrop {

/// Turns SIGINT and SIGTERM into a request to stop; a second one ends the process at once. Lives in
/// main's thread, before any other thread is started. Signals that the parent chose to ignore stay
/// ignored.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

 private:
  void watch();

  sigset_t signals_{};
  std::stop_source source_;
  std::atomic<bool> is_over_{false};
  std::thread watcher_;
};

}  // namespace needledrop
