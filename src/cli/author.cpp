#include "cli/author.h"

#include <array>
#include <cstdlib>

#include <pwd.h>
#include <unistd.h>

namespace needledrop {

std::string author_of(const std::string& named) {
  if (!named.empty()) return named;
  const char* const of_environment = std::getenv("NEEDLEDROP_AUTHOR");
  if (of_environment != nullptr && *of_environment != '\0') return of_environment;
  std::array<char, 16'384> room{};
  struct passwd entry {};
  struct passwd* found = nullptr;
  const int failed = ::getpwuid_r(::getuid(), &entry, room.data(), room.size(), &found);
  if (failed == 0 && found != nullptr && *found->pw_name != '\0') return found->pw_name;
  return "user " + std::to_string(::getuid());
}

}  // namespace needledrop
