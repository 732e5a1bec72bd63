#include "media/container_claims.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "media/wave_head.h"

namespace needledrop {
namespace {

constexpr Milliseconds kTolerance{250};
constexpr Milliseconds kLooseTolerance{5'000};
constexpr double kMaxFrameRate = 1'000;

std::optional<std::string_view> value_of(const AVDictionary* tags, const char* key) {
  const AVDictionaryEntry* entry = av_dict_get(tags, key, nullptr, 0);
  if (entry == nullptr) return std::nullopt;
  return std::string_view(entry->value);
}

template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  Number number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Matroska keeps a stream's own length as the text HH:MM:SS.fraction.
std::optional<Milliseconds> tagged_duration(const AVStream& stream) {
  const auto text = value_of(stream.metadata, "DURATION");
  if (!text || text->size() < 8 || (*text)[2] != ':' || (*text)[5] != ':') return std::nullopt;
  const auto hours = number_in<int>(text->substr(0, 2));
  const auto minutes = number_in<int>(text->substr(3, 2));
  const auto seconds = number_in<double>(text->substr(6));
  if (!hours || !minutes || !seconds || !(*seconds >= 0 && *seconds < 61)) return std::nullopt;
  const std::int64_t whole = static_cast<std::int64_t>(*hours) * 60 + *minutes;
  return Milliseconds(whole * 60'000 + std::llround(*seconds * 1'000));
}

bool keeps_stream_durations(const AVFormatContext& format) {
  const std::string_view name = format.iformat->name;
  return name.find("mov") != std::string_view::npos || name == "mxf" || name == "avi";
}

/// Containers that keep times in milliseconds give rates like 19001/317; what is within 0.02 % of a
/// rate in use (24 and 24000/1001 are five times as far apart) is that rate.
FrameRate nearest_standard(FrameRate rate) {
  const double value = static_cast<double>(rate.numerator) / rate.denominator;
  for (const int whole : {24, 25, 30, 48, 50, 60, 100, 120}) {
    for (const auto standard : {FrameRate{whole, 1}, FrameRate{whole * 1'000, 1'001}}) {
      const double candidate = static_cast<double>(standard.numerator) / standard.denominator;
      if (std::abs(value / candidate - 1) < 2e-4) return standard;
    }
  }
  return rate;
}

/// The text in the one form that we give out; nothing when it is no timecode.
std::optional<std::string> checked_timecode(std::string_view text) {
  if (text.size() != 11) return std::nullopt;
  constexpr std::string_view kForm = "dd:dd:dd?dd";
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == 'd' && !digit) return std::nullopt;
    if (kForm[i] == ':' && text[i] != ':') return std::nullopt;
  }
  if (text[8] != ':' && text[8] != ';' && text[8] != '.') return std::nullopt;
  std::string result(text);
  if (result[8] == '.') result[8] = ';';
  return result;
}

std::optional<std::string> wave_timecode(const Container& container) {
  const auto text = value_of(container.format().metadata, "time_reference");
  if (!text || container.sound().empty()) return std::nullopt;
  const auto samples = number_in<std::int64_t>(*text);
  const std::int64_t rate = container.sound().front()->codecpar->sample_rate;
  constexpr std::int64_t kDay = 86'400;
  if (!samples || *samples < 0 || *samples / rate >= kDay) return std::nullopt;
  std::int64_t seconds = *samples / rate;
  std::int64_t frames = 0;
  const auto picture = picture_rate(container);
  if (picture.numerator > 0) {
    const double exact = static_cast<double>(picture.numerator) / picture.denominator;
    const auto nominal = std::max(std::llround(exact), 1LL);
    const auto count =
        std::llround(static_cast<double>(*samples) / static_cast<double>(rate) * exact);
    seconds = count / nominal;
    frames = count % nominal;
  } else if (*samples % rate != 0) {
    return std::nullopt;
  }
  return fmt::format("{:02}:{:02}:{:02}:{:02}", seconds / 3'600, seconds / 60 % 60, seconds % 60,
                     frames);
}

/// A wave file's own statement of its length, which libavformat drops when the file is cut short.
std::optional<Milliseconds> wave_duration(const Container& container) {
  if (container.format().iformat->name != std::string_view("wav") || container.sound().empty()) {
    return std::nullopt;
  }
  const auto& codec = *container.sound().front()->codecpar;
  const auto bytes = read_wave_sound_bytes(container.format().url);
  const std::int64_t bytes_a_second = static_cast<std::int64_t>(codec.block_align) *
                                      (av_get_exact_bits_per_sample(codec.codec_id) > 0 ? 1 : 0) *
                                      codec.sample_rate;
  if (!bytes.has_value() || bytes_a_second <= 0) return std::nullopt;
  return Milliseconds(av_rescale(static_cast<std::int64_t>(*bytes), 1'000, bytes_a_second));
}

}  // namespace

Milliseconds stated_duration(const Container& container) {
  const auto& format = container.format();
  if (const auto promised = wave_duration(container)) return *promised;
  if (format.duration_estimation_method == AVFMT_DURATION_FROM_BITRATE) return Milliseconds(0);
  return Milliseconds(std::max<std::int64_t>(format.duration, 0) / 1'000);
}

std::optional<Promise> promised_sound(const Container& container, std::size_t stream) {
  const auto& format = container.format();
  const AVStream& sound = *container.sound()[stream];
  const std::int64_t origin = container.origin().value_or(0);
  if (const auto tagged = tagged_duration(sound)) return Promise{*tagged, kTolerance};
  if (const auto wave = wave_duration(container)) return Promise{*wave, kTolerance};
  if (format.duration_estimation_method != AVFMT_DURATION_FROM_STREAM || sound.duration <= 0) {
    return std::nullopt;
  }
  const auto to_microseconds = [&](std::int64_t time) {
    return av_rescale_q(time, sound.time_base, AV_TIME_BASE_Q);
  };
  const auto start =
      sound.start_time == AV_NOPTS_VALUE ? origin : to_microseconds(sound.start_time);
  const bool own = container.picture() == nullptr || keeps_stream_durations(format);
  return Promise{Milliseconds((start - origin + to_microseconds(sound.duration)) / 1'000),
                 own ? kTolerance : kLooseTolerance};
}

FrameRate picture_rate(const Container& container) {
  if (container.picture() == nullptr) return {};
  const AVStream& picture = *container.picture();
  AVRational rate = picture.avg_frame_rate;
  if (rate.num <= 0 || rate.den <= 0) rate = picture.r_frame_rate;
  if (rate.num <= 0 || rate.den <= 0 || av_q2d(rate) > kMaxFrameRate) return {};
  return nearest_standard({.numerator = rate.num, .denominator = rate.den});
}

std::optional<std::string> read_start_timecode(const Container& container) {
  const auto& format = container.format();
  if (const auto text = value_of(format.metadata, "timecode")) {
    if (auto timecode = checked_timecode(*text)) return timecode;
  }
  for (unsigned i = 0; i < format.nb_streams; ++i) {
    const auto text = value_of(format.streams[i]->metadata, "timecode");
    if (!text) continue;
    if (auto timecode = checked_timecode(*text)) return timecode;
  }
  return wave_timecode(container);
}

}  // namespace needledrop
