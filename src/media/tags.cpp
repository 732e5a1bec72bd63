#include "media/tags.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "media/id3_head.h"
#include "media/tag_text.h"

namespace needledrop {
namespace {

/// A key without case, spaces and signs: "MUSICBRAINZ_TRACKID" and "MusicBrainz Track Id" are one.
std::string folded_key(std::string_view key) {
  std::string folded;
  for (const char c : key) {
    if (c >= 'A' && c <= 'Z') folded += static_cast<char>(c + 32);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) folded += c;
  }
  return folded;
}

/// Several artists, which libavformat joins by ";" alone, as people write them.
std::string spaced_values(std::string_view text) {
  std::string spaced;
  for (std::size_t i = 0; i < text.size(); ++i) {
    spaced += text[i];
    if (text[i] == ';' && i + 1 < text.size() && text[i + 1] != ' ') spaced += ' ';
  }
  return spaced;
}

void take_text(std::string& field, std::string_view value) {
  if (field.empty()) field = repair_tag_text(value);
}

/// Who made the music and its release. Frames that libavformat has no name for keep that of ID3.
void take_makers(Tags& tags, const std::string& key, std::string_view value) {
  if (key == "composer" || key == "imus") take_text(tags.composer, value);
  if (key == "lyricist" || key == "text") take_text(tags.lyricist, value);
  if (key == "arranger") take_text(tags.arranger, value);
  if (key == "label" || key == "publisher" || key == "organization") take_text(tags.label, value);
  if (key == "catalognumber") take_text(tags.catalogue_number, value);
  if (key == "barcode" || key == "upc" || key == "ean") take_text(tags.barcode, value);
  const bool disc = key == "disc" || key == "discnumber";
  if (disc && !tags.disc_number.has_value()) {
    const int number = read_track_number(value);
    if (number > 0) tags.disc_number = number;
  }
}

void take(Tags& tags, const std::string& key, std::string_view value) {
  take_makers(tags, key, value);
  if (key == "title" || key == "inam") take_text(tags.title, value);
  if (key == "artist" || key == "iart") take_text(tags.artist, value);
  if (key == "album" || key == "iprd") take_text(tags.album, value);
  if (key == "date" || key == "year" || key == "icrd") take_text(tags.date, value);
  if (key == "isrc" || key == "tsrc") {
    if (tags.isrc.empty()) tags.isrc = read_isrc(value);
  }
  if (key == "musicbrainztrackid" || key == "musicbrainzrecordingid") {
    if (tags.musicbrainz_recording.empty()) tags.musicbrainz_recording = read_mbid(value);
  }
  if (key == "musicbrainzalbumid" || key == "musicbrainzreleaseid") {
    if (tags.musicbrainz_release.empty()) tags.musicbrainz_release = read_mbid(value);
  }
  const bool track = key == "track" || key == "tracknumber" || key == "partnumber";
  if (track && !tags.track_number.has_value()) {
    const int number = read_track_number(value);
    if (number > 0) tags.track_number = number;
  }
}

void take_all(Tags& tags, const AVDictionary* dictionary) {
  const AVDictionaryEntry* entry = nullptr;
  while ((entry = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX)) != nullptr) {
    take(tags, folded_key(entry->key), entry->value);
  }
}

}  // namespace

Tags read_tags(const Container& container, const std::string& path) {
  Tags tags;
  // The frame made for it says the recording with more right than a free text field.
  tags.musicbrainz_recording = read_id3_recording(path);
  take_all(tags, container.format().metadata);
  // Ogg keeps its comments with the stream. In a file with a picture, or with several streams, a
  // stream's title names the stream ("Stereo", "M&E"), not the music.
  if (container.picture() == nullptr && container.sound().size() == 1) {
    take_all(tags, container.sound().front()->metadata);
  }
  for (std::string* names : {&tags.artist, &tags.composer, &tags.lyricist, &tags.arranger}) {
    *names = spaced_values(*names);
  }
  return tags;
}

}  // namespace needledrop
