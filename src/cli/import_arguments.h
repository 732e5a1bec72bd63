#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/arguments.h"

// Private to the parser of arguments: the words of `import`.

namespace CLI {
class App;
}

namespace needledrop {

struct ImportWords {
  std::string file;
  std::string kind;
  std::string sheet;
  std::string production;
  std::string author;
  bool dry_run = false;
  bool side_by_side = false;
  bool ignore_unknown = false;

  std::vector<std::string*> texts() { return {&file, &sheet, &production, &author}; }
};

/// Binds the words, which outlive the parser.
void declare_import(CLI::App& app, ImportWords& words);
Result<ImportArguments> take_import(const ImportWords& words);

}  // namespace needledrop
