#pragma once

#include <string>

#include "desk/compare_sheet.h"

namespace needledrop {

/// {"format": 1, "episode": id, "uses": [{"result", "filed": {"line", "title", "artist", "start",
/// "end", "duration", "part"}, "heard": {"cue", "title", "start", "end", "duration"}, "remark"}],
/// "warnings"}; filed or heard is null where that side has nothing.
std::string comparison_json(const ComparedSheet& compared);

}  // namespace needledrop
