#include "spreadsheet/xlsx_writer.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <memory>
#include <system_error>

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "spreadsheet/spreadsheet.h"
#include "spreadsheet/xlsx_text.h"

namespace needledrop {
namespace {

/// libxlsxwriter writes to a path; this is one without a disk.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("workbook", MFD_CLOEXEC)) {}
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] std::string path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }
  [[nodiscard]] Result<std::string> content() const {
    struct stat status {};
    std::string bytes;
    if (::fstat(descriptor_, &status) == 0) bytes.resize(static_cast<std::size_t>(status.st_size));
    std::size_t at = 0;
    while (at < bytes.size()) {
      const ssize_t got =
          ::pread(descriptor_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
      if (got <= 0) return fail(Error::Kind::kIo, "the workbook can't be read back");
      at += static_cast<std::size_t>(got);
    }
    return bytes;
  }

 private:
  int descriptor_;
};

struct WorkbookDeleter {
  void operator()(lxw_workbook* workbook) const { lxw_workbook_free(workbook); }
};

constexpr int kMostDecimals = 6;
constexpr std::size_t kMostCharacters = 32'767;  // of a cell's text

/// The formats that cells share, in every look: plain, bold, of column names, and above those,
/// where text runs on over empty cells.
class Formats {
 public:
  explicit Formats(lxw_workbook* workbook) {
    for (std::size_t look = 0; look < kLooks; ++look) {
      texts_.at(look) = make(workbook, look, nullptr);
      durations_.at(look) = make(workbook, look, "[h]:mm:ss");
      for (int decimals = 0; decimals <= kMostDecimals; ++decimals) {
        const std::string places(static_cast<std::size_t>(decimals), '0');
        const std::string code = decimals == 0 ? "0" : "0." + places;
        numbers_.at(look).at(static_cast<std::size_t>(decimals)) =
            make(workbook, look, code.c_str());
      }
    }
  }

  enum Look : std::size_t { kPlain, kBold, kHeader, kAbove, kAboveBold };
  static constexpr std::size_t kLooks = 5;

  [[nodiscard]] lxw_format* text(Look look) const { return texts_.at(look); }
  [[nodiscard]] lxw_format* duration(Look look) const { return durations_.at(look); }
  [[nodiscard]] lxw_format* number(Look look, int decimals) const {
    return numbers_.at(look).at(static_cast<std::size_t>(std::clamp(decimals, 0, kMostDecimals)));
  }

 private:
  static lxw_format* make(lxw_workbook* workbook, std::size_t look, const char* code) {
    constexpr lxw_color_t kShade = 0xE8E8E8;
    lxw_format* format = workbook_add_format(workbook);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (code != nullptr) format_set_num_format(format, code);
    if (code == nullptr && look < kAbove) format_set_text_wrap(format);
    if (look == kBold || look == kHeader || look == kAboveBold) format_set_bold(format);
    if (look == kHeader) {
      format_set_bg_color(format, kShade);
      format_set_bottom(format, LXW_BORDER_THIN);
    }
    return format;
  }

  std::array<lxw_format*, kLooks> texts_{};
  std::array<lxw_format*, kLooks> durations_{};
  std::array<std::array<lxw_format*, kMostDecimals + 1>, kLooks> numbers_{};
};

