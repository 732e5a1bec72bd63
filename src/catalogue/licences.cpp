#include "catalogue/licences.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "catalogue/catalogue_state.h"
#include "catalogue/partial_date.h"

namespace needledrop {
namespace {

constexpr std::string_view kSync = "sync";
constexpr std::string_view kMaster = "master";

Licence read_licence(Statement& row) {
  Licence licence;
  licence.id = row.read<std::int64_t>();
  const auto kind = licence_kind(row.read<std::string>());
  if (!kind.has_value()) row.mark_damaged();
  licence.kind = kind.value_or(licence.kind);
  licence.of = read_entity(row);
  licence.production = read_id_or_zero(row);
  licence.licensor = row.read<std::string>();
  licence.territory = row.read<std::string>();
  licence.media = row.read<std::string>();
  licence.first_day = row.read<std::string>();
  licence.last_day = row.read<std::string>();
  licence.most_uses = row.read<std::optional<int>>();
  licence.most_seconds = row.read<std::optional<int>>();
  licence.reference = row.read<std::string>();
  licence.fee = row.read<std::string>();
  licence.provenance = row.read<std::int64_t>();
  licence.was_of = row.read<std::string>();
  return licence;
}

Result<std::string> read_day(std::string_view text) {
  if (text.empty()) return std::string();
  ND_TRY_ASSIGN(const PartialDate date, read_partial_date(text));
  if (date.day.has_value()) return to_string(date);
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("the term of a licence needs a day, not '{}'", to_string(date)));
}

Result<void> check_texts(const Licence& licence) {
  const std::array<std::pair<std::string_view, std::string_view>, 5> texts{{
      {licence.licensor, "licensor"},
      {licence.territory, "territory"},
      {licence.media, "media"},
      {licence.reference, "reference"},
      {licence.fee, "fee"},
  }};
  for (const auto& [text, what] : texts) {
    ND_TRY(check_text(text, fmt::format("the {} of the licence", what)));
  }
  return {};
}

}  // namespace

std::string_view to_string(Licence::Kind kind) {
  return kind == Licence::Kind::kSync ? kSync : kMaster;
}

std::optional<Licence::Kind> licence_kind(std::string_view text) {
  if (text == kSync) return Licence::Kind::kSync;
  if (text == kMaster) return Licence::Kind::kMaster;
  return std::nullopt;
}

Result<Licence> checked_licence(Licence licence) {
  ND_TRY(check_texts(licence));
  const EntityKind wanted =
      licence.kind == Licence::Kind::kSync ? EntityKind::kWork : EntityKind::kRecording;
  if (licence.of.kind != wanted) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("a {} licence is of a {}, not of a {}", to_string(licence.kind),
                            to_string(wanted), to_string(licence.of.kind)));
  }
  ND_TRY_ASSIGN(licence.first_day, read_day(licence.first_day));
  ND_TRY_ASSIGN(licence.last_day, read_day(licence.last_day));
  if (!licence.last_day.empty() && licence.last_day < licence.first_day) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("the licence ends on {}, before it begins on {}", licence.last_day,
                            licence.first_day));
  }
  if (licence.most_uses.value_or(0) < 0 || licence.most_seconds.value_or(0) < 0) {
    return fail(Error::Kind::kInvalidArgument, "the limits of a licence can't be below 0");
  }
  return licence;
}

Result<std::int64_t> add_licence(CatalogueEdit& edit, const Licence& said) {
  const Database& database = edit.database();
  ND_TRY_ASSIGN(const Licence licence, checked_licence(said));
  ND_TRY(check_entity(database, licence.of));
  if (licence.production != 0) {
    ND_TRY(check_entity(database, {EntityKind::kProduction, licence.production}));
  }
  ND_TRY(database.run(
      "INSERT INTO licence (kind, entity_kind, entity, production, licensor, territory, media, "
      "first_day, last_day, most_uses, most_seconds, reference, fee, provenance) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
      to_string(licence.kind), to_string(licence.of.kind), licence.of.id,
      id_or_null(licence.production), licence.licensor, licence.territory, licence.media,
      licence.first_day, licence.last_day, licence.most_uses, licence.most_seconds,
      licence.reference, licence.fee, licence.provenance));
  return database.last_id();
}

Result<void> remove_licence(CatalogueEdit& edit, std::int64_t id) {
  ND_TRY(edit.database().run("DELETE FROM licence WHERE id = ?1", id));
  if (edit.database().changed_rows() != 0) return {};
  return fail(Error::Kind::kNotFound, fmt::format("there is no licence {}", id));
}

Result<std::vector<Licence>> licences_for(const Database& database, std::int64_t production) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT id, kind, entity_kind, entity, production, licensor, "
                                 "territory, media, first_day, last_day, most_uses, most_seconds, "
                                 "reference, fee, provenance, was_of FROM licence "
                                 "WHERE production IS NULL OR production = ?1 ORDER BY id"));
  return all_rows(query.bind(production), read_licence);
}

}  // namespace needledrop
