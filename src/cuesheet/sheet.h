#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "catalogue/cue.h"
#include "catalogue/entities.h"
#include "catalogue/role.h"
#include "catalogue/sheets.h"
#include "cuesheet/clearance.h"
#include "cuesheet/society.h"
#include "scenes/scene_edit.h"

namespace needledrop {

/// A writer or a publisher of a work as the sheet names him.
struct SheetParty {
  std::string name;
  Role role = Role::kComposer;
  std::optional<Share> share;  // of the whole work: writers and publishers together make 100 %
  std::string ipi;             // IPI name number, 11 digits; "" unknown
  std::string society;
  friend bool operator==(const SheetParty&, const SheetParty&) = default;
};

struct SheetWork {
  std::string title;                   // under which the work is registered
  std::string iswc;                    // without punctuation; "" unknown
  std::vector<SheetParty> parties;     // writers, then publishers
  std::vector<std::string> conflicts;  // what contradicts what, where nobody has decided
  friend bool operator==(const SheetWork&, const SheetWork&) = default;
};

/// One use of music as the sheet reports it.
struct SheetCue {
  int number = 0;        // from 1, in order of time
  std::string sequence;  // in the house style: "1m01"
  std::int64_t cue = 0;  // the desk's id
  CueStanding standing = CueStanding::kDetected;
  std::optional<int> part;     // of the episode; spans count from that part's start
  std::vector<Span> heard;     // in order; at least one
  std::vector<Span> reported;  // never shared with another cue; rounded; may be empty
  std::string title;
  std::string artist;
  std::string album;
  std::string label;
  std::string catalogue_number;  // of the release
  std::string version;           // as in Recording
  std::string isrc;
  std::vector<SheetWork> works;  // what the recording performs; several of a medley
  CueFunction function = CueFunction::kUnknown;
  CueVocal vocal = CueVocal::kUnknown;
  CuePerception perception = CuePerception::kUnknown;
  CueOrigin origin = CueOrigin::kUnknown;
  std::string usage;      // the society's code for these four; "" none is chosen
  bool is_short = false;  // shorter than the society counts
  double level_db = 0;    // as in Spot
  double confidence = 0;  // 0: a person entered it
  Clearance clearance = Clearance::kUnchecked;
  std::string licence;  // its reference; "" none
  std::string note;     // what a person should check, or wrote
};

/// The span from the first to the last moment in which the cue is heard.
Span extent(const SheetCue& cue);
/// How long the reported spans are together.
Milliseconds reported_length(const SheetCue& cue);

/// A file of the episode. Editors' formats need its frame rate and its first timecode.
struct SheetPart {
  std::optional<int> part;
  std::string file;  // its name, without folders
  Milliseconds duration{0};
  Fraction frame_rate;                        // 0/1 unknown
  std::optional<std::string> start_timecode;  // as in EpisodeFile
  std::vector<Scene> scenes;                  // as they stand; empty when none are known
};

/// What stands above the cues. Texts are "" where nothing is known.
struct SheetHeader {
  std::string production;
  std::vector<std::string> also_known_as;  // further titles of the production, in other languages
  std::string episode_title;
  std::optional<int> season;
  std::optional<int> number;
  std::string production_number;
  std::string type;     // "series episode", "film", ...
  std::string country;  // of origin
  std::string year;     // of production
  std::string production_company;
  std::string broadcaster;
  std::string first_transmission;  // date, with time and zone where they are known
  std::string director;
  std::vector<std::string> actors;
  std::string isan;
  std::string eidr;
  std::string society_number;  // of the production at a society (AVI)
  std::string cut;             // "" is the broadcast cut
  std::string preparer;
  std::string prepared_on;  // YYYY-MM-DD
};

/// Where the sheet stands on its way to the society.
struct SheetState {
  SheetStatus status = SheetStatus::kDraft;
  int revision = 1;
  std::vector<std::string> changes;  // against the revision before, one line each
  std::string incomplete;            // why it is filed without what is missing; "" it is complete
};

/// The cue sheet of one cut of one episode: what every format of export shows. A value.
struct CueSheet {
  SheetHeader header;
  SheetState state;
  std::vector<SheetPart> parts;                 // in order
  std::vector<SheetCue> cues;                   // in order of part and time
  std::string society;                          // whose codes and rules these are; "" none
  ShareBasis share_basis = ShareBasis::kWhole;  // in which documents print shares
  Milliseconds programme_duration{0};           // of all parts
  Milliseconds music_duration{0};               // the sum of the cues' reported lengths
  Milliseconds counted_duration{0};  // the same of those that are not too short for the society
};

}  // namespace needledrop
