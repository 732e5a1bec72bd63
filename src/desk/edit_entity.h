#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "catalogue/codes.h"
#include "catalogue/credits.h"
#include "catalogue/facts.h"
#include "catalogue/parties.h"
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
/// A decision about what is listed under a number.
struct Decide {
  enum class What { kPrefer, kDismiss, kRemove };
  What what = What::kPrefer;
  std::size_t number = 0;
};
/// A new work or party, called as the request names it.
struct AddThing {
  bool is_organisation = false;
  std::string comment;
};
/// A recording performs a work.
struct LinkWork {
  std::string work;  // number or title
};

using EntityAction = std::variant<SetFact, SetCredit, SetCode, Decide, AddThing, LinkWork>;

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

/// Something that is said of a thing, in the order and under the numbers in which they are listed.
struct ListedStatement {
  std::size_t number = 0;  // from 1
  std::variant<Fact, Credit, Identifier> what;
  std::string party;       // of a credit, its name
  std::string provenance;  // in words
  bool is_contradicted = false;
};

struct EntityStatements {
  EntityRef entity;
  std::string name;  // "work 3 Promise"
  std::vector<ListedStatement> statements;
};

/// What is said of a thing: facts, then credits, then codes.
Result<EntityStatements> list_statements(Desk& desk, const EntityName& what);

}  // namespace needledrop
