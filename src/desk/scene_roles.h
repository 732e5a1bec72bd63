#pragma once

#include <stop_token>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "scenes/footage.h"
#include "scenes/scene_edit.h"
#include "scenes/scene_role.h"

namespace needledrop {

class Desk;

/// Openings, endings, recaps and previews of an episode's file, each list by start.
struct FileRoles {
  std::vector<RoleSpan> seen;   // by footage that other episodes have too: to the picture
  std::vector<RoleSpan> heard;  // by sound that find_recurrences found again: roughly
};

/// Looks for the beginning and the end of a file among the footage of the production's episodes
/// next to it, and for theirs in it, and keeps what they have in common. Neighbours whose kept
/// footage is damaged are passed over. Errors: kCorrupt, kCancelled, kIo.
Result<void> compare_with_neighbours(Desk& desk, const EpisodeFile& file, const Footage& footage,
                                     unsigned threads, std::stop_token stop);

/// From what was kept.
Result<FileRoles> roles_of(Desk& desk, const EpisodeFile& file);

/// Gives the scenes of a file their roles; openings and endings that nothing else tells by what
/// they look like, where subtitles say that nobody speaks in them.
Result<void> give_roles(Desk& desk, const EpisodeFile& file, const SeenPicture& picture,
                        const FileRoles& roles, std::vector<Scene>& scenes);

}  // namespace needledrop
