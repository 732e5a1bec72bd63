#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "cuesheet/clearance.h"

namespace needledrop {

class Desk;

/// A right that uses of a production need and don't have.
struct RightToBuy {
  Licence::Kind kind = Licence::Kind::kMaster;
  EntityRef of;
  std::string title;                       // of the recording or work
  Clearance clearance = Clearance::kNone;  // the gravest of its uses
  int uses = 0;                            // that are not cleared
  Milliseconds length{0};                  // of these
  std::vector<std::int64_t> episodes;      // in which, in their order
};

/// What must be bought.
struct ClearanceList {
  std::int64_t production = 0;
  std::string title;
  std::size_t licence_count = 0;   // that hold for the production
  std::vector<RightToBuy> needed;  // gravest first, then by kind and id
};

/// Of the production that `what` names.
Result<ClearanceList> clearance_list(Desk& desk, std::string_view what);

/// A licence with what it is of, in words.
struct HeldLicence {
  Licence licence;
  std::string title;  // "recording 3 First Snow"
};
/// That hold for the production that `what` names, by id.
Result<std::vector<HeldLicence>> held_licences(Desk& desk, std::string_view what);

/// Enters a licence for the production as an edit: `of` names the recording or work. Returns the
/// edit's id. Errors: find_entity's, add_licence's.
Result<std::int64_t> enter_licence(Desk& desk, std::string_view production, std::string_view of,
                                   Licence licence, const std::string& author);

/// Takes a licence of the production away as an edit, and returns the edit's id. kNotFound.
Result<std::int64_t> take_licence_away(Desk& desk, std::string_view production, std::int64_t id,
                                       const std::string& author);

}  // namespace needledrop
