#include "desk/spot_json.h"

#include <nlohmann/json.hpp>

#include "desk/find_recurrences.h"
#include "desk/json_parts.h"

namespace needledrop {
namespace {

Json json_alignment(const Alignment& alignment) {
  return Json{{"start", json_seconds(alignment.span.start)},
              {"end", json_seconds(alignment.span.end)},
              {"recording_start", json_seconds(alignment.recording_start)},
              {"rate", json_rounded(alignment.rate, 6)},
              {"pitch", json_rounded(alignment.pitch, 6)}};
}

/// A spot is heard by its first alignment; there is at least one.
Json json_spot(const Spot& spot, const SpottedEpisode& spotted) {
  const std::span<const Recording> recordings = spotted.recordings;
  const Alignment first = spot.alignments.empty() ? Alignment{} : spot.alignments.front();
  Json object{{"recording", json_recording(spot.recording, recordings)},
              {"start", json_seconds(spot.span.start)},
              {"end", json_seconds(spot.span.end)},
              {"start_error", json_seconds(spot.start_error)},
              {"end_error", json_seconds(spot.end_error)},
              {"recording_start", json_seconds(first.recording_start)},
              {"rate", json_rounded(first.rate, 6)},
              {"pitch", json_rounded(first.pitch, 6)}};
  object["alignments"] = Json::array();
  for (const Alignment& alignment : spot.alignments) {
    object["alignments"].push_back(json_alignment(alignment));
  }
  object["confidence"] = json_rounded(spot.confidence, 4);
  object["level_db"] = json_rounded(spot.level_db, 1);
  object["ground"] = spot.ground == Ground::kForeground ? "foreground" : "background";
  object["from_loudspeaker"] = spot.from_loudspeaker;
  object["version_decided"] = spot.version_decided;
  object["alternatives"] = Json::array();
  for (const Alternative& alternative : spot.alternatives) {
    object["alternatives"].push_back(
        Json{{"recording", json_recording(alternative.recording, recordings)},
             {"confidence", json_rounded(alternative.confidence, 4)}});
  }
  object["scenes"] = spotted.scenes.has_value() ? Json(scenes_at(spotted.scenes->scenes, spot.span))
                                                : Json::array();
  return object;
}

void put_subtitles(Json& object, const SpottedEpisode& spotted) {
  object["subtitles"] =
      spotted.dialogue.has_value() ? json_subtitles(*spotted.dialogue) : Json(nullptr);
  const auto& shift = spotted.subtitle_fit.shift;
  object["subtitle_shift"] = shift.has_value() ? Json(json_seconds(*shift)) : Json(nullptr);
  if (spotted.unread_subtitles.has_value()) {
    object["unread_subtitles"] = json_failure(*spotted.unread_subtitles);
  }
}

Json json_place(const Spot& spot, std::span<const Recording> recordings) {
  return Json{{"recording", json_recording(spot.recording, recordings)},
              {"start", json_seconds(spot.span.start)},
              {"end", json_seconds(spot.span.end)}};
}

Json json_changes(const RunChanges& changes, std::span<const Recording> recordings) {
  Json object{{"added", Json::array()}, {"gone", Json::array()}, {"moved", Json::array()}};
  for (const Spot& spot : changes.added) object["added"].push_back(json_place(spot, recordings));
  for (const Spot& spot : changes.gone) object["gone"].push_back(json_place(spot, recordings));
  for (const RunChanges::Moved& moved : changes.moved) {
    Json place = json_place(moved.after, recordings);
    place["start_before"] = json_seconds(moved.before.span.start);
    place["end_before"] = json_seconds(moved.before.span.end);
    object["moved"].push_back(std::move(place));
  }
  return object;
}

Json json_spotted(const SpottedEpisode& spotted, bool timings) {
  Json object = json_document();
  object["episode"] = json_episode(spotted.episode, spotted.production, spotted.file);
  const Dialogue* const dialogue = spotted.dialogue.has_value() ? &*spotted.dialogue : nullptr;
  object["spots"] = Json::array();
  for (const Spot& spot : spotted.spots) {
    object["spots"].push_back(json_spot(spot, spotted));
    put_dialogue(object["spots"].back(), dialogue, spot.span);
  }
  object["unidentified"] = Json::array();
  for (const MusicSpan& music : spotted.unidentified) {
    object["unidentified"].push_back(
        json_unidentified(music, recurrence_at(spotted.recurrences, spotted.file.id, music.span)));
    put_dialogue(object["unidentified"].back(), dialogue, music.span);
  }
  put_scenes(object, spotted.scenes);
  put_subtitles(object, spotted);
  put_warnings(object, spotted.warnings, spotted.missing);
  if (spotted.changes.has_value()) {
    object["changes"] = json_changes(*spotted.changes, spotted.recordings);
  }
  if (timings) {
    object["elapsed"] = json_timings(spotted.elapsed);
    object["elapsed"]["scenes_cpu"] =
        json_seconds(std::chrono::round<Milliseconds>(spotted.elapsed.scenes_cpu));
  }
  return object;
}

Json json_result(const SpotResult& result, bool timings) {
  if (const auto* spotted = std::get_if<SpottedEpisode>(&result)) {
    return json_spotted(*spotted, timings);
  }
  Json object = json_document();
  object.update(json_failure(std::get<InputFailure>(result)));
  return object;
}

}  // namespace

std::string spot_json(std::span<const SpotResult> results, bool alone, bool timings) {
  if (alone && results.size() == 1) return json_text(json_result(results.front(), timings));
  Json array = Json::array();
  for (const SpotResult& result : results) array.push_back(json_result(result, timings));
  return json_text(array);
}

}  // namespace needledrop
