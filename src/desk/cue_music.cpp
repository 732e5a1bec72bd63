#include "desk/cue_music.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "catalogue/credits.h"
#include "catalogue/facts.h"
#include "catalogue/parties.h"
#include "catalogue/works.h"
#include "desk/desk.h"

namespace needledrop {
namespace {

Result<std::string> code_of(const Database& database, EntityRef entity, CodeScheme scheme) {
  ND_TRY_ASSIGN(const auto identifiers, identifiers_of(database, entity));
  return held_code(identifiers, scheme);
}

/// What the recording's own tags say counts where nobody has said anything of its codes.
Result<std::string> isrc_of(const Database& database, const Recording& recording) {
  ND_TRY_ASSIGN(const auto identifiers,
                identifiers_of(database, {EntityKind::kRecording, recording.id.value}));
  const bool is_said = std::ranges::any_of(identifiers, [](const Identifier& identifier) {
    return identifier.code.scheme == CodeScheme::kIsrc;
  });
  return is_said ? held_code(identifiers, CodeScheme::kIsrc) : recording.isrc;
}

Result<std::string> value_of(const Database& database, EntityRef entity, Property property) {
  ND_TRY_ASSIGN(const auto facts, facts_of(database, entity));
  return held_fact(facts, property).value;
}

Result<SheetParty> sheet_party(const Database& database, const Credit& credit) {
  const EntityRef entity{EntityKind::kParty, credit.party};
  SheetParty made;
  ND_TRY_ASSIGN(const Party who, party(database, credit.party));
  made.name = who.name;
  made.role = credit.role;
  made.share = credit.share;
  ND_TRY_ASSIGN(made.ipi, code_of(database, entity, CodeScheme::kIpi));
  made.society = credit.society;
  if (made.society.empty()) {
    ND_TRY_ASSIGN(made.society, value_of(database, entity, Property::kSociety));
  }
  return made;
}

/// "the share of Moon Sea (composer): 50.00 % (a.csv, line 3), 40.00 % (b.csv, line 8)".
Result<std::string> conflict_text(const Database& database, const std::vector<Credit>& conflict) {
  ND_TRY_ASSIGN(const Party who, party(database, conflict.front().party));
  std::string said;
  for (const Credit& credit : conflict) {
    ND_TRY_ASSIGN(const Provenance from, read_provenance(database, credit.provenance));
    const std::string share =
        credit.share.has_value() ? percent_text(*credit.share) + " %" : std::string("no share");
    const std::string society = credit.society.empty() ? "" : " at " + credit.society;
    said +=
        fmt::format("{}{}{} ({})", said.empty() ? "" : ", ", share, society, provenance_text(from));
  }
  return fmt::format("what {} ({}) gets is contradictory: {}; prefer one", who.name,
                     to_string(conflict.front().role), said);
}

bool is_of_a_work(const Credit& credit) {
  const RoleSide side = side_of(credit.role);
  return side == RoleSide::kWriter || side == RoleSide::kPublisher;
}

Result<std::string> label_of(const Database& database, EntityRef entity) {
  ND_TRY_ASSIGN(const auto credits, credits_of(database, entity));
  for (const Credit& credit : held_credits(credits).credits) {
    if (credit.role != Role::kLabel) continue;
    ND_TRY_ASSIGN(const Party who, party(database, credit.party));
    return who.name;
  }
  return std::string();
}

/// The first release that the recording stands on says the label and its number.
Result<void> put_release(const Database& database, SourceId recording, CueMusic& music) {
  ND_TRY_ASSIGN(const auto on, releases_of(database, recording));
  if (on.empty()) return {};
  const EntityRef release{EntityKind::kRelease, on.front().id};
  if (music.album.empty()) music.album = on.front().title;
  ND_TRY_ASSIGN(music.label, label_of(database, release));
  ND_TRY_ASSIGN(music.catalogue_number, value_of(database, release, Property::kCatalogueNumber));
  return {};
}

Result<void> put_origin(const Database& database, EntityRef entity, CueMusic& music) {
  if (music.origin != CueOrigin::kUnknown) return {};
  ND_TRY_ASSIGN(const std::string origin, value_of(database, entity, Property::kOrigin));
  music.origin = cue_origin(origin).value_or(CueOrigin::kUnknown);
  return {};
}

}  // namespace

Result<SheetWork> sheet_work(Desk& desk, std::int64_t id) {
  const Database& database = desk.catalogue().database();
  const EntityRef entity{EntityKind::kWork, id};
  SheetWork made;
  ND_TRY_ASSIGN(const Work known, work(database, id));
  made.title = known.title;
  ND_TRY_ASSIGN(made.iswc, code_of(database, entity, CodeScheme::kIswc));
  ND_TRY_ASSIGN(const auto said, credits_of(database, entity));
  const HeldCredits held = held_credits(said);
  for (const Credit& credit : held.credits) {
    if (!is_of_a_work(credit)) continue;
    ND_TRY_ASSIGN(SheetParty party, sheet_party(database, credit));
    made.parties.push_back(std::move(party));
  }
  for (const auto& conflict : held.conflicts) {
    ND_TRY_ASSIGN(std::string text, conflict_text(database, conflict));
    made.conflicts.push_back(std::move(text));
  }
  return made;
}

Result<CueMusic> cue_music(Desk& desk, const Recording& recording) {
  const Database& database = desk.catalogue().database();
  const EntityRef entity{EntityKind::kRecording, recording.id.value};
  CueMusic music;
  music.title = recording.title;
  music.artist = recording.artist;
  music.album = recording.album;
  music.version = recording.version;
  ND_TRY_ASSIGN(music.isrc, isrc_of(database, recording));
  ND_TRY(put_release(database, recording.id, music));
  ND_TRY(put_origin(database, entity, music));
  ND_TRY_ASSIGN(const auto performed, works_of(database, recording.id));
  for (const Work& each : performed) {
    ND_TRY_ASSIGN(SheetWork made, sheet_work(desk, each.id));
    music.works.push_back(std::move(made));
    ND_TRY(put_origin(database, {EntityKind::kWork, each.id}, music));
  }
  return music;
}

}  // namespace needledrop
