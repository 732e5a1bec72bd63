#include "cli/author.h"

#include <cstdlib>

#include "cli/text_width.h"

namespace needledrop {

std::string author_or_user(const std::string& named) {
  if (!named.empty()) return named;
  const char* const user = std::getenv("USER");
  return user == nullptr ? "" : printable(user);
}

}  // namespace needledrop
