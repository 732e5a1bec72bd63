#include "media/container.h"

#include <algorithm>
#include <new>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "media/codec.h"
#include "media/stamp_time.h"

namespace needledrop {
namespace {

constexpr int kMaxStreams = 256;
// A demuxer that keeps failing without reaching the end is given up on.
constexpr int kMaxFailuresInARow = 64;
// The first picture is among the first packets, or it doesn't count for the origin.
constexpr std::size_t kMaxPacketsAhead = 256;

/// Names of all sound decoders, for libav's whitelist: what is not on it is never opened.
std::string sound_decoders() {
  std::string names;
  void* cursor = nullptr;
  while (const AVCodec* codec = av_codec_iterate(&cursor)) {
    if (codec->type != AVMEDIA_TYPE_AUDIO || av_codec_is_decoder(codec) == 0) continue;
    if (!names.empty()) names += ',';
    names += codec->name;
  }
  return names;
}

int refuse_nested_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EACCES);
}

bool is_picture(const AVStream& stream) {
  return stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
         (stream.disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS)) ==
             0;
}

bool is_subtitle(const AVStream& stream) {
  return stream.codecpar->codec_type == AVMEDIA_TYPE_SUBTITLE;
}

}  // namespace

Result<std::unique_ptr<Container>> Container::open(const std::string& path, std::stop_token stop,
                                                   Wanted wanted) {
  silence_libav();
  ND_TRY_ASSIGN(auto source, ByteSource::open(path));
  source->stop_on(stop);
  std::unique_ptr<Container> container(new Container(std::move(source), wanted));
  container->stop_ = std::move(stop);
  ND_TRY(container->probe(path));
  ND_TRY(container->take_streams());
  return container;
}

Error Container::open_error(int code) const {
  if (stop_.stop_requested()) return fail(Error::Kind::kCancelled, "stopped");
  if (source_->read_errno() != 0) {
    return fail(Error::Kind::kIo,
                "can't be read: " + std::generic_category().message(source_->read_errno()));
  }
  std::string message = "is not a media file that can be read";
  // The two that every file gets that isn't one.
  if (code != AVERROR_INVALIDDATA && code != AVERROR(EINVAL)) {
    message += fmt::format(" ({})", libav_reason(code));
  }
  return fail(Error::Kind::kUnsupported, std::move(message));
}

Result<void> Container::probe(const std::string& path) {
  AVFormatContext* raw = avformat_alloc_context();
  if (raw == nullptr) throw std::bad_alloc();
  raw->pb = source_->avio();
  // Nothing but source_ may be read: neither through this context, nor, by a protocol of no such
  // name, through the contexts that demuxers of playlists and concatenations make.
  raw->io_open = refuse_nested_open;
  raw->protocol_whitelist = av_strdup("none");
  raw->max_streams = kMaxStreams;
  raw->codec_whitelist = av_strdup(sound_decoders().c_str());
  // On failure libav frees the context. The name serves only to weigh a file's suffix.
  const int opened = avformat_open_input(&raw, path.c_str(), nullptr, nullptr);
  if (opened < 0) return open_error(opened);
  format_.reset(raw);
  const int probed = avformat_find_stream_info(raw, nullptr);
  if (probed < 0) return open_error(probed);
  return {};
}

Result<void> Container::take_streams() {
  for (unsigned i = 0; i < format_->nb_streams; ++i) {
    AVStream* stream = format_->streams[i];
    const bool sound = stream->codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
    const bool is_sound = sound && is_decodable(*stream->codecpar);
    if (is_sound) sound_.push_back(stream);
    if (is_picture(*stream) && picture_ == nullptr) picture_ = stream;
    if (sound || is_picture(*stream)) begin_no_later_than(stream->start_time, *stream);
  }
  if (picture_ != nullptr) look_for_first_picture();
  for (unsigned i = 0; i < format_->nb_streams; ++i) {
    AVStream* stream = format_->streams[i];
    if (!is_wanted(*stream)) stream->discard = AVDISCARD_ALL;
  }
  if (sound_.empty() && picture_ == nullptr) {
    return fail(Error::Kind::kUnsupported, "is not a media file: there is no sound in it");
  }
  return {};
}

void Container::begin_no_later_than(std::int64_t stamp, const AVStream& stream) {
  const auto start = microseconds_of(stamp, stream.time_base);
  if (start.has_value()) origin_ = std::min(origin_.value_or(*start), *start);
}

/// Where only a decoder could tell the order of pictures, as of H.264 in Matroska, libavformat
/// knows no start of theirs, or says that of the sound.
void Container::look_for_first_picture() {
  while (ahead_.size() < kMaxPacketsAhead) {
    auto packet = make_packet();
    error_ahead_ = av_read_frame(format_.get(), packet.get());
    if (error_ahead_ < 0) return;
    const AVPacket& read = *ahead_.emplace_back(std::move(packet));
    if (read.stream_index != picture_->index || (read.flags & AV_PKT_FLAG_DISCARD) != 0) continue;
    begin_no_later_than(read.pts, *picture_);
    return;
  }
}

Result<bool> Container::read(AVPacket& packet) {
  while (!ahead_.empty()) {
    av_packet_move_ref(&packet, ahead_.front().get());
    ahead_.pop_front();
    if (is_wanted(packet)) return true;
    av_packet_unref(&packet);
  }
  for (int failures = 0; failures < kMaxFailuresInARow;) {
    int code = std::exchange(error_ahead_, 0);
    if (code >= 0) code = av_read_frame(format_.get(), &packet);
    if (code >= 0) {
      if (is_wanted(packet)) return true;
      av_packet_unref(&packet);
      continue;
    }
    if (stop_.stop_requested()) return fail(Error::Kind::kCancelled, "stopped");
    if (source_->read_errno() != 0) return open_error(code);
    if (code == AVERROR_EOF || source_->budget_spent()) return false;
    ++damage_;
    ++failures;
  }
  return false;
}

bool Container::is_wanted(const AVPacket& packet) const {
  return is_wanted(*format_->streams[packet.stream_index]);
}

bool Container::is_wanted(const AVStream& stream) const {
  switch (wanted_) {
    case Wanted::kSound:
      return std::ranges::find(sound_, &stream) != sound_.end();
    case Wanted::kPicture:
      return &stream == picture_;
    case Wanted::kSubtitles:
      return is_subtitle(stream);
  }
  return false;
}

bool Container::seek(Milliseconds time) {
  ahead_.clear();
  error_ahead_ = 0;
  const auto target = origin_.value_or(0) + std::chrono::microseconds(time).count();
  return avformat_seek_file(format_.get(), -1, INT64_MIN, target, target, 0) >= 0;
}

std::optional<std::size_t> Container::sound_of(const AVPacket& packet) const {
  const auto found = std::ranges::find(sound_, packet.stream_index, &AVStream::index);
  if (found == sound_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - sound_.begin());
}

}  // namespace needledrop
