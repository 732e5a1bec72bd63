#include "desk/tagged_facts.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "catalogue/text.h"
#include "catalogue/works.h"
#include "desk/desk.h"
#include "desk/file_name.h"
#include "desk/import_columns.h"
#include "desk/import_matching.h"
#include "desk/import_statements.h"
#include "desk/import_values.h"

namespace needledrop {
namespace {

class TagStating {
 public:
  TagStating(CatalogueEdit& edit, ImportMatcher matcher, ImportProblems& problems)
      : edit_(edit), matcher_(std::move(matcher)), problems_(problems) {}

  Result<void> read_releases() {
    ND_TRY_ASSIGN(const auto all, releases(edit_.database()));
    for (const Release& release : all) add(release);
    return {};
  }

  Result<void> state(const TaggedRecording& tagged) {
    // What tags say never ends what a person decided: it stands beside it.
    ND_TRY_ASSIGN(ImportStatements statements,
                  ImportStatements::begin(
                      edit_, {Provenance::Kind::kTags, valid_utf8(tagged.path), true}, problems_));
    const EntityRef recording{EntityKind::kRecording, tagged.recording.value};
    const Tags& tags = tagged.tags;
    ND_TRY(state_codes(
        statements, recording,
        {{CodeScheme::kIsrc, tags.isrc}, {CodeScheme::kMusicbrainz, tags.musicbrainz_recording}}));
    ND_TRY(state_credits(statements, recording, Role::kPerformer, tags.artist));
    ND_TRY(state_credits(statements, recording, Role::kComposer, tags.composer));
    ND_TRY(state_credits(statements, recording, Role::kAuthor, tags.lyricist));
    ND_TRY(state_credits(statements, recording, Role::kArranger, tags.arranger));
    return tags.album.empty() ? Result<void>() : state_release(statements, tagged);
  }

 private:
  using Codes = std::vector<std::pair<CodeScheme, std::string>>;

  Result<void> state_codes(ImportStatements& statements, EntityRef of, const Codes& texts) {
    std::vector<ImportedCode> codes;
    for (const auto& [scheme, text] : texts) take_code(codes, scheme, text, {}, problems_);
    for (const ImportedCode& code : codes) ND_TRY(statements.state_code(of, code));
    return {};
  }

  Result<void> state_fact(ImportStatements& statements, EntityRef of, Property property,
                          const std::string& text) {
    std::vector<ImportedFact> facts;
    take_fact(facts, property, text, {}, problems_);
    for (const ImportedFact& fact : facts) ND_TRY(statements.state_fact(of, fact));
    return {};
  }

  /// Each of the names between semicolons.
  Result<void> state_credits(ImportStatements& statements, EntityRef of, Role role,
                             const std::string& names) {
    std::string_view rest = names;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      ImportedCredit credit;
      credit.role = role;
      credit.party.name = trimmed(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (!is_text(credit.party.name) || credit.party.name.empty()) continue;
      ND_TRY_ASSIGN(const ImportMatch match,
                    matcher_.match({EntityKind::kParty, credit.party.name, "", {}, {}}));
      if (match.outcome == ImportMatch::Outcome::kUnclear) continue;
      std::int64_t party = match.id;
      if (match.outcome == ImportMatch::Outcome::kNew) {
        const auto kind = role == Role::kLabel ? Party::Kind::kOrganisation : Party::Kind::kPerson;
        ND_TRY_ASSIGN(party, add_party(edit_, {0, kind, credit.party.name, ""}));
        matcher_.add({EntityKind::kParty, party}, credit.party.name, "");
      }
      ND_TRY(statements.state_credit(of, party, credit));
    }
    return {};
  }

  void add(const Release& release) {
    releases_[{release.production, folded(release.title)}].push_back(release.id);
  }

  /// Its id; nothing when several may be meant.
  Result<std::optional<std::int64_t>> release_of(const TaggedRecording& tagged) {
    const Tags& tags = tagged.tags;
    std::vector<std::int64_t> fitting;
    for (const std::int64_t id : releases_[{tagged.production, folded(tags.album)}]) {
      ND_TRY_ASSIGN(const auto codes, identifiers_of(edit_.database(), {EntityKind::kRelease, id}));
      const bool is_other = std::ranges::any_of(codes, [&tags](const Identifier& identifier) {
        return identifier.standing != FactStanding::kDismissed &&
               identifier.code.scheme == CodeScheme::kMusicbrainz &&
               !tags.musicbrainz_release.empty() &&
               identifier.code.value != tags.musicbrainz_release;
      });
      if (!is_other) fitting.push_back(id);
    }
    if (fitting.size() > 1) return std::optional<std::int64_t>();
    if (!fitting.empty()) return std::optional(fitting.front());
    Release release{0, tagged.production, tags.album, ""};
    ND_TRY_ASSIGN(release.id, add_release(edit_, release));
    add(release);
    return std::optional(release.id);
  }

  Result<void> state_release(ImportStatements& statements, const TaggedRecording& tagged) {
    const Tags& tags = tagged.tags;
    ND_TRY_ASSIGN(const auto id, release_of(tagged));
    if (!id.has_value()) return {};
    const EntityRef release{EntityKind::kRelease, *id};
    if (tags.track_number.has_value()) {
      ND_TRY(place_on_release(
          edit_, *id, {tags.disc_number.value_or(1), *tags.track_number, tagged.recording}));
    }
    ND_TRY(state_codes(
        statements, release,
        {{CodeScheme::kMusicbrainz, tags.musicbrainz_release}, {CodeScheme::kEan, tags.barcode}}));
    // A date with a time of day is a date.
    ND_TRY(state_fact(statements, release, Property::kReleaseDate,
                      tags.date.substr(0, tags.date.find('T'))));
    ND_TRY(state_fact(statements, release, Property::kCatalogueNumber, tags.catalogue_number));
    return state_credits(statements, release, Role::kLabel, tags.label);
  }

  CatalogueEdit& edit_;
  ImportMatcher matcher_;
  ImportProblems& problems_;
  std::map<std::pair<std::int64_t, std::string>, std::vector<std::int64_t>> releases_;
};

}  // namespace

Result<std::optional<std::int64_t>> state_tags(Desk& desk,
                                               const std::vector<TaggedRecording>& recordings) {
  if (recordings.empty()) return std::optional<std::int64_t>();
  ND_TRY_ASSIGN(CatalogueEdit edit,
                CatalogueEdit::begin(desk.catalogue(),
                                     {"", utc_text(desk.clock().now()),
                                      fmt::format("tags of {} recording{}", recordings.size(),
                                                  recordings.size() == 1 ? "" : "s")}));
  ImportProblems problems;  // what tags say wrongly is not said
  ND_TRY_ASSIGN(ImportMatcher matcher, ImportMatcher::make(edit, problems));
  TagStating stating(edit, std::move(matcher), problems);
  ND_TRY(stating.read_releases());
  for (const TaggedRecording& tagged : recordings) ND_TRY(stating.state(tagged));
  return edit.commit();
}

}  // namespace needledrop
