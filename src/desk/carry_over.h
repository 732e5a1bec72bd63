#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/carried_cues.h"
#include "desk/review.h"

namespace needledrop {

class Desk;

struct CarryOptions {
  std::optional<std::string> cut;  // to carry to, as meant_cut
  std::string from;  // path, cut or id of what to carry from; "" takes what was decided about last
  std::string author;
  bool is_preview = false;
  unsigned threads = 1;  // nothing depends on it
  std::stop_token stop;
};

/// Decisions that were carried over to the newest files of a cut.
struct CarriedOver {
  Reviewed reviewed;      // as review has it
  std::vector<Cue> lost;  // decided ones without a counterpart, in the time of their own file
  std::string from;       // the names of the files
};

/// Carries what people decided about other files of the episode over to the newest ones of a cut,
/// by aligning their sound: one decision. Each takes it from the newest other file of its own part
/// and cut, else from all files of that other cut whose file was decided about last, however it is
/// parted. Errors: kNotFound (no such episode, cut or file, or nothing was decided about any
/// other), kAmbiguous, kBusy, kCorrupt, kCancelled.
Result<CarriedOver> carry_over(Desk& desk, std::string_view episode, const CarryOptions& options);

/// Where the sound of one indexed episode's file lies in another: in order, apart in the one.
/// Errors: kNotFound (not in the index), kCorrupt, kCancelled.
Result<std::vector<SharedTime>> shared_time(Desk& desk, SourceId one, SourceId other,
                                            unsigned threads, std::stop_token stop);

}  // namespace needledrop
