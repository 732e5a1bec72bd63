#include "desk/episode_cues.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "catalogue/decisions.h"
#include "catalogue/reported_spans.h"
#include "catalogue/run_cues.h"
#include "catalogue/sequence_numbers.h"
#include "desk/broadcast_parts.h"
#include "desk/cue_suggestions.h"
#include "desk/desk.h"
#include "desk/episode_identity.h"
#include "desk/episode_lookup.h"
#include "desk/spot_episode.h"

namespace needledrop {
namespace {

void sort_cues(std::vector<Cue>& cues) {
  std::ranges::stable_sort(
      cues, {}, [](const Cue& cue) { return std::pair(cue.spans.front().start, cue.id); });
}

/// The cues after the changes, as they would be stored.
std::vector<Cue> changed(std::vector<Cue> cues, const std::vector<CueChange>& changes) {
  for (const CueChange& change : changes) {
    if (change.before.has_value()) {
      std::erase_if(cues, [&](const Cue& cue) { return cue.id == change.before->id; });
    }
    if (change.after.has_value()) cues.push_back(*change.after);
  }
  sort_cues(cues);
  return cues;
}

const Recording* find_in(std::span<const Recording> recordings, SourceId id) {
  const auto found = std::ranges::lower_bound(recordings, id, {}, &Recording::id);
  return found != recordings.end() && found->id == id ? &*found : nullptr;
}

std::string name_of(const Recording& recording) {
  std::string name =
      recording.title.empty() ? fmt::format("recording {}", recording.id.value) : recording.title;
  if (!recording.artist.empty()) name += " by " + recording.artist;
  return recording.version == "original" ? name : fmt::format("{} ({})", name, recording.version);
}

Result<std::vector<Recording>> recordings_named(Desk& desk, const std::vector<PartCues>& parts) {
  std::vector<Spot> named;
  for (const PartCues& part : parts) {
    named.insert(named.end(), part.run.spots.begin(), part.run.spots.end());
    for (const Cue& cue : part.cues) {
      for (const SourceId recording : {cue.recording, cue.found_recording}) {
        if (recording != SourceId()) named.emplace_back().recording = recording;
      }
    }
  }
  return recordings_of(desk, named);
}

}  // namespace

Result<PartCues> follow_run(Desk& desk, const EpisodeFile& file, const Run& run) {
  Catalogue& catalogue = desk.catalogue();
  PartCues part{file, run, {}, false, {}, std::nullopt};
  ND_TRY_ASSIGN(part.cues, standing_cues(catalogue, file.id));
  ND_TRY_ASSIGN(part.is_decided, is_decided(catalogue, file.id));
  ND_TRY_ASSIGN(const auto relations, catalogue.relations());
  const RecordingFamilies families(relations);
  ND_TRY_ASSIGN(const auto findings, findings_of(desk, file, run, families));
  if (part.is_decided) {
    part.proposals = propose(file.id, part.cues, findings, families);
    return part;
  }
  Decision followed;
  followed.kind = DecisionKind::kRun;
  followed.at = utc_text(desk.clock().now());
  followed.note = "the run of " + run.at;
  followed.changes = follow_changes(part.cues, cues_of_run(file.id, findings), families);
  if (followed.changes.empty()) return part;
  if (desk.is_read_only()) {
    part.cues = changed(std::move(part.cues), followed.changes);
    return part;
  }
  const auto stored = decide(catalogue, std::move(followed));
  // Somebody else was faster: what stands now is as good.
  if (!stored.has_value() && stored.error().kind != Error::Kind::kBusy) return stored.error();
  ND_TRY_ASSIGN(part.cues, standing_cues(catalogue, file.id));
  ND_TRY_ASSIGN(part.is_decided, is_decided(catalogue, file.id));
  return part;
}

std::vector<PlacedCue> placed_cues(const EpisodeCues& cues) {
  std::vector<PlacedCue> placed;
  for (std::size_t part = 0; part < cues.parts.size(); ++part) {
    const std::vector<Cue>& of_part = cues.parts[part].cues;
    const EpisodeFile& file = cues.parts[part].file;
    // The house's own pattern is always one.
    const auto sequence = sequence_numbers(of_part, file.part.value_or(1));
    const auto reported = rounded_spans(carve_out(of_part, file.duration), {}, file.duration);
    for (std::size_t i = 0; i < of_part.size(); ++i) {
      placed.push_back(
          {static_cast<int>(placed.size()) + 1, part, &of_part[i], (*sequence)[i], reported[i]});
    }
  }
  return placed;
}

Milliseconds music_length(const EpisodeCues& cues) {
  Milliseconds length{0};
  for (const PartCues& part : cues.parts) {
    std::vector<Span> heard;
    for (const Cue& cue : part.cues) {
      if (cue.standing == CueStanding::kRejected) continue;
      heard.insert(heard.end(), cue.spans.begin(), cue.spans.end());
    }
    length += total_length(joined_spans(std::move(heard)));
  }
  return length;
}

Milliseconds reported_length(const EpisodeCues& cues) {
  Milliseconds length{0};
  for (const PlacedCue& placed : placed_cues(cues)) length += total_length(placed.reported);
  return length;
}

Milliseconds running_time(const EpisodeCues& cues) {
  Milliseconds length{0};
  for (const PartCues& part : cues.parts) length += part.file.duration;
  return length;
}

std::vector<PlacedProposal> placed_proposals(const EpisodeCues& cues) {
  std::vector<PlacedProposal> placed;
  for (std::size_t part = 0; part < cues.parts.size(); ++part) {
    for (const Proposal& proposal : cues.parts[part].proposals) {
      placed.push_back({static_cast<int>(placed.size()) + 1, part, &proposal});
    }
  }
  return placed;
}

std::size_t reviewed_count(const EpisodeCues& cues) {
  std::size_t count = 0;
  for (const PartCues& part : cues.parts) {
    count += static_cast<std::size_t>(std::ranges::count_if(
        part.cues, [](const Cue& cue) { return cue.standing != CueStanding::kDetected; }));
  }
  return count;
}

std::string title_of(const Cue& cue, std::span<const Recording> recordings) {
  if (!cue.title.empty()) return cue.title;
  const Recording* const recording = find_in(recordings, cue.recording);
  if (recording != nullptr && !recording->title.empty()) return recording->title;
  return recording == nullptr ? "" : fmt::format("recording {}", recording->id.value);
}

std::string artist_of(const Cue& cue, std::span<const Recording> recordings) {
  if (!cue.artist.empty()) return cue.artist;
  const Recording* const recording = find_in(recordings, cue.recording);
  return recording == nullptr ? "" : recording->artist;
}

std::string doubt_about(const Cue& cue, const EpisodeCues& cues) {
  if (cue.recording == SourceId() || cue.recording != cue.found_recording) return "";
  const auto part =
      std::ranges::find(cues.parts, cue.file, [](const PartCues& p) { return p.file.id; });
  if (part == cues.parts.end()) return "";
  std::string others;
  for (const Spot& spot : part->run.spots) {
    const bool is_its_own = spot.recording == cue.found_recording &&
                            shared_length(std::span(&spot.span, 1), cue.found).count() > 0;
    if (!is_its_own) continue;
    for (const Alternative& alternative : spot.alternatives) {
      const Recording* const other = find_in(cues.recordings, alternative.recording);
      if (other == nullptr) continue;
      others += fmt::format("{}{}, {:.0f} %", others.empty() ? "may also be " : "; ",
                            name_of(*other), 100 * alternative.confidence);
    }
    break;
  }
  if (cue.version_decided) return others;
  return others.empty() ? "version undecided" : "version undecided: " + others;
}

Result<EpisodeCues> episode_cues(Desk& desk, const Episode& episode, std::string_view cut) {
  EpisodeCues result;
  result.episode = episode;
  result.cut = cut;
  ND_TRY_ASSIGN(result.production, production_title(desk.catalogue(), episode.production));
  ND_TRY_ASSIGN(const auto parts, parts_of_cut(desk, episode.id, cut));
  for (const SpottedFile& part : parts) {
    ND_TRY_ASSIGN(PartCues cues, follow_run(desk, part.file, part.run));
    ND_TRY_ASSIGN(auto dialogues, desk.catalogue().dialogue_of(part.file.id));
    if (!dialogues.empty()) cues.dialogue = std::move(dialogues.front());
    result.parts.push_back(std::move(cues));
  }
  ND_TRY_ASSIGN(result.recordings, recordings_named(desk, result.parts));
  ND_TRY_ASSIGN(result.recurrences, desk.catalogue().recurrences());
  return result;
}

Result<EpisodeCues> episode_cues(Desk& desk, const Episode& episode) {
  ND_TRY_ASSIGN(const auto cuts, spotted_cuts(desk, episode.id));
  return episode_cues(desk, episode, cuts.empty() ? "" : cuts.front());
}

Result<EpisodeCues> episode_cues(Desk& desk, std::string_view what,
                                 const std::optional<std::string>& cut) {
  ND_TRY_ASSIGN(const Episode episode, find_episode(desk, what));
  ND_TRY_ASSIGN(const std::string meant, meant_cut(desk, episode.id, cut));
  return episode_cues(desk, episode, std::string_view(meant));
}

}  // namespace needledrop
