#include "desk/sheet_scenes.h"

#include <utility>

#include "desk/desk.h"
#include "desk/episode_scenes.h"

namespace needledrop {

Result<void> add_scenes(Desk& desk, EpisodeSheet& sheet) {
  for (std::size_t i = 0; i < sheet.parts.size(); ++i) {
    ND_TRY_ASSIGN(FileScenes seen, scenes_of(desk, sheet.parts[i].file));
    sheet.sheet.parts[i].scenes = std::move(seen.scenes);
  }
  return {};
}

}  // namespace needledrop
