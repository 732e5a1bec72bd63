#pragma once

#include <string>
#include <string_view>

namespace needledrop {

/// "needledrop 0.1.0".
std::string version_text();
/// The few lines that a call without arguments gets.
std::string short_help();
/// `--help`: every command with a line, options and examples.
std::string full_help();
/// `COMMAND --help`. "" when there is no such command.
std::string command_help(std::string_view command);

}  // namespace needledrop
