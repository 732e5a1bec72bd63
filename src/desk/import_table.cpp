#include "desk/import_table.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "catalogue/text.h"
#include "desk/import_values.h"

namespace needledrop {
namespace {

/// A row with the names of its columns.
struct Row {
  const TableHeader& header;
  const SpreadsheetRow& row;
  ImportProblems& problems;

  [[nodiscard]] std::string cell(std::string_view column) const { return header.cell(row, column); }
  [[nodiscard]] ImportPlace place(std::string_view column) const {
    return header.place(row, column);
  }
  [[nodiscard]] ImportPlace line() const { return {row.line, 0, ""}; }

  void code(std::vector<ImportedCode>& codes, CodeScheme scheme, std::string_view column) const {
    take_code(codes, scheme, cell(column), place(column), problems);
  }
  void fact(std::vector<ImportedFact>& facts, Property property, std::string_view column) const {
    take_fact(facts, property, cell(column), place(column), problems);
  }
  [[nodiscard]] std::optional<int> number(std::string_view column, std::string_view noun) const {
    return take_number(cell(column), noun, place(column), problems);
  }
  /// Several names in one cell, with semicolons between.
  void names(std::vector<ImportedName>& names) const {
    const std::string all = cell("also_known_as");
    std::string_view rest = all;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      std::string name = trimmed(rest.substr(0, end));
      if (!name.empty()) names.push_back({std::move(name), "", "", place("also_known_as")});
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
};

/// The works of a table, each made of one or more rows.
class WorkRows {
 public:
  explicit WorkRows(std::vector<ImportedWork>& works) : works_(works) {}

  void add(const Row& row) {
    const std::string title = row.cell("title");
    if (title.empty()) {
      row.problems.error(row.place("title"), "a work needs a title");
      return;
    }
    ImportedWork* const work = work_of(row, title);
    if (work == nullptr) return;
    take_row_basis(row, *work);
    row.fact(work->said.facts, Property::kLanguage, "language");
    row.names(work->said.names);
    take_credit(row, work->said.credits);
    take_recording(row, work->recordings);
  }

 private:
  /// The work that a row is about; nothing when that can't be told, which is a problem.
  ImportedWork* work_of(const Row& row, const std::string& title) {
    std::vector<ImportedCode> codes;
    row.code(codes, CodeScheme::kIswc, "iswc");
    const std::string comment = row.cell("comment");
    auto& alike = by_title_[folded(title) + '\n' + folded(comment)];
    const auto found =
        codes.empty() ? without_code(row, alike) : with_code(row, title, codes, alike);
    if (!found.has_value()) return nullptr;
    if (*found == works_.size()) {
      works_.push_back({0, title, comment, ShareBasis::kWhole, {}, {}, row.line()});
      alike.push_back(*found);
    }
    ImportedWork& work = works_[*found];
    if (!codes.empty() && work.said.codes.empty()) {
      by_code_[codes.front().code.value] = *found;
      work.said.codes = std::move(codes);
    }
    last_ = *found;
    return &work;
  }

