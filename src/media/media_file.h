#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "base/units.h"
#include "media/block.h"

namespace needledrop {

/// Tags as written in the file, UTF-8 (old Korean CP949 in Latin-1 frames is read as what it is).
struct Tags {
  std::string title;
  std::string artist;
  std::string album;
  std::optional<int> track_number;
  std::string isrc;                   // upper case, without hyphens
  std::string musicbrainz_recording;  // of the recording, never of the release track
  std::string musicbrainz_release;
  std::string date;
  // Who made it, several with "; " between.
  std::string composer;
  std::string lyricist;
  std::string arranger;
  std::string label;  // that published the release
  std::string catalogue_number;
  std::string barcode;
  std::optional<int> disc_number;
};

struct FrameRate {
  int numerator = 0;  // 0/1 without a picture
  int denominator = 1;
};

/// What came of decoding the sound.
struct DecodedSound {
  Digest digest;             // of the audio packets, all streams; container and tags don't count
  Milliseconds duration{0};  // of what was heard
  std::uint64_t damaged_packets = 0;  // skipped
  Milliseconds missing{0};            // promised by the container, beyond padding, and not there
  std::vector<std::string> warnings;  // one line each, without the file's name
};

/// A media file that FFmpeg can open. Single-threaded. Errors name what is wrong, not the file (the
/// caller adds it): kNotFound, kIo, kUnsupported (no media, or no sound in it), kInvalidArgument
/// (`streams` does not fit the file), kCancelled.
class MediaFile {
 public:
  struct Options {
    /// "" infers; "3" one stream, "1+2" joins two mono streams. Numbered from 1 among the audio
    /// streams; among the channels where the file's one stream has channels without names.
    std::string streams;
  };

  static Result<std::unique_ptr<MediaFile>> open(const std::string& path, const Options& options);
  virtual ~MediaFile() = default;

  [[nodiscard]] virtual bool has_sound() const = 0;
  [[nodiscard]] virtual bool has_picture() const = 0;
  /// As the container says; 0 if it doesn't.
  [[nodiscard]] virtual Milliseconds duration() const = 0;
  [[nodiscard]] virtual std::uint64_t size() const = 0;  // in bytes
  [[nodiscard]] virtual const Tags& tags() const = 0;
  [[nodiscard]] virtual FrameRate frame_rate() const = 0;
  /// HH:MM:SS:FF, ";" before the frames for drop frame. A broadcast wave's time reference counts
  /// when a frame rate is known or it falls on a whole second.
  [[nodiscard]] virtual std::optional<std::string> start_timecode() const = 0;
  /// How the channels are read, in words for people: "stereo", "5.1: front pair", "streams 1+2 of 8
  /// as stereo (tagged M&E)". Where tags don't tell, the first call (or decode) listens to up to 90
  /// s of sound spread over the file.
  [[nodiscard]] virtual const std::string& layout() const = 0;

  /// The digest alone, without decoding. Leaves the position at the start.
  virtual Result<Digest> digest(std::stop_token stop) = 0;
  /// Decodes all sound into the sink, from time 0, in blocks of at most 4096 samples. `progress`
  /// gets the position. Gaps in the time stamps become silence, one of up to an hour, four hours in
  /// all; a longer jump is a broken clock: it is not followed, and a warning says so. A file cut
  /// short or damaged is decoded as far as it goes. kUnsupported when nothing could be decoded.
  virtual Result<DecodedSound> decode(BlockSink& sink, std::stop_token stop,
                                      const std::function<void(Milliseconds)>& progress) = 0;
};

}  // namespace needledrop
