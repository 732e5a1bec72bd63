#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "scenes/footage.h"

namespace needledrop {

class Desk;

/// What the desk keeps of a file's picture; nothing when it was never looked at. kCorrupt.
Result<std::optional<Footage>> kept_footage(Desk& desk, SourceId file);

/// Looks at the picture of an episode's file, where it still lies, and keeps its footage; that of a
/// file without a picture is empty. A desk that can't be written to is no error: then it is only
/// handed over. Errors: kNotFound when the file is not there any more or is another one now,
/// decode_picture's.
Result<Footage> look_at_footage(Desk& desk, const EpisodeFile& file, std::stop_token stop,
                                const std::function<void(Milliseconds)>& position);

}  // namespace needledrop
