#pragma once

#include <optional>
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
  std::string episode;
  std::string mapping;
  std::string frame_rate;
  std::string start_timecode;
  std::string author;
  bool dry_run = false;
  bool side_by_side = false;
  bool ignore_unknown = false;
  bool drop_frame = false;
  std::optional<int> part;

  std::vector<std::string*> texts() {
    return {&file, &sheet, &production, &episode, &mapping, &author};
  }
};

/// Binds the words, which outlive the parser.
void declare_import(CLI::App& app, ImportWords& words);
Result<ImportArguments> take_import(const ImportWords& words);

}  // namespace needledrop
