#include "desk/listening.h"

#include <algorithm>
#include <ctime>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "base/worker_pool.h"
#include "fingerprint/fingerprinter.h"
#include "fingerprint/parameters.h"
#include "media/block_relay.h"

namespace needledrop {
namespace {

std::chrono::nanoseconds processor_time(clockid_t clock) {
  struct timespec now {};
  ::clock_gettime(clock, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

Tick ticks_of(Milliseconds duration) {
  const double ticks = static_cast<double>(duration.count()) / 1'000 / kTickSeconds;
  return Tick(static_cast<std::int32_t>(
      std::clamp(ticks, 0.0, static_cast<double>(std::numeric_limits<std::int32_t>::max()))));
}

/// Passes blocks on and adds up the processor time that this takes the thread.
class MeteredSink final : public BlockSink {
 public:
  explicit MeteredSink(BlockSink& sink) : sink_(sink) {}

  void on_block(const Block& block) override {
    const auto before = processor_time(CLOCK_THREAD_CPUTIME_ID);
    sink_.on_block(block);
    spent_ += processor_time(CLOCK_THREAD_CPUTIME_ID) - before;
  }
  [[nodiscard]] std::chrono::nanoseconds spent() const { return spent_; }

 private:
  BlockSink& sink_;
  std::chrono::nanoseconds spent_{0};
};

/// Decodes into the sink; the processor time is that of decoding alone.
Result<Listened> decode_into(BlockSink& sink, MediaFile& file, std::stop_token stop,
                             const PositionSink& position) {
  MeteredSink metered(sink);
  const auto before = processor_time(CLOCK_THREAD_CPUTIME_ID);
  ND_TRY_ASSIGN(DecodedSound sound, file.decode(metered, std::move(stop), position));
  const auto spent = processor_time(CLOCK_THREAD_CPUTIME_ID) - before;
  return Listened{std::move(sound), {}, spent - metered.spent()};
}

}  // namespace

Result<Listened> listen_to_recording(MediaFile& file, std::stop_token stop,
                                     const PositionSink& position) {
  if (!file.has_sound()) return fail(Error::Kind::kUnsupported, "has no sound");
  // On one thread: whoever adds many recordings has other files for the other processors.
  Fingerprinter fingerprinter(Detail::kRecording);
  ND_TRY_ASSIGN(Listened heard, decode_into(fingerprinter, file, std::move(stop), position));
  heard.peaks = fingerprinter.finish();
  if (recording_fingerprint(heard.peaks).empty()) {
    constexpr std::chrono::seconds kShort{3};
    return fail(Error::Kind::kUnsupported,
                heard.sound.duration < kShort
                    ? fmt::format("is only {} ms long; a recording needs some seconds of music",
                                  heard.sound.duration.count())
                    : "is silent; there is nothing to find it by");
  }
  return heard;
}

Result<Listened> listen_to_episode(MediaFile& file, std::stop_token stop,
                                   const PositionSink& position) {
  if (!file.has_sound()) return fail(Error::Kind::kUnsupported, "has no sound");
  Fingerprinter fingerprinter(Detail::kEpisode, ticks_of(file.duration()));
  Listened heard;
  if (usable_processors() == 1) {
    ND_TRY_ASSIGN(heard, decode_into(fingerprinter, file, std::move(stop), position));
  } else {
    BlockRelay relay(fingerprinter);
    ND_TRY_ASSIGN(heard, decode_into(relay, file, std::move(stop), position));
    relay.finish();
  }
  heard.peaks = fingerprinter.finish();
  return heard;
}

bool is_readable(const std::string& path) {
  return ::access(path.c_str(), R_OK) == 0;
}

}  // namespace needledrop
