#pragma once

#include <string>

namespace needledrop {

/// Who decides: `named` on the command line, else $NEEDLEDROP_AUTHOR, else the user's login name.
std::string author_of(const std::string& named);

}  // namespace needledrop
