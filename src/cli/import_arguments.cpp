#include "cli/import_arguments.h"

#include <CLI/CLI.hpp>

namespace needledrop {

void declare_import(CLI::App& app, ImportWords& words) {
  CLI::App* import = app.add_subcommand("import");
  import->add_option("FILE", words.file)->required();
  import->add_option("--as", words.kind)
      ->check(CLI::IsMember({"works", "people", "episodes", "broadcasts"}));
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
  arguments.options.kind = table_kind(words.kind);
  arguments.options.sheet = words.sheet;
  arguments.options.production = words.production;
  arguments.options.dry_run = words.dry_run;
  arguments.options.side_by_side = words.side_by_side;
  arguments.options.ignores_unknown = words.ignore_unknown;
  return arguments;
}

}  // namespace needledrop
