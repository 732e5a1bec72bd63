#pragma once

#include "base/error.h"

namespace needledrop {

/// What the program ends with; scripts rely on it.
inline constexpr int kExitDone = 0;  // also when nothing was found
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitInput = 3;  // some input was unreadable or has no sound; the rest is done
inline constexpr int kExitDesk = 4;   // desk locked or damaged

/// For an error of the desk or of the command as a whole.
int exit_code(Error::Kind kind);
/// For an error of a media file that was given.
int exit_code_of_input(Error::Kind kind);
/// The one that tells more when several files ended differently.
int graver_exit_code(int a, int b);

}  // namespace needledrop
