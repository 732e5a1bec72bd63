#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/catalogue_edit.h"

namespace needledrop {

/// The right to use music in a production.
struct Licence {
  enum class Kind {
    kSync,    // of a work: to set it to pictures
    kMaster,  // of a recording
  };
  std::int64_t id = 0;
  Kind kind = Kind::kMaster;
  EntityRef of;                 // a work (sync) or a recording (master)
  std::int64_t production = 0;  // 0: any
  std::string licensor;
  std::string territory;            // in words: "worldwide", "KR, JP"; not compared
  std::string media;                // in words: "all", "TV and SVOD"; not compared
  std::string first_day;            // YYYY-MM-DD; "" since ever
  std::string last_day;             // YYYY-MM-DD, the last on which it holds; "" for ever
  std::optional<int> most_uses;     // in the production
  std::optional<int> most_seconds;  // in the production, all uses together
  std::string reference;            // of the contract
  std::string fee;                  // with its currency; "" not said
  std::int64_t provenance = 0;
  std::string was_of;  // what the work or recording was called that is removed since; else ""
  friend bool operator==(const Licence&, const Licence&) = default;
};

std::string_view to_string(Licence::Kind kind);
std::optional<Licence::Kind> licence_kind(std::string_view text);

/// The licence as it is kept. kInvalidArgument: a sync licence of a recording or a master licence
/// of a work, days that don't exist or in the wrong order, limits below 0.
Result<Licence> checked_licence(Licence licence);

Result<std::int64_t> add_licence(CatalogueEdit& edit, const Licence& licence);
Result<void> remove_licence(CatalogueEdit& edit, std::int64_t id);
/// All that hold for a production, by id; also those of what was removed since.
Result<std::vector<Licence>> licences_for(const Database& database, std::int64_t production);

}  // namespace needledrop
