#include "desk/sheet_material.h"

#include <algorithm>
#include <iterator>

#include "desk/cue_music.h"
#include "desk/desk.h"
#include "desk/episode_scenes.h"
#include "desk/file_name.h"
#include "desk/sheet_header.h"

namespace needledrop {
namespace {

Result<SheetPart> sheet_part(Desk& desk, const EpisodeFile& file) {
  SheetPart part;
  part.part = file.part;
  part.file = valid_utf8(file_name(file.path));
  part.duration = file.duration;
  part.frame_rate = file.frame_rate;
  part.start_timecode = file.start_timecode;
  ND_TRY_ASSIGN(FileScenes scenes, scenes_of(desk, file));
  part.scenes = std::move(scenes.scenes);
  return part;
}

/// What cues name besides recordings.
Result<void> put_works(Desk& desk, const SheetMaterial::Part& part, SheetMaterial& material) {
  for (const Cue& cue : part.cues) {
    if (cue.work == 0 || material.works.contains(cue.work)) continue;
    auto work = sheet_work(desk, cue.work);
    if (work.has_value()) {
      material.works.emplace(cue.work, std::move(*work));
    } else if (work.error().kind != Error::Kind::kNotFound) {  // it may have been removed since
      return work.error();
    }
  }
  return {};
}

}  // namespace

Result<SheetMaterial> sheet_material(Desk& desk, const EpisodeCues& cues, const Society* society) {
  SheetMaterial material;
  material.society = society;
  ND_TRY_ASSIGN(material.header, sheet_header(desk, cues.episode, cues.production));
  for (const PartCues& of_part : cues.parts) {
    SheetMaterial::Part& part = material.parts.emplace_back();
    ND_TRY_ASSIGN(part.part, sheet_part(desk, of_part.file));
    std::ranges::copy_if(of_part.cues, std::back_inserter(part.cues),
                         [](const Cue& cue) { return cue.standing != CueStanding::kRejected; });
    ND_TRY(put_works(desk, part, material));
  }
  for (const Recording& recording : cues.recordings) {
    ND_TRY_ASSIGN(CueMusic music, cue_music(desk, recording));
    material.recordings.emplace(recording.id, std::move(music));
  }
  return material;
}

}  // namespace needledrop
