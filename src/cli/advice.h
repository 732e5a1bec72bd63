#pragma once

#include <string>

#include "base/error.h"

namespace needledrop {

/// "what is wrong; what to do" for an error of the desk or of the command as a whole. A message
/// that says what to do itself stays as it is.
std::string advised(const Error& error);
/// The same for an error of a media file that was given.
std::string advised_input(const Error& error);

}  // namespace needledrop
