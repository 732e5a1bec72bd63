#include "desk/import_sheet.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "catalogue/facts.h"
#include "catalogue/text.h"
#include "catalogue/works.h"
#include "cuesheet/edl_reader.h"
#include "cuesheet/sheet_text.h"
#include "desk/desk.h"
#include "desk/file_name.h"
#include "desk/import_application.h"
#include "desk/import_shares.h"
#include "desk/imported_cues.h"
#include "desk/imported_sheet.h"

namespace needledrop {
namespace {

std::string_view text_of(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Times of others count from the first frame of the file that the desk knows, in its frames.
Result<std::vector<ImportedUse>> read_uses(std::string_view bytes, SheetReaderOptions reader,
                                           const EpisodeFile& file, ImportProblems& problems) {
  const bool says_rate = reader.clock.timebase.has_value();
  if (reader.clock.start_timecode.empty()) {
    reader.clock.start_timecode = file.start_timecode.value_or("");
  }
  if (says_rate || file.frame_rate.numerator == 0) {
    return read_imported_sheet(bytes, reader, problems);
  }
  SheetReaderOptions own = reader;
  ND_TRY_ASSIGN(own.clock.timebase,
                make_timebase(file.frame_rate, says_drop_frame(reader.clock.start_timecode)));
  if (!looks_like_edl(bytes)) return read_imported_sheet(bytes, own, problems);
  // A list may say its rate itself.
  auto uses = read_imported_sheet(bytes, reader, problems);
  return uses.has_value() ? std::move(uses) : read_imported_sheet(bytes, own, problems);
}

/// What lines say of works and recordings, each work once, and which of the works each line names.
struct SheetStatements {
  ImportedCatalogue read;
  std::vector<std::vector<std::size_t>> works;  // by line: places in read.works
};

class Stating {
 public:
  Stating(Desk& desk, const ImportedCues& cues, ImportProblems& problems)
      : desk_(desk), cues_(cues), problems_(problems) {}

  Result<SheetStatements> run(const std::vector<ImportedUse>& uses,
                              const std::vector<PlacedUse>& placed) {
    for (std::size_t i = 0; i < uses.size(); ++i) ND_TRY(add(uses[i], placed[i]));
    return std::move(said_);
  }

 private:
  Result<void> add(const ImportedUse& use, const PlacedUse& placed) {
    std::vector<std::size_t>& works = said_.works.emplace_back();
    add_isrc(use, placed);
    if (!use.medley.empty() && !is_known_medley(use, placed)) {
      problems_.warn(use.at,
                     fmt::format("which of '{}' the writers are of can't be told; nothing is "
                                 "said of these works",
                                 shown(use.medley, 80)));
    }
    ND_TRY_ASSIGN(const auto known, cues_.works_of(desk_, placed));
    for (const ImportedWork& work : use.works) {
      ND_TRY_ASSIGN(const std::int64_t id, known_work(work, known));
      works.push_back(merge(work, id, id == 0 ? cues_.recording_of(placed) : SourceId()));
    }
    return {};
  }

  void add_isrc(const ImportedUse& use, const PlacedUse& placed) {
    const SourceId recording = cues_.recording_of(placed);
    const bool is_known = placed.cue.has_value() && use.isrc.has_value() &&
                          read_code(CodeScheme::kIsrc, cues_.sheet().cues[*placed.cue].isrc)
                                  .transform([](const Code& code) { return code.value; })
                                  .value_or("") == use.isrc->value;
    if (!use.isrc.has_value() || is_known || recording == SourceId()) return;
    said_.read.recordings.push_back(
        {std::to_string(recording.value), use.isrc, use.at, use.isrc_at});
  }

  [[nodiscard]] bool is_known_medley(const ImportedUse& use, const PlacedUse& placed) const {
    return placed.cue.has_value() && work_titles(cues_.sheet().cues[*placed.cue]) == use.medley;
  }

  /// Of the works that the music is, the one of this code or title; 0: none of them.
  Result<std::int64_t> known_work(const ImportedWork& said,
                                  const std::vector<std::int64_t>& known) const {
    const Database& database = desk_.catalogue().database();
    std::int64_t of_title = 0;
    for (const std::int64_t id : known) {
      ND_TRY_ASSIGN(const auto codes, identifiers_of(database, {EntityKind::kWork, id}));
      bool has_other = false;
      for (const Identifier& code : codes) {
        const bool counts =
            code.code.scheme == CodeScheme::kIswc && code.standing != FactStanding::kDismissed;
        if (!counts || said.said.codes.empty()) continue;
        if (code.code.value == said.said.codes.front().code.value) return id;
        has_other = true;
      }
      ND_TRY_ASSIGN(const Work work, needledrop::work(database, id));
      if (!has_other && of_title == 0 && folded(work.title) == folded(said.title)) of_title = id;
    }
    return of_title;
  }

  /// Its place among the works of the sheet. `recording`: that performs it, where it is not said
  /// yet.
  std::size_t merge(const ImportedWork& work, std::int64_t known, SourceId recording) {
    const std::string code = work.said.codes.empty() ? "" : work.said.codes.front().code.value;
    const auto [place, is_new] =
        places_.try_emplace({known, folded(work.title), code}, said_.read.works.size());
    if (is_new) {
      said_.read.works.push_back(work);
      said_.read.works.back().known = known;
    }
    ImportedWork& merged = said_.read.works[place->second];
    if (!is_new) {
      merged.said.credits.insert(merged.said.credits.end(), work.said.credits.begin(),
                                 work.said.credits.end());
    }
    if (recording != SourceId()) {
      const std::string number = std::to_string(recording.value);
      if (std::ranges::find(merged.recordings, number, &ImportedRecording::what) ==
          merged.recordings.end()) {
        merged.recordings.push_back({number, std::nullopt, work.at, work.at});
      }
    }
    return place->second;
  }

  Desk& desk_;
  const ImportedCues& cues_;
  ImportProblems& problems_;
  SheetStatements said_;
  std::map<std::tuple<std::int64_t, std::string, std::string>, std::size_t> places_;
};

/// A sheet on its way into the catalogue.
struct PlacedSheet {
  std::string name;    // of the file
  std::string source;  // by which it is known
  std::vector<ImportedUse> uses;
  std::vector<PlacedUse> placed;
  SheetStatements said;
};

/// The decision that the lines make of the cues. Lines that change nothing are known.
Decision decision_of(const PlacedSheet& sheet, const ImportedCues& cues,
                     const AppliedImport& applied, const EditNote& note, ImportProblems& problems,
                     std::size_t& known) {
  Decision decision;
  decision.kind = DecisionKind::kImport;
  decision.author = note.author;
  decision.at = note.at;
  decision.note = note.summary;
  for (std::size_t i = 0; i < sheet.uses.size(); ++i) {
    const std::vector<std::size_t>& works = sheet.said.works[i];
    const std::int64_t work =
        works.size() == 1 ? applied.works[works.front()].value_or(0) : std::int64_t{0};
    auto change = cues.change(sheet.uses[i], sheet.placed[i], work, problems);
    if (change.has_value()) {
      decision.changes.push_back(std::move(*change));
    } else if (sheet.placed[i].cue.has_value()) {
      ++known;
    }
  }
  return decision;
}

Result<void> enter(Desk& desk, const ImportedCues& cues, const PlacedSheet& sheet,
                   KnownRecordings recordings, const SheetImportOptions& options,
                   ImportProblems& problems, ImportOutcome& outcome) {
  const EditNote note{options.author, utc_text(desk.clock().now()),
                      fmt::format("import of {}", sheet.name)};
  ND_TRY_ASSIGN(CatalogueEdit edit, CatalogueEdit::begin(desk.catalogue(), note));
  ImportStatements::Source source{Provenance::Kind::kImport, sheet.source, options.side_by_side};
  source.adds_only = true;
  ND_TRY_ASSIGN(
      const AppliedImport applied,
      apply_import(edit, sheet.said.read, std::move(recordings), std::move(source), problems));
  outcome.known = applied.known;
  Decision decision = decision_of(sheet, cues, applied, note, problems, outcome.known);
  if (problems.has_errors()) return {};
  ND_TRY(decide(edit, std::move(decision)));
  return finish_import(edit, outcome);
}

}  // namespace

Result<ImportOutcome> import_sheet(Desk& desk, const std::string& path,
                                   const SheetImportOptions& options) {
  ND_TRY_ASSIGN(const ImportedCues cues, ImportedCues::load(desk, options.episode));
  ND_TRY_ASSIGN(const auto file, desk.files().map(path));
  ImportOutcome outcome;
  outcome.path = path;
  outcome.is_dry_run = options.dry_run;
  ImportProblems problems;
  PlacedSheet sheet;
  sheet.name = valid_utf8(file_name(path));
  sheet.source = source_name(path, options.source);
  ND_TRY_ASSIGN(sheet.uses,
                read_uses(text_of(file->bytes()), options.reader, cues.first_file(), problems));
  cues.put_on_programme_clock(sheet.uses, options.part, problems);
  ND_TRY_ASSIGN(KnownRecordings recordings, KnownRecordings::load(desk.catalogue()));
  ND_TRY_ASSIGN(sheet.placed, cues.place(desk, sheet.uses, recordings));
  ND_TRY_ASSIGN(sheet.said, Stating(desk, cues, problems).run(sheet.uses, sheet.placed));
  settle_shares(sheet.said.read, problems);
  ND_TRY(enter(desk, cues, sheet, std::move(recordings), options, problems, outcome));
  ND_TRY(tell_problems(desk.catalogue(), problems, outcome));
  return outcome;
}

}  // namespace needledrop
