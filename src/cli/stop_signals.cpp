#include "cli/stop_signals.h"

#include <array>

namespace needledrop {
namespace {

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

StopSignals::StopSignals() {
  ::sigemptyset(&signals_);
  // SIGUSR1 wakes the watcher when all is over.
  ::sigaddset(&signals_, SIGUSR1);
  for (const int signal : std::array{SIGINT, SIGTERM}) {
    if (!is_ignored(signal)) ::sigaddset(&signals_, signal);
  }
  ::pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  watcher_ = std::thread([this] { watch(); });
}

StopSignals::~StopSignals() {
  is_over_ = true;
  ::pthread_kill(watcher_.native_handle(), SIGUSR1);
  watcher_.join();
}

void StopSignals::watch() {
  while (true) {
    int signal = 0;
    if (::sigwait(&signals_, &signal) != 0) return;
    if (signal == SIGUSR1) {
      if (is_over_) return;
      continue;
    }
    if (source_.stop_requested()) {
      ::signal(signal, SIG_DFL);
      ::pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
      ::raise(signal);
    }
    source_.request_stop();
  }
}

}  // namespace needledrop
