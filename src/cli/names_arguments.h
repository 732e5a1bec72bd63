#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/arguments.h"

// Private to the parser of arguments: the words of `names`.

namespace CLI {
class App;
}

namespace needledrop {

struct NamesWords {
  std::vector<std::string> words;  // WHAT, which may be two; ACTION; TEXT or NUMBER
  std::string search;
  std::string kind;
  std::string language;
  std::string author;
  int limit = 0;  // 0: not given

  std::vector<std::string*> texts();
};

/// Binds the words, which outlive the parser.
void declare_names(CLI::App& app, NamesWords& words);
Result<NamesArguments> take_names(const NamesWords& words);

}  // namespace needledrop
