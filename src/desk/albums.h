#pragma once

#include "base/result.h"
#include "spotting/albums.h"

namespace needledrop {

class Desk;

/// Which recordings belong together: those of one production; else of the album that their tags
/// name; else of one folder. Errors: the catalogue's.
Result<Albums> albums_in(Desk& desk);

}  // namespace needledrop
