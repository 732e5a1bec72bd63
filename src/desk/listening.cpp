#include "desk/listening.h"

#include <ctime>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "fingerprint/fingerprinter.h"

namespace needledrop {
namespace {

std::chrono::nanoseconds processor_time(clockid_t clock) {
  struct timespec now {};
  ::clock_gettime(clock, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

/// Passes blocks on and adds up the processor time that this takes.
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

Result<Listened> listen(MediaFile& file, Detail detail, std::stop_token stop,
                        const PositionSink& position) {
  if (!file.has_sound()) return fail(Error::Kind::kUnsupported, "has no sound");
  Fingerprinter fingerprinter(detail);
  MeteredSink sink(fingerprinter);
  const auto before = processor_time(CLOCK_THREAD_CPUTIME_ID);
  ND_TRY_ASSIGN(DecodedSound sound, file.decode(sink, std::move(stop), position));
  const auto decoded = processor_time(CLOCK_THREAD_CPUTIME_ID);
  return Listened{std::move(sound), fingerprinter.finish(), decoded - before - sink.spent()};
}

}  // namespace

Result<Listened> listen_to_recording(MediaFile& file, std::stop_token stop,
                                     const PositionSink& position) {
  ND_TRY_ASSIGN(Listened heard, listen(file, Detail::kRecording, std::move(stop), position));
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
  return listen(file, Detail::kEpisode, std::move(stop), position);
}

bool is_readable(const std::string& path) {
  return ::access(path.c_str(), R_OK) == 0;
}

}  // namespace needledrop
