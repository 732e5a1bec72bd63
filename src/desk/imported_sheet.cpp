#include "desk/imported_sheet.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "catalogue/run_cues.h"
#include "catalogue/text.h"
#include "cuesheet/edl_reader.h"
#include "desk/import_columns.h"
#include "desk/import_values.h"

namespace needledrop {
namespace {

/// What is read beside the columns of read_sheet.
enum class More {
  kIsrc,
  kWork,
  kIswc,
  kShare,
  kIpi,
  kSociety,
  kPublishers,
  kVocal,
  kPerception,
  kOrigin,
  kNote,
};

struct MoreHeading {
  std::string_view text;  // folded, spaces for underlines and hyphens
  More column;
};

constexpr std::array<MoreHeading, 23> kMoreHeadings{{
    {"isrc", More::kIsrc},
    {"work", More::kWork},
    {"work title", More::kWork},
    {"iswc", More::kIswc},
    {"party share", More::kShare},
    {"share", More::kShare},
    {"share %", More::kShare},
    {"party ipi", More::kIpi},
    {"ipi", More::kIpi},
    {"party society", More::kSociety},
    {"pro", More::kSociety},
    {"publishers", More::kPublishers},
    {"publisher", More::kPublishers},
    {"verlag", More::kPublishers},
    {"éditeur", More::kPublishers},
    {"출판사", More::kPublishers},
    {"出版社", More::kPublishers},
    {"vocal", More::kVocal},
    {"perception", More::kPerception},
    {"origin", More::kOrigin},
    {"note", More::kNote},
    {"notes", More::kNote},
    {"comment", More::kNote},
}};

std::string heading_text(std::string_view cell) {
  std::string text = folded(trimmed(cell));
  std::ranges::replace(text, '_', ' ');
  std::ranges::replace(text, '-', ' ');
  return text;
}

/// Our own markers call a cue "1m02 Rain": how long the number is with its space, 0 for none.
std::size_t length_of_sequence(std::string_view title) {
  constexpr std::string_view kDigits = "0123456789";
  const std::size_t m = title.find_first_not_of(kDigits);
  if (m == 0 || m == std::string_view::npos || title[m] != 'm') return 0;
  std::size_t end = title.find_first_not_of(kDigits, m + 1);
  if (end == std::string_view::npos || end == m + 1) return 0;
  if (title[end] == 's') ++end;
  return end < title.size() && title[end] == ' ' ? end + 1 : 0;
}

ImportedUse use_of(const ReadCue& read) {
  ImportedUse use;
  use.read = read;
  use.read.title.erase(0, length_of_sequence(read.title));
  use.at = {read.line, 0, ""};
  use.isrc_at = use.at;
  if (!read.spans.empty()) {
    use.spans = read.spans;
  } else if (read.start.has_value() && read.end.has_value() && *read.start < *read.end) {
    use.spans = {{*read.start, *read.end}};
  }
  return use;
}

/// "line 7: what is odd" as a problem at its place.
void put_warning(const std::string& warning, ImportProblems& problems) {
  constexpr std::string_view kMark = "line ";
  ImportPlace at;
  std::string_view text = warning;
  if (text.starts_with(kMark)) {
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + kMark.size(), end, at.line);
    if (std::string_view(read.ptr, end).starts_with(": ")) {
      text = std::string_view(read.ptr + 2, end);
    }
  }
  problems.warn(at, std::string(text));
}

/// The rows of a table as uses.
class UseRows {
 public:
  UseRows(const Spreadsheet& table, const SheetHeadings& headings, ImportProblems& problems)
      : headings_(headings), problems_(problems) {
    const auto& cells = table.rows[headings.row].cells;
    for (std::size_t at = 0; at < cells.size(); ++at) {
      const bool is_taken = std::ranges::any_of(
          headings.columns, [at](const auto& column) { return column.second == at; });
      const auto* const known =
          std::ranges::find(kMoreHeadings, heading_text(cells[at]), &MoreHeading::text);
      if (is_taken || known == kMoreHeadings.end()) continue;
      std::optional<std::size_t>& place = more_.at(static_cast<std::size_t>(known->column));
      if (!place.has_value()) place = at;
    }
    if (const auto writers = headings.of(SheetColumn::kWriters)) {
      writer_ = role_of_heading(heading_text(cells[*writers]));
    }
  }

  /// The cue of these rows; the first one is where it stands.
  ImportedUse use(const ReadCue& read, std::span<const SpreadsheetRow> rows) {
    ImportedUse use = use_of(read);
    if (rows.empty()) return use;
    const SpreadsheetRow& first = rows.front();
    use.isrc_at = place(first, More::kIsrc);
    if (const std::string isrc = cell(first, More::kIsrc); !isrc.empty()) {
      use.isrc = problems_.code(CodeScheme::kIsrc, isrc, use.isrc_at);
    }
    use.values.function = known_word(cue_function(folded(read.usage)));
    use.values.vocal = known_word(cue_vocal(folded(cell(first, More::kVocal))));
    use.values.perception = known_word(cue_perception(folded(cell(first, More::kPerception))));
    use.values.origin = known_word(cue_origin(folded(cell(first, More::kOrigin))));
    if (const std::string note = cell(first, More::kNote); !note.empty()) use.values.note = note;
    if (headings_.of(SheetColumn::kParty).has_value()) {
      for (const SpreadsheetRow& row : rows) add_party_row(row, use);
    } else {
      add_parties(first, use);
    }
    return use;
  }

