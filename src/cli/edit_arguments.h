#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/arguments.h"

// Private to the parser of arguments: the words of `edit`.

namespace CLI {
class App;
}

namespace needledrop {

struct EditWords {
  std::vector<std::string> words;  // [KIND] NAME ACTION ..., or show N
  bool history = false;
  std::optional<std::int64_t> undo;
  std::optional<std::int64_t> redo;
  std::string share;
  std::string society;
  std::string comment;
  std::string author;
  bool organisation = false;

  std::vector<std::string*> texts();
};

/// Binds the words, which outlive the parser.
void declare_edit(CLI::App& app, EditWords& words);
Result<EditArguments> take_edit(const EditWords& words);

}  // namespace needledrop
