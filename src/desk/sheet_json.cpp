#include "desk/sheet_json.h"

#include <cmath>
#include <concepts>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "desk/json_parts.h"

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

/// The texts of a header by their field: for writing and reading alike.
template <typename Header>
auto header_texts(Header& header) {
  return std::array<std::pair<const char*, decltype(&header.production)>, 16>{{
      {"production", &header.production},
      {"episode_title", &header.episode_title},
      {"production_number", &header.production_number},
      {"type", &header.type},
      {"country", &header.country},
      {"year", &header.year},
      {"production_company", &header.production_company},
      {"broadcaster", &header.broadcaster},
      {"first_transmission", &header.first_transmission},
      {"director", &header.director},
      {"isan", &header.isan},
      {"eidr", &header.eidr},
      {"society_number", &header.society_number},
      {"cut", &header.cut},
      {"preparer", &header.preparer},
      {"prepared_on", &header.prepared_on},
  }};
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
}

/// A value of the document that is read, with the way to it for messages. What is missing or of
/// another type is remembered as the first fault, and reads as nothing.
class Field {
 public:
  Field(const Json& value, std::string path, std::string& first_fault)
      : value_(&value), path_(std::move(path)), first_fault_(&first_fault) {}

  [[nodiscard]] Field at(const char* key) const {
    static const Json kNothing;
    const bool is_there = value_->is_object() && value_->contains(key);
    if (!is_there) fault(std::string("no ") + key);
    return {is_there ? (*value_)[key] : kNothing, path_ + "/" + key, *first_fault_};
  }
  [[nodiscard]] std::string text() const {
    if (value_->is_string()) return value_->get<std::string>();
    fault("not a text");
    return "";
  }
  [[nodiscard]] std::string text(const char* key) const { return at(key).text(); }
  [[nodiscard]] double number() const {
    if (value_->is_number()) return value_->get<double>();
    fault("not a number");
    return 0;
  }
  template <std::integral T>
  [[nodiscard]] T integer() const {
    if (value_->is_number_integer() && std::in_range<T>(value_->get<std::int64_t>())) {
      return static_cast<T>(value_->get<std::int64_t>());
    }
    fault("not a whole number that fits");
    return T{};
  }
  [[nodiscard]] bool boolean() const {
    if (value_->is_boolean()) return value_->get<bool>();
    fault("neither true nor false");
    return false;
  }
  [[nodiscard]] Milliseconds time() const {
    constexpr double kMost = 1e7;  // seconds: 115 days
    const double seconds = number();
    if (std::abs(seconds) <= kMost) return Milliseconds(std::llround(seconds * 1000));
    fault("not a time");
    return Milliseconds(0);
  }
  [[nodiscard]] bool is_null() const { return value_->is_null(); }
  /// What `read` makes of each element.
  template <typename Read>
  [[nodiscard]] auto list(Read read) const {
    std::vector<std::invoke_result_t<Read, const Field&>> all;
    if (!value_->is_array()) fault("not a list");
    for (std::size_t i = 0; value_->is_array() && i < value_->size(); ++i) {
      all.push_back(read(Field((*value_)[i], fmt::format("{}/{}", path_, i), *first_fault_)));
    }
    return all;
  }
  /// What `read` makes of the word.
  template <typename Read>
  [[nodiscard]] auto word(Read read) const {
    auto value = read(text());
    if (!value.has_value()) fault("'" + text() + "' is no known word");
    return value.has_value() ? std::move(*value) : std::decay_t<decltype(*value)>{};
  }
  void fault(const std::string& what) const {
    if (first_fault_->empty()) *first_fault_ = fmt::format("{}: {}", path_, what);
  }

 private:
  const Json* value_;
  std::string path_;
  std::string* first_fault_;
};

std::optional<int> read_optional(const Field& field) {
  if (field.is_null()) return std::nullopt;
  return field.integer<int>();
}

Span read_span(const Field& field) {
  return {field.at("start").time(), field.at("end").time()};
}

std::string read_text(const Field& field) {
  return field.text();
}

SheetParty read_party(const Field& field) {
  SheetParty party;
  party.name = field.text("name");
  party.role = field.at("role").word([](const std::string& word) { return read_role(word); });
  if (!field.at("share").is_null()) {
    party.share = field.at("share").word([](const std::string& word) { return read_share(word); });
  }
  party.ipi = field.text("ipi");
  party.society = field.text("society");
  return party;
}

SheetWork read_work(const Field& field) {
  SheetWork work;
  work.title = field.text("title");
  work.iswc = field.text("iswc");
  work.parties = field.at("parties").list(read_party);
  work.conflicts = field.at("conflicts").list(read_text);
  return work;
}

