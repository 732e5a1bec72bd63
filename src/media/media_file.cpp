#include "media/media_file.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "media/container.h"
#include "media/container_claims.h"
#include "media/excerpt.h"
#include "media/layout_choice.h"
#include "media/layout_plan.h"
#include "media/packet_digest.h"
#include "media/stream_decoder.h"
#include "media/tags.h"

namespace needledrop {
namespace {

Error no_sound() {
  return fail(Error::Kind::kUnsupported, "there is no sound in it");
}

Milliseconds to_milliseconds(std::int64_t samples) {
  return Milliseconds((samples * 1'000 + kAnalysisRate / 2) / kAnalysisRate);
}

StreamFacts facts_of(const AVStream& stream) {
  StreamFacts facts;
  const auto& layout = stream.codecpar->ch_layout;
  // An order of the file's own making owns memory and names nothing that we could use.
  if (layout.order == AV_CHANNEL_ORDER_CUSTOM) {
    facts.layout.order = AV_CHANNEL_ORDER_UNSPEC;
    facts.layout.nb_channels = layout.nb_channels;
  } else {
    facts.layout = layout;
  }
  for (const auto* key : {"title", "handler_name"}) {
    const AVDictionaryEntry* entry = av_dict_get(stream.metadata, key, nullptr, 0);
    if (entry != nullptr) facts.name += fmt::format("{} ", entry->value);
  }
  const AVDictionaryEntry* language = av_dict_get(stream.metadata, "language", nullptr, 0);
  if (language != nullptr && std::string_view(language->value) != "und") {
    facts.language = language->value;
  }
  facts.preferred = (stream.disposition & AV_DISPOSITION_DEFAULT) != 0;
  facts.aside =
      (stream.disposition & (AV_DISPOSITION_COMMENT | AV_DISPOSITION_VISUAL_IMPAIRED |
                             AV_DISPOSITION_HEARING_IMPAIRED | AV_DISPOSITION_DESCRIPTIONS)) != 0;
  return facts;
}

/// One pass over the packets of a file: digests all sound, decodes what the plan asks for.
class Pass {
 public:
  Pass(Container& container, std::size_t streams) : container_(container), digest_(streams) {}

  Result<void> prepare(const LayoutPlan& plan, BlockAssembler& assembler);
  Result<void> run(const std::function<void()>& on_packet);

  [[nodiscard]] Digest digest() const { return digest_.digest(); }
  [[nodiscard]] const std::vector<std::unique_ptr<StreamDecoder>>& decoders() const {
    return decoders_;
  }

 private:
  Container& container_;
  PacketDigest digest_;
  std::vector<std::unique_ptr<StreamDecoder>> decoders_;
};

Result<void> Pass::prepare(const LayoutPlan& plan, BlockAssembler& assembler) {
  decoders_.resize(container_.sound().size());
  for (std::size_t i = 0; i < plan.sources.size(); ++i) {
    const auto& source = plan.sources[i];
    ND_TRY_ASSIGN(decoders_[source.stream],
                  StreamDecoder::open(*container_.sound()[source.stream], source.weights,
                                      plan.outputs, {i, container_.origin()}, assembler));
  }
  return {};
}

Result<void> Pass::run(const std::function<void()>& on_packet) {
  const auto packet = make_packet();
  for (;;) {
    ND_TRY_ASSIGN(const bool more, container_.read(*packet));
    if (!more) break;
    const auto stream = *container_.sound_of(*packet);
    digest_.update(stream, *packet);
    if (stream < decoders_.size() && decoders_[stream] != nullptr) {
      ND_TRY(decoders_[stream]->decode(*packet));
    }
    av_packet_unref(packet.get());
    if (on_packet) on_packet();
  }
  for (auto& decoder : decoders_) {
    if (decoder != nullptr) ND_TRY(decoder->finish());
  }
  return {};
}

class LibavMediaFile final : public MediaFile {
 public:
  static Result<std::unique_ptr<MediaFile>> open(const std::string& path, const Options& options);

  [[nodiscard]] bool has_sound() const override { return !facts_.empty(); }
  [[nodiscard]] bool has_picture() const override { return has_picture_; }
  [[nodiscard]] Milliseconds duration() const override { return duration_; }
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  [[nodiscard]] const Tags& tags() const override { return tags_; }
  [[nodiscard]] FrameRate frame_rate() const override { return frame_rate_; }
  [[nodiscard]] std::optional<std::string> start_timecode() const override { return timecode_; }
  [[nodiscard]] const std::string& layout() const override { return plan().words; }

  Result<Digest> digest(std::stop_token stop) override;
  Result<DecodedSound> decode(BlockSink& sink, std::stop_token stop,
                              const std::function<void(Milliseconds)>& progress) override;

 private:
  [[nodiscard]] const LayoutPlan& plan() const;
  [[nodiscard]] Result<std::unique_ptr<Container>> reopen(std::stop_token stop) const;
  [[nodiscard]] Milliseconds missing(const Container& container, Milliseconds heard) const;

  std::string path_;
  Options options_;
  std::vector<StreamFacts> facts_;
  bool has_picture_ = false;
  Milliseconds duration_{0};
  std::uint64_t size_ = 0;
  Tags tags_;
  FrameRate frame_rate_;
  std::optional<std::string> timecode_;
  // Made when first asked for: listening costs more than all else here, and a file that is only
  // digested needs none of it.
  mutable std::optional<LayoutPlan> plan_;
};

Result<std::unique_ptr<MediaFile>> LibavMediaFile::open(const std::string& path,
                                                        const Options& options) {
  ND_TRY_ASSIGN(const auto container, Container::open(path, {}));
  auto file = std::make_unique<LibavMediaFile>();
  file->path_ = path;
  file->options_ = options;
  for (const AVStream* stream : container->sound()) file->facts_.push_back(facts_of(*stream));
  ND_TRY(check_streams(file->facts_, options.streams));
  file->has_picture_ = container->picture() != nullptr;
  file->size_ = container->size();
  file->duration_ = stated_duration(*container);
  file->tags_ = read_tags(*container, path);
  file->frame_rate_ = picture_rate(*container);
  file->timecode_ = read_start_timecode(*container);
  return std::unique_ptr<MediaFile>(std::move(file));
}

const LayoutPlan& LibavMediaFile::plan() const {
  if (!plan_.has_value()) {
    const auto listen = [&](const std::vector<Leg>& legs) { return take_excerpts(path_, legs); };
    LayoutPlan silent{.sources = {}, .outputs = {}, .words = "no sound"};
    plan_ = facts_.empty() ? std::move(silent)
                           : choose_layout(facts_, options_.streams, listen).value_or(silent);
  }
  return *plan_;
}

Result<std::unique_ptr<Container>> LibavMediaFile::reopen(std::stop_token stop) const {
  if (facts_.empty()) return no_sound();
  ND_TRY_ASSIGN(auto container, Container::open(path_, std::move(stop)));
  if (container->sound().size() != facts_.size()) {
    return fail(Error::Kind::kIo, "changed while it was being read");
  }
  return container;
}

Milliseconds LibavMediaFile::missing(const Container& container, Milliseconds heard) const {
  Milliseconds missing{0};
  for (const auto& source : plan().sources) {
    const auto promise = promised_sound(container, source.stream);
    if (!promise.has_value() || promise->duration - heard <= promise->tolerance) continue;
    missing = std::max(missing, promise->duration - heard);
  }
  return missing;
}

Result<Digest> LibavMediaFile::digest(std::stop_token stop) {
  ND_TRY_ASSIGN(const auto container, reopen(std::move(stop)));
  Pass pass(*container, facts_.size());
  ND_TRY(pass.run({}));
  return pass.digest();
}

Result<DecodedSound> LibavMediaFile::decode(BlockSink& sink, std::stop_token stop,
                                            const std::function<void(Milliseconds)>& progress) {
  ND_TRY_ASSIGN(const auto container, reopen(std::move(stop)));
  BlockAssembler assembler(plan().outputs, plan().sources.size(), sink);
  Pass pass(*container, facts_.size());
  ND_TRY(pass.prepare(plan(), assembler));
  ND_TRY(pass.run([&] {
    if (progress) progress(to_milliseconds(assembler.emitted()));
  }));
  assembler.finish();
  if (assembler.emitted() == 0) return no_sound();
  DecodedSound sound{.digest = pass.digest(),
                     .duration = to_milliseconds(assembler.emitted()),
                     .damaged_packets = container->damage(),
                     .missing = {},
                     .warnings = {}};
  std::uint64_t jumps = 0;
  for (const auto& decoder : pass.decoders()) {
    if (decoder == nullptr) continue;
    sound.damaged_packets += decoder->damaged_packets();
    jumps += decoder->jumps();
  }
  sound.missing = missing(*container, sound.duration);
  if (sound.damaged_packets > 0) {
    sound.warnings.push_back(fmt::format("{} damaged packets were skipped", sound.damaged_packets));
  }
  if (sound.missing.count() > 0) {
    sound.warnings.push_back(fmt::format("cut short: {:.1f} s of sound are missing",
                                         static_cast<double>(sound.missing.count()) / 1'000));
  }
  if (jumps > 0) {
    sound.warnings.push_back(
        fmt::format("time stamps jump {} times; times after that are counted, not read", jumps));
  }
  return sound;
}

}  // namespace

Result<std::unique_ptr<MediaFile>> MediaFile::open(const std::string& path,
                                                   const Options& options) {
  return LibavMediaFile::open(path, options);
}

}  // namespace needledrop
