#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace needledrop {

class Desk;

enum class RemovableKind { kAny, kRecording, kEpisode, kProduction };

std::string_view to_string(RemovableKind kind);

/// One thing of the desk that a name fits.
struct Removable {
  RemovableKind kind = RemovableKind::kRecording;  // never kAny
  std::int64_t id = 0;
  std::string title;
};

/// Finds what `what` names: an id, a path or an unambiguous part of a title. Errors: kNotFound, and
/// kAmbiguous listing the choices.
Result<Removable> find_removable(Desk& desk, std::string_view what, RemovableKind kind);

/// Removes it: from the catalogue, which decides, then from the index. A production takes its
/// episodes along; its recordings stay. Errors: kBusy, kIo.
Result<void> remove(Desk& desk, const Removable& removable);

}  // namespace needledrop
