#include "desk/sheet_json_reader.h"

#include <cmath>
#include <concepts>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "desk/json_parts.h"
#include "desk/sheet_fields.h"

namespace needledrop {
namespace {

/// A value of the document that is read, with the way to it for messages. What is not there reads
/// as nothing; what is of another type too, and is remembered as the first fault.
class Field {
 public:
  Field(const Json* value, std::string path, std::string& first_fault)
      : value_(value), path_(std::move(path)), first_fault_(&first_fault) {}

  [[nodiscard]] Field at(const char* key) const {
    const bool is_there = value_ != nullptr && value_->is_object() && value_->contains(key);
    return {is_there ? &(*value_)[key] : nullptr, path_ + "/" + key, *first_fault_};
  }
  /// Without which there is no sheet.
  [[nodiscard]] Field needed(const char* key) const {
    Field field = at(key);
    if (field.value_ == nullptr) fault(std::string("no ") + key);
    return field;
  }
  [[nodiscard]] bool is_nothing() const { return value_ == nullptr || value_->is_null(); }
  [[nodiscard]] std::string text() const {
    if (value_ != nullptr && value_->is_string()) return value_->get<std::string>();
    if (value_ != nullptr) fault("not a text");
    return "";
  }
  [[nodiscard]] std::string text(const char* key) const { return at(key).text(); }
  [[nodiscard]] double number() const {
    if (value_ != nullptr && value_->is_number()) return value_->get<double>();
    if (value_ != nullptr) fault("not a number");
    return 0;
  }
  template <std::integral T>
  [[nodiscard]] T integer() const {
    if (value_ == nullptr) return T{};
    if (value_->is_number_integer() && std::in_range<T>(value_->get<std::int64_t>())) {
      return static_cast<T>(value_->get<std::int64_t>());
    }
    fault("not a whole number that fits");
    return T{};
  }
  [[nodiscard]] bool boolean() const {
    if (value_ != nullptr && value_->is_boolean()) return value_->get<bool>();
    if (value_ != nullptr) fault("neither true nor false");
    return false;
  }
  [[nodiscard]] Milliseconds time() const {
    constexpr double kMost = 1e7;  // seconds: 115 days
    const double seconds = number();
    if (std::abs(seconds) <= kMost) return Milliseconds(std::llround(seconds * 1000));
    fault("not a time");
    return Milliseconds(0);
  }
  /// What `read` makes of each element.
  template <typename Read>
  [[nodiscard]] auto list(Read read) const {
    std::vector<std::invoke_result_t<Read, const Field&>> all;
    if (value_ == nullptr) return all;
    if (!value_->is_array()) fault("not a list");
    for (std::size_t i = 0; value_->is_array() && i < value_->size(); ++i) {
      all.push_back(read(Field(&(*value_)[i], fmt::format("{}/{}", path_, i), *first_fault_)));
    }
    return all;
  }
  /// What `read` makes of the word.
  template <typename Read>
  [[nodiscard]] auto word(Read read) const {
    using Word = std::decay_t<decltype(*read(std::string()))>;
    if (value_ == nullptr) return Word{};
    auto value = read(text());
    if (!value.has_value()) fault("'" + text() + "' is no known word");
    return value.has_value() ? std::move(*value) : Word{};
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
  if (field.is_nothing()) return std::nullopt;
  return field.integer<int>();
}

Span read_span(const Field& field) {
  return {field.needed("start").time(), field.needed("end").time()};
}

std::string read_text(const Field& field) {
  return field.text();
}

SheetParty read_party(const Field& field) {
  SheetParty party;
  party.name = field.needed("name").text();
  party.role = field.needed("role").word([](const std::string& word) { return read_role(word); });
  if (!field.at("share").is_nothing()) {
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
  cue.number = field.needed("number").integer<int>();
  cue.sequence = field.text("sequence");
  cue.cue = field.needed("id").integer<std::int64_t>();
  cue.part = read_optional(field.at("part"));
  cue.heard = field.needed("heard").list(read_span);
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
  cue.level_db = level.is_nothing() ? -INFINITY : level.number();
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
  part.duration = field.needed("duration").time();
  const auto rate =
      field.at("frame_rate").list([](const Field& number) { return number.integer<int>(); });
  if (rate.size() == 2 && rate[0] >= 0 && rate[1] > 0) {
    part.frame_rate = {rate[0], rate[1]};
  } else if (!field.at("frame_rate").is_nothing()) {
    field.fault("no frame rate");
  }
  if (!field.at("start_timecode").is_nothing()) part.start_timecode = field.text("start_timecode");
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

Milliseconds counted_of(const std::vector<SheetCue>& cues) {
  Milliseconds counted{0};
  for (const SheetCue& cue : cues) {
    if (!cue.is_short) counted += reported_length(cue);
  }
  return counted;
}

CueSheet read_sheet(const Field& field) {
  CueSheet sheet;
  sheet.header = read_header(field.needed("header"));
  const Field state = field.needed("state");
  sheet.state.status = state.needed("status").word(sheet_status);
  sheet.state.revision = state.needed("revision").integer<int>();
  sheet.state.changes = state.at("changes").list(read_text);
  sheet.state.incomplete = state.text("incomplete");
  sheet.society = field.text("society");
  sheet.share_basis = field.at("share_basis").word(share_basis);
  sheet.parts = field.at("parts").list(read_part);
  sheet.cues = field.needed("cues").list(read_cue);
  sheet.programme_duration = field.needed("programme_duration").time();
  sheet.music_duration = field.needed("music_duration").time();
  const Field counted = field.at("counted_duration");
  sheet.counted_duration = counted.is_nothing() ? counted_of(sheet.cues) : counted.time();
  return sheet;
}

}  // namespace

Result<CueSheet> read_sheet_json(std::string_view text) {
  const Json document = Json::parse(text, nullptr, false);
  if (document.is_discarded()) return fail(Error::Kind::kCorrupt, "the sheet is no JSON");
  std::string first_fault;
  const Field root(&document, "", first_fault);
  const int format = root.needed("format").integer<int>();
  if (first_fault.empty() && format != 1) {
    return fail(Error::Kind::kUnsupported,
                fmt::format("the sheet is of format {}, and this program reads format 1", format));
  }
  CueSheet sheet = read_sheet(root.needed("sheet"));
  if (!first_fault.empty()) return fail(Error::Kind::kCorrupt, first_fault);
  return sheet;
}

}  // namespace needledrop
