#include "media/excerpt.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "media/block.h"
#include "media/codec.h"
#include "media/container.h"
#include "media/resampler.h"

namespace needledrop {
namespace {

constexpr auto kExcerptSamples = static_cast<std::size_t>(kExcerptSeconds * kAnalysisRate);
// Left out after a seek, while decoders and filters settle.
constexpr std::size_t kSettling = kAnalysisRate / 8;
constexpr std::size_t kMaxExcerpts = 72;
constexpr std::size_t kMinExcerpts = 16;
// What all legs together may hold: bounds memory to 12 MB.
constexpr std::size_t kMaxLegExcerpts = 150;
// Streams that lie far apart in the file are not waited for.
constexpr int kMaxPackets = 4'000;

/// One stream's share of the excerpt being taken.
class Listener final : private RunSink {
 public:
  static std::unique_ptr<Listener> open(const AVStream& stream, std::vector<std::size_t> channels) {
    auto codec = open_codec(stream);
    if (!codec.has_value()) return nullptr;
    return std::unique_ptr<Listener>(new Listener(stream, std::move(channels), std::move(*codec)));
  }

  void begin() {
    avcodec_flush_buffers(codec_.get());
    discarding_ = true;
    (void)resampler_.flush().has_value();
    discarding_ = false;
    start_.reset();
    for (auto& samples : heard_) samples.clear();
  }

  void take(const AVPacket& packet) {
    if (avcodec_send_packet(codec_.get(), &packet) < 0) return;
    while (avcodec_receive_frame(codec_.get(), sound_.get()) >= 0) {
      if (is_sane(*sound_)) take(*sound_);
      av_frame_unref(sound_.get());
    }
  }

  [[nodiscard]] std::size_t heard() const { return heard_.front().size(); }
  [[nodiscard]] std::optional<double> start() const { return start_; }
  [[nodiscard]] const std::vector<float>& samples(std::size_t i) const { return heard_[i]; }

 private:
  Listener(const AVStream& stream, std::vector<std::size_t> channels, CodecHandle codec)
      : stream_(stream),
        channels_(std::move(channels)),
        codec_(std::move(codec)),
        sound_(make_frame()),
        resampler_(*this),
        heard_(channels_.size()) {}

  void take(const AVFrame& sound) {
    const auto count = static_cast<std::size_t>(sound.ch_layout.nb_channels);
    if (std::ranges::any_of(channels_, [&](std::size_t c) { return c >= count; })) return;
    if (!start_.has_value()) {
      start_ = sound.pts == AV_NOPTS_VALUE
                   ? 0
                   : static_cast<double>(sound.pts) * av_q2d(stream_.time_base);
    }
    ChannelWeights weights(channels_.size(), count);
    for (std::size_t i = 0; i < channels_.size(); ++i) weights.at(i, channels_[i]) = 1;
    if (!resampler_.fits(sound) && !resampler_.configure(sound, weights).has_value()) return;
    (void)resampler_.push(sound, 0).has_value();
  }

  void on_run(std::span<const std::span<const float>> runs) override {
    if (discarding_) return;
    for (std::size_t i = 0; i < heard_.size(); ++i) {
      heard_[i].insert(heard_[i].end(), runs[i].begin(), runs[i].end());
    }
  }

  const AVStream& stream_;
  std::vector<std::size_t> channels_;
  CodecHandle codec_;
  FrameHandle sound_;
  Resampler resampler_;
  bool discarding_ = false;
  std::optional<double> start_;  // in seconds of the container's clock
  std::vector<std::vector<float>> heard_;
};

class ExcerptTaker {
 public:
  ExcerptTaker(Container& container, const std::vector<Leg>& legs)
      : container_(container), legs_(legs), packet_(make_packet()) {}

  bool open() {
    std::map<std::size_t, std::vector<std::size_t>> channels;
    for (const auto& leg : legs_) channels[leg.stream].push_back(leg.channel);
    for (const auto& [stream, wanted] : channels) {
      if (stream >= container_.sound().size()) return false;
      auto listener = Listener::open(*container_.sound()[stream], wanted);
      if (listener == nullptr) return false;
      listeners_[stream] = std::move(listener);
    }
    return !listeners_.empty();
  }

