#include "cuesheet/rolled_sheet.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "base/assert.h"
#include "cuesheet/clock_text.h"
#include "cuesheet/sheet_text.h"

namespace needledrop {
namespace {

bool is_same_song(const SheetCue& a, const SheetCue& b) {
  const auto said = [](const SheetCue& cue) {
    return std::tie(cue.title, cue.artist, cue.version, cue.isrc, cue.works, cue.album, cue.label,
                    cue.catalogue_number);
  };
  return said(a) == said(b);
}

bool is_same_use(const SheetCue& a, const SheetCue& b) {
  const auto said = [](const SheetCue& cue) {
    return std::tie(cue.function, cue.usage, cue.vocal, cue.perception, cue.origin, cue.is_short);
  };
  return said(a) == said(b) && is_same_song(a, b);
}

/// By what an episode is called in a list of several.
std::string name_of(const CueSheet& sheet) {
  std::string mark = episode_mark(sheet.header);
  if (!mark.empty()) return mark;
  if (!sheet.header.episode_title.empty()) return sheet.header.episode_title;
  return sheet.parts.empty() ? "" : sheet.parts.front().file;
}

/// Takes away what the other says otherwise.
template <typename T>
void keep_alike(T& value, const T& other) {
  if (value != other) value = T();
}

void keep_alike(SheetHeader& header, const SheetHeader& other) {
  keep_alike(header.also_known_as, other.also_known_as);
  keep_alike(header.episode_title, other.episode_title);
  keep_alike(header.season, other.season);
  keep_alike(header.number, other.number);
  for (std::string SheetHeader::*const text :
       {&SheetHeader::production_number, &SheetHeader::type, &SheetHeader::country,
        &SheetHeader::year, &SheetHeader::production_company, &SheetHeader::broadcaster,
        &SheetHeader::first_transmission, &SheetHeader::director, &SheetHeader::isan,
        &SheetHeader::eidr, &SheetHeader::society_number, &SheetHeader::cut, &SheetHeader::preparer,
        &SheetHeader::prepared_on}) {
    keep_alike(header.*text, other.*text);
  }
  keep_alike(header.actors, other.actors);
}

void add_cue(const SheetCue& cue, const std::string& episode, std::vector<RolledUse>& uses) {
  auto use = std::ranges::find_if(
      uses, [&cue](const RolledUse& each) { return is_same_use(each.music, cue); });
  if (use == uses.end()) {
    use = uses.insert(use, RolledUse{cue, 0, Milliseconds(0), {}});
    use->music.number = static_cast<int>(uses.size());
  }
  ++use->uses;
  use->length += reported_length(cue);
  if (use->episodes.empty() || use->episodes.back() != episode) use->episodes.push_back(episode);
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

RolledSheet roll_up(std::span<const CueSheet> sheets) {
  ND_ASSERT(!sheets.empty());
  RolledSheet rolled;
  CueSheet& whole = rolled.whole;
  whole.header = sheets.front().header;
  whole.state = sheets.front().state;
  whole.society = sheets.front().society;
  whole.share_basis = sheets.front().share_basis;
  for (const CueSheet& sheet : sheets) {
    keep_alike(whole.header, sheet.header);
    keep_alike(whole.society, sheet.society);
    keep_alike(whole.share_basis, sheet.share_basis);
    if (sheet.state.status < whole.state.status) whole.state = sheet.state;
    whole.programme_duration += sheet.programme_duration;
    whole.music_duration += sheet.music_duration;
    whole.counted_duration += sheet.counted_duration;
    rolled.episodes.push_back(name_of(sheet));
    for (const SheetCue& cue : sheet.cues) add_cue(cue, rolled.episodes.back(), rolled.uses);
  }
  if (sheets.size() > 1) {  // numbers, changes and reasons are an episode's own
    const SheetStatus status = whole.state.status;
    whole.state = SheetState();
    whole.state.status = status;
  }
  return rolled;
}

std::size_t song_count(const RolledSheet& sheet) {
  std::vector<const SheetCue*> songs;
  for (const RolledUse& use : sheet.uses) {
    const bool is_known = std::ranges::any_of(
        songs, [&use](const SheetCue* song) { return is_same_song(*song, use.music); });
    if (!is_known) songs.push_back(&use.music);
  }
  return songs.size();
}

int use_count(const RolledSheet& sheet) {
  int count = 0;
  for (const RolledUse& use : sheet.uses) count += use.uses;
  return count;
}

std::string rolled_totals(const RolledSheet& sheet) {
  std::string text = counted(song_count(sheet), "song") + "     " +
                     counted(static_cast<std::size_t>(use_count(sheet)), "use");
  if (sheet.episodes.size() > 1) text += "     " + counted(sheet.episodes.size(), "episode");
  return fmt::format("{}     Total music {}     Programme {}", text,
                     printed_time(sheet.whole.music_duration),
                     printed_time(sheet.whole.programme_duration));
}

}  // namespace needledrop
