#pragma once

#include <string>
#include <vector>

namespace needledrop {

/// The whole program but for the process around it: understands the words after its name, does the
/// work, prints on the standard streams and returns the exit code.
int run_program(const std::vector<std::string>& words);

}  // namespace needledrop
