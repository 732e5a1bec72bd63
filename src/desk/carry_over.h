#pragma once

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
  std::string from;  // path, cut or id of the file to carry from; "" takes the newest decided one
  std::string author;
  bool is_preview = false;
  unsigned threads = 1;  // nothing depends on it
  std::stop_token stop;
};

/// Decisions that were carried over to the newest files of an episode.
struct CarriedOver {
  Reviewed reviewed;      // as review has it
  std::vector<Cue> lost;  // decided ones without a counterpart, in the time of their own file
  std::string from;       // the name of that file
};

/// Carries what people decided about another file of the same part, another cut or encoding, over
/// to the newest one of the broadcast cut, by aligning the sound of the two: one decision. Errors:
/// kNotFound (no such episode or file, or nothing was decided about any other), kBusy, kCorrupt,
/// kCancelled.
Result<CarriedOver> carry_over(Desk& desk, std::string_view episode, const CarryOptions& options);

/// Where the sound of one indexed episode's file lies in another: in order, apart in the one.
/// Errors: kNotFound (not in the index), kCorrupt, kCancelled.
Result<std::vector<SharedTime>> shared_time(Desk& desk, SourceId one, SourceId other,
                                            unsigned threads, std::stop_token stop);

}  // namespace needledrop
