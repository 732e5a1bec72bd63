#include "desk/import_document.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "catalogue/text.h"
#include "desk/import_columns.h"
#include "desk/import_values.h"
#include "desk/json_parts.h"
#include "spreadsheet/spreadsheet.h"

namespace needledrop {
namespace {

/// A reference token of RFC 6901.
std::string token_of(const std::string& key) {
  std::string token;
  for (const char c : key) {
    if (c == '~') {
      token += "~0";
    } else if (c == '/') {
      token += "~1";
    } else {
      token += c;
    }
  }
  return token;
}

/// An object on its way to being read: what nobody asks for is unknown. Borrows all of it.
class Fields {
 public:
  Fields(const Json& object, std::string pointer, ImportProblems& problems)
      : object_(object), pointer_(std::move(pointer)), problems_(problems) {
    if (!object.is_object()) problems.error(place(), "must be an object");
  }
  Fields(const Fields&) = delete;
  Fields& operator=(const Fields&) = delete;

  [[nodiscard]] ImportPlace place() const { return {0, 0, pointer_}; }
  [[nodiscard]] ImportPlace place(std::string_view key) const {
    return {0, 0, fmt::format("{}/{}", pointer_, key)};
  }
  [[nodiscard]] ImportProblems& problems() const { return problems_; }

  /// Nothing where there is none, or null.
  const Json* field(std::string_view key) {
    asked_.emplace_back(key);
    if (!object_.is_object()) return nullptr;
    const auto found = object_.find(std::string(key));
    return found == object_.end() || found->is_null() ? nullptr : &*found;
  }
  /// A text, or a number as it is written.
  std::string text(std::string_view key) {
    const Json* const value = field(key);
    return value == nullptr ? "" : text_of(*value, place(key));
  }
  std::string text_of(const Json& value, const ImportPlace& at) const {
    if (value.is_number()) return value.dump();
    if (!value.is_string()) {
      problems_.error(at, "must be a text");
      return "";
    }
    std::string text = trimmed(value.get_ref<const std::string&>());
    if (text.size() > SpreadsheetLimits::kCellBytes) {
      problems_.error(at, "is longer than 64 KiB");
    } else if (!is_text(text)) {
      problems_.error(at, "has a character that no text may have");
    } else {
      return text;
    }
    return "";
  }
  std::optional<int> number(std::string_view key, std::string_view noun) {
    return take_number(text(key), noun, place(key), problems_);
  }
  /// Each member of a list with its place.
  void each(std::string_view key,
            const std::function<void(const Json&, const std::string& pointer)>& read) {
    const Json* const list = field(key);
    if (list == nullptr) return;
    if (!list->is_array()) {
      problems_.error(place(key), "must be a list");
      return;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
      read((*list)[i], fmt::format("{}/{}/{}", pointer_, key, i));
    }
  }
  /// Says which fields were not asked for.
  void finish() const {
    if (!object_.is_object()) return;
    for (const auto& [key, value] : object_.items()) {
      if (std::ranges::find(asked_, key) != asked_.end()) continue;
      std::string known;
      for (const std::string& name : asked_) known += (known.empty() ? "" : ", ") + name;
      problems_.error({0, 0, fmt::format("{}/{}", pointer_, shown(token_of(key), 40))},
                      fmt::format("is no field that is known here; there are {}", known));
    }
  }

