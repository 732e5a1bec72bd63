#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/arguments.h"

// Private to the parser of arguments: the words of `clearance`.

namespace CLI {
class App;
}

namespace needledrop {

struct ClearanceWords {
  std::string production;
  std::vector<std::string> words;  // licences | add KIND WHAT | remove N
  std::string licensor;
  std::string territory;
  std::string media;
  std::string from;
  std::string to;
  std::optional<int> uses;
  std::optional<int> seconds;
  std::string reference;
  std::string fee;
  std::string by;

  std::vector<std::string*> texts();
};

/// Binds the words, which outlive the parser.
void declare_clearance(CLI::App& app, ClearanceWords& words);
Result<ClearanceArguments> take_clearance(const ClearanceWords& words);

inline constexpr std::string_view kClearanceHelp =
    R"(Usage: needledrop clearance [options] PRODUCTION [ACTION]

Lists the rights that uses of music in a production's episodes need and don't have: each needs a master
licence of its recording and a sync licence of each of its works; what was commissioned needs none. Uses
count against limits in the order of the episodes.

Actions:
  licences           list the licences that hold for the production
  add sync|master WHAT
                     enter a licence of a work (sync) or a recording (master)
  remove N           take a licence away; it is an edit, and can be undone like one

Options of add:
  --licensor NAME    from whom
  --territory TEXT, --media TEXT
                     where and in which media it holds, in words
  --from DAY, --to DAY
                     first and last day on which it holds, YYYY-MM-DD (default: no limit)
  --uses N, --seconds N
                     how many uses, how long together (default: no limit)
  --reference TEXT   of the contract
  --fee TEXT         with its currency
  --by NAME          who enters it; else $NEEDLEDROP_AUTHOR, else your login name

Examples:
  needledrop clearance "Winter Harbour"
  needledrop clearance "Winter Harbour" add master "First Snow" --uses 4 --to 2027-12-31 --reference C-117
)";

}  // namespace needledrop
