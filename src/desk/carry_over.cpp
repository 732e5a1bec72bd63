#include "desk/carry_over.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
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

/// The files to carry from to a part, newest first; none where nothing was decided about others.
Result<std::vector<EpisodeFile>> files_before(Desk& desk, const EpisodeFile& part,
                                              const std::string& from) {
  ND_TRY_ASSIGN(auto files, desk.catalogue().files_of(part.episode));
  std::ranges::sort(files, std::ranges::greater(), &EpisodeFile::id);
  std::vector<EpisodeFile> decided;
  for (EpisodeFile& file : files) {
    const bool is_other_part = file.cut == part.cut && file.part != part.part;
    if (file.id == part.id || is_other_part || !is_named(file, from)) continue;
    ND_TRY_ASSIGN(const bool is_one, is_decided(desk.catalogue(), file.id));
    if (is_one) decided.push_back(std::move(file));
  }
  const auto same = std::ranges::find(decided, part.cut, &EpisodeFile::cut);
  if (same != decided.end()) return std::vector{*same};
  std::vector<EpisodeFile> before;
  for (EpisodeFile& file : decided) {
    const bool is_newest = std::ranges::none_of(
        before, [&](const EpisodeFile& newer) { return newer.part == file.part; });
    const bool is_of_cut = before.empty() || before.front().cut == file.cut;
    if (is_of_cut && is_newest) before.push_back(std::move(file));
  }
  return before;
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

std::string joined(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    if (!name.empty()) text += fmt::format("{}{}", text.empty() ? "" : ", ", name);
  }
  return text;
}

/// Carries the decisions about several files over to the parts of a cut.
class CarryingOver {
 public:
  CarryingOver(Desk& desk, const CarryOptions& options, RecordingFamilies families)
      : desk_(desk), options_(options), families_(std::move(families)) {}

  Result<void> carry_to(const PartCues& part) {
    ND_TRY_ASSIGN(const auto before, files_before(desk_, part.file, options_.from));
    ND_TRY_ASSIGN(DecidedCues there, decided_in(desk_, part.file));
    std::vector<Cue> standing = part.cues;
    for (const EpisodeFile& from : before) {
      ND_TRY_ASSIGN(DecidedCues decided, decided_in(desk_, from));
      ND_TRY_ASSIGN(const auto shared,
                    shared_time(desk_, from.id, part.file.id, options_.threads, options_.stop));
      CarriedCues carried = carry_cues(
          decided.cues, {part.file.id, part.file.duration, standing, there.ids}, shared, families_);
      // What one file has brought is decided for the next.
      for (const CueChange& change : carried.changes) {
        if (change.before.has_value()) {
          std::erase_if(standing, [&](const Cue& cue) { return cue.id == change.before->id; });
        }
        if (!change.after.has_value()) continue;
        standing.push_back(*change.after);
        there.ids.insert(change.after->id);
      }
      keep_track(decided, carried.lost);
      std::ranges::move(carried.changes, std::back_inserter(changes_));
      authors_.merge(decided.authors);
      names_.insert(name_of(from));
    }
    return {};
  }

  [[nodiscard]] bool has_found_any() const { return !names_.empty(); }
  [[nodiscard]] std::string from() const { return joined(names_); }
  [[nodiscard]] std::string note() const {
    return fmt::format("carried over from {}, as decided by {}", from(), joined(authors_));
  }
  std::vector<CueChange> take_changes() { return std::move(changes_); }
  /// Without a counterpart in any part.
  std::vector<Cue> take_lost() {
    std::vector<Cue> lost;
    for (auto& [id, cue] : lost_) {
      if (!kept_.contains(id)) lost.push_back(std::move(cue));
    }
    return lost;
  }

 private:
  void keep_track(const DecidedCues& decided, const std::vector<Cue>& lost) {
    for (const Cue& cue : decided.cues) {
      if (std::ranges::find(lost, cue.id, &Cue::id) == lost.end()) kept_.insert(cue.id);
    }
    for (const Cue& cue : lost) lost_.emplace(cue.id, cue);
  }

  Desk& desk_;
  const CarryOptions& options_;
  RecordingFamilies families_;
  std::vector<CueChange> changes_;
  std::map<std::int64_t, Cue> lost_;  // in some part
  std::set<std::int64_t> kept_;       // in some part
  std::set<std::string> authors_;
  std::set<std::string> names_;
};

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
  ND_TRY_ASSIGN(EpisodeCues cues, episode_cues(desk, episode, options.cut));
  ND_TRY_ASSIGN(const auto relations, desk.catalogue().relations());
  CarryingOver carrying(desk, options, RecordingFamilies(relations));
  for (const PartCues& part : cues.parts) ND_TRY(carrying.carry_to(part));
  if (!carrying.has_found_any()) {
    return fail(Error::Kind::kNotFound,
                "nothing was decided about another file of the episode that could be carried over");
  }
  CarriedOver result;
  result.from = carrying.from();
  result.lost = carrying.take_lost();
  Decision& decision = result.reviewed.decision;
  decision.kind = DecisionKind::kCarry;
  decision.author = options.author;
  decision.at = utc_text(desk.clock().now());
  decision.note = carrying.note();
  decision.changes = carrying.take_changes();
  ND_TRY(name_recordings(desk, result.lost, cues));
  result.reviewed.episodes.push_back({std::move(cues), decision.changes, {}});
  if (options.is_preview) return result;
  ND_TRY_ASSIGN(decision, decide(desk.catalogue(), std::move(decision)));
  return result;
}

}  // namespace needledrop
