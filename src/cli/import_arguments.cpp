#include "cli/import_arguments.h"

#include <CLI/CLI.hpp>

#include "base/timecode.h"

namespace needledrop {
namespace {

Error wrong(std::string text) {
  return fail(Error::Kind::kInvalidArgument, std::move(text));
}

/// Of a cue sheet, for the episode that is named.
Result<SheetImportOptions> take_sheet(const ImportWords& words) {
  if (words.episode.empty())
    return wrong("a cue sheet is that of an episode; say --episode EPISODE");
  if (!words.production.empty() || words.ignore_unknown) {
    return wrong("--production and --ignore-unknown are not said of a cue sheet");
  }
  SheetImportOptions options;
  options.episode = words.episode;
  options.part = words.part;
  options.dry_run = words.dry_run;
  options.side_by_side = words.side_by_side;
  options.reader.sheet = words.sheet;
  options.reader.clock.start_timecode = words.start_timecode;
  if (!words.mapping.empty()) {
    ND_TRY_ASSIGN(options.reader.mapping, read_sheet_mapping(words.mapping));
  }
  if (!words.frame_rate.empty()) {
    ND_TRY_ASSIGN(const Fraction rate, parse_frame_rate(words.frame_rate));
    ND_TRY_ASSIGN(options.reader.clock.timebase, make_timebase(rate, words.drop_frame));
  } else if (words.drop_frame) {
    return wrong("--drop-frame needs --frame-rate");
  }
  return options;
}

}  // namespace

void declare_import(CLI::App& app, ImportWords& words) {
  CLI::App* import = app.add_subcommand("import");
  import->add_option("FILE", words.file)->required();
  import->add_option("--as", words.kind)
      ->check(CLI::IsMember({"works", "people", "episodes", "broadcasts", "cuesheet"}));
  import->add_option("--episode", words.episode);
  import->add_option("--map", words.mapping);
  import->add_option("--part", words.part)->check(CLI::PositiveNumber);
  import->add_option("--frame-rate", words.frame_rate);
  import->add_option("--start-timecode", words.start_timecode);
  import->add_flag("--drop-frame", words.drop_frame);
  import->add_option("--sheet", words.sheet);
  import->add_option("--production", words.production);
  import->add_option("--by", words.author);
  import->add_flag("--dry-run", words.dry_run);
  import->add_flag("--side-by-side", words.side_by_side);
  import->add_flag("--ignore-unknown", words.ignore_unknown);
}

Result<ImportArguments> take_import(const ImportWords& words) {
  ImportArguments arguments;
  arguments.file = words.file;
  arguments.author = words.author;
  if (words.kind == "cuesheet" || (words.kind.empty() && !words.episode.empty())) {
    ND_TRY_ASSIGN(arguments.cue_sheet, take_sheet(words));
    return arguments;
  }
  if (!words.episode.empty() || !words.mapping.empty() || words.part.has_value() ||
      !words.frame_rate.empty() || !words.start_timecode.empty() || words.drop_frame) {
    return wrong("--episode, --map, --part and what tells timecode are said of a cue sheet");
  }
  arguments.options.kind = table_kind(words.kind);
  arguments.options.sheet = words.sheet;
  arguments.options.production = words.production;
  arguments.options.dry_run = words.dry_run;
  arguments.options.side_by_side = words.side_by_side;
  arguments.options.ignores_unknown = words.ignore_unknown;
  return arguments;
}

}  // namespace needledrop
