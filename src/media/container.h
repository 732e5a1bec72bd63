#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "media/byte_source.h"
#include "media/ffmpeg_handles.h"

namespace needledrop {

/// An open file, taken apart into packets. Only what is asked for is ever read, all sound, the
/// first picture stream or all subtitles: the demuxer discards the rest, and no video decoder is
/// opened, not even for probing. A file that names other files or addresses (playlists,
/// concatenations) can't reach them. Single-threaded. A second pass over a file is a second
/// Container: no seeking back is exact in all formats.
class Container {
 public:
  enum class Wanted { kSound, kPicture, kSubtitles };

  /// kNotFound, kIo, kCancelled; kUnsupported when it is no media or has hostile proportions.
  static Result<std::unique_ptr<Container>> open(const std::string& path, std::stop_token stop,
                                                 Wanted wanted = Wanted::kSound);

  /// The next packet of what is wanted into `packet`; false at the end (also of a truncated file).
  /// Damage between packets is skipped and counted. kIo, kCancelled.
  Result<bool> read(AVPacket& packet);
  /// Goes to about `time` after the earliest presented sample; false when the format can't.
  bool seek(Milliseconds time);
  /// Bounds what reads and seeks from here on may cost; when spent, read() says the end.
  void limit_bytes(std::int64_t bytes) { source_->limit(bytes); }

  [[nodiscard]] const AVFormatContext& format() const { return *format_; }
  [[nodiscard]] std::uint64_t size() const { return source_->size(); }
  /// Streams of sound that can be decoded, in file order.
  [[nodiscard]] const std::vector<const AVStream*>& sound() const { return sound_; }
  /// The first true picture stream (no cover art); null when there is none.
  [[nodiscard]] const AVStream* picture() const { return picture_; }
  /// Place in sound() of the stream a packet belongs to.
  [[nodiscard]] std::optional<std::size_t> sound_of(const AVPacket& packet) const;
  /// Time 0 in microseconds of the container's clock: the earliest presented sample, sound or
  /// picture; empty when the container gives no times.
  [[nodiscard]] std::optional<std::int64_t> origin() const { return origin_; }
  /// Places where the bytes between packets could not be read.
  [[nodiscard]] std::uint64_t damage() const { return damage_; }

 private:
  Container(std::unique_ptr<ByteSource> source, Wanted wanted)
      : source_(std::move(source)), wanted_(wanted) {}
  Result<void> probe(const std::string& path);
  Result<void> take_streams();
  void look_for_first_picture();
  void begin_no_later_than(std::int64_t stamp, const AVStream& stream);
  [[nodiscard]] bool is_wanted(const AVPacket& packet) const;
  [[nodiscard]] bool is_wanted(const AVStream& stream) const;
  [[nodiscard]] Error open_error(int code) const;

  std::stop_token stop_;
  std::unique_ptr<ByteSource> source_;
  Wanted wanted_;
  FormatHandle format_;  // reads from source_, so it goes first
  std::vector<const AVStream*> sound_;
  const AVStream* picture_ = nullptr;
  std::deque<PacketHandle> ahead_;  // read already, to be given out first
  int error_ahead_ = 0;             // met after them: it need not come again
  std::optional<std::int64_t> origin_;
  std::uint64_t damage_ = 0;
};

}  // namespace needledrop
