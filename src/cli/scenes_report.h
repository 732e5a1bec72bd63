#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "catalogue/entities.h"
#include "scenes/scene_edit.h"

namespace needledrop {

/// The scenes of a file, with what is heard in them. Borrowed.
struct ScenesContent {
  std::span<const Scene> scenes;
  std::span<const Spot> spots;
  std::span<const MusicSpan> unidentified;
  std::span<const Recording> recordings;  // by id
};

/// A table for people: a line for each scene, and under it a line for each song in it.
std::string scenes_report(const ScenesContent& content, std::size_t width);

/// The shots, with how each begins.
std::string shots_report(const SeenPicture& picture, std::size_t width);

}  // namespace needledrop
