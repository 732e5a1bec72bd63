#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

#include <memory>
#include <string>

namespace needledrop {

struct FormatDeleter {
  void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};
struct CodecDeleter {
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
};
struct PacketDeleter {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
struct PictureOrSoundDeleter {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct SwrDeleter {
  void operator()(SwrContext* context) const { swr_free(&context); }
};
struct SwsDeleter {
  void operator()(SwsContext* context) const { sws_freeContext(context); }
};
struct AvioDeleter {
  void operator()(AVIOContext* context) const {
    if (context != nullptr) av_freep(static_cast<void*>(&context->buffer));
    avio_context_free(&context);
  }
};

/// libav's objects, each owned by one place.
using FormatHandle = std::unique_ptr<AVFormatContext, FormatDeleter>;
using CodecHandle = std::unique_ptr<AVCodecContext, CodecDeleter>;
using PacketHandle = std::unique_ptr<AVPacket, PacketDeleter>;
using FrameHandle = std::unique_ptr<AVFrame, PictureOrSoundDeleter>;
using SwrHandle = std::unique_ptr<SwrContext, SwrDeleter>;
using SwsHandle = std::unique_ptr<SwsContext, SwsDeleter>;
using AvioHandle = std::unique_ptr<AVIOContext, AvioDeleter>;

/// A new, empty one. Like all that lacks memory here: std::bad_alloc.
PacketHandle make_packet();
FrameHandle make_frame();

/// A channel layout that frees what libav may have allocated in it.
class ChannelLayoutHandle {
 public:
  ChannelLayoutHandle() = default;
  explicit ChannelLayoutHandle(const AVChannelLayout& other) {
    av_channel_layout_copy(&layout_, &other);
  }
  ChannelLayoutHandle(const ChannelLayoutHandle&) = delete;
  ChannelLayoutHandle& operator=(const ChannelLayoutHandle&) = delete;
  ~ChannelLayoutHandle() { av_channel_layout_uninit(&layout_); }

  [[nodiscard]] const AVChannelLayout& get() const { return layout_; }
  void assign(const AVChannelLayout& other) { av_channel_layout_copy(&layout_, &other); }

 private:
  AVChannelLayout layout_{};
};

/// Keeps libav's own messages off the terminal, for the whole process. Thread-safe, may be
/// repeated.
void silence_libav();

/// What libav says of one of its error codes.
std::string libav_reason(int code);

}  // namespace needledrop
