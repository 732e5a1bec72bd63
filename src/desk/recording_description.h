#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "catalogue/entities.h"
#include "media/media_file.h"
#include "media/naming.h"

namespace needledrop {

/// What the person who adds recordings says of all of them; it stands above tags and names.
struct RecordingOverrides {
  std::string album;
  std::int64_t production = 0;  // 0: not said
  std::optional<RecordingVersion> version;
};

/// "07 - Title.mp3", "1-07. Title.mp3" -> Title, 7.
struct NumberedTitle {
  std::string title;
  std::optional<int> number;
  friend bool operator==(const NumberedTitle&, const NumberedTitle&) = default;
};

/// Reads a file's name as the title of a recording. Valid UTF-8, never empty.
NumberedTitle read_numbered_title(std::string_view path);

/// A recording as its file's tags and name tell it; id, digest and duration are left open.
Recording describe_recording(const std::string& path, const Tags& tags,
                             const RecordingOverrides& overrides);

/// `known` as it should read after its audio was met again in the file at `path`: the path is
/// added, what overrides say is taken. `tags_rule`: the tags of this file rule (it is the
/// recording's own file, not a copy of it); what they leave out stays.
Recording redescribe_recording(const Recording& known, const std::string& path, const Tags& tags,
                               const RecordingOverrides& overrides, bool tags_rule);

/// Do both say the same of the recording (paths included)?
bool is_same_description(const Recording& a, const Recording& b);

}  // namespace needledrop