 private:
  const Json& object_;
  std::string pointer_;
  ImportProblems& problems_;
  std::vector<std::string> asked_;
};

void read_codes(Fields& fields, std::vector<ImportedCode>& codes) {
  const Json* const object = fields.field("codes");
  if (object == nullptr) return;
  if (!object->is_object()) {
    fields.problems().error(fields.place("codes"), "must be an object");
    return;
  }
  for (const auto& [key, value] : object->items()) {
    const ImportPlace at = fields.place("codes/" + token_of(key));
    const auto scheme = code_scheme(folded(key));
    if (!scheme.has_value()) {
      fields.problems().error(at, fmt::format("'{}' is no kind of code", shown(key, 40)));
      continue;
    }
    if (!value.is_array()) {
      take_code(codes, *scheme, fields.text_of(value, at), at, fields.problems());
      continue;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
      const ImportPlace one{0, 0, fmt::format("{}/{}", at.pointer, i)};
      take_code(codes, *scheme, fields.text_of(value[i], one), one, fields.problems());
    }
  }
}

void read_facts(Fields& fields, std::vector<ImportedFact>& facts) {
  const Json* const object = fields.field("facts");
  if (object == nullptr) return;
  if (!object->is_object()) {
    fields.problems().error(fields.place("facts"), "must be an object");
    return;
  }
  for (const auto& [key, value] : object->items()) {
    const ImportPlace at = fields.place("facts/" + token_of(key));
    const auto known = property(key);
    if (!known.has_value()) {
      fields.problems().error(at, fmt::format("'{}' is no fact that is known", shown(key, 40)));
      continue;
    }
    take_fact(facts, *known, fields.text_of(value, at), at, fields.problems());
  }
}

void read_names(Fields& fields, std::vector<ImportedName>& names) {
  fields.each("names", [&](const Json& value, const std::string& pointer) {
    const ImportPlace at{0, 0, pointer};
    ImportedName name{"", "", "", at};
    if (value.is_string()) {
      name.text = fields.text_of(value, at);
    } else {
      Fields inner(value, pointer, fields.problems());
      name.text = inner.text("text");
      name.language = inner.text("language");
      name.kind = inner.text("kind");
      inner.finish();
    }
    if (name.text.empty()) {
      fields.problems().error(at, "a name needs a text");
    } else {
      names.push_back(std::move(name));
    }
  });
}

ImportedParty read_party(const Json& value, const std::string& pointer, const Fields& around) {
  ImportedParty party;
  party.at = {0, 0, pointer};
  if (value.is_string()) {
    party.name = around.text_of(value, party.at);
  } else {
    Fields fields(value, pointer, around.problems());
    party.name = fields.text("name");
    party.comment = fields.text("comment");
    party.kind = take_party_kind(fields.text("kind"), fields.place("kind"), fields.problems());
    read_codes(fields, party.codes);
    read_facts(fields, party.facts);
    read_names(fields, party.names);
    fields.finish();
  }
  if (party.name.empty()) {
    around.problems().error(party.at, "a person or organisation needs a name");
  }
  return party;
}

void read_credits(Fields& fields, std::vector<ImportedCredit>& credits) {
  fields.each("credits", [&](const Json& value, const std::string& pointer) {
    Fields inner(value, pointer, fields.problems());
    ImportedCredit credit;
    credit.at = inner.place();
    credit.share_at = inner.place("share");
    credit.society_at = inner.place("society");
    const Json* const party = inner.field("party");
    if (party == nullptr) {
      inner.problems().error(credit.at, "a credit needs a party");
    } else {
      credit.party = read_party(*party, pointer + "/party", inner);
    }
    const auto role = inner.problems().take(read_role(inner.text("role")), inner.place("role"));
    if (const std::string share = inner.text("share"); !share.empty()) {
      credit.share = inner.problems().take(read_share(share), credit.share_at);
    }
    credit.society = inner.text("society");
    inner.finish();
    if (!role.has_value() || credit.party.name.empty()) return;
    credit.role = *role;
    credits.push_back(std::move(credit));
  });
}

ImportedStatements read_statements(Fields& fields) {
  ImportedStatements said;
  read_codes(fields, said.codes);
  read_facts(fields, said.facts);
  read_names(fields, said.names);
  read_credits(fields, said.credits);
  return said;
}

/// The fields "recording" and "isrc"; nothing when neither is there.
std::optional<ImportedRecording> read_recording(Fields& fields) {
  ImportedRecording recording{
      fields.text("recording"), {}, fields.place("recording"), fields.place("isrc")};
  if (const std::string isrc = fields.text("isrc"); !isrc.empty()) {
    recording.isrc = fields.problems().code(CodeScheme::kIsrc, isrc, recording.isrc_at);
  }
  if (!recording.what.empty() || recording.isrc.has_value()) return recording;
  fields.problems().error(fields.place(), "needs a recording or an ISRC");
  return std::nullopt;
}

/// A title that must be there.
std::string read_title(Fields& fields, std::string_view whose) {
  std::string title = fields.text("title");
  if (title.empty())
    fields.problems().error(fields.place(), fmt::format("{} needs a title", whose));
  return title;
}

ImportedWork read_work(Fields& fields) {
  ImportedWork work;
  work.at = fields.place();
  work.title = read_title(fields, "a work");
  work.comment = fields.text("comment");
  work.basis = take_basis(fields.text("basis"), fields.place("basis"), fields.problems())
                   .value_or(ShareBasis::kWhole);
  work.said = read_statements(fields);
  fields.each("recordings", [&](const Json& value, const std::string& pointer) {
    if (value.is_string()) {
      const ImportPlace at{0, 0, pointer};
      work.recordings.push_back({fields.text_of(value, at), {}, at, at});
      return;
    }
    Fields inner(value, pointer, fields.problems());
    if (auto recording = read_recording(inner)) work.recordings.push_back(std::move(*recording));
    inner.finish();
  });
  return work;
}

ImportedProduction read_production(Fields& fields) {
  ImportedProduction production;
  production.at = fields.place();
  production.title = read_title(fields, "a production");
  production.said = read_statements(fields);
  return production;
}

ImportedEpisode read_episode(Fields& fields, const std::string& usual_production) {
  ImportedEpisode episode;
  episode.at = fields.place();
  episode.production = fields.text("production");
  if (episode.production.empty()) episode.production = usual_production;
  episode.season = fields.number("season", "a season");
  episode.number = fields.number("number", "an episode");
  episode.title = fields.text("title");
  if (!episode.number.has_value() && episode.title.empty()) {
    fields.problems().error(episode.at, "an episode needs a number or a title");
  }
  episode.said = read_statements(fields);
  fields.each("broadcasts", [&](const Json& value, const std::string& pointer) {
    Fields inner(value, pointer, fields.problems());
    Broadcast broadcast;
    broadcast.part = inner.number("part", "a part");
    broadcast.date = inner.text("date");
    broadcast.time = inner.text("time");
    broadcast.zone = inner.text("zone");
    broadcast.channel = inner.text("channel");
    broadcast.territory = inner.text("territory");
    inner.finish();
    take_broadcast(episode.broadcasts, std::move(broadcast), inner.place(), inner.problems());
  });
  return episode;
}

ImportedRelease read_release(Fields& fields) {
  ImportedRelease release;
  release.at = fields.place();
  release.title = read_title(fields, "a release");
  release.comment = fields.text("comment");
  release.production = fields.text("production");
  release.said = read_statements(fields);
  fields.each("recordings", [&](const Json& value, const std::string& pointer) {
    Fields inner(value, pointer, fields.problems());
    auto recording = read_recording(inner);
    const int disc = inner.number("disc", "a disc").value_or(1);
    const int position = inner.number("position", "a position").value_or(0);
    inner.finish();
    if (disc < 1) inner.problems().error(inner.place("disc"), "discs are counted from 1");
    if (recording.has_value()) release.places.push_back({std::move(*recording), disc, position});
  });
  return release;
}

/// The document, with the first field that is there twice, which a parser passes over.
struct Parsed {
  Json document;
  std::string repeated;
};

Result<Parsed> parse(std::string_view text) {
  Parsed parsed;
  bool is_too_deep = false;
  std::vector<std::set<std::string>> keys;
  const auto watch = [&](int depth, Json::parse_event_t event, Json& value) {
    is_too_deep = is_too_deep || depth > static_cast<int>(ImportDocumentLimits::kDepth);
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key && !keys.back().insert(value.get<std::string>()).second) {
      if (parsed.repeated.empty()) parsed.repeated = value.get<std::string>();
    }
    return !is_too_deep;
  };
  try {
    parsed.document = Json::parse(text.begin(), text.end(), watch);
  } catch (const Json::exception& error) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("is no JSON: {}", shown(error.what(), 160)));
  }
  if (!is_too_deep) return parsed;
  return fail(Error::Kind::kUnsupported,
              fmt::format("is nested more than {} levels deep", ImportDocumentLimits::kDepth));
}

}  // namespace

