#include "desk/import_application.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "catalogue/episode_edits.h"
#include "catalogue/parties.h"
#include "catalogue/text.h"
#include "catalogue/works.h"
#include "desk/import_matching.h"

namespace needledrop {
namespace {

using Outcome = ImportMatch::Outcome;

/// What a party with this role usually is, where the file does not say.
Party::Kind usual_kind(Role role) {
  const bool is_organisation = side_of(role) == RoleSide::kPublisher || role == Role::kLabel ||
                               role == Role::kProductionCompany || role == Role::kBroadcaster;
  return is_organisation ? Party::Kind::kOrganisation : Party::Kind::kPerson;
}

bool is_writer(Role role) {
  return side_of(role) == RoleSide::kWriter;
}

class Application {
 public:
  Application(CatalogueEdit& edit, KnownRecordings recordings, ImportMatcher matcher,
              ImportStatements statements, bool adds_only, ImportProblems& problems)
      : edit_(edit),
        adds_only_(adds_only),
        recordings_(std::move(recordings)),
        matcher_(std::move(matcher)),
        statements_(std::move(statements)),
        problems_(problems) {}

  Result<void> run(const ImportedCatalogue& read) {
    for (const ImportedParty& party : read.parties) ND_TRY(party_of(party, Party::Kind::kPerson));
    for (const ImportedRecording& recording : read.recordings) ND_TRY(find(recording));
    for (const ImportedWork& work : read.works) {
      ND_TRY_ASSIGN(const auto id, apply(work));
      works_.push_back(id);
    }
    for (const ImportedProduction& production : read.productions) ND_TRY(apply(production));
    for (const ImportedEpisode& episode : read.episodes) ND_TRY(apply(episode));
    for (const ImportedRelease& release : read.releases) ND_TRY(apply(release));
    return {};
  }
  [[nodiscard]] AppliedImport applied() const { return {statements_.known(), works_}; }

 private:
  /// Its id; nothing when that is unclear.
  Result<std::optional<std::int64_t>> party_of(const ImportedParty& said, Party::Kind usual) {
    if (said.name.empty()) return std::optional<std::int64_t>();
    ND_TRY_ASSIGN(const ImportMatch match, matcher_.match({EntityKind::kParty, said.name,
                                                           said.comment, said.codes, said.at}));
    if (match.outcome == Outcome::kUnclear) return std::optional<std::int64_t>();
    std::int64_t id = match.id;
    if (match.outcome == Outcome::kNew) {
      ND_TRY_ASSIGN(id, add_party(edit_, {0, said.kind.value_or(usual), said.name, said.comment}));
      matcher_.add({EntityKind::kParty, id}, said.name, said.comment);
    } else {
      ND_TRY(check_kind(said, id));
    }
    const EntityRef party{EntityKind::kParty, id};
    for (const ImportedCode& code : said.codes) ND_TRY(statements_.state_code(party, code));
    for (const ImportedFact& fact : said.facts) ND_TRY(statements_.state_fact(party, fact));
    for (const ImportedName& name : said.names) {
      ND_TRY(statements_.state_name(party, name));
      matcher_.add_name(party, name.text);
    }
    return std::optional(id);
  }

  Result<void> check_kind(const ImportedParty& said, std::int64_t id) {
    if (!said.kind.has_value()) return {};
    ND_TRY_ASSIGN(const Party known, party(edit_.database(), id));
    if (known.kind == *said.kind) return {};
    problems_.error(said.at,
                    fmt::format("'{}' is known as {}, not as {}; tell them apart by a "
                                "comment",
                                shown(said.name), to_string(known.kind), to_string(*said.kind)));
    return {};
  }

  Result<void> state(EntityRef of, const ImportedStatements& said) {
    for (const ImportedCode& code : said.codes) ND_TRY(statements_.state_code(of, code));
    for (const ImportedFact& fact : said.facts) ND_TRY(statements_.state_fact(of, fact));
    for (const ImportedName& name : said.names) {
      ND_TRY(statements_.state_name(of, name));
      matcher_.add_name(of, name.text);
    }
    for (const ImportedCredit& credit : said.credits) {
      ND_TRY_ASSIGN(auto party, credited(of, credit));
      if (!party.has_value()) {
        ND_TRY_ASSIGN(party, party_of(credit.party, usual_kind(credit.role)));
      }
      if (party.has_value()) ND_TRY(statements_.state_credit(of, *party, credit));
    }
    return {};
  }

