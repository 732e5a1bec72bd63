#include <string_view>

#include "desk/import_document.h"
#include "desk/import_shares.h"
#include "desk/import_table.h"
#include "desk/imported_sheet.h"
#include "fuzz_target.h"

namespace needledrop {
namespace {

void require(bool promise) {
  if (!promise) __builtin_trap();
}

void require_problems(const ImportProblems& problems) {
  const auto errors = problems.errors();
  require(errors.size() <= ImportProblems::kMostErrors);
  require(errors.empty() == !problems.has_errors());
  require(problems.error_count() >= errors.size());
  require(problems.warnings().size() <= ImportProblems::kMostWarnings);
  for (const ImportProblem& error : errors) require(!error.text.empty());
}

/// What is told of works adds up, or is a problem.
void require_works(ImportedCatalogue read, ImportProblems& problems) {
  settle_shares(read, problems);
  require_problems(problems);
  if (problems.has_errors()) return;
  for (const ImportedWork& work : read.works) {
    require(!work.title.empty());
    std::int64_t shares = 0;
    for (const ImportedCredit& credit : work.said.credits) {
      require(!credit.party.name.empty());
      const RoleSide side = side_of(credit.role);
      const bool counts = side == RoleSide::kWriter || side == RoleSide::kPublisher;
      if (counts) shares += credit.share.value_or(Share{}).millionths;
    }
    require(shares <= Share::kWhole);
  }
}

void read_as_document(std::string_view text) {
  ImportProblems problems;
  auto read = read_import_document(text, "", problems);
  if (read.has_value()) return require_works(std::move(*read), problems);
  require(!read.error().message.empty());
}

void read_as_table(std::string_view text) {
  const auto table = read_spreadsheet(text);
  if (!table.has_value()) return;
  for (const bool ignores_unknown : {false, true}) {
    ImportProblems problems;
    auto read =
        read_import_table(*table, {{std::nullopt, ignores_unknown}, "Production"}, problems);
    if (read.has_value()) {
      require_works(std::move(*read), problems);
    } else {
      require(!read.error().message.empty());
    }
  }
}

void read_as_sheet(std::string_view text) {
  SheetReaderOptions options;
  options.clock = {*make_timebase({25, 1}, false), ""};
  ImportProblems problems;
  const auto uses = read_imported_sheet(text, options, problems);
  if (!uses.has_value()) return require(!uses.error().message.empty());
  require_problems(problems);
  for (const ImportedUse& use : *uses) {
    Milliseconds before{-1};
    for (const Span& span : use.spans) {
      require(span.start > before && span.end > span.start);
      before = span.end;
    }
    for (const ImportedWork& work : use.works) require(!work.title.empty());
  }
}

}  // namespace

/// Whatever a file to import says, it is read or told to be wrong, within the bounds of both.
void fuzz_import(std::span<const std::uint8_t> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  read_as_document(text);
  read_as_table(text);
  read_as_sheet(text);
}

}  // namespace needledrop
