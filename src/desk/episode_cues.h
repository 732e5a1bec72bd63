#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/cue.h"
#include "catalogue/entities.h"
#include "catalogue/proposals.h"

namespace needledrop {

class Desk;

/// A file of an episode with its cues.
struct PartCues {
  EpisodeFile file;
  Run run;                          // the newest
  std::vector<Cue> cues;            // as they stand, rejected ones too, by start, then id
  bool is_decided = false;          // a person decided something: they don't follow runs any more
  std::vector<Proposal> proposals;  // of the run, where they don't follow it
  std::optional<Dialogue> dialogue;
};

/// The cues of one cut of an episode as they stand.
struct EpisodeCues {
  Episode episode;
  std::string cut;                           // "" is the broadcast cut
  std::string production;                    // title; "" none
  std::vector<PartCues> parts;               // as parts_of_cut; may be empty
  std::vector<Recording> recordings;         // that cues and spots name, by id
  std::vector<NamedRecurrence> recurrences;  // of the desk, by id
};

/// A cue in its place: `number` counts the cues of all parts, rejected ones too, from 1.
struct PlacedCue {
  int number = 0;
  std::size_t part = 0;  // in EpisodeCues::parts
  const Cue* cue = nullptr;
  std::string sequence;        // "1m01"; "" of a rejected one
  std::vector<Span> reported;  // carved out and rounded to whole seconds; may be empty
};
/// All cues of the episode, borrowed, in the order of the parts.
std::vector<PlacedCue> placed_cues(const EpisodeCues& cues);

/// A proposal in its place among those of all parts, from 1.
struct PlacedProposal {
  int number = 0;
  std::size_t part = 0;
  const Proposal* proposal = nullptr;
};
std::vector<PlacedProposal> placed_proposals(const EpisodeCues& cues);

/// How long music is heard that is not rejected, to the millisecond; for how long it is reported,
/// in whole seconds, which is the music duration of the sheet; and how long the episode is.
Milliseconds music_length(const EpisodeCues& cues);
Milliseconds reported_length(const EpisodeCues& cues);
Milliseconds running_time(const EpisodeCues& cues);

/// How many cues a person has accepted or rejected.
std::size_t reviewed_count(const EpisodeCues& cues);

/// Under which title (artist) a cue goes: a person's, else its recording's.
std::string title_of(const Cue& cue, std::span<const Recording> recordings);
std::string artist_of(const Cue& cue, std::span<const Recording> recordings);

/// What a person should check about a cue: "version undecided: may also be X (instrumental), 48 %";
/// "" when nothing.
std::string doubt_about(const Cue& cue, const EpisodeCues& cues);

/// Of the episode that `what` names (see find_episode), and of the cut that is meant (see
/// meant_cut). Cues that nobody has decided anything about follow their file's newest run first.
/// Errors: kNotFound, kAmbiguous, kCorrupt, kIo.
Result<EpisodeCues> episode_cues(Desk& desk, std::string_view what,
                                 const std::optional<std::string>& cut = std::nullopt);
/// Of that cut; there may be none.
Result<EpisodeCues> episode_cues(Desk& desk, const Episode& episode, std::string_view cut);
/// Of broadcast_parts.
Result<EpisodeCues> episode_cues(Desk& desk, const Episode& episode);

/// Makes the cues of a file what its newest run says, unless somebody has decided something about
/// them, and returns them as they stand then. What changes is stored as a decision of nobody's;
/// where the desk can't be written to, cues that are not stored have no id. Called after a run and
/// before every use, so that a crash between heals.
Result<PartCues> follow_run(Desk& desk, const EpisodeFile& file, const Run& run);

}  // namespace needledrop
