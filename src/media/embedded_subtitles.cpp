#include <algorithm>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "media/container.h"
#include "media/stamp_time.h"
#include "media/subtitle_builder.h"
#include "media/subtitles.h"
#include "media/tag_text.h"
#include "media/text_encoding.h"

namespace needledrop {
namespace {

constexpr int kMostStreams = 64;

/// A decoded subtitle, freed with this object.
class DecodedSubtitle {
 public:
  DecodedSubtitle() = default;
  DecodedSubtitle(const DecodedSubtitle&) = delete;
  DecodedSubtitle& operator=(const DecodedSubtitle&) = delete;
  ~DecodedSubtitle() { avsubtitle_free(&subtitle_); }
  [[nodiscard]] AVSubtitle* get() { return &subtitle_; }

 private:
  AVSubtitle subtitle_{};
};

std::string tag_of(const AVStream& stream, const char* key) {
  const AVDictionaryEntry* entry = av_dict_get(stream.metadata, key, nullptr, 0);
  return entry == nullptr ? std::string() : repair_tag_text(entry->value);
}

/// The text after the eight commas of "ReadOrder,Layer,Style,Name,MarginL,MarginR,MarginV,Effect".
std::string_view text_of_ass(std::string_view row) {
  constexpr int kFieldsBefore = 8;
  for (int i = 0; i < kFieldsBefore; ++i) {
    const std::size_t comma = row.find(',');
    if (comma == std::string_view::npos) return {};
    row.remove_prefix(comma + 1);
  }
  return row;
}

/// One text stream: its packets, as lines.
class TextStream {
 public:
  TextStream(const AVStream& stream, std::optional<std::int64_t> origin)
      : stream_(stream), origin_(origin), builder_(avcodec_get_name(stream.codecpar->codec_id)) {}

  Result<void> open() {
    const AVCodec* codec = avcodec_find_decoder(stream_.codecpar->codec_id);
    if (codec == nullptr) return fail(Error::Kind::kUnsupported, "there is no decoder for it");
    context_.reset(avcodec_alloc_context3(codec));
    if (context_ == nullptr) throw std::bad_alloc();
    int code = avcodec_parameters_to_context(context_.get(), stream_.codecpar);
    context_->pkt_timebase = stream_.time_base;
    if (code >= 0) code = avcodec_open2(context_.get(), codec, nullptr);
    if (code < 0) return fail(Error::Kind::kUnsupported, libav_reason(code));
    return {};
  }

  void take(AVPacket& packet) {
    if (packet.pts == AV_NOPTS_VALUE) return builder_.fault(0, "a packet without a time; left out");
    SubtitleBuilder::Draft draft;
    draft.start = at(packet.pts);
    if (packet.duration > 0 &&
        packet.duration < INT64_MAX - std::max<std::int64_t>(0, packet.pts)) {
      draft.end = at(packet.pts + packet.duration);
    }
    if (is_plain()) {
      // As it stands: libavcodec's way through ASS loses ruby.
      const auto size = static_cast<std::size_t>(std::max(packet.size, 0));
      draft.text = strip_tags(text_of({reinterpret_cast<const char*>(packet.data), size}));
      return builder_.add(std::move(draft));
    }
    decode(packet, draft);
  }

  Subtitles finish(int number, std::vector<std::string>& warnings) {
    ReadSubtitles read = builder_.finish(false);
    for (std::string& warning : read.warnings) {
      warnings.push_back(fmt::format("subtitle stream {}: {}", number, warning));
    }
    Subtitles subtitles = read.found.empty() ? Subtitles{} : std::move(read.found.front());
    subtitles.format = avcodec_get_name(stream_.codecpar->codec_id);
    subtitles.language = language_code(tag_of(stream_, "language"));
    subtitles.name = tag_of(stream_, "title");
    subtitles.stream = number;
    subtitles.is_forced = (stream_.disposition & AV_DISPOSITION_FORCED) != 0;
    return subtitles;
  }

 private:
  [[nodiscard]] bool is_plain() const {
    const AVCodecID id = stream_.codecpar->codec_id;
    return id == AV_CODEC_ID_SUBRIP || id == AV_CODEC_ID_WEBVTT || id == AV_CODEC_ID_TEXT;
  }

  /// Bounded, in UTF-8 whatever it was muxed from.
  static std::string text_of(std::string_view text) {
    text = text.substr(0, 8 * SubtitleBuilder::kMostText);
    return decode_text(text.substr(0, text.find('\0'))).text;
  }

