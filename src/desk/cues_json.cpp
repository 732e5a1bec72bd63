#include "desk/cues_json.h"

#include <nlohmann/json.hpp>

#include "desk/find_recurrences.h"
#include "desk/json_parts.h"

namespace needledrop {

std::string cues_json(const EpisodeSheet& sheet) {
  Json document = json_document();
  document["episode"] = json_episode(sheet.episode, sheet.production, sheet.parts.front().file);
  document["episode"]["duration"] = json_seconds(sheet.sheet.programme_duration);
  document["cues"] = Json::array();
  for (std::size_t i = 0; i < sheet.sheet.cues.size(); ++i) {
    const SheetCue& cue = sheet.sheet.cues[i];
    document["cues"].push_back(
        Json{{"number", cue.number},
             {"part", json_optional(cue.part)},
             {"recording", json_recording(sheet.spots[i].recording, sheet.recordings)},
             {"start", json_seconds(extent(cue).start)},
             {"end", json_seconds(extent(cue).end)},
             {"usage", to_string(cue.function)},
             {"level_db", json_rounded(cue.level_db, 1)},
             {"confidence", json_rounded(cue.confidence, 4)},
             {"version_decided", sheet.spots[i].version_decided},
             {"note", cue.note}});
    put_dialogue(document["cues"].back(), dialogue_of_part(sheet, cue.part), extent(cue));
  }
  document["unidentified"] = Json::array();
  for (const SpottedFile& part : sheet.parts) {
    for (const MusicSpan& music : part.run.unidentified) {
      Json object =
          json_unidentified(music, recurrence_at(sheet.recurrences, part.file.id, music.span));
      object["part"] = json_optional(part.file.part);
      put_dialogue(object, dialogue_of_part(sheet, part.file.part), music.span);
      document["unidentified"].push_back(std::move(object));
    }
  }
  document["music_duration"] = json_seconds(sheet.sheet.music_duration);
  return json_text(document);
}

}  // namespace needledrop