std::optional<Clearance> clearance(std::string_view text) {
  for (const Clearance each : {Clearance::kUnchecked, Clearance::kCleared, Clearance::kOverLimit,
                               Clearance::kExpired, Clearance::kNone}) {
    if (to_string(each) == text) return each;
  }
  return std::nullopt;
}

void read_axes(const Field& field, SheetCue& cue) {
  cue.standing = field.at("standing").word(cue_standing);
  cue.function = field.at("function").word(cue_function);
  cue.vocal = field.at("vocal").word(cue_vocal);
  cue.perception = field.at("perception").word(cue_perception);
  cue.origin = field.at("origin").word(cue_origin);
  cue.clearance = field.at("clearance").word(clearance);
}

SheetCue read_cue(const Field& field) {
  SheetCue cue;
  cue.number = field.at("number").integer<int>();
  cue.sequence = field.text("sequence");
  cue.cue = field.at("id").integer<std::int64_t>();
  cue.part = read_optional(field.at("part"));
  cue.heard = field.at("heard").list(read_span);
  if (cue.heard.empty()) {
    field.fault("a cue that is never heard");
    cue.heard.push_back({});
  }
  cue.reported = field.at("reported").list(read_span);
  cue.title = field.text("title");
  cue.artist = field.text("artist");
  cue.album = field.text("album");
  cue.label = field.text("label");
  cue.catalogue_number = field.text("catalogue_number");
  cue.version = field.text("version");
  cue.isrc = field.text("isrc");
  cue.works = field.at("works").list(read_work);
  read_axes(field, cue);
  cue.usage = field.text("usage");
  cue.is_short = field.at("short").boolean();
  const Field level = field.at("level_db");
  cue.level_db = level.is_null() ? -INFINITY : level.number();
  cue.confidence = field.at("confidence").number();
  cue.licence = field.text("licence");
  cue.note = field.text("note");
  return cue;
}

Scene read_scene(const Field& field) {
  Scene scene;
  scene.number = field.at("number").integer<int>();
  scene.span = read_span(field);
  scene.title = field.text("title");
  scene.role = field.at("role").word(scene_role);
  scene.is_decided = field.at("decided").boolean();
  return scene;
}

SheetPart read_part(const Field& field) {
  SheetPart part;
  part.part = read_optional(field.at("part"));
  part.file = field.text("file");
  part.duration = field.at("duration").time();
  const auto rate =
      field.at("frame_rate").list([](const Field& number) { return number.integer<int>(); });
  if (rate.size() == 2 && rate[0] >= 0 && rate[1] > 0) {
    part.frame_rate = {rate[0], rate[1]};
  } else {
    field.fault("no frame rate");
  }
  if (!field.at("start_timecode").is_null()) part.start_timecode = field.text("start_timecode");
  part.scenes = field.at("scenes").list(read_scene);
  return part;
}

SheetHeader read_header(const Field& field) {
  SheetHeader header;
  for (auto& [key, text] : header_texts(header)) *text = field.text(key);
  header.also_known_as = field.at("also_known_as").list(read_text);
  header.actors = field.at("actors").list(read_text);
  header.season = read_optional(field.at("season"));
  header.number = read_optional(field.at("episode"));
  return header;
}

CueSheet read_sheet(const Field& field) {
  CueSheet sheet;
  sheet.header = read_header(field.at("header"));
  const Field state = field.at("state");
  sheet.state.status = state.at("status").word(sheet_status);
  sheet.state.revision = state.at("revision").integer<int>();
  sheet.state.changes = state.at("changes").list(read_text);
  sheet.state.incomplete = state.text("incomplete");
  sheet.society = field.text("society");
  sheet.parts = field.at("parts").list(read_part);
  sheet.cues = field.at("cues").list(read_cue);
  sheet.programme_duration = field.at("programme_duration").time();
  sheet.music_duration = field.at("music_duration").time();
  return sheet;
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
  return json_text(document);
}

Result<CueSheet> read_sheet_json(std::string_view text) {
  const Json document = Json::parse(text, nullptr, false);
  if (document.is_discarded()) return fail(Error::Kind::kCorrupt, "the sheet is no JSON");
  std::string first_fault;
  const Field root(document, "", first_fault);
  if (root.at("format").integer<int>() != 1) {
    return fail(Error::Kind::kUnsupported, "the sheet is of a format that this program can't read");
  }
  CueSheet sheet = read_sheet(root.at("sheet"));
  if (!first_fault.empty()) return fail(Error::Kind::kCorrupt, first_fault);
  return sheet;
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
