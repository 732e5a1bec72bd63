#include "desk/sheet_json.h"

#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "desk/json_parts.h"
#include "desk/sheet_fields.h"

namespace needledrop {
namespace {

Json json_spans(const std::vector<Span>& spans) {
  Json list = Json::array();
  for (const Span& span : spans) {
    list.push_back(Json{{"start", json_seconds(span.start)}, {"end", json_seconds(span.end)}});
  }
  return list;
}

Json json_party(const SheetParty& party) {
  Json object{{"name", party.name}, {"role", to_string(party.role)}};
  object["share"] = party.share.has_value() ? Json(percent_text(*party.share)) : Json(nullptr);
  object["ipi"] = party.ipi;
  object["society"] = party.society;
  return object;
}

Json json_work(const SheetWork& work) {
  Json object{{"title", work.title}, {"iswc", work.iswc}};
  object["parties"] = Json::array();
  for (const SheetParty& party : work.parties) object["parties"].push_back(json_party(party));
  object["conflicts"] = work.conflicts;
  return object;
}

/// What music is used, and what for.
void put_music(Json& object, const SheetCue& cue) {
  object["title"] = cue.title;
  object["artist"] = cue.artist;
  object["album"] = cue.album;
  object["label"] = cue.label;
  object["catalogue_number"] = cue.catalogue_number;
  object["version"] = cue.version;
  object["isrc"] = cue.isrc;
  object["works"] = Json::array();
  for (const SheetWork& work : cue.works) object["works"].push_back(json_work(work));
  object["function"] = to_string(cue.function);
  object["vocal"] = to_string(cue.vocal);
  object["perception"] = to_string(cue.perception);
  object["origin"] = to_string(cue.origin);
  object["usage"] = cue.usage;
}

Json json_use(const RolledUse& use) {
  Json object{{"number", use.music.number}};
  put_music(object, use.music);
  object["uses"] = use.uses;
  object["length"] = json_seconds(use.length);
  object["episodes"] = use.episodes;
  return object;
}

Json json_cue(const SheetCue& cue) {
  Json object{{"number", cue.number},
              {"sequence", cue.sequence},
              {"id", cue.cue},
              {"standing", to_string(cue.standing)},
              {"part", json_optional(cue.part)},
              {"heard", json_spans(cue.heard)},
              {"reported", json_spans(cue.reported)},
              {"length", json_seconds(reported_length(cue))}};
  put_music(object, cue);
  object["short"] = cue.is_short;
  object["level_db"] = std::isfinite(cue.level_db) ? Json(cue.level_db) : Json(nullptr);
  object["confidence"] = cue.confidence;
  object["clearance"] = to_string(cue.clearance);
  object["licence"] = cue.licence;
  object["note"] = cue.note;
  return object;
}

Json json_part(const SheetPart& part) {
  Json object{{"part", json_optional(part.part)},
              {"file", part.file},
              {"duration", json_seconds(part.duration)},
              {"frame_rate", {part.frame_rate.numerator, part.frame_rate.denominator}}};
  object["start_timecode"] =
      part.start_timecode.has_value() ? Json(*part.start_timecode) : Json(nullptr);
  object["scenes"] = Json::array();
  for (const Scene& scene : part.scenes) {
    object["scenes"].push_back(Json{{"number", scene.number},
                                    {"start", json_seconds(scene.span.start)},
                                    {"end", json_seconds(scene.span.end)},
                                    {"title", scene.title},
                                    {"role", to_string(scene.role)},
                                    {"decided", scene.is_decided}});
  }
  return object;
}

Json json_header(const SheetHeader& header) {
  Json object;
  for (const auto& [field, text] : header_texts(header)) object[field] = *text;
  object["also_known_as"] = header.also_known_as;
  object["actors"] = header.actors;
  object["season"] = json_optional(header.season);
  object["episode"] = json_optional(header.number);
  return object;
}

/// What stands above the cues.
void put_head(Json& object, const CueSheet& sheet) {
  object["header"] = json_header(sheet.header);
  object["state"] = Json{{"status", to_string(sheet.state.status)},
                         {"revision", sheet.state.revision},
                         {"changes", sheet.state.changes},
                         {"incomplete", sheet.state.incomplete}};
  object["society"] = sheet.society;
  object["share_basis"] = to_string(sheet.share_basis);
}

}  // namespace

std::string rolled_sheet_json(const RolledSheet& sheet, const std::vector<std::string>& left_out) {
  Json document = json_document();
  Json& object = document["rolled_sheet"];
  put_head(object, sheet.whole);
  object["episodes"] = sheet.episodes;
  object["left_out"] = left_out;
  object["song_count"] = song_count(sheet);
  object["use_count"] = use_count(sheet);
  object["uses"] = Json::array();
  for (const RolledUse& use : sheet.uses) object["uses"].push_back(json_use(use));
  object["programme_duration"] = json_seconds(sheet.whole.programme_duration);
  object["music_duration"] = json_seconds(sheet.whole.music_duration);
  object["counted_duration"] = json_seconds(sheet.whole.counted_duration);
  return json_text(document);
}

std::string sheet_json(const CueSheet& sheet) {
  Json document = json_document();
  Json& object = document["sheet"];
  put_head(object, sheet);
  object["parts"] = Json::array();
  for (const SheetPart& part : sheet.parts) object["parts"].push_back(json_part(part));
  object["cues"] = Json::array();
  for (const SheetCue& cue : sheet.cues) object["cues"].push_back(json_cue(cue));
  object["programme_duration"] = json_seconds(sheet.programme_duration);
  object["music_duration"] = json_seconds(sheet.music_duration);
  object["counted_duration"] = json_seconds(sheet.counted_duration);
  return json_text(document);
}

std::string sheet_state_json(const CurrentSheet& current) {
  Json document = json_document();
  Json& object = document["sheet"];
  object["episode"] = current.episode.id;
  object["status"] = to_string(current.revision.status);
  object["revision"] = current.revision.revision;
  object["incomplete"] = current.revision.incomplete;
  object["changed"] = current.has_changed;
  object["changes"] = current.sheet.state.changes;
  object["faults"] = Json::array();
  for (const SheetFault& fault : current.faults) {
    object["faults"].push_back(Json{{"gravity", to_string(fault.gravity)},
                                    {"cue", fault.cue == 0 ? Json(nullptr) : Json(fault.cue)},
                                    {"field", fault.field},
                                    {"message", fault.message}});
  }
  return json_text(document);
}

std::string sheet_steps_json(std::span<const SheetStep> steps) {
  Json document = json_document();
  document["steps"] = Json::array();
  for (const SheetStep& step : steps) {
    document["steps"].push_back(Json{{"at", step.at},
                                     {"author", step.author},
                                     {"revision", step.revision},
                                     {"before", to_string(step.before)},
                                     {"after", to_string(step.after)},
                                     {"reason", step.reason}});
  }
  return json_text(document);
}

}  // namespace needledrop
