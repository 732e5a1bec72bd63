#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "catalogue/broadcasts.h"
#include "catalogue/codes.h"
#include "catalogue/credits.h"
#include "catalogue/facts.h"
#include "catalogue/parties.h"
#include "catalogue/works.h"
#include "desk/change_report.h"
#include "desk/entity_name.h"

namespace needledrop {

class Desk;

// What a person may say of one thing. What is entered so is preferred: it holds against what files
// say, then and later.

struct SetFact {
  Property property = Property::kCountry;
  std::string value;
};
struct SetCredit {
  Role role = Role::kComposer;
  std::string party;  // number or name; one of exactly that name is made if there is none
  std::optional<Share> share;
  std::string society;
};
struct SetCode {
  CodeScheme scheme = CodeScheme::kIswc;
  std::string value;
};
/// By what a statement is known for good: it is never another's.
struct StatementId {
  enum class Kind {
    kFact,         // "f12"
    kCredit,       // "c12"
    kCode,         // "i12"
    kBroadcast,    // "b12"
    kPerformance,  // "p3-12": recording 3 performs work 12
  };
  Kind kind = Kind::kFact;
  std::int64_t id = 0;
  std::int64_t work = 0;  // of a performance, whose id is the recording's
  friend bool operator==(const StatementId&, const StatementId&) = default;
};
std::string to_string(const StatementId& id);
std::optional<StatementId> statement_id(std::string_view text);

/// A decision about a statement of the thing. What a file says is dismissed where it is to be
/// removed, since the file would say it again.
struct Decide {
  enum class What { kPrefer, kDismiss, kRemove };
  What what = What::kPrefer;
  StatementId statement;
};
/// A new production, season ("PRODUCTION S02"), work, release or party, called as the request names
/// it.
struct AddThing {
  bool is_organisation = false;
  std::string comment;
};
/// What a work or party is called from now on.
struct Rename {
  std::string name;
  std::optional<std::string> comment;  // nothing: as it is
};
/// A recording performs a work.
struct LinkWork {
  std::string work;  // number or title
};

using EntityAction = std::variant<SetFact, SetCredit, SetCode, Decide, AddThing, LinkWork, Rename>;

struct EntityEdit {
  EntityName what;
  EntityAction action;
  std::string author;
};

struct EditOutcome {
  std::optional<std::int64_t> edit;  // nothing: it was so already
  std::vector<DescribedChange> changes;
  std::string warning;  // "" all is well
};

/// Makes one edit. Errors: kNotFound, kAmbiguous, kInvalidArgument with what is wrong.
Result<EditOutcome> edit_entity(Desk& desk, const EntityEdit& request);

/// Something that is said of a thing.
struct ListedStatement {
  StatementId id;
  std::variant<Fact, Credit, Identifier, Broadcast, Performance> what;
  std::string other;       // of a credit its party, or of what it is; of a performance the other
  std::string provenance;  // in words
  bool is_contradicted = false;
};

struct EntityStatements {
  EntityRef entity;
  std::string name;  // "work 3 Promise"
  std::vector<ListedStatement> statements;
};

/// What is said of a thing: facts, credits, codes, broadcasts, the works that a recording performs
/// or the recordings of a work; of a party what it is credited in.
Result<EntityStatements> list_statements(Desk& desk, const EntityName& what);

}  // namespace needledrop
