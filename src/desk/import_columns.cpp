#include "desk/import_columns.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalogue/text.h"

namespace needledrop {
namespace {

constexpr std::array<std::string_view, 14> kWorkColumns{
    "title", "iswc",    "party",     "party_kind", "role",     "share",         "basis",
    "ipi",   "society", "recording", "isrc",       "language", "also_known_as", "comment"};

constexpr std::array<std::string_view, 14> kPeopleColumns{
    "name",     "kind", "comment", "ipi",     "ipi_base", "isni",       "musicbrainz",
    "wikidata", "tmdb", "imdb",    "society", "country",  "birth_date", "also_known_as"};

constexpr std::array<std::string_view, 17> kEpisodeColumns{"production",
                                                           "season",
                                                           "number",
                                                           "title",
                                                           "first_broadcast",
                                                           "production_number",
                                                           "type",
                                                           "country",
                                                           "year",
                                                           "eidr",
                                                           "isan",
                                                           "avi",
                                                           "wikidata",
                                                           "tmdb",
                                                           "imdb",
                                                           "director",
                                                           "also_known_as"};

constexpr std::array<std::string_view, 10> kBroadcastColumns{
    "production", "season", "number", "title",   "part",
    "date",       "time",   "zone",   "channel", "territory"};

struct KindRow {
  TableKind kind;
  std::string_view word;
  std::span<const std::string_view> columns;
  std::string_view required;  // a table of the kind has it, and what it holds is never empty
  std::string_view mark;      // tables of other kinds don't have it
};

constexpr std::array<KindRow, kTableKinds.size()> kKinds{{
    {TableKind::kWorks, "works", kWorkColumns, "title", "party iswc role share recording isrc"},
    {TableKind::kPeople, "people", kPeopleColumns, "name", "name"},
    {TableKind::kEpisodes, "episodes", kEpisodeColumns, "number",
     "first_broadcast production_number type year eidr isan avi director country also_known_as"},
    {TableKind::kBroadcasts, "broadcasts", kBroadcastColumns, "date", "date"},
}};

const KindRow& row_of(TableKind kind) {
  return *std::ranges::find(kKinds, kind, &KindRow::kind);
}

bool is_among(std::string_view word, std::string_view words) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

std::string column_name(std::string_view cell) {
  std::string name = folded(trimmed(cell));
  std::ranges::replace(name, ' ', '_');
  std::ranges::replace(name, '-', '_');
  return name;
}

bool marks(const KindRow& kind, const std::vector<std::string>& names) {
  return std::ranges::find(names, kind.required) != names.end() &&
         std::ranges::any_of(names, [&kind](const std::string& name) {
           return !name.empty() && is_among(name, kind.mark);
         });
}

Result<TableKind> find_kind(const std::vector<std::string>& names, int line) {
  std::vector<const KindRow*> fitting;
  for (const KindRow& kind : kKinds) {
    if (marks(kind, names)) fitting.push_back(&kind);
  }
  // What says when an episode is shown may repeat what the episode is.
  const auto knows_all = [&names](const KindRow* kind) {
    return std::ranges::all_of(names, [kind](const std::string& name) {
      return name.empty() || std::ranges::find(kind->columns, name) != kind->columns.end();
    });
  };
  if (fitting.size() > 1) {
    std::erase_if(fitting, [&](const KindRow* kind) { return !knows_all(kind); });
  }
  if (fitting.size() == 1) return fitting.front()->kind;
  return fail(
      Error::Kind::kInvalidArgument,
      fmt::format("line {}: the columns ({}) don't tell what the rows are about; say it with "
                  "--as works, people, episodes or broadcasts",
                  line, shown(fmt::format("{}", fmt::join(names, ", ")), 200)));
}

Result<void> check_columns(const KindRow& kind, std::vector<std::string>& names, int line,
                           bool ignores_unknown) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string& name = names[i];
    if (name.empty()) continue;
    const bool is_known = std::ranges::find(kind.columns, name) != kind.columns.end();
    if (!is_known && ignores_unknown) {
      names[i].clear();
    } else if (!is_known) {
      return fail(Error::Kind::kInvalidArgument,
                  fmt::format("{}: '{}' is no column of {}; there are {}; --ignore-unknown leaves "
                              "others out",
                              cell_place(line, i + 1), shown(name, 40), kind.word,
                              fmt::join(kind.columns, ", ")));
    } else if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), name) !=
               names.begin() + static_cast<std::ptrdiff_t>(i)) {
      return fail(Error::Kind::kInvalidArgument,
                  fmt::format("{}: the column '{}' is there twice", cell_place(line, i + 1), name));
    }
  }
  if (std::ranges::find(names, kind.required) != names.end()) return {};
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("line {}: {} need a column '{}'", line, kind.word, kind.required));
}

}  // namespace

std::string trimmed(std::string_view text) {
  constexpr std::array<std::string_view, 6> kSpaces{" ", "\t", "\n", "\r", "\u00A0", "\u3000"};
  const auto space_at = [&](auto begins) {
    const auto* const found = std::ranges::find_if(kSpaces, begins);
    return found == kSpaces.end() ? std::size_t{0} : found->size();
  };
  while (const auto size = space_at([&](std::string_view s) { return text.starts_with(s); })) {
    text.remove_prefix(size);
  }
  while (const auto size = space_at([&](std::string_view s) { return text.ends_with(s); })) {
    text.remove_suffix(size);
  }
  return std::string(text);
}

std::string_view to_string(TableKind kind) {
  return row_of(kind).word;
}

std::optional<TableKind> table_kind(std::string_view word) {
  const auto* const found = std::ranges::find(kKinds, word, &KindRow::word);
  if (found == kKinds.end()) return std::nullopt;
  return found->kind;
}

std::span<const std::string_view> columns_of(TableKind kind) {
  return row_of(kind).columns;
}

Result<TableHeader> TableHeader::read(const SpreadsheetRow& row, const Wish& wish) {
  TableHeader header;
  std::ranges::transform(row.cells, std::back_inserter(header.names_), column_name);
  if (wish.kind.has_value()) {
    header.kind_ = *wish.kind;
  } else {
    ND_TRY_ASSIGN(header.kind_, find_kind(header.names_, row.line));
  }
  ND_TRY(check_columns(row_of(header.kind_), header.names_, row.line, wish.ignores_unknown));
  return header;
}

std::optional<std::size_t> TableHeader::position(std::string_view column) const {
  const auto found = std::ranges::find(names_, column);
  if (found == names_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names_.begin());
}

std::string TableHeader::cell(const SpreadsheetRow& row, std::string_view column) const {
  const auto at = position(column);
  return at.has_value() && *at < row.cells.size() ? trimmed(row.cells[*at]) : std::string();
}

ImportPlace TableHeader::place(const SpreadsheetRow& row, std::string_view column) const {
  const auto at = position(column);
  return {row.line, at.has_value() ? *at + 1 : 0, ""};
}

}  // namespace needledrop
