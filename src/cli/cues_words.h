#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "desk/review.h"

namespace needledrop {

struct CuesArguments {
  enum class What {
    kList,
    kProposals,
    kHistory,
    kDecide,  // as `request` says
    kUndo,
    kRedo,
    kCarry,  // from the file `from`
  };
  std::string episode;
  What what = What::kList;
  ReviewRequest request;
  std::string from;
};

/// What stands behind options of `cues`, not understood yet.
struct CuesOptions {
  std::optional<std::string> in;
  std::optional<std::string> out;
  std::optional<std::string> function;
  std::optional<std::string> vocal;
  std::optional<std::string> perception;
  std::optional<std::string> origin;
  std::optional<std::string> note;
  std::optional<std::string> title;
  std::optional<std::string> artist;
  std::optional<std::string> reported;
  std::optional<std::int64_t> work;
  std::optional<int> part;
  std::optional<std::string> cut;
  bool season = false;
  bool dry_run = false;
  std::string by;
  std::string from;
};

/// Understands the words after EPISODE: ACTION and what it is about. kInvalidArgument says what is
/// needed, and refuses options that would do nothing.
Result<CuesArguments> read_cues_words(const std::string& episode,
                                      const std::vector<std::string>& words,
                                      const CuesOptions& options);

}  // namespace needledrop
