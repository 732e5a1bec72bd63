#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"

namespace needledrop {

class Desk;

/// A file of an episode with the run that counts.
struct SpottedFile {
  EpisodeFile file;
  Run run;
};

/// The cuts of an episode that a spotted file is of, by name: "", the broadcast cut, comes first.
Result<std::vector<std::string>> spotted_cuts(Desk& desk, std::int64_t episode);

/// The cut that a person means: the one named or, where none is, the broadcast cut, else the only
/// one; "" where no file was spotted. Errors: kNotFound (none is called so), kAmbiguous (none is
/// named, and there are several without the broadcast cut); both list them.
Result<std::string> meant_cut(Desk& desk, std::int64_t episode,
                              const std::optional<std::string>& named);

/// The files of a cut with their runs, in the order of the parts. Of several files of one part
/// (encoded anew, delivered twice) the newest counts.
Result<std::vector<SpottedFile>> parts_of_cut(Desk& desk, std::int64_t episode,
                                              std::string_view cut);

/// Those of the broadcast cut, where nobody is there to ask which one is meant: the first of the
/// spotted cuts.
Result<std::vector<SpottedFile>> broadcast_parts(Desk& desk, std::int64_t episode);

}  // namespace needledrop
