#include "spreadsheet/delimited_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "media/text_encoding.h"
#include "spreadsheet/formula_guard.h"
#include "spreadsheet/row_builder.h"

namespace needledrop {
namespace {

using Limits = SpreadsheetLimits;

/// A line that can't be a row in any encoding is refused before anything is decoded: decoding takes
/// several times the file's size.
Result<void> check_line_lengths(std::string_view bytes) {
  constexpr std::size_t kWidestCharacter = 4;
  int line = 1;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    if (end > kWidestCharacter * Limits::kRowBytes) {
      return fail(Error::Kind::kUnsupported,
                  fmt::format("line {}: the line is longer than 1 MB", line));
    }
    const bool is_pair = bytes.substr(end).starts_with("\r\n");
    bytes.remove_prefix(std::min(bytes.size(), end + (is_pair ? 2 : 1)));
    ++line;
  }
  return {};
}

/// The delimiter that the first line with text has most of, outside quotation marks.
char likely_delimiter(std::string_view text, bool takes_quotes) {
  constexpr std::string_view kDelimiters = ",;\t";
  std::array<int, kDelimiters.size()> counts{};
  bool is_quoted = false;
  text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));
  for (const char c : text) {
    if (c == '\n' && !is_quoted) break;
    if (c == '"' && takes_quotes) is_quoted = !is_quoted;
    const std::size_t which = kDelimiters.find(c);
    if (which != std::string_view::npos && !is_quoted) ++counts.at(which);
  }
  return kDelimiters[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

/// Excel's own way of saying the delimiter: a first line "sep=;". Takes it off; 0 when there is
/// none.
char take_told_delimiter(std::string_view& text, int& line) {
  constexpr std::string_view kWord = "sep=";
  const std::string_view first = text.substr(0, text.find('\n'));
  if (first.size() != kWord.size() + 1 || !first.starts_with(kWord)) return '\0';
  const char delimiter = first.back();
  if (std::string_view(",;\t|").find(delimiter) == std::string_view::npos) return '\0';
  text.remove_prefix(std::min(text.size(), first.size() + 1));
  ++line;
  return delimiter;
}

/// Reads decoded text, whose lines end in '\n', cell by cell.
class Parser {
 public:
  Parser(std::string_view text, int line, char delimiter, bool takes_quotes)
      : text_(text), line_(line), delimiter_(delimiter), takes_quotes_(takes_quotes) {}

  Result<std::vector<SpreadsheetRow>> parse() {
    while (at_ < text_.size()) {
      rows_.begin_row(line_);
      ND_TRY(take_row());
    }
    return rows_.take();
  }

 private:
  [[nodiscard]] bool is_at(char c) const { return at_ < text_.size() && text_[at_] == c; }

  Result<void> take_row() {
    for (column_ = 1;; ++column_) {
      cell_.clear();
      cell_line_ = line_;
      ND_TRY(takes_quotes_ && is_at('"') ? take_quoted() : take_plain());
      ND_TRY(rows_.add_cell(column_, std::string(without_formula_guard(cell_))));
      if (!is_at(delimiter_)) break;
      ++at_;
    }
    if (is_at('\n')) {
      ++at_;
      ++line_;
    }
    return {};
  }

  Result<void> take_plain() {
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '\n') ++at_;
    cell_ = text_.substr(start, at_ - start);
    return {};
  }

  Result<void> take_quoted() {
    for (++at_; at_ < text_.size(); ++at_) {
      if (is_at('"')) {
        ++at_;
        if (!is_at('"')) return end_quoted();
      }
      line_ += text_[at_] == '\n' ? 1 : 0;
      cell_ += text_[at_];
      if (cell_.size() > Limits::kCellBytes) {
        Error error = too_long_cell(cell_line_, column_);
        error.message += "; is its quotation mark never closed?";
        return error;
      }
    }
    return corrupt("the quotation mark is never closed");
  }

  Result<void> end_quoted() {
    if (at_ == text_.size() || is_at(delimiter_) || is_at('\n')) return {};
    return corrupt("text follows the closing quotation mark");
  }

  [[nodiscard]] Error corrupt(std::string_view what) const {
    return fail(Error::Kind::kCorrupt,
                fmt::format("{}: {}", cell_place(cell_line_, column_), what));
  }

  std::string_view text_;
  int line_;
  char delimiter_;
  bool takes_quotes_;
  std::size_t at_ = 0;
  int cell_line_ = 0;  // where the cell begins, in a row of several lines
  std::size_t column_ = 0;
  std::string cell_;
  RowBuilder rows_;
};

bool is_binary(std::string_view bytes, std::string_view encoding) {
  constexpr std::size_t kSample = 4'096;
  return !encoding.starts_with("UTF-16") && !encoding.starts_with("UTF-32") &&
         bytes.substr(0, kSample).find('\0') != std::string_view::npos;
}

}  // namespace

Result<Spreadsheet> read_delimited_text(std::string_view bytes, const SpreadsheetOptions& options) {
  ND_TRY(check_line_lengths(bytes));
  const DecodedText decoded = decode_text(bytes);
  if (is_binary(bytes, decoded.encoding)) {
    return fail(Error::Kind::kUnsupported, "is neither XLSX nor text with a cell a column");
  }
  Spreadsheet result;
  result.encoding = decoded.encoding;
  std::string_view text = decoded.text;
  int line = 1;
  result.delimiter = take_told_delimiter(text, line);
  if (options.delimiter != '\0') result.delimiter = options.delimiter;
  if (result.delimiter == '\0') result.delimiter = likely_delimiter(text, options.takes_quotes);
  ND_TRY_ASSIGN(result.rows, Parser(text, line, result.delimiter, options.takes_quotes).parse());
  return result;
}

}  // namespace needledrop
