#pragma once

#include <span>
#include <string>

#include "desk/listing.h"

namespace needledrop {

/// The documents of `list`: {"recordings"}, {"episodes"}, {"productions"}.
std::string list_json(std::span<const ListedRecording> recordings);
std::string list_json(std::span<const ListedEpisode> episodes);
std::string list_json(std::span<const ListedProduction> productions);

}  // namespace needledrop
