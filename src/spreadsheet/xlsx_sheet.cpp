#include "spreadsheet/xlsx_sheet.h"

#include <charconv>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "spreadsheet/row_builder.h"
#include "spreadsheet/xlsx_text.h"

namespace needledrop {
namespace {

using Node = XmlReader::Node;

constexpr std::size_t kLastColumn = 16'384;  // XFD
constexpr int kLastRow = 1'048'576;

std::size_t read_index(std::string_view text, std::size_t otherwise) {
  std::size_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() ? number : otherwise;
}

class SheetParser {
 public:
  SheetParser(XmlReader& reader, const Workbook& workbook) : reader_(reader), workbook_(workbook) {}

  Result<std::vector<SpreadsheetRow>> parse() {
    while (true) {
      ND_TRY_ASSIGN(const Node node, reader_.next());
      const bool is_over = node == Node::kElementEnd && reader_.name() == "sheetData";
      if (node == Node::kEnd || is_over) return rows_.take();
      if (node != Node::kElement) continue;
      if (reader_.name() == "row") {
        ND_TRY(begin_row());
      } else if (reader_.name() == "c") {
        ND_TRY(take_cell());
      }
    }
  }

 private:
  Result<void> begin_row() {
    const std::string said = reader_.attribute("r");
    const int line = said.empty() ? line_ + 1 : static_cast<int>(read_index(said, 0) % (1U << 30U));
    if (line <= line_ || line > kLastRow) {
      return fail(Error::Kind::kCorrupt, fmt::format("line {}: the row after it says that it is "
                                                     "row \"{}\"",
                                                     line_, said));
    }
    line_ = line;
    column_ = 0;
    rows_.begin_row(line);
    return {};
  }

  Result<void> take_cell() {
    const std::string said = reader_.attribute("r");
    const std::size_t column = said.empty() ? column_ + 1 : column_of_reference(said);
    if (column <= column_ || column > kLastColumn || line_ == 0) {
      return corrupt(fmt::format("the cell after it says that it is \"{}\"", said));
    }
    column_ = column;
    const std::string type = reader_.attribute("t");
    const std::size_t style = read_index(reader_.attribute("s"), workbook_.meanings.size());
    ND_TRY_ASSIGN(const std::string stored, take_value());
    ND_TRY_ASSIGN(std::string text, shown(stored, type, style));
    return rows_.add_cell(column_, std::move(text));
  }

  /// Goes to the cell's end. The value is in v, or as text in is; f holds the formula.
  Result<std::string> take_value() {
    std::string value;
    const int depth = reader_.depth();
    while (true) {
      ND_TRY_ASSIGN(const Node node, reader_.next());
      const bool is_end = node == Node::kElementEnd && reader_.depth() == depth;
      if (node == Node::kEnd || is_end) return value;
      if (node == Node::kElement && (reader_.name() == "v" || reader_.name() == "is")) {
        ND_TRY_ASSIGN(value, take_text(reader_));
      }
    }
  }

  /// By the cell's type (ECMA-376 part 1, 18.18.11, ST_CellType).
  Result<std::string> shown(const std::string& stored, std::string_view type, std::size_t style) {
    if (stored.empty()) return stored;
    if (type == "s") {
      const std::size_t index = read_index(stored, workbook_.strings.size());
      if (index >= workbook_.strings.size()) return corrupt("its text is missing in the workbook");
      return workbook_.strings[index];
    }
    if (type == "b") return std::string(stored == "0" || stored == "false" ? "FALSE" : "TRUE");
    if (!type.empty() && type != "n") return stored;
    const NumberMeaning meaning =
        style < workbook_.meanings.size() ? workbook_.meanings[style] : NumberMeaning::kPlain;
    return shown_number(stored, meaning, workbook_.counts_from_1904);
  }

  [[nodiscard]] Error corrupt(std::string_view what) const {
    return fail(Error::Kind::kCorrupt, fmt::format("{}: {}", cell_place(line_, column_), what));
  }

  XmlReader& reader_;
  const Workbook& workbook_;
  int line_ = 0;
  std::size_t column_ = 0;
  RowBuilder rows_;
};

}  // namespace

Result<std::vector<SpreadsheetRow>> read_sheet(XmlReader& reader, const Workbook& workbook) {
  return SheetParser(reader, workbook).parse();
}

std::size_t column_of_reference(std::string_view reference) {
  std::size_t column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    if (column > kLastColumn) return 0;
  }
  return column;
}

}  // namespace needledrop
