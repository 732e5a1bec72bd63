#pragma once

#include <cstdint>
#include <map>

#include "base/units.h"

namespace needledrop {

/// What keeps recordings together, an album or a production's music, by recording; the numbers mean
/// nothing else. Where one recording of an album plays, others may well do. Those that are not
/// named are on their own.
using Albums = std::map<SourceId, std::uint32_t>;

}  // namespace needledrop
