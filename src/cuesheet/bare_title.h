#pragma once

#include <string>
#include <string_view>

namespace needledrop {

/// A title as titles of sheets are compared: folded, without what stands in brackets behind it, as
/// "(Inst.)" does.
std::string bare_title(std::string_view title);

}  // namespace needledrop
