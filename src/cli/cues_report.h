#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "desk/episode_cues.h"
#include "desk/review.h"

namespace needledrop {

/// An episode's cues as a table, and how far their review has come; between them, marked "?", the
/// music that no recording of the desk explains. `width` is the terminal's.
std::string cues_report(const EpisodeCues& cues, std::size_t width);

/// What the newest run would change about cues that somebody has decided about.
std::string proposals_report(const EpisodeCues& cues, std::size_t width);

/// All that happened to an episode's cues, newest first.
std::string history_report(std::span<const Decision> decisions, const EpisodeCues& cues);

/// What a decision changed or, of a preview, would change.
std::string review_report(const Reviewed& reviewed, bool is_preview);

}  // namespace needledrop
