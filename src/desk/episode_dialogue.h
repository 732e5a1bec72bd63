#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "desk/input_files.h"

namespace needledrop {

class Desk;

/// Which subtitles to take.
struct SubtitleWish {
  enum class From {
    kUsual,  // what the desk has of the file; else a file beside the episode's; else a stream in it
    kStored,  // what the desk has
    kFile,    // `path`
    kNone,    // none, and what the desk has goes
  };
  From from = From::kUsual;
  std::string path;
  std::string language;               // BCP 47; "" leaves it to the subtitles
  std::optional<Milliseconds> shift;  // to be added to their times as read; none: as
                                      // stored, and 0 for those that are read

  friend bool operator==(const SubtitleWish&, const SubtitleWish&) = default;
};

/// What came of it.
struct TakenDialogue {
  std::optional<Dialogue> dialogue;
  bool is_new = false;       // not what the desk has
  bool is_unwanted = false;  // what the desk has is to go
  std::vector<std::string> warnings;
  std::optional<InputFailure> failure;  // of a file that the person named
};

/// Finds and reads the dialogue of an episode's file. Subtitles that can't be read cost a warning,
/// or are a failure when the person named them, but never the episode. Errors: those of the desk,
/// and kCancelled.
Result<TakenDialogue> take_dialogue(Desk& desk, const EpisodeFile& file, const SubtitleWish& wish,
                                    std::stop_token stop);

/// Stores what was taken with a file that the desk has.
Result<void> store_taken(Desk& desk, SourceId file, const TakenDialogue& taken);

/// Files that lie beside the episode's and are its subtitles by their names: STEM.srt,
/// STEM.ko.srt, STEM.ko.forced.ASS, ...; only the extension may be in any case. Plain ones first,
/// then by bytes.
std::vector<std::string> subtitle_files_beside(const std::string& episode);

/// A wish as the command line has it. kInvalidArgument: `language` is none that is known.
Result<SubtitleWish> subtitle_wish(const std::string& what, const std::string& language,
                                   std::optional<double> shift_seconds);

}  // namespace needledrop
