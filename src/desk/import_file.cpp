#include "desk/import_file.h"

#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "catalogue/catalogue_edit.h"
#include "catalogue/text.h"
#include "desk/desk.h"
#include "desk/file_name.h"
#include "desk/import_application.h"
#include "desk/import_document.h"
#include "desk/import_shares.h"
#include "desk/import_table.h"
#include "desk/known_recordings.h"

namespace needledrop {
namespace {

std::string_view text_of(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Does a document begin here, rather than a table?
bool is_document(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

/// A file may be too long because a line never ends: that is said with its place.
Result<Spreadsheet> read_table_file(std::string_view text, const SpreadsheetOptions& options) {
  constexpr std::size_t kFirstPart = std::size_t{4} << 20;
  if (text.size() > SpreadsheetLimits::kFileBytes && !text.starts_with("PK")) {
    ND_TRY(read_spreadsheet(text.substr(0, kFirstPart), options));
  }
  return read_spreadsheet(text, options);
}

Result<ImportedCatalogue> read_import(std::string_view text, const ImportOptions& options,
                                      ImportProblems& problems) {
  if (is_document(text)) return read_import_document(text, options.production, problems);
  SpreadsheetOptions how;
  how.sheet = options.sheet;
  ND_TRY_ASSIGN(const Spreadsheet table, read_table_file(text, how));
  return read_import_table(table, {{options.kind, options.ignores_unknown}, options.production},
                           problems);
}

/// Enters what was read. Nothing stays of it when there are problems, or in a dry run.
Result<void> enter(Desk& desk, const ImportedCatalogue& read, const std::string& path,
                   const ImportOptions& options, ImportProblems& problems, ImportOutcome& outcome) {
  ND_TRY_ASSIGN(KnownRecordings recordings, KnownRecordings::load(desk.catalogue()));
  ND_TRY_ASSIGN(CatalogueEdit edit,
                CatalogueEdit::begin(desk.catalogue(),
                                     {options.author, utc_text(desk.clock().now()),
                                      fmt::format("import of {}", valid_utf8(file_name(path)))}));
  ND_TRY_ASSIGN(const AppliedImport applied,
                apply_import(edit, read, std::move(recordings),
                             {Provenance::Kind::kImport, source_name(path, options.source),
                              options.side_by_side},
                             problems));
  outcome.known = applied.known;
  return problems.has_errors() ? Result<void>() : finish_import(edit, outcome);
}

}  // namespace

Result<ImportOutcome> import_file(Desk& desk, const std::string& path,
                                  const ImportOptions& options) {
  ND_TRY_ASSIGN(const auto file, desk.files().map(path));
  ImportOutcome outcome;
  outcome.path = path;
  outcome.is_dry_run = options.dry_run;
  ImportProblems problems;
  ND_TRY_ASSIGN(ImportedCatalogue read, read_import(text_of(file->bytes()), options, problems));
  settle_shares(read, problems);
  ND_TRY(enter(desk, read, path, options, problems, outcome));
  ND_TRY(tell_problems(desk.catalogue(), problems, outcome));
  return outcome;
}

}  // namespace needledrop
