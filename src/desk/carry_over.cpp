#include "desk/carry_over.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "desk/desk.h"
#include "desk/spot_episode.h"
#include "index/snapshot.h"
#include "spotting/sound_place.h"

namespace needledrop {
namespace {

/// Sound that two files share goes on this far beyond where it was found at the least: a place ends
/// with the last moment that is surely shared.
constexpr Milliseconds kBeyond{3'000};

/// The strongest places, each without what stronger ones have.
std::vector<SharedTime> strongest(const std::vector<SoundPlace>& places) {
  std::vector<SharedTime> chosen;
  for (const SoundPlace& place : places) {  // by falling evidence
    const bool is_free = std::ranges::none_of(chosen, [&](const SharedTime& other) {
      const Milliseconds shared =
          std::min(place.span.end, other.span.end) - std::max(place.span.start, other.span.start);
      return shared > kBeyond;
    });
    if (is_free) chosen.push_back({place.span, place.episode_start, place.rate});
  }
  std::ranges::sort(chosen, {}, &SharedTime::span);
  return chosen;
}

void move_start(SharedTime& shared, Milliseconds start) {
  const double elapsed = static_cast<double>((start - shared.span.start).count()) * shared.rate;
  shared.other_start += Milliseconds(static_cast<std::int64_t>(elapsed));
  shared.span.start = start;
}

/// Lets the pieces reach to each other where little lies between, and a little beyond.
void extend(std::vector<SharedTime>& pieces) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const bool is_last = i + 1 == pieces.size();
    Milliseconds end = pieces[i].span.end + kBeyond;
    if (!is_last) {
      const Milliseconds between = pieces[i + 1].span.start;
      const Milliseconds middle = pieces[i].span.end + (between - pieces[i].span.end) / 2;
      end = std::min(end, middle);
      move_start(pieces[i + 1], std::max(between - kBeyond, middle));
    }
    pieces[i].span.end = end;
  }
  if (!pieces.empty()) {
    move_start(pieces.front(), std::max(pieces.front().span.start - kBeyond, Milliseconds(0)));
  }
}

/// The cues of a file that a decision stands on, and who decided.
struct DecidedCues {
  std::vector<Cue> cues;
  std::set<std::int64_t> ids;
  std::set<std::string> authors;
};

Result<DecidedCues> decided_in(Desk& desk, const EpisodeFile& file) {
  ND_TRY_ASSIGN(const auto by_cue, decided_cues(desk.catalogue(), file.id));
  DecidedCues decided;
  for (const auto& [id, authors] : by_cue) {
    decided.ids.insert(id);
    decided.authors.insert(authors.begin(), authors.end());
  }
  ND_TRY_ASSIGN(decided.cues, standing_cues(desk.catalogue(), file.id));
  std::erase_if(decided.cues, [&](const Cue& cue) { return !decided.ids.contains(cue.id); });
  return decided;
}

bool is_named(const EpisodeFile& file, const std::string& what) {
  return what.empty() || file.path == what || std::to_string(file.id.value) == what ||
         (!file.cut.empty() && file.cut == what) || file.path.ends_with("/" + what);
}

/// The file to carry from to a part; nothing where no other file of it was decided about.
Result<std::optional<EpisodeFile>> file_before(Desk& desk, const EpisodeFile& part,
                                               const std::string& from) {
  ND_TRY_ASSIGN(auto files, desk.catalogue().files_of(part.episode));
  std::ranges::sort(files, std::ranges::greater(), &EpisodeFile::id);
  for (const EpisodeFile& file : files) {
    if (file.id == part.id || file.part != part.part || !is_named(file, from)) continue;
    ND_TRY_ASSIGN(const bool is_one, is_decided(desk.catalogue(), file.id));
    if (is_one) return std::optional(file);
  }
  return std::optional<EpisodeFile>();
}

std::string name_of(const EpisodeFile& file) {
  return file.path.substr(file.path.rfind('/') + 1);
}

/// Makes the recordings of cues from another file known by name, too.
Result<void> name_recordings(Desk& desk, const std::vector<Cue>& lost, EpisodeCues& cues) {
  std::vector<Spot> named;
  for (const Cue& cue : lost) {
    if (cue.recording != SourceId()) named.emplace_back().recording = cue.recording;
  }
  for (const Recording& known : cues.recordings) named.emplace_back().recording = known.id;
  ND_TRY_ASSIGN(cues.recordings, recordings_of(desk, named));
  return {};
}

std::string note_of(const EpisodeFile& from, const std::set<std::string>& authors) {
  std::string names;
  for (const std::string& author : authors) {
    if (!author.empty()) names += fmt::format("{}{}", names.empty() ? "" : ", ", author);
  }
  return fmt::format("carried over from {}, as decided by {}", name_of(from), names);
}

}  // namespace

Result<std::vector<SharedTime>> shared_time(Desk& desk, SourceId one, SourceId other,
                                            unsigned threads, std::stop_token stop) {
  ND_TRY_ASSIGN(Index* const index, desk.index());
  const auto snapshot = index->snapshot();
  ND_TRY_ASSIGN(const PeakList peaks, snapshot->peaks(one));
  Spotter::Control control;
  control.threads = threads;
  control.stop = std::move(stop);
  ND_TRY_ASSIGN(const auto places,
                find_sound_places(*snapshot, peaks, std::span(&other, 1), {}, control));
  std::vector<SharedTime> pieces = strongest(places);
  extend(pieces);
  return pieces;
}

Result<CarriedOver> carry_over(Desk& desk, std::string_view episode, const CarryOptions& options) {
  CarriedOver result;
  ND_TRY_ASSIGN(EpisodeCues cues, episode_cues(desk, episode));
  ND_TRY_ASSIGN(const auto relations, desk.catalogue().relations());
  const RecordingFamilies families(relations);
  Decision decision;
  decision.kind = DecisionKind::kCarry;
  decision.author = options.author;
  decision.at = utc_text(desk.clock().now());
  std::set<std::string> authors;
  for (const PartCues& part : cues.parts) {
    ND_TRY_ASSIGN(const auto before, file_before(desk, part.file, options.from));
    if (!before.has_value()) continue;
    ND_TRY_ASSIGN(DecidedCues decided, decided_in(desk, *before));
    ND_TRY_ASSIGN(const auto shared,
                  shared_time(desk, before->id, part.file.id, options.threads, options.stop));
    ND_TRY_ASSIGN(DecidedCues there, decided_in(desk, part.file));
    const CarryTarget target{part.file.id, part.file.duration, part.cues, std::move(there.ids)};
    CarriedCues carried = carry_cues(decided.cues, target, shared, families);
    std::ranges::move(carried.changes, std::back_inserter(decision.changes));
    std::ranges::move(carried.lost, std::back_inserter(result.lost));
    authors.merge(decided.authors);
    decision.note = note_of(*before, authors);
    result.from = name_of(*before);
  }
  if (result.from.empty()) {
    return fail(Error::Kind::kNotFound,
                "nothing was decided about another file of the episode that could be carried over");
  }
  ND_TRY(name_recordings(desk, result.lost, cues));
  result.reviewed.episodes.push_back({std::move(cues), decision.changes});
  result.reviewed.decision = std::move(decision);
  if (options.is_preview) return result;
  ND_TRY_ASSIGN(result.reviewed.decision,
                decide(desk.catalogue(), std::move(result.reviewed.decision)));
  return result;
}

}  // namespace needledrop