  [[nodiscard]] std::optional<std::size_t> with_code(const Row& row, const std::string& title,
                                                     const std::vector<ImportedCode>& codes,
                                                     const std::vector<std::size_t>& alike) const {
    const auto known = by_code_.find(codes.front().code.value);
    if (known == by_code_.end()) {
      const auto uncoded = std::ranges::find_if(
          alike, [this](std::size_t i) { return works_[i].said.codes.empty(); });
      return uncoded == alike.end() ? works_.size() : *uncoded;
    }
    const ImportedWork& work = works_[known->second];
    if (folded(work.title) == folded(title)) return known->second;
    row.problems.error(row.place("title"),
                       fmt::format("the work of ISWC {} is '{}' here and '{}' in {}",
                                   printed_code(CodeScheme::kIswc, known->first), shown(title),
                                   shown(work.title), to_string(work.at)));
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::size_t> without_code(
      const Row& row, const std::vector<std::size_t>& alike) const {
    if (alike.empty()) return works_.size();
    if (alike.size() == 1) return alike.front();
    if (std::ranges::find(alike, last_) != alike.end()) return last_;
    row.problems.error(row.place("title"),
                       "several works of the file have this title; give the "
                       "ISWC, or a comment that tells them apart");
    return std::nullopt;
  }

  void take_row_basis(const Row& row, ImportedWork& work) {
    const auto basis = take_basis(row.cell("basis"), row.place("basis"), row.problems);
    if (!basis.has_value()) return;
    const auto index = static_cast<std::size_t>(&work - works_.data());
    const auto [known, is_new] = basis_said_.emplace(index, row.row.line);
    if (!is_new && work.basis != *basis) {
      row.problems.error(row.place("basis"),
                         fmt::format("the basis is another one than in line {}", known->second));
      return;
    }
    work.basis = *basis;
  }

  static void take_credit(const Row& row, std::vector<ImportedCredit>& credits) {
    ImportedCredit credit;
    credit.party.name = row.cell("party");
    credit.at = credit.party.at = row.place("party");
    credit.share_at = row.place("share");
    credit.society_at = row.place("society");
    credit.society = row.cell("society");
    credit.party.kind =
        take_party_kind(row.cell("party_kind"), row.place("party_kind"), row.problems);
    row.code(credit.party.codes, CodeScheme::kIpi, "ipi");
    const std::string role = row.cell("role");
    const std::string share = row.cell("share");
    if (credit.party.name.empty()) {
      if (role.empty() && share.empty() && credit.party.codes.empty()) return;
      row.problems.error(credit.at, "a role, a share or an IPI without a party");
      return;
    }
    if (role.empty()) {
      row.problems.error(row.place("role"),
                         fmt::format("'{}' needs a role, like composer", shown(credit.party.name)));
      return;
    }
    if (!share.empty()) {
      credit.share = row.problems.take(read_share(share), credit.share_at);
    }
    if (const auto read = row.problems.take(read_role(role), row.place("role"))) {
      credit.role = *read;
      credits.push_back(std::move(credit));
    }
  }

  static void take_recording(const Row& row, std::vector<ImportedRecording>& recordings) {
    ImportedRecording recording{
        row.cell("recording"), {}, row.place("recording"), row.place("isrc")};
    const std::string isrc = row.cell("isrc");
    if (!isrc.empty()) {
      recording.isrc = row.problems.code(CodeScheme::kIsrc, isrc, recording.isrc_at);
    }
    if (recording.what.empty() && !recording.isrc.has_value()) return;
    const bool is_known =
        std::ranges::any_of(recordings, [&recording](const ImportedRecording& known) {
          return known.what == recording.what && known.isrc == recording.isrc;
        });
    if (!is_known) recordings.push_back(std::move(recording));
  }

  std::vector<ImportedWork>& works_;
  std::unordered_map<std::string, std::size_t> by_code_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_title_;  // folded, and the comment
  std::unordered_map<std::size_t, int> basis_said_;                     // in which line
  std::size_t last_ = 0;
};

void add_party(const Row& row, std::vector<ImportedParty>& parties) {
  ImportedParty party;
  party.name = row.cell("name");
  party.at = row.place("name");
  if (party.name.empty()) {
    row.problems.error(party.at, "a person or organisation needs a name");
    return;
  }
  party.comment = row.cell("comment");
  party.kind = take_party_kind(row.cell("kind"), row.place("kind"), row.problems);
  row.code(party.codes, CodeScheme::kIpi, "ipi");
  row.code(party.codes, CodeScheme::kIpiBase, "ipi_base");
  row.code(party.codes, CodeScheme::kIsni, "isni");
  row.code(party.codes, CodeScheme::kMusicbrainz, "musicbrainz");
  row.code(party.codes, CodeScheme::kWikidata, "wikidata");
  row.code(party.codes, CodeScheme::kTmdb, "tmdb");
  row.code(party.codes, CodeScheme::kImdb, "imdb");
  row.fact(party.facts, Property::kSociety, "society");
  row.fact(party.facts, Property::kCountry, "country");
  row.fact(party.facts, Property::kBirthDate, "birth_date");
  row.names(party.names);
  parties.push_back(std::move(party));
}

/// What a row says of which episode it means; nothing when it does not.
std::optional<ImportedEpisode> episode_of(const Row& row, const std::string& production) {
  ImportedEpisode episode;
  episode.production = row.cell("production");
  if (episode.production.empty()) episode.production = production;
  episode.season = row.number("season", "a season");
  episode.number = row.number("number", "an episode");
  episode.title = row.cell("title");
  episode.at = row.line();
  if (!row.cell("number").empty() || !episode.title.empty()) return episode;
  row.problems.error(row.place("number"), "an episode needs a number or a title");
  return std::nullopt;
}

void add_episode(const Row& row, const std::string& production,
                 std::vector<ImportedEpisode>& episodes) {
  auto episode = episode_of(row, production);
  if (!episode.has_value()) return;
  ImportedStatements& said = episode->said;
  row.fact(said.facts, Property::kFirstBroadcast, "first_broadcast");
  row.fact(said.facts, Property::kProductionNumber, "production_number");
  row.fact(said.facts, Property::kType, "type");
  row.fact(said.facts, Property::kCountry, "country");
  row.fact(said.facts, Property::kYear, "year");
  row.code(said.codes, CodeScheme::kEidr, "eidr");
  row.code(said.codes, CodeScheme::kIsan, "isan");
  row.code(said.codes, CodeScheme::kAvi, "avi");
  row.code(said.codes, CodeScheme::kWikidata, "wikidata");
  row.code(said.codes, CodeScheme::kTmdb, "tmdb");
  row.code(said.codes, CodeScheme::kImdb, "imdb");
  row.names(said.names);
  if (std::string name = row.cell("director"); !name.empty()) {
    ImportedCredit credit;
    credit.party.name = std::move(name);
    credit.role = Role::kDirector;
    credit.at = credit.party.at = row.place("director");
    said.credits.push_back(std::move(credit));
  }
  episodes.push_back(std::move(*episode));
}

void add_broadcast(const Row& row, const std::string& production,
                   std::vector<ImportedEpisode>& episodes) {
  auto episode = episode_of(row, production);
  if (!episode.has_value()) return;
  Broadcast broadcast;
  broadcast.part = row.number("part", "a part");
  broadcast.date = row.cell("date");
  broadcast.time = row.cell("time");
  broadcast.zone = row.cell("zone");
  broadcast.channel = row.cell("channel");
  broadcast.territory = row.cell("territory");
  take_broadcast(episode->broadcasts, std::move(broadcast), row.place("date"), row.problems);
  episodes.push_back(std::move(*episode));
}

}  // namespace

Result<ImportedCatalogue> read_import_table(const Spreadsheet& table, const TableWish& wish,
                                            ImportProblems& problems) {
  if (table.rows.empty()) return fail(Error::Kind::kInvalidArgument, "the table is empty");
  ND_TRY_ASSIGN(const TableHeader header, TableHeader::read(table.rows.front(), wish.header));
  ImportedCatalogue read;
  WorkRows works(read.works);
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    const Row row{header, table.rows[i], problems};
    switch (header.kind()) {
      case TableKind::kWorks:
        works.add(row);
        break;
      case TableKind::kPeople:
        add_party(row, read.parties);
        break;
      case TableKind::kEpisodes:
        add_episode(row, wish.production, read.episodes);
        break;
      case TableKind::kBroadcasts:
        add_broadcast(row, wish.production, read.episodes);
        break;
    }
  }
  return read;
}

}  // namespace needledrop