 private:
  template <typename Word>
  static std::optional<Word> known_word(std::optional<Word> word) {
    return word == Word{} ? std::nullopt : word;
  }

  static Role role_of_heading(std::string_view heading) {
    const bool names_author = heading.find("author") != std::string_view::npos ||
                              heading.find("writer") != std::string_view::npos ||
                              heading.find("작사") != std::string_view::npos;
    if (names_author) return Role::kComposerAuthor;
    for (const std::string_view word : {"compos", "komponist", "작곡", "作曲"}) {
      if (heading.find(word) != std::string_view::npos) return Role::kComposer;
    }
    return Role::kComposerAuthor;
  }

  static std::string cell_at(const SpreadsheetRow& row, std::optional<std::size_t> at) {
    return !at.has_value() || *at >= row.cells.size() ? "" : trimmed(row.cells[*at]);
  }
  [[nodiscard]] std::string cell(const SpreadsheetRow& row, More column) const {
    return cell_at(row, more_.at(static_cast<std::size_t>(column)));
  }
  [[nodiscard]] std::string cell(const SpreadsheetRow& row, SheetColumn column) const {
    return cell_at(row, headings_.of(column));
  }
  [[nodiscard]] ImportPlace place(const SpreadsheetRow& row, More column) const {
    const auto at = more_.at(static_cast<std::size_t>(column));
    return {row.line, at.has_value() ? *at + 1 : 0, ""};
  }
  [[nodiscard]] ImportPlace place(const SpreadsheetRow& row, SheetColumn column) const {
    const auto at = headings_.of(column);
    return {row.line, at.has_value() ? *at + 1 : 0, ""};
  }

  /// The work that a row names, among those of the use; nothing when it names none.
  ImportedWork* work_of(const SpreadsheetRow& row, ImportedUse& use) {
    const std::string title = cell(row, More::kWork);
    const std::string iswc = cell(row, More::kIswc);
    const bool has_parties = !cell(row, SheetColumn::kParty).empty() ||
                             !cell(row, SheetColumn::kWriters).empty() ||
                             !cell(row, More::kPublishers).empty();
    if (title.empty() && iswc.empty() && !has_parties) return nullptr;
    const std::string& called = title.empty() ? use.read.title : title;
    if (called.empty()) return nullptr;
    const auto known = std::ranges::find(
        use.works, folded(called), [](const ImportedWork& work) { return folded(work.title); });
    if (known != use.works.end()) return &*known;
    ImportedWork& work = use.works.emplace_back();
    work.title = called;
    work.at = {row.line, 0, ""};
    take_code(work.said.codes, CodeScheme::kIswc, iswc, place(row, More::kIswc), problems_);
    return &work;
  }

  /// A line of a sheet with a line for each party.
  void add_party_row(const SpreadsheetRow& row, ImportedUse& use) {
    const std::string name = cell(row, SheetColumn::kParty);
    // Where several works have no parties they share a line.
    if (name.empty() && is_of_several(row)) {
      use.medley = cell(row, More::kWork);
      return;
    }
    ImportedWork* const work = work_of(row, use);
    if (work == nullptr || name.empty()) return;
    ImportedCredit credit;
    credit.party.name = name;
    credit.at = credit.party.at = place(row, SheetColumn::kParty);
    credit.share_at = place(row, More::kShare);
    credit.society_at = place(row, More::kSociety);
    credit.society = cell(row, More::kSociety);
    take_code(credit.party.codes, CodeScheme::kIpi, cell(row, More::kIpi), place(row, More::kIpi),
              problems_);
    if (const std::string share = cell(row, More::kShare); !share.empty()) {
      credit.share = problems_.take(read_share(share), credit.share_at);
    }
    const auto role = problems_.take(read_role(cell(row, SheetColumn::kPartyRole)),
                                     place(row, SheetColumn::kPartyRole));
    if (!role.has_value()) return;
    credit.role = *role;
    work->said.credits.push_back(std::move(credit));
  }

  [[nodiscard]] bool is_of_several(const SpreadsheetRow& row) const {
    constexpr std::string_view kBetween = " / ";
    return cell(row, More::kWork).find(kBetween) != std::string::npos ||
           cell(row, More::kIswc).find(kBetween) != std::string::npos;
  }

  /// A line of a sheet with all parties of a kind in one cell.
  void add_parties(const SpreadsheetRow& row, ImportedUse& use) {
    if (is_of_several(row)) {
      use.medley = cell(row, More::kWork);
      return;
    }
    ImportedWork* const work = work_of(row, use);
    if (work == nullptr) return;
    add_names(use.read.writers, writer_, place(row, SheetColumn::kWriters), work->said.credits);
    add_names(cell(row, More::kPublishers), Role::kPublisher, place(row, More::kPublishers),
              work->said.credits);
  }

