#include "media/codec.h"

#include <new>

#include <fmt/format.h>

namespace needledrop {
namespace {

bool is_sane(int rate, int channels) {
  return rate >= kMinSourceRate && rate <= kMaxSourceRate && channels >= 1 &&
         channels <= kMaxChannels;
}

}  // namespace

Result<CodecHandle> open_codec(const AVStream& stream) {
  const AVCodec* codec = avcodec_find_decoder(stream.codecpar->codec_id);
  if (codec == nullptr) return fail(Error::Kind::kUnsupported, "there is no decoder for its sound");
  CodecHandle context(avcodec_alloc_context3(codec));
  if (context == nullptr) throw std::bad_alloc();
  int code = avcodec_parameters_to_context(context.get(), stream.codecpar);
  context->thread_count = 1;
  context->pkt_timebase = stream.time_base;
  context->max_samples = kMaxSamplesAtOnce;
  AVDictionary* options = nullptr;
  // AC-3's dynamic range compression would change levels; other decoders ignore the option.
  av_dict_set(&options, "drc_scale", "0", 0);
  if (code >= 0) code = avcodec_open2(context.get(), codec, &options);
  av_dict_free(&options);
  if (code < 0) {
    return fail(Error::Kind::kUnsupported, fmt::format("its sound ({}) can't be decoded ({})",
                                                       codec->name, libav_reason(code)));
  }
  return context;
}

Result<CodecHandle> open_picture_codec(const AVStream& stream, unsigned threads) {
  const AVCodec* codec = avcodec_find_decoder(stream.codecpar->codec_id);
  if (codec == nullptr) {
    return fail(Error::Kind::kUnsupported, "there is no decoder for its picture");
  }
  CodecHandle context(avcodec_alloc_context3(codec));
  if (context == nullptr) throw std::bad_alloc();
  int code = avcodec_parameters_to_context(context.get(), stream.codecpar);
  context->thread_count = static_cast<int>(threads);
  context->pkt_timebase = stream.time_base;
  context->max_pixels = kMaxPixels;
  // Without it, a picture that lacks another ends the giving out of those that were held back; such
  // pictures come out marked.
  context->flags |= AV_CODEC_FLAG_OUTPUT_CORRUPT;
  if (code >= 0) code = avcodec_open2(context.get(), codec, nullptr);
  if (code < 0) {
    return fail(Error::Kind::kUnsupported, fmt::format("its picture ({}) can't be decoded ({})",
                                                       codec->name, libav_reason(code)));
  }
  return context;
}

bool is_sane(const AVFrame& sound) {
  return sound.nb_samples > 0 && sound.nb_samples <= kMaxSamplesAtOnce &&
         is_sane(sound.sample_rate, sound.ch_layout.nb_channels) &&
         av_get_bytes_per_sample(static_cast<AVSampleFormat>(sound.format)) > 0;
}

bool is_decodable(const AVCodecParameters& codec) {
  return avcodec_find_decoder(codec.codec_id) != nullptr &&
         is_sane(codec.sample_rate, codec.ch_layout.nb_channels);
}

}  // namespace needledrop