  /// What comes next in the file; false at its end.
  bool take(std::size_t settling, Excerpt& excerpt) {
    for (auto& [stream, listener] : listeners_) listener->begin();
    bool more = true;
    for (int packets = 0; packets < kMaxPackets && !has_enough(settling); ++packets) {
      const auto read = container_.read(*packet_);
      more = read.has_value() && *read;
      if (!more) break;
      const auto found = listeners_.find(*container_.sound_of(*packet_));
      if (found != listeners_.end()) found->second->take(*packet_);
      av_packet_unref(packet_.get());
    }
    excerpt = cut(settling);
    return more;
  }

 private:
  [[nodiscard]] bool has_enough(std::size_t settling) const {
    return std::ranges::all_of(listeners_, [&](const auto& entry) {
      return entry.second->heard() >= settling + kExcerptSamples;
    });
  }

  /// The legs from where all have begun, as far as all go.
  [[nodiscard]] Excerpt cut(std::size_t settling) const {
    double begin = -1e18;
    for (const auto& [stream, listener] : listeners_) {
      begin = std::max(begin, listener->start().value_or(begin));
    }
    Excerpt excerpt;
    std::size_t length = kExcerptSamples;
    std::map<std::size_t, std::size_t> next;
    for (const auto& leg : legs_) {
      const auto& listener = *listeners_.at(leg.stream);
      const auto& samples = listener.samples(next[leg.stream]++);
      const double late = std::clamp(begin - listener.start().value_or(begin), 0.0, 60.0);
      const auto skip = std::min(
          samples.size(), settling + static_cast<std::size_t>(std::lround(late * kAnalysisRate)));
      excerpt.legs.emplace_back(samples.begin() + static_cast<std::ptrdiff_t>(skip), samples.end());
      length = std::min(length, excerpt.legs.back().size());
    }
    for (auto& leg : excerpt.legs) leg.resize(length);
    return excerpt;
  }

  Container& container_;
  const std::vector<Leg>& legs_;
  PacketHandle packet_;
  std::map<std::size_t, std::unique_ptr<Listener>> listeners_;
};

/// Fractional parts of multiples of the golden ratio: any number of them is evenly spread.
Milliseconds scattered(std::size_t i, Milliseconds length) {
  constexpr double kGolden = 0.6180339887498949;
  const double turns = (static_cast<double>(i) + 0.5) * kGolden;
  return Milliseconds(
      std::llround((turns - std::floor(turns)) * static_cast<double>(length.count())));
}

}  // namespace

std::vector<Excerpt> take_excerpts(const std::string& path, const std::vector<Leg>& legs) {
  std::vector<Excerpt> excerpts;
  auto container = Container::open(path, {});
  if (!container.has_value() || legs.empty()) return excerpts;
  (*container)->limit_bytes(kExcerptBytes);
  ExcerptTaker taker(**container, legs);
  if (!taker.open()) return excerpts;
  const Milliseconds length(std::max<std::int64_t>((*container)->format().duration, 0) / 1'000);
  const auto wanted = std::min(
      std::clamp(static_cast<std::size_t>(length.count() / 30'000), kMinExcerpts, kMaxExcerpts),
      std::max<std::size_t>(kMaxLegExcerpts / legs.size(), 4));
  // A short file is heard from its start.
  const bool spread = length > Milliseconds(30'000);
  for (std::size_t i = 0; i < wanted; ++i) {
    const bool moved = spread && (*container)->seek(scattered(i, length));
    Excerpt excerpt;
    const bool more = taker.take(moved ? kSettling : 0, excerpt);
    if (excerpt.legs.front().size() >= kExcerptSamples / 4) excerpts.push_back(std::move(excerpt));
    if (!more && !moved) break;
  }
  return excerpts;
}

}  // namespace needledrop