  /// A time of the stream on the episode's clock.
  [[nodiscard]] Milliseconds at(std::int64_t time) const {
    return time_of_stamp(time, stream_.time_base, origin_.value_or(0));
  }

  void decode(AVPacket& packet, const SubtitleBuilder::Draft& draft) {
    DecodedSubtitle decoded;
    int got = 0;
    const int code = avcodec_decode_subtitle2(context_.get(), decoded.get(), &got, &packet);
    if (code < 0) return builder_.fault(0, "a packet can't be decoded; left out");
    if (got == 0) return;
    const AVSubtitle& subtitle = *decoded.get();
    for (unsigned i = 0; i < subtitle.num_rects; ++i) {
      const char* row = subtitle.rects[i]->ass;
      if (row == nullptr) continue;
      SubtitleBuilder::Draft line = draft;
      line.text = strip_overrides(text_of_ass(text_of(row)), false);
      if (!line.end.has_value() && subtitle.end_display_time > 0 &&
          subtitle.end_display_time < UINT32_MAX) {
        line.end = line.start + Milliseconds(subtitle.end_display_time);
      }
      builder_.add(std::move(line));
    }
    // Nothing to show clears what the stream shows.
    if (subtitle.num_rects == 0) builder_.add(draft);
  }

  const AVStream& stream_;
  std::optional<std::int64_t> origin_;  // of the container, in microseconds
  CodecHandle context_;
  SubtitleBuilder builder_;
};

std::string skipped_warning(const AVStream& stream, int number) {
  const AVCodecDescriptor* codec = avcodec_descriptor_get(stream.codecpar->codec_id);
  const bool is_bitmap = codec != nullptr && (codec->props & AV_CODEC_PROP_BITMAP_SUB) != 0;
  return fmt::format("subtitle stream {} ({}) {}; skipped", number,
                     avcodec_get_name(stream.codecpar->codec_id),
                     is_bitmap ? "holds pictures of text, not text" : "can't be read as text");
}

bool is_text(const AVStream& stream) {
  const AVCodecDescriptor* codec = avcodec_descriptor_get(stream.codecpar->codec_id);
  return codec != nullptr && (codec->props & AV_CODEC_PROP_TEXT_SUB) != 0;
}

/// The text streams of a container, by its own index of streams, with their numbers among all
/// subtitle streams; warns of those that can't be read.
struct TextStreams {
  struct Entry {
    int number = 0;
    std::unique_ptr<TextStream> stream;
  };
  std::map<int, Entry> by_index;
  std::vector<std::string> warnings;

  explicit TextStreams(const Container& container) {
    const AVFormatContext& format = container.format();
    int number = 0;
    for (unsigned i = 0; i < format.nb_streams && number < kMostStreams; ++i) {
      const AVStream& stream = *format.streams[i];
      if (stream.codecpar->codec_type != AVMEDIA_TYPE_SUBTITLE) continue;
      ++number;
      auto text = std::make_unique<TextStream>(stream, container.origin());
      if (is_text(stream) && text->open().has_value()) {
        by_index.emplace(stream.index, Entry{number, std::move(text)});
      } else {
        warnings.push_back(skipped_warning(stream, number));
      }
    }
  }
};

}  // namespace

Result<ReadSubtitles> read_embedded_subtitles(const std::string& path, std::stop_token stop) {
  ND_TRY_ASSIGN(const auto container,
                Container::open(path, std::move(stop), Container::Wanted::kSubtitles));
  TextStreams streams(*container);
  ReadSubtitles read;
  if (!streams.by_index.empty()) {
    const auto packet = make_packet();
    std::size_t count = 0;
    for (;;) {
      ND_TRY_ASSIGN(const bool more, container->read(*packet));
      if (!more) break;
      const auto found = streams.by_index.find(packet->stream_index);
      if (found != streams.by_index.end() && ++count <= SubtitleBuilder::kMostLines) {
        found->second.stream->take(*packet);
      }
      av_packet_unref(packet.get());
    }
    if (count > SubtitleBuilder::kMostLines) {
      streams.warnings.emplace_back(
          "what is beyond the first 200,000 lines of all subtitle streams is left out");
    }
  }
  read.warnings = std::move(streams.warnings);
  for (auto& [index, entry] : streams.by_index) {
    Subtitles subtitles = entry.stream->finish(entry.number, read.warnings);
    if (!subtitles.lines.empty()) read.found.push_back(std::move(subtitles));
  }
  return read;
}

}  // namespace needledrop
