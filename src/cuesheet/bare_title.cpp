#include "cuesheet/bare_title.h"

#include "catalogue/text.h"

namespace needledrop {

std::string bare_title(std::string_view title) {
  std::string bare = folded(title);
  const std::size_t bracket = bare.find('(');
  if (bracket != std::string::npos && bracket > 0) bare.resize(bracket);
  bare.erase(bare.find_last_not_of(' ') + 1);
  return bare;
}

}  // namespace needledrop