  /// "Kim Hana (C) 50.00; Lee Du" or "Kim Hana / Lee Du".
  static void add_names(std::string_view cell, Role usual, const ImportPlace& at,
                        std::vector<ImportedCredit>& credits) {
    const std::string_view between = cell.find(';') == std::string_view::npos ? "/\n" : ";\n";
    while (!cell.empty()) {
      const std::size_t end = std::min(cell.find_first_of(between), cell.size());
      ImportedCredit credit = credit_of(trimmed(cell.substr(0, end)), usual);
      cell.remove_prefix(std::min(end + 1, cell.size()));
      if (credit.party.name.empty()) continue;
      credit.at = credit.party.at = credit.share_at = credit.society_at = at;
      credits.push_back(std::move(credit));
    }
  }

  static ImportedCredit credit_of(const std::string& text, Role usual) {
    ImportedCredit credit;
    credit.party.name = text;
    credit.role = usual;
    const std::size_t open = text.rfind('(');
    const std::size_t close = text.rfind(')');
    if (open == std::string::npos || close == std::string::npos || close < open || open == 0) {
      return credit;
    }
    const auto role = read_role(text.substr(open + 1, close - open - 1));
    const std::string rest = trimmed(text.substr(close + 1));
    const auto share = read_share(rest);
    if (!role.has_value() || (!rest.empty() && !share.has_value())) return credit;
    credit.role = *role;
    if (share.has_value()) credit.share = *share;
    credit.party.name = trimmed(text.substr(0, open));
    return credit;
  }

  const SheetHeadings& headings_;
  ImportProblems& problems_;
  std::array<std::optional<std::size_t>, static_cast<std::size_t>(More::kNote) + 1> more_;
  Role writer_ = Role::kComposerAuthor;
};

/// Is it the same use, with another of its parties, on a sheet without numbers?
bool is_again(const ReadCue& above, const ReadCue& cue) {
  return cue.title == above.title && cue.start.has_value() && cue.start == above.start &&
         cue.end == above.end;
}

Result<std::vector<ImportedUse>> read_table(std::string_view bytes,
                                            const SheetReaderOptions& options,
                                            ImportProblems& problems) {
  SpreadsheetOptions how;
  how.sheet = options.sheet;
  ND_TRY_ASSIGN(const Spreadsheet table, read_spreadsheet(bytes, how));
  ND_TRY_ASSIGN(const ReadSheet sheet, read_sheet_table(table, options));
  ND_TRY_ASSIGN(const SheetHeadings headings, find_sheet_headings(table, options.mapping));
  for (const std::string& warning : sheet.warnings) put_warning(warning, problems);
  UseRows rows(table, headings, problems);
  std::vector<ImportedUse> uses;
  const std::span all = std::span(table.rows).subspan(headings.row + 1);
  auto row = all.begin();
  for (std::size_t i = 0; i < sheet.cues.size();) {
    const auto begins = [&](std::size_t cue) {
      return std::ranges::find_if(row, all.end(), [&](const SpreadsheetRow& one) {
        return cue < sheet.cues.size() && one.line >= sheet.cues[cue].line;
      });
    };
    std::size_t next = i + 1;
    while (next < sheet.cues.size() && is_again(sheet.cues[i], sheet.cues[next])) ++next;
    row = begins(i);
    const auto end = begins(next);
    uses.push_back(rows.use(sheet.cues[i], std::span(row, end)));
    row = end;
    i = next;
  }
  return uses;
}

/// Events of one number ("1m02 Rain" twice) are one cue in several spans.
std::vector<ImportedUse> joined_events(const std::vector<ReadCue>& events) {
  std::vector<ImportedUse> uses;
  std::vector<std::string_view> titles;
  for (const ReadCue& event : events) {
    const auto known = std::ranges::find(titles, event.title);
    if (length_of_sequence(event.title) == 0 || known == titles.end()) {
      uses.push_back(use_of(event));
      titles.push_back(event.title);
      continue;
    }
    ImportedUse& use = uses[static_cast<std::size_t>(known - titles.begin())];
    const ImportedUse more = use_of(event);
    use.spans.insert(use.spans.end(), more.spans.begin(), more.spans.end());
    use.spans = joined_spans(std::move(use.spans));
    if (use.spans.empty()) continue;
    use.read.spans = use.spans;
    use.read.start = use.spans.front().start;
    use.read.end = use.spans.back().end;
    use.read.duration = *use.read.end - *use.read.start;
  }
  return uses;
}

}  // namespace

std::string_view without_sequence(std::string_view title) {
  return title.substr(length_of_sequence(title));
}

Result<std::vector<ImportedUse>> read_imported_sheet(std::string_view bytes,
                                                     const SheetReaderOptions& options,
                                                     ImportProblems& problems) {
  if (!looks_like_edl(bytes)) return read_table(bytes, options, problems);
  ND_TRY_ASSIGN(const ReadSheet sheet, read_edl(bytes, options.clock));
  for (const std::string& warning : sheet.warnings) put_warning(warning, problems);
  return joined_events(sheet.cues);
}

}  // namespace needledrop
