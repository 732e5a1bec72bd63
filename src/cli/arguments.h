#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "catalogue/licences.h"
#include "cli/cues_words.h"
#include "cli/sheet_words.h"
#include "cuesheet/comparison_document.h"
#include "desk/catalogue_recurrence.h"
#include "desk/edit_entity.h"
#include "desk/entity_names.h"
#include "desk/episode_dialogue.h"
#include "desk/episode_identity.h"
#include "desk/episode_scenes.h"
#include "desk/import_file.h"
#include "desk/import_sheet.h"
#include "desk/removal.h"
#include "media/naming.h"

namespace needledrop {

/// What every command takes.
struct CommonArguments {
  std::string desk;  // "" leaves it to the environment
  bool json = false;
  unsigned threads = 0;  // 0: every processor that may be used
};

struct AddArguments {
  std::vector<std::string> paths;
  std::string production;
  std::string album;
  std::optional<RecordingVersion> version;
};

struct ListArguments {
  enum class What { kRecordings, kEpisodes, kProductions };
  What what = What::kRecordings;
};

struct RemoveArguments {
  std::string what;
  RemovableKind kind = RemovableKind::kAny;
};

struct SpotArguments {
  std::vector<std::string> paths;  // empty only with `stale`
  std::string streams;             // "" infers
  EpisodeOverrides overrides;
  std::optional<PictureDepth> scenes = PictureDepth::kFast;  // nothing: off
  SubtitleWish subtitles;
  bool stale = false;
  bool timings = false;
};

struct ScenesArguments {
  std::string episode;
  std::optional<SceneRequest> request;  // nothing: list or export
  std::optional<int> part;
  bool shots = false;
  bool stills = false;
  std::string format;  // "" is a table
  std::string output;  // "" or "-": standard output
};

struct IdentifyArguments {
  std::string clip;
  std::string streams;
  bool timings = false;
};

struct LocateArguments {
  std::string clip;
  std::string streams;
  bool timings = false;
};

struct RecurArguments {
  std::vector<std::string> episodes;  // empty: all
  std::string catalogue;              // the cue to make a recording of; "" none
  std::string label;                  // the cue to be called identity.title; "" none
  CueIdentity identity;
};

struct NamesArguments {
  enum class Action { kShow, kAdd, kRemove, kSearch };
  Action action = Action::kShow;
  std::string what;     // not of a search
  NewName name;         // to add
  std::int64_t id = 0;  // to remove
  NameSearch search;
  std::string author;  // "" leaves it to the environment
};

struct ImportArguments {
  std::string file;
  ImportOptions options;                        // without the author
  std::optional<SheetImportOptions> cue_sheet;  // likewise; nothing: it is none
  std::string author;                           // "" leaves it to the environment
};

struct EditArguments {
  struct History {};
  struct Undo {
    std::int64_t edit = 0;
  };
  struct Redo {
    std::int64_t edit = 0;
  };
  struct Show {
    std::int64_t edit = 0;
  };
  struct Facts {
    EntityName what;
  };
  using Request = std::variant<History, Undo, Redo, Show, Facts, EntityEdit>;
  Request request;     // without the author
  std::string author;  // "" leaves it to the environment
};

struct CompareArguments {
  std::string sheet;
  std::string episode;
  SheetReaderOptions reader;
  ComparisonRules rules;
  std::optional<ComparisonFormat> format;  // nothing: a table
  Paper paper = Paper::kA4;
  std::string output;  // "" or "-": standard output
};

struct ClearanceArguments {
  enum class What { kToBuy, kLicences, kAdd, kRemove };
  std::string production;
  What what = What::kToBuy;
  std::string of;       // kAdd
  Licence licence;      // kAdd
  std::int64_t id = 0;  // kRemove
  std::string author;   // "" leaves it to the environment
};

struct StatsArguments {};
struct CheckArguments {
  bool repair = false;
};

struct MergeArguments {
  bool all = false;
};

using CommandArguments =
    std::variant<AddArguments, ListArguments, RemoveArguments, SpotArguments, IdentifyArguments,
                 LocateArguments, CuesArguments, SheetArguments, ScenesArguments, RecurArguments,
                 NamesArguments, ImportArguments, EditArguments, CompareArguments,
                 ClearanceArguments, StatsArguments, CheckArguments, MergeArguments>;

struct Arguments {
  CommonArguments common;
  CommandArguments command;
};

/// The line asked for no work: help, version, or it can't be understood.
struct ParseEnd {
  int code = 0;
  std::string out;  // for standard output
  std::string err;  // one line, without the program's name; "" when all is well
};

/// Understands the words after the program's name. Paths are bytes and stay as they are.
std::variant<Arguments, ParseEnd> parse_arguments(const std::vector<std::string>& words);

}  // namespace needledrop