Result<ImportedCatalogue> read_import_document(std::string_view text, const std::string& production,
                                               ImportProblems& problems) {
  if (text.size() > ImportDocumentLimits::kBytes) {
    return fail(Error::Kind::kUnsupported,
                fmt::format("is {} MB long; a document may have {} MB", text.size() >> 20,
                            ImportDocumentLimits::kBytes >> 20));
  }
  ND_TRY_ASSIGN(const Parsed parsed, parse(text));
  if (!parsed.repeated.empty()) {
    problems.error(
        {}, fmt::format("the field '{}' is there twice in one object", shown(parsed.repeated, 40)));
  }
  Fields fields(parsed.document, "", problems);
  if (fields.text("format") != "1") {
    return fail(Error::Kind::kInvalidArgument,
                "is no document of this program: it must begin with {\"format\": 1");
  }
  ImportedCatalogue read;
  const auto each = [&](std::string_view key, auto& into, const auto& read_one) {
    fields.each(key, [&](const Json& value, const std::string& pointer) {
      Fields inner(value, pointer, problems);
      into.push_back(read_one(inner));
      inner.finish();
    });
  };
  fields.each("people", [&](const Json& value, const std::string& pointer) {
    read.parties.push_back(read_party(value, pointer, fields));
  });
  each("works", read.works, read_work);
  each("productions", read.productions, read_production);
  each("episodes", read.episodes,
       [&production](Fields& inner) { return read_episode(inner, production); });
  each("releases", read.releases, read_release);
  fields.finish();
  return read;
}

}  // namespace needledrop