std::size_t characters_of(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

class SheetWriter {
 public:
  SheetWriter(const XlsxSheet& sheet, lxw_worksheet* worksheet, const Formats& formats)
      : sheet_(sheet), worksheet_(worksheet), formats_(formats) {}

  Result<void> write() {
    for (std::size_t column = 0; column < sheet_.widths.size(); ++column) {
      const auto at = static_cast<lxw_col_t>(column);
      worksheet_set_column(worksheet_, at, at, sheet_.widths[column], nullptr);
    }
    for (std::size_t row = 0; row < sheet_.rows.size(); ++row) {
      for (std::size_t column = 0; column < sheet_.rows[row].cells.size(); ++column) {
        ND_TRY(write_cell(row, column));
      }
    }
    set_page();
    return {};
  }

 private:
  [[nodiscard]] bool is_header(std::size_t row) const {
    return sheet_.header.has_value() && row == static_cast<std::size_t>(*sheet_.header);
  }

  [[nodiscard]] Formats::Look look_of(std::size_t row) const {
    if (is_header(row)) return Formats::kHeader;
    const bool is_above =
        sheet_.header.has_value() && row < static_cast<std::size_t>(*sheet_.header);
    if (sheet_.rows[row].is_bold) return is_above ? Formats::kAboveBold : Formats::kBold;
    return is_above ? Formats::kAbove : Formats::kPlain;
  }

  Result<void> write_cell(std::size_t row, std::size_t column) {
    const XlsxCell& cell = sheet_.rows[row].cells[column];
    const Formats::Look look = look_of(row);
    const auto at_row = static_cast<lxw_row_t>(row);
    const auto at_column = static_cast<lxw_col_t>(column);
    lxw_error code = LXW_NO_ERROR;
    if (const auto* text = std::get_if<std::string>(&cell)) {
      const std::string stored = escaped_text(*text);
      if (characters_of(stored) > kMostCharacters) {
        return refused(row, column,
                       fmt::format("the text has over {} characters", kMostCharacters));
      }
      code = worksheet_write_string(worksheet_, at_row, at_column, stored.c_str(),
                                    formats_.text(look));
    } else if (const auto* number = std::get_if<XlsxNumber>(&cell)) {
      code = worksheet_write_number(worksheet_, at_row, at_column, number->value,
                                    formats_.number(look, number->decimals));
    } else if (const auto* duration = std::get_if<Milliseconds>(&cell)) {
      constexpr double kDay = 86'400'000;
      code = worksheet_write_number(worksheet_, at_row, at_column,
                                    static_cast<double>(duration->count()) / kDay,
                                    formats_.duration(look));
    } else if (is_header(row)) {
      code = worksheet_write_blank(worksheet_, at_row, at_column, formats_.text(look));
    }
    if (code != LXW_NO_ERROR) return refused(row, column, lxw_strerror(code));
    return {};
  }

  void set_page() {
    constexpr std::uint8_t kA4 = 9;
    worksheet_set_paper(worksheet_, kA4);
    if (sheet_.is_landscape) worksheet_set_landscape(worksheet_);
    worksheet_fit_to_pages(worksheet_, 1, 0);
    worksheet_set_footer(worksheet_, "&L&F&R&P / &N");
    if (!sheet_.header.has_value()) return;
    const auto header = static_cast<lxw_row_t>(*sheet_.header);
    worksheet_freeze_panes(worksheet_, header + 1, 0);
    worksheet_repeat_rows(worksheet_, header, header);
  }

  [[nodiscard]] Error refused(std::size_t row, std::size_t column, std::string_view why) const {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("sheet \"{}\", {}: {}", sheet_.name,
                            cell_place(static_cast<int>(row) + 1, column + 1), why));
  }

  const XlsxSheet& sheet_;
  lxw_worksheet* worksheet_;
  const Formats& formats_;
};

void set_properties(const XlsxDocument& document, lxw_workbook* workbook) {
  std::string title = document.title;
  std::string author = document.author;
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.author = author.data();
  properties.created = static_cast<time_t>(document.created.time_since_epoch().count());
  workbook_set_properties(workbook, &properties);
}

}  // namespace

Result<std::string> write_xlsx(const XlsxDocument& document) {
  const MemoryFile file;
  std::unique_ptr<lxw_workbook, WorkbookDeleter> workbook(
      file.is_open() ? workbook_new(file.path().c_str()) : nullptr);
  if (workbook == nullptr) {
    return fail(Error::Kind::kIo, fmt::format("no memory file for the workbook: {}",
                                              std::generic_category().message(errno)));
  }
  set_properties(document, workbook.get());
  const Formats formats(workbook.get());
  for (const XlsxSheet& sheet : document.sheets) {
    const lxw_error name = workbook_validate_sheet_name(workbook.get(), sheet.name.c_str());
    if (name != LXW_NO_ERROR) {
      return fail(Error::Kind::kInvalidArgument,
                  fmt::format("sheet \"{}\": {}", sheet.name, lxw_strerror(name)));
    }
    lxw_worksheet* worksheet = workbook_add_worksheet(workbook.get(), sheet.name.c_str());
    ND_TRY(SheetWriter(sheet, worksheet, formats).write());
  }
  const lxw_error code = workbook_close(workbook.release());
  if (code != LXW_NO_ERROR) {
    return fail(Error::Kind::kIo,
                fmt::format("the workbook can't be written: {}", lxw_strerror(code)));
  }
  return file.content();
}

}  // namespace needledrop
