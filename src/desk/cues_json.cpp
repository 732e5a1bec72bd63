#include "desk/cues_json.h"

#include <nlohmann/json.hpp>

#include "catalogue/reported_spans.h"
#include "desk/cue_differences.h"
#include "desk/find_recurrences.h"
#include "desk/json_parts.h"

namespace needledrop {
namespace {

Json json_spans(std::span<const Span> spans) {
  Json array = Json::array();
  for (const Span& span : spans) {
    array.push_back({{"start", json_seconds(span.start)}, {"end", json_seconds(span.end)}});
  }
  return array;
}

Json json_cue(const PlacedCue& placed, const EpisodeCues& cues) {
  const Cue& cue = *placed.cue;
  const PartCues& part = cues.parts[placed.part];
  const bool is_found = cue.confidence > 0;
  const std::string doubt = doubt_about(cue, cues);
  Json object{
      {"number", placed.number},
      {"id", cue.id == 0 ? Json() : Json(cue.id)},
      {"sequence", placed.sequence},
      {"standing", to_string(cue.standing)},
      {"part", json_optional(part.file.part)},
      {"recording",
       cue.recording == SourceId() ? Json() : json_recording(cue.recording, cues.recordings)},
      {"title", title_of(cue, cues.recordings)},
      {"artist", artist_of(cue, cues.recordings)},
      {"start", json_seconds(cue.spans.front().start)},
      {"end", json_seconds(cue.spans.back().end)},
      {"spans", json_spans(cue.spans)},
      {"reported", json_spans(placed.reported)},
      {"reported_length", json_seconds(total_length(placed.reported))},
      {"usage", to_string(cue.function)},
      {"vocal", to_string(cue.vocal)},
      {"perception", to_string(cue.perception)},
      {"origin", to_string(cue.origin)},
      {"work", cue.work == 0 ? Json() : Json(cue.work)},
      {"level_db", is_found ? Json(json_rounded(cue.level_db, 1)) : Json()},
      {"confidence", is_found ? Json(json_rounded(cue.confidence, 4)) : Json()},
      {"version_decided", cue.version_decided},
      {"note", cue.note.empty() ? doubt : cue.note},
      {"doubt", doubt}};
  put_dialogue(object, part.dialogue.has_value() ? &*part.dialogue : nullptr,
               {cue.spans.front().start, cue.spans.back().end});
  return object;
}

Json json_change(const CueChange& change, std::span<const Recording> recordings) {
  const Cue& cue = change.before.has_value() ? *change.before : *change.after;
  Json changes = Json::array();
  for (const CueDifference& one : differences(change, recordings)) {
    changes.push_back({{"field", one.field}, {"before", one.before}, {"after", one.after}});
  }
  return {{"cue", cue.id == 0 ? Json() : Json(cue.id)}, {"changes", std::move(changes)}};
}

Json json_changes(std::span<const CueChange> changes, std::span<const Recording> recordings) {
  Json array = Json::array();
  for (const CueChange& change : changes) array.push_back(json_change(change, recordings));
  return array;
}

std::string_view word_for(Decision::State state) {
  if (state == Decision::State::kStands) return "stands";
  return state == Decision::State::kUndone ? "undone" : "dropped";
}

Json json_decision(const Decision& decision) {
  return {{"id", decision.id},         {"at", decision.at},
          {"author", decision.author}, {"kind", to_string(decision.kind)},
          {"note", decision.note},     {"state", word_for(decision.state)}};
}

Json json_unidentified_music(const EpisodeCues& cues) {
  Json array = Json::array();
  for (const PartCues& part : cues.parts) {
    for (const MusicSpan& music : part.run.unidentified) {
      Json object =
          json_unidentified(music, recurrence_at(cues.recurrences, part.file.id, music.span));
      object["part"] = json_optional(part.file.part);
      put_dialogue(object, part.dialogue.has_value() ? &*part.dialogue : nullptr, music.span);
      array.push_back(std::move(object));
    }
  }
  return array;
}

Json json_reviewed(const Reviewed& reviewed, bool is_preview) {
  Json document = json_document();
  document["preview"] = is_preview;
  document["decision"] = reviewed.decision.id == 0 ? Json() : json_decision(reviewed.decision);
  document["episodes"] = Json::array();
  for (const EpisodeChanges& one : reviewed.episodes) {
    Json kept = Json::array();
    for (const Cue& cue : one.kept) kept.push_back(cue.id);
    document["episodes"].push_back({{"episode", one.before.episode.id},
                                    {"title", one.before.episode.title},
                                    {"cues", json_changes(one.changes, one.before.recordings)},
                                    {"kept", std::move(kept)}});
  }
  return document;
}

}  // namespace

std::string cues_json(const EpisodeCues& cues) {
  Json document = json_document();
  document["episode"] = json_episode(cues.episode, cues.production, cues.parts.front().file);
  document["episode"]["duration"] = json_seconds(running_time(cues));
  document["cut"] = cues.cut.empty() ? Json() : Json(cues.cut);
  document["reviewed"] = reviewed_count(cues);
  document["cues"] = Json::array();
  for (const PlacedCue& placed : placed_cues(cues)) {
    document["cues"].push_back(json_cue(placed, cues));
  }
  document["proposals"] = Json::array();
  for (const PlacedProposal& placed : placed_proposals(cues)) {
    Json object = json_change(placed.proposal->change, cues.recordings);
    object["number"] = placed.number;
    object["kind"] = to_string(placed.proposal->kind);
    object["part"] = json_optional(cues.parts[placed.part].file.part);
    document["proposals"].push_back(std::move(object));
  }
  document["unidentified"] = json_unidentified_music(cues);
  document["music_duration"] = json_seconds(music_length(cues));
  document["reported_duration"] = json_seconds(reported_length(cues));
  return json_text(document);
}

std::string history_json(std::span<const Decision> decisions,
                         std::span<const Recording> recordings) {
  Json document = json_document();
  document["decisions"] = Json::array();
  for (const Decision& decision : decisions) {
    document["decisions"].push_back(json_decision(decision));
    document["decisions"].back()["cues"] = json_changes(decision.changes, recordings);
  }
  return json_text(document);
}

std::string review_json(const Reviewed& reviewed, bool is_preview) {
  return json_text(json_reviewed(reviewed, is_preview));
}

std::string carry_json(const CarriedOver& carried, bool is_preview) {
  Json document = json_reviewed(carried.reviewed, is_preview);
  document["from"] = carried.from;
  document["lost"] = Json::array();
  const EpisodeCues& cues = carried.reviewed.episodes.front().before;
  for (const Cue& cue : carried.lost) {
    document["lost"].push_back({{"cue", cue.id},
                                {"title", title_of(cue, cues.recordings)},
                                {"start", json_seconds(cue.spans.front().start)},
                                {"end", json_seconds(cue.spans.back().end)}});
  }
  return json_text(document);
}

}  // namespace needledrop
