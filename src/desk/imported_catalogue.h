#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalogue/broadcasts.h"
#include "catalogue/codes.h"
#include "catalogue/facts.h"
#include "catalogue/parties.h"
#include "catalogue/role.h"
#include "cuesheet/society.h"
#include "desk/import_problem.h"

namespace needledrop {

// What a file says, whatever its format, before anything is looked up in the catalogue. Each piece
// knows its place in the file. Texts are trimmed, codes and values in the form in which they are
// kept.

struct ImportedCode {
  Code code;
  ImportPlace at;
};

struct ImportedFact {
  Property property = Property::kCountry;
  std::string value;
  ImportPlace at;
};

/// A further name.
struct ImportedName {
  std::string text;
  std::string language;  // BCP 47; "" not said
  std::string kind;      // "official", "localised", "romanised", "search"; "" not said
  ImportPlace at;
};

/// Whom a file means.
struct ImportedParty {
  std::string name;
  std::string comment;
  std::optional<Party::Kind> kind;  // nothing: not said
  std::vector<ImportedCode> codes;
  std::vector<ImportedFact> facts;
  std::vector<ImportedName> names;
  ImportPlace at;
};

struct ImportedCredit {
  ImportedParty party;
  Role role = Role::kComposer;
  std::optional<Share> share;
  std::string society;
  ImportPlace at;
  ImportPlace share_at;
  ImportPlace society_at;
};

/// What is said of a thing of any kind but a party.
struct ImportedStatements {
  std::vector<ImportedCode> codes;
  std::vector<ImportedFact> facts;
  std::vector<ImportedName> names;
  std::vector<ImportedCredit> credits;
};

/// A recording of the desk, as a file names it.
struct ImportedRecording {
  std::string what;          // its number, path or title; "" only the ISRC is said
  std::optional<Code> isrc;  // with `what`: that it has this one
  ImportPlace at;
  ImportPlace isrc_at;
};

struct ImportedWork {
  std::int64_t known = 0;  // the work of the catalogue, where something else than the file tells it
  std::string title;
  std::string comment;
  ShareBasis basis = ShareBasis::kWhole;
  ImportedStatements said;
  std::vector<ImportedRecording> recordings;
  ImportPlace at;
};

struct ImportedProduction {
  std::string title;
  ImportedStatements said;
  ImportPlace at;
};

struct ImportedBroadcast {
  Broadcast broadcast;  // without its episode and provenance
  ImportPlace at;
};

struct ImportedEpisode {
  std::string production;  // its title; "" none is said
  std::optional<int> season;
  std::optional<int> number;
  std::string title;
  ImportedStatements said;
  std::vector<ImportedBroadcast> broadcasts;
  ImportPlace at;
};

struct ImportedPlace {
  ImportedRecording recording;
  int disc = 1;
  int position = 0;
};

struct ImportedRelease {
  std::string title;
  std::string comment;
  std::string production;  // whose soundtrack it is; "" none
  ImportedStatements said;
  std::vector<ImportedPlace> places;
  ImportPlace at;
};

struct ImportedCatalogue {
  std::vector<ImportedRecording> recordings;  // that have an ISRC
  std::vector<ImportedParty> parties;
  std::vector<ImportedWork> works;
  std::vector<ImportedProduction> productions;
  std::vector<ImportedEpisode> episodes;
  std::vector<ImportedRelease> releases;
};

}  // namespace needledrop
