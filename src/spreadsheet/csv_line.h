#pragma once

#include <string>
#include <string_view>

namespace needledrop {

/// UTF-8's byte order mark: without it Excel reads Hangul and accents as Latin-1, and what else
/// reads CSV skips it (Python: "utf-8-sig").
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// One line of CSV after RFC 4180, each cell put after the one before.
class CsvLine {
 public:
  /// Text of strangers: quoted where that is needed, guarded against being a formula.
  void text(std::string_view value);
  /// A cell that is safe as it is: a number, a time, or a word of ours.
  void plain(std::string_view cell);
  /// With its end, CRLF.
  [[nodiscard]] std::string ended() const;

 private:
  std::string line_;
  bool is_first_ = true;
};

}  // namespace needledrop
