#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/digest.h"
#include "media/ffmpeg_handles.h"

namespace needledrop {

/// The identity of a file's sound: for each stream the digest of its packets' bytes in order (not
/// of their borders, which another container may draw elsewhere), then the digest of those digests
/// in stream order. Tags, codec headers and pictures don't count. Single-threaded.
class PacketDigest {
 public:
  explicit PacketDigest(std::size_t streams) : streams_(streams) {}

  void update(std::size_t stream, const AVPacket& packet) {
    streams_[stream].update(std::span(packet.data, static_cast<std::size_t>(packet.size)));
  }

  [[nodiscard]] Digest digest() const {
    Digester all;
    for (const auto& stream : streams_) all.update(stream.digest().bytes);
    return all.digest();
  }

 private:
  std::vector<Digester> streams_;
};

}  // namespace needledrop
