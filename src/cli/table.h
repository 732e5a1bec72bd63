#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace needledrop {

/// A table for people: aligned by terminal columns, no wider than the terminal where that can be
/// had by shortening the columns that may give way.
class Table {
 public:
  enum class Align { kLeft, kRight };
  struct Column {
    std::string heading;
    Align align = Align::kLeft;
    bool gives_way = false;  // long titles and paths
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// As many cells as columns; text is made printable here.
  void add_row(std::vector<std::string> cells);
  /// A line of its own that begins in a column and may go on to the right end. What does not fit
  /// there is left out; no column gets wider for it.
  void add_note(std::size_t column, const std::string& text);
  /// Lines with newlines, headings first. Nothing at the right end of a line that is only blank.
  [[nodiscard]] std::string text(std::size_t width) const;
  [[nodiscard]] bool empty() const { return rows_.empty(); }

 private:
  struct Row {
    std::vector<std::string> cells;  // of a note, one
    std::optional<std::size_t> note_column;
  };

  [[nodiscard]] std::vector<std::size_t> fit(std::size_t width) const;
  [[nodiscard]] static std::string note(const Row& row, const std::vector<std::size_t>& widths,
                                        std::size_t width);

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace needledrop
