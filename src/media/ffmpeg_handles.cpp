#include "media/ffmpeg_handles.h"

#include <array>
#include <mutex>
#include <new>

namespace needledrop {

PacketHandle make_packet() {
  PacketHandle packet(av_packet_alloc());
  if (packet == nullptr) throw std::bad_alloc();
  return packet;
}

FrameHandle make_frame() {
  FrameHandle frame(av_frame_alloc());
  if (frame == nullptr) throw std::bad_alloc();
  return frame;
}

void silence_libav() {
  // Once, because libav's level is a plain int: damage is counted and reported by us, in our words.
  static std::once_flag once;
  std::call_once(once, [] { av_log_set_level(AV_LOG_QUIET); });
}

std::string libav_reason(int code) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(code, text.data(), text.size());
  return text.data();
}

}  // namespace needledrop
