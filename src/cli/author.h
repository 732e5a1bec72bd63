#pragma once

#include <string>

namespace needledrop {

/// Who makes an edit: as named, else $USER, else nobody in particular ("").
std::string author_or_user(const std::string& named);

}  // namespace needledrop
