#include "desk/compare_sheet.h"

#include <memory>
#include <utility>

#include "desk/current_sheet.h"
#include "desk/desk.h"
#include "desk/file_name.h"

namespace needledrop {

Result<ComparedSheet> compare_sheet(Desk& desk, const std::string& path, std::string_view what,
                                    const SheetReaderOptions& reader,
                                    const ComparisonRules& rules) {
  ND_TRY_ASSIGN(const EpisodeCues cues, episode_cues(desk, what));
  ND_TRY_ASSIGN(const auto file, desk.files().map(path));
  const auto bytes = file->bytes();
  auto read = read_sheet({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, reader);
  if (!read.has_value()) return read.error().in(path);
  ComparedSheet compared;
  compared.episode = cues.episode;
  compared.warnings = std::move(read->warnings);
  SheetComparison& comparison = compared.comparison;
  comparison.filed_name = valid_utf8(file_name(path));
  comparison.filed = std::move(read->cues);
  ND_TRY_ASSIGN(comparison.sheet, live_sheet(desk, cues, {}));
  comparison.uses = compare_uses(comparison.filed, comparison.sheet, rules);
  return compared;
}

}  // namespace needledrop
