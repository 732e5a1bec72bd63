#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "catalogue/catalogue_edit.h"

namespace needledrop {

/// A composition, with or without words.
struct Work {
  std::int64_t id = 0;
  std::string title;    // under which it is registered
  std::string comment;  // tells apart those of one title; "" none is needed
  friend bool operator==(const Work&, const Work&) = default;
};

/// An album or single as it was published.
struct Release {
  std::int64_t id = 0;
  std::int64_t production = 0;  // whose soundtrack it is; 0: none
  std::string title;
  std::string comment;
  friend bool operator==(const Release&, const Release&) = default;
};

/// Where a recording stands on a release.
struct ReleasePlace {
  int disc = 1;
  int position = 0;
  SourceId recording;
  friend auto operator<=>(const ReleasePlace&, const ReleasePlace&) = default;
};

/// Several works may have the same title. Errors: kInvalidArgument (no title, no text).
Result<std::int64_t> add_work(CatalogueEdit& edit, const Work& work);
Result<void> update_work(CatalogueEdit& edit, const Work& work);
/// By id.
Result<std::vector<Work>> works(const Database& database);
/// kNotFound.
Result<Work> work(const Database& database, std::int64_t id);

/// Says that the recording performs the work; nothing changes when that is known. kNotFound when
/// either does not exist.
Result<void> link_work(CatalogueEdit& edit, SourceId recording, std::int64_t work,
                       std::int64_t provenance);
/// kNotFound when it is not said that it does.
Result<void> unlink_work(CatalogueEdit& edit, SourceId recording, std::int64_t work);
Result<void> set_performance_standing(CatalogueEdit& edit, SourceId recording, std::int64_t work,
                                      FactStanding standing);
/// By id: several of a medley. Without those that were dismissed.
Result<std::vector<Work>> works_of(const Database& database, SourceId recording);

/// Somebody says that a recording performs a work.
struct Performance {
  SourceId recording;
  std::int64_t work = 0;
  std::int64_t provenance = 0;
  FactStanding standing = FactStanding::kStated;
  friend bool operator==(const Performance&, const Performance&) = default;
};
/// By a recording, or of a work: by the other's id; none of things of other kinds.
Result<std::vector<Performance>> performances_of(const Database& database, EntityRef of);

Result<std::int64_t> add_release(CatalogueEdit& edit, const Release& release);
/// By id.
Result<std::vector<Release>> releases(const Database& database);
/// Says where a recording stands; nothing changes when that is known.
Result<void> place_on_release(CatalogueEdit& edit, std::int64_t release, const ReleasePlace& place);
Result<std::vector<ReleasePlace>> places_on(const Database& database, std::int64_t release);
/// On which a recording stands, by id.
Result<std::vector<Release>> releases_of(const Database& database, SourceId recording);

}  // namespace needledrop