  /// Of several of one name, the one whom the thing credits in this role already is meant.
  Result<std::optional<std::int64_t>> credited(EntityRef of, const ImportedCredit& said) {
    std::optional<std::int64_t> only;
    if (!said.party.codes.empty() || matcher_.is_only(said.party.name)) return only;
    ND_TRY_ASSIGN(const auto credits, credits_of(edit_.database(), of));
    for (const Credit& credit : credits) {
      if (credit.role != said.role || credit.party == only) continue;
      ND_TRY_ASSIGN(const Party known, party(edit_.database(), credit.party));
      if (folded(known.name) != folded(said.party.name)) continue;
      if (!said.party.comment.empty() && folded(known.comment) != folded(said.party.comment)) {
        continue;
      }
      if (only.has_value()) return std::optional<std::int64_t>();
      only = credit.party;
    }
    return only;
  }

  // What has no name is an error already, and is passed over here.

  Result<std::optional<std::int64_t>> apply(const ImportedWork& said) {
    ND_TRY_ASSIGN(const auto id, work_of(said));
    if (!id.has_value()) return id;
    ND_TRY(state({EntityKind::kWork, *id}, said.said));
    for (const ImportedRecording& recording : said.recordings) ND_TRY(perform(recording, *id));
    return id;
  }

  /// The work that is meant, made if it is new; nothing when that is unclear.
  Result<std::optional<std::int64_t>> work_of(const ImportedWork& said) {
    if (said.known != 0) return std::optional(said.known);
    if (said.title.empty()) return std::optional<std::int64_t>();
    ND_TRY_ASSIGN(
        const ImportMatch match,
        matcher_.match({EntityKind::kWork, said.title, said.comment, said.said.codes, said.at}));
    if (match.outcome == Outcome::kUnclear) return std::optional<std::int64_t>();
    if (match.outcome == Outcome::kKnown) {
      ND_TRY_ASSIGN(const bool is_same, is_same_work(said, match.id));
      if (is_same) return std::optional(match.id);
      if (!adds_only_) return std::optional<std::int64_t>();
    }
    ND_TRY_ASSIGN(const std::int64_t id, add_work(edit_, {0, said.title, said.comment}));
    matcher_.add({EntityKind::kWork, id}, said.title, said.comment);
    return std::optional(id);
  }

  /// A title alone does not make two works one: they need a writer in common where both have any.
  Result<bool> is_same_work(const ImportedWork& said, std::int64_t id) {
    const EntityRef work{EntityKind::kWork, id};
    if (!matcher_.is_called(work, said.title)) return true;  // found by its code
    ND_TRY_ASSIGN(const auto codes, identifiers_of(edit_.database(), work));
    const bool has_same_code = std::ranges::any_of(codes, [&said](const Identifier& identifier) {
      return std::ranges::any_of(said.said.codes, [&identifier](const ImportedCode& code) {
        return identifier.standing != FactStanding::kDismissed &&
               code.code.scheme == identifier.code.scheme &&
               code.code.value == identifier.code.value;
      });
    });
    if (has_same_code) return true;
    ND_TRY_ASSIGN(const auto credits, credits_of(edit_.database(), work));
    bool has_writers = false;
    bool says_writers = false;
    for (const Credit& credit : credits) has_writers = has_writers || is_writer(credit.role);
    for (const ImportedCredit& credit : said.said.credits) {
      if (!is_writer(credit.role)) continue;
      says_writers = true;
      ND_TRY_ASSIGN(const bool writes, has_writer(credits, credit.party));
      if (writes) return true;
    }
    if (!has_writers || !says_writers) return true;
    if (adds_only_) {
      problems_.warn(said.at, fmt::format("the catalogue has a work '{}' by others ({}); this is "
                                          "another",
                                          shown(said.title), id));
      return false;
    }
    problems_.error(said.at,
                    fmt::format("the catalogue has a work '{}' by others ({}); give the ISWC, or a "
                                "comment that tells them apart",
                                shown(said.title), id));
    return false;
  }

  Result<bool> has_writer(const std::vector<Credit>& credits, const ImportedParty& said) {
    for (const Credit& credit : credits) {
      if (!is_writer(credit.role)) continue;
      const EntityRef writer{EntityKind::kParty, credit.party};
      if (matcher_.is_called(writer, said.name)) return true;
      for (const ImportedCode& code : said.codes) {
        ND_TRY_ASSIGN(const auto holders, identified_by(edit_.database(), code.code));
        if (std::ranges::find(holders, writer) != holders.end()) return true;
      }
    }
    return false;
  }

