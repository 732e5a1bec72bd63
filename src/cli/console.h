#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace needledrop {

/// Where the program prints. Results go to `out`, everything else to `err`. Borrows both streams.
class Console {
 public:
  struct Traits {
    bool is_terminal = false;     // out is one
    bool has_colour = false;      // out is a terminal and NO_COLOR is not set
    bool shows_progress = false;  // err is a terminal
    std::size_t width = 80;       // columns of a line
  };

  Console(std::FILE* out, std::FILE* err, Traits traits) : out_(out), err_(err), traits_(traits) {}
  /// On this process's standard streams, as the environment says.
  static Console standard();

  [[nodiscard]] const Traits& traits() const { return traits_; }

  /// As it is: the caller has made outside text printable().
  void print(std::string_view text);
  /// "needledrop: FILE: TEXT" on err, on one line; FILE may be empty.
  void complain(std::string_view file, std::string_view text);
  /// Replaces the progress line on err; nothing when there is no terminal to show it.
  void show_progress(std::string_view text);
  void clear_progress();
  /// Did everything reach its place? Call at the end.
  bool flush();

 private:
  std::FILE* out_;
  std::FILE* err_;
  Traits traits_;
  bool progress_is_shown_ = false;
};

}  // namespace needledrop
