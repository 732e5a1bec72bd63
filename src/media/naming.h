#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace needledrop {

/// What a file's name or title says of its place in a series.
struct EpisodeName {
  std::optional<int> season;
  std::optional<int> number;
  std::optional<int> part;
  std::string
      production;  // what stands before the mark, separators as spaces; "" when nothing does
  friend bool operator==(const EpisodeName&, const EpisodeName&) = default;
};

/// Reads S01E12, 1x12, E12, Ep. 12, 12회, 제12화, 第12話, Part 2 and the like.
EpisodeName read_episode_name(std::string_view name);

enum class RecordingVersion { kOriginal, kVocal, kInstrumental, kEdit, kLive, kRemix, kOther };

std::string_view to_string(RecordingVersion version);
/// Nothing when the word is none of to_string's.
std::optional<RecordingVersion> recording_version_from(std::string_view word);

/// The version that a title's marks name (Inst., MR, 반주, Off Vocal, カラオケ, TV size, ...);
/// kOriginal when there is no mark.
RecordingVersion read_recording_version(std::string_view title);

}  // namespace needledrop