  /// The recordings that are meant, which have the ISRC from now on.
  Result<std::vector<SourceId>> find(const ImportedRecording& said) {
    const auto found = recordings_.find(said, problems_);
    if (said.what.empty() || !said.isrc.has_value()) return found;
    for (const SourceId recording : found) {
      ND_TRY(statements_.state_code({EntityKind::kRecording, recording.value},
                                    {*said.isrc, said.isrc_at}));
    }
    return found;
  }

  Result<void> perform(const ImportedRecording& said, std::int64_t work) {
    ND_TRY_ASSIGN(const auto found, find(said));
    for (const SourceId recording : found) {
      ND_TRY(statements_.state_performance(recording, work, said.at));
    }
    return {};
  }

  /// Its id, 0 for no title; nothing when that is unclear.
  Result<std::optional<std::int64_t>> production_of(const std::string& title,
                                                    std::span<const ImportedCode> codes,
                                                    const ImportPlace& at) {
    if (title.empty()) return std::optional<std::int64_t>(0);
    ND_TRY_ASSIGN(const ImportMatch match,
                  matcher_.match({EntityKind::kProduction, title, "", codes, at}));
    if (match.outcome == Outcome::kUnclear) return std::optional<std::int64_t>();
    if (match.outcome == Outcome::kKnown) return std::optional(match.id);
    ND_TRY_ASSIGN(const std::int64_t id, add_production(edit_, {0, title}));
    matcher_.add({EntityKind::kProduction, id}, title, "");
    return std::optional(id);
  }

  Result<void> apply(const ImportedProduction& said) {
    if (said.title.empty()) return {};
    ND_TRY_ASSIGN(const auto id, production_of(said.title, said.said.codes, said.at));
    if (id.has_value()) ND_TRY(state({EntityKind::kProduction, *id}, said.said));
    return {};
  }

  Result<void> apply(const ImportedEpisode& said) {
    if (!said.number.has_value() && said.title.empty()) return {};
    ND_TRY_ASSIGN(const auto production, production_of(said.production, {}, said.at));
    if (!production.has_value()) return {};
    ND_TRY_ASSIGN(const ImportMatch match, matcher_.match_episode(said, *production));
    if (match.outcome == Outcome::kUnclear) return {};
    std::int64_t id = match.id;
    if (match.outcome == Outcome::kNew) {
      Episode episode{0, *production, said.season, said.number, said.title, {}};
      ND_TRY_ASSIGN(episode.id, add_episode(edit_, episode));
      matcher_.add(episode);
      id = episode.id;
    }
    ND_TRY(state({EntityKind::kEpisode, id}, said.said));
    for (const ImportedBroadcast& broadcast : said.broadcasts) {
      ND_TRY(statements_.state_broadcast(id, broadcast));
    }
    return {};
  }

  Result<void> apply(const ImportedRelease& said) {
    if (said.title.empty()) return {};
    ND_TRY_ASSIGN(const auto production, production_of(said.production, {}, said.at));
    if (!production.has_value()) return {};
    ND_TRY_ASSIGN(const ImportMatch match,
                  matcher_.match({EntityKind::kRelease, said.title, said.comment, said.said.codes,
                                  said.at, *production}));
    if (match.outcome == Outcome::kUnclear) return {};
    std::int64_t id = match.id;
    if (match.outcome == Outcome::kNew) {
      ND_TRY_ASSIGN(id, add_release(edit_, {0, *production, said.title, said.comment}));
      matcher_.add({EntityKind::kRelease, id}, said.title, said.comment, *production);
    }
    ND_TRY(state({EntityKind::kRelease, id}, said.said));
    for (const ImportedPlace& place : said.places) {
      for (const SourceId recording : recordings_.find(place.recording, problems_)) {
        ND_TRY(place_on_release(edit_, id, {place.disc, place.position, recording}));
      }
    }
    return {};
  }

  CatalogueEdit& edit_;
  bool adds_only_;
  std::vector<std::optional<std::int64_t>> works_;
  KnownRecordings recordings_;
  ImportMatcher matcher_;
  ImportStatements statements_;
  ImportProblems& problems_;
};

}  // namespace

Result<AppliedImport> apply_import(CatalogueEdit& edit, const ImportedCatalogue& read,
                                   KnownRecordings recordings, ImportStatements::Source source,
                                   ImportProblems& problems) {
  ND_TRY_ASSIGN(ImportMatcher matcher, ImportMatcher::make(edit, problems));
  const bool adds_only = source.adds_only;
  ND_TRY_ASSIGN(ImportStatements statements,
                ImportStatements::begin(edit, std::move(source), problems));
  Application application(edit, std::move(recordings), std::move(matcher), std::move(statements),
                          adds_only, problems);
  ND_TRY(application.run(read));
  return application.applied();
}

}  // namespace needledrop
