#include "media/ttml_time.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "media/text_scan.h"

namespace needledrop {
namespace {

constexpr double kMostSeconds = 1'000 * 3'600;

/// A number with or without decimals, taken off the front; no sign, no exponent.
std::optional<double> take_real(std::string_view& rest) {
  double value = 0;
  const auto [end, code] =
      std::from_chars(rest.data(), rest.data() + rest.size(), value, std::chars_format::fixed);
  const bool is_plain = !rest.empty() && rest.front() >= '0' && rest.front() <= '9';
  if (code != std::errc() || !is_plain || !std::isfinite(value)) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return value;
}

std::optional<double> clock_seconds(std::string_view text, const TtmlRates& rates) {
  std::array<double, 4> parts{};
  std::size_t count = 0;
  do {
    if (count == parts.size()) return std::nullopt;
    const auto part = take_real(text);
    if (!part.has_value()) return std::nullopt;
    parts[count++] = *part;
  } while (take_one_of(text, ":;"));
  const bool has_frames = count == 4;
  if (!text.empty() || count < 3 || parts[1] >= 60 || parts[2] >= 61) return std::nullopt;
  double frames = 0;
  if (has_frames) {
    // What follows the point is a count of sub-frames, in practice always below ten.
    const double whole = std::floor(parts[3]);
    frames = whole + std::round((parts[3] - whole) * 10) / rates.sub_frames;
  }
  return (parts[0] * 60 + parts[1]) * 60 + parts[2] + frames / rates.frames;
}

std::optional<double> offset_seconds(std::string_view text, const TtmlRates& rates) {
  const auto value = take_real(text);
  if (!value.has_value()) return std::nullopt;
  const std::array<std::pair<std::string_view, double>, 6> units = {
      {{"h", 3'600},
       {"m", 60},
       {"s", 1},
       {"ms", 0.001},
       {"f", 1 / rates.frames},
       {"t", 1 / rates.ticks_a_second()}}};
  for (const auto& [unit, seconds] : units) {
    if (text == unit) return *value * seconds;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Milliseconds> read_ttml_time(std::string_view text, const TtmlRates& rates) {
  text = trimmed(text);
  const bool is_clock = text.find(':') != std::string_view::npos;
  const auto seconds = is_clock ? clock_seconds(text, rates) : offset_seconds(text, rates);
  if (!seconds.has_value() || *seconds > kMostSeconds) return std::nullopt;
  return Milliseconds(std::llround(*seconds * 1'000));
}

std::optional<double> read_ttml_ratio(std::string_view text) {
  text = trimmed(text);
  const auto numerator = take_real(text);
  if (!numerator.has_value() || *numerator <= 0) return std::nullopt;
  take_one_of(text, ":");
  text = trimmed(text);
  if (text.empty()) return numerator;
  const auto denominator = take_real(text);
  if (!denominator.has_value() || *denominator <= 0 || !text.empty()) return std::nullopt;
  return *numerator / *denominator;
}

}  // namespace needledrop
