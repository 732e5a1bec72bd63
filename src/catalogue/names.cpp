#include "catalogue/names.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "catalogue/catalogue_state.h"
#include "catalogue/text.h"
#include "media/unicode_text.h"

namespace needledrop {
namespace {

constexpr std::array<std::pair<NameKind, std::string_view>, 4> kKinds{{
    {NameKind::kOfficial, "official"},
    {NameKind::kLocalised, "localised"},
    {NameKind::kRomanised, "romanised"},
    {NameKind::kSearch, "search"},
}};

Name read_name(Statement& row) {
  Name name;
  name.id = row.read<std::int64_t>();
  const auto entity = entity_kind(row.read<std::string>());
  name.entity.id = row.read<std::int64_t>();
  name.text = row.read<std::string>();
  name.language = row.read<std::string>();
  name.script = row.read<std::string>();
  const auto kind = name_kind(row.read<std::string>());
  name.provenance = row.read<std::int64_t>();
  if (!entity || !kind) row.mark_damaged();
  name.entity.kind = entity.value_or(EntityKind::kProduction);
  name.kind = kind.value_or(NameKind::kSearch);
  return name;
}

/// "ko", "zh-Hant-TW": subtags of one to eight letters and digits, the first of two or three
/// letters (RFC 5646, without looking them up).
bool is_language_tag(std::string_view tag) {
  std::size_t subtag = 0;
  bool is_first = true;
  for (const char c : tag) {
    if (c == '-') {
      if (subtag == 0 || (is_first && subtag < 2)) return false;
      is_first = false;
      subtag = 0;
      continue;
    }
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool is_digit = c >= '0' && c <= '9';
    if (!(is_letter || (is_digit && !is_first)) || ++subtag > (is_first ? 3U : 8U)) return false;
  }
  return is_first ? subtag >= 2 : subtag >= 1;
}

Result<void> check_name(const Name& name) {
  ND_TRY(check_text(name.text, "a name"));
  if (name_words(name.text).empty()) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("'{}' has no letters: a name needs some", shown(name.text)));
  }
  if (name.language.empty() || is_language_tag(name.language)) return {};
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("'{}' is no language tag; they look like ko, en or zh-Hant",
                          shown(name.language)));
}

/// A query of the one text that an entity is shown as.
std::string_view label_query(EntityKind kind) {
  switch (kind) {
    case EntityKind::kProduction:
      return "SELECT title FROM production WHERE id = ?1";
    case EntityKind::kSeason:
      return "SELECT title || ', season ' || number FROM season "
             "JOIN production ON production.id = production WHERE season.id = ?1";
    case EntityKind::kEpisode:
      return "SELECT iif(episode.title <> '', episode.title, coalesce(production.title || "
             "iif(episode.number IS NULL, '', '/' || iif(season IS NULL, '', "
             "printf('S%02d', season)) || printf('E%02d', episode.number)), '')) FROM episode "
             "LEFT JOIN production ON production.id = production WHERE episode.id = ?1";
    case EntityKind::kRecording:
      return "SELECT title FROM recording WHERE id = ?1";
    case EntityKind::kWork:
      return "SELECT title FROM work WHERE id = ?1";
    case EntityKind::kRelease:
      return "SELECT title FROM release WHERE id = ?1";
    case EntityKind::kParty:
      return "SELECT name FROM party WHERE id = ?1";
  }
  return "";
}

bool is_japanese(UScriptCode script) {
  return script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
}

}  // namespace

std::string_view to_string(NameKind kind) {
  return std::ranges::find(kKinds, kind, &decltype(kKinds)::value_type::first)->second;
}

std::optional<NameKind> name_kind(std::string_view word) {
  const auto* const found = std::ranges::find(kKinds, word, &decltype(kKinds)::value_type::second);
  return found == kKinds.end() ? std::nullopt : std::optional(found->first);
}

std::string script_of(std::string_view text) {
  UScriptCode all = USCRIPT_COMMON;
  bool has_kana = false;
  for (const char32_t c : to_code_points(text)) {
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
    if (U_FAILURE(status) || script == USCRIPT_COMMON || script == USCRIPT_INHERITED) continue;
    if (is_japanese(script)) {
      has_kana = true;
      script = USCRIPT_HAN;
    }
    if (all != USCRIPT_COMMON && all != script) return "Zyyy";
    all = script;
  }
  return uscript_getShortName(has_kana ? USCRIPT_JAPANESE : all);
}

Result<std::int64_t> add_name(CatalogueEdit& edit, const Name& name) {
  const Database& database = edit.database();
  ND_TRY(check_name(name));
  ND_TRY(check_entity(database, name.entity));
  ND_TRY(
      database.run("INSERT INTO name (entity_kind, entity, text, language, script, kind, "
                   "provenance) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
                   "ON CONFLICT (entity_kind, entity, text, language, kind) DO NOTHING",
                   to_string(name.entity.kind), name.entity.id, name.text, name.language,
                   script_of(name.text), to_string(name.kind), name.provenance));
  return number(database,
                "SELECT id FROM name WHERE entity_kind = ?1 AND entity = ?2 AND text = ?3 "
                "AND language = ?4 AND kind = ?5",
                to_string(name.entity.kind), name.entity.id, name.text, name.language,
                to_string(name.kind));
}

Result<void> remove_name(CatalogueEdit& edit, std::int64_t id) {
  ND_TRY(edit.database().run("DELETE FROM name WHERE id = ?1", id));
  if (edit.database().changed_rows() != 0) return {};
  return fail(Error::Kind::kNotFound, fmt::format("there is no name {}", id));
}

Result<std::vector<Name>> all_names(const Database& database) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT id, entity_kind, entity, text, language, script, kind, "
                                 "provenance FROM name ORDER BY id"));
  return all_rows(query, read_name);
}

Result<std::vector<Name>> Names::of(EntityRef entity) const {
  ND_TRY_ASSIGN(Statement query,
                database_->prepare("SELECT id, entity_kind, entity, text, language, script, kind, "
                                   "provenance FROM name "
                                   "WHERE entity_kind = ?1 AND entity = ?2 ORDER BY id"));
  return all_rows(query.bind(to_string(entity.kind), entity.id), read_name);
}

Result<std::string> Names::label(EntityRef entity) const {
  ND_TRY_ASSIGN(Statement query, database_->prepare(label_query(entity.kind)));
  ND_TRY_ASSIGN(auto label, first_row(query.bind(entity.id),
                                      [](Statement& row) { return row.read<std::string>(); }));
  if (!label) {
    return fail(Error::Kind::kNotFound,
                fmt::format("there is no {} {}", to_string(entity.kind), entity.id));
  }
  return label->empty() ? fmt::format("{} {}", to_string(entity.kind), entity.id)
                        : std::move(*label);
}

}  // namespace needledrop
