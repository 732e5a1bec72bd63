#include "desk/recording_description.h"

#include <algorithm>
#include <tuple>

#include "desk/file_name.h"

namespace needledrop {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_separator(char c) {
  return c == ' ' || c == '.' || c == '-' || c == '_' || c == ')';
}

/// One to three digits at `at` that something else follows; 0 when there are none.
std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count <= 3 ? count : 0;
}

int to_number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

void take(std::string& field, const std::string& tag) {
  if (!tag.empty()) field = valid_utf8(tag);
}

std::string version_of(std::string_view title, std::string_view path) {
  RecordingVersion version = read_recording_version(title);
  if (version == RecordingVersion::kOriginal) {
    version = read_recording_version(valid_utf8(file_stem(path)));
  }
  return std::string(to_string(version));
}

void take_tags(Recording& recording, const std::string& path, const Tags& tags) {
  const Recording before = recording;
  if (!tags.title.empty() && valid_utf8(tags.title) != recording.title) {
    recording.title = valid_utf8(tags.title);
    recording.version = version_of(recording.title, path);
  }
  take(recording.artist, tags.artist);
  take(recording.isrc, tags.isrc);
  take(recording.musicbrainz_recording, tags.musicbrainz_recording);
  take(recording.musicbrainz_release, tags.musicbrainz_release);
  if (tags.track_number.has_value()) recording.track_number = tags.track_number;
  // An album that differs alone was named by a person when the file was added: the file, met again
  // as it was, does not take it back.
  if (recording.album.empty() || !is_same_description(before, recording)) {
    take(recording.album, tags.album);
  }
}

void take_overrides(Recording& recording, const RecordingOverrides& overrides) {
  take(recording.album, overrides.album);
  if (overrides.production != 0) recording.production = overrides.production;
  if (overrides.version.has_value()) recording.version = to_string(*overrides.version);
}

}  // namespace

NumberedTitle read_numbered_title(std::string_view path) {
  const std::string whole = valid_utf8(file_stem(path));
  const std::string_view text = whole;
  std::size_t at = 0;
  std::size_t digits = digits_at(text, at);
  // A disc's number before the number on it.
  if (digits == 1 && text.size() > 2 && text[1] == '-' && digits_at(text, 2) > 0) {
    at = 2;
    digits = digits_at(text, at);
  }
  std::size_t title = at + digits;
  while (title < text.size() && is_separator(text[title])) ++title;
  if (digits == 0 || title == at + digits || title == text.size()) return {whole, std::nullopt};
  return {std::string(text.substr(title)), to_number(text.substr(at, digits))};
}

Recording describe_recording(const std::string& path, const Tags& tags,
                             const RecordingOverrides& overrides) {
  const NumberedTitle name = read_numbered_title(path);
  Recording recording;
  recording.title = name.title;
  recording.track_number = name.number;
  recording.version = version_of(name.title, path);
  recording.paths = {path};
  take_tags(recording, path, tags);
  take_overrides(recording, overrides);
  return recording;
}

Recording redescribe_recording(const Recording& known, const std::string& path, const Tags& tags,
                               const RecordingOverrides& overrides, bool tags_rule) {
  Recording recording = known;
  if (std::ranges::find(recording.paths, path) == recording.paths.end()) {
    recording.paths.push_back(path);
  }
  if (tags_rule) take_tags(recording, path, tags);
  take_overrides(recording, overrides);
  return recording;
}

bool is_same_description(const Recording& a, const Recording& b) {
  const auto told = [](const Recording& r) {
    return std::tie(r.title, r.artist, r.album, r.track_number, r.isrc, r.musicbrainz_recording,
                    r.musicbrainz_release, r.version, r.production, r.paths);
  };
  return told(a) == told(b);
}

}  // namespace needledrop
