#pragma once

#include <string_view>

#include "base/result.h"
#include "catalogue/entities.h"

namespace needledrop {

class Desk;

/// The episode that a person means: an id, a path, PRODUCTION/S01E12, an unambiguous part of a
/// title, or a file (moved or copied) that holds its audio. Errors: kNotFound, kAmbiguous listing
/// the choices.
Result<Episode> find_episode(Desk& desk, std::string_view what);

}  // namespace needledrop
