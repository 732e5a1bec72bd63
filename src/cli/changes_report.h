#pragma once

#include <span>
#include <string>

#include "desk/change_report.h"

namespace needledrop {

/// Changes by kind and group, a line each: "+ work 3 Promise". Of a large group the first 200.
std::string changes_text(std::span<const DescribedChange> changes);
/// "added: 2 works, 4 credits; removed: 1 fact"; "nothing new" when there are none. Without a
/// newline.
std::string counts_text(std::span<const ChangeCount> counts);

}  // namespace needledrop
