#include "cli/console.h"

#include <cstdlib>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/text_width.h"

namespace needledrop {
namespace {

constexpr std::string_view kClearLine = "\r\x1b[K";

std::size_t terminal_width() {
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
    struct winsize size {};
    if (::ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) return size.ws_col;
  }
  return 100;
}

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

bool is_dumb_terminal() {
  const char* terminal = std::getenv("TERM");
  return terminal == nullptr || std::string_view(terminal) == "dumb";
}

void write(std::FILE* stream, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stream);
}

}  // namespace

Console Console::standard() {
  Traits traits;
  traits.is_terminal = ::isatty(STDOUT_FILENO) == 1;
  traits.has_colour = traits.is_terminal && !is_set("NO_COLOR") && !is_dumb_terminal();
  traits.shows_progress = ::isatty(STDERR_FILENO) == 1 && !is_dumb_terminal();
  traits.width = terminal_width();
  return {stdout, stderr, traits};
}

void Console::print(std::string_view text) {
  clear_progress();
  write(out_, text);
}

void Console::complain(std::string_view file, std::string_view text) {
  clear_progress();
  std::fflush(out_);
  const std::string where = file.empty() ? "" : fmt::format("{}: ", printable(file));
  write(err_, fmt::format("needledrop: {}{}\n", where, printable(text)));
  std::fflush(err_);
}

void Console::show_progress(std::string_view text) {
  if (!traits_.shows_progress) return;
  write(err_, fmt::format("{}{}", kClearLine, shortened(text, traits_.width - 1)));
  std::fflush(err_);
  progress_is_shown_ = true;
}

void Console::clear_progress() {
  if (!progress_is_shown_) return;
  write(err_, kClearLine);
  std::fflush(err_);
  progress_is_shown_ = false;
}

bool Console::flush() {
  clear_progress();
  return std::fflush(out_) == 0 && std::ferror(out_) == 0;
}

}  // namespace needledrop
