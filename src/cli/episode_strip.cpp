#include "cli/episode_strip.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "cli/text_width.h"
#include "cli/wording.h"

namespace needledrop {
namespace {

/// Of the terminal's 256, well apart on black and on white.
constexpr std::array<int, 12> kColours = {33, 208, 40, 199, 220, 51, 129, 160, 28, 94, 213, 245};
constexpr std::string_view kSigns = "123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kBlock = "\xE2\x96\x88";
constexpr std::string_view kHatched = "\xE2\x96\x92";
constexpr std::string_view kNothing = "\xC2\xB7";

std::string sign_of(std::size_t number, bool has_colour) {
  if (!has_colour) return std::string(1, number < kSigns.size() ? kSigns[number] : '#');
  return fmt::format("\x1b[38;5;{}m{}\x1b[0m", kColours[number % kColours.size()], kBlock);
}

std::string unidentified_sign(bool has_colour) {
  return has_colour ? fmt::format("\x1b[2m{}\x1b[0m", kHatched) : std::string(kHatched);
}

Milliseconds shared_length(const Span& a, const Span& b) {
  return std::max(Milliseconds(0), std::min(a.end, b.end) - std::max(a.start, b.start));
}

/// The place in `order` of the recording heard longest in the span; order.size() when none is.
std::size_t heard_longest(std::span<const Spot> spots, std::span<const SourceId> order, Span span) {
  std::vector<Milliseconds> heard(order.size(), Milliseconds(0));
  for (const Spot& spot : spots) {
    heard[static_cast<std::size_t>(std::ranges::find(order, spot.recording) - order.begin())] +=
        shared_length(spot.span, span);
  }
  const auto longest = std::ranges::max_element(heard);
  if (longest == heard.end() || *longest == Milliseconds(0)) return order.size();
  return static_cast<std::size_t>(longest - heard.begin());
}

}  // namespace

std::vector<SourceId> strip_order(std::span<const Spot> spots) {
  std::vector<SourceId> order;
  for (const Spot& spot : spots) {
    if (std::ranges::find(order, spot.recording) == order.end()) order.push_back(spot.recording);
  }
  return order;
}

std::string episode_strip(const StripContent& content, std::size_t width, bool has_colour) {
  const std::vector<SourceId> order = strip_order(content.spots);
  const std::string end = length_text(content.duration);
  const std::size_t taken = 6 + end.size();  // "0:00 " and " END"
  const auto blocks = static_cast<std::int64_t>(width > taken + 10 ? width - taken : 10);
  std::string line = "0:00 ";
  for (std::int64_t i = 0; i < blocks; ++i) {
    const Span span{content.duration * i / blocks, content.duration * (i + 1) / blocks};
    const std::size_t number = heard_longest(content.spots, order, span);
    const bool is_music = std::ranges::any_of(content.unidentified, [&](const MusicSpan& music) {
      return 2 * shared_length(music.span, span) >= span.length() && span.length().count() > 0;
    });
    line += number != order.size() ? sign_of(number, has_colour)
            : is_music             ? unidentified_sign(has_colour)
                                   : std::string(kNothing);
  }
  return line + " " + end + "\n";
}

std::string strip_legend(const StripContent& content, std::span<const Recording> recordings,
                         std::size_t width, bool has_colour) {
  std::string text;
  const std::vector<SourceId> order = strip_order(content.spots);
  for (std::size_t number = 0; number < order.size(); ++number) {
    Milliseconds heard{0};
    std::size_t times = 0;
    for (const Spot& spot : content.spots) {
      if (spot.recording != order[number]) continue;
      heard += spot.span.length();
      ++times;
    }
    const auto recording = std::ranges::find(recordings, order[number], &Recording::id);
    const std::string title = recording == recordings.end()
                                  ? fmt::format("recording {}", order[number].value)
                                  : printable(recording_heading(*recording));
    const std::string rest = fmt::format("  {}, {}", counted(times, "spot"), length_text(heard));
    const std::string numbered = has_colour
                                     ? fmt::format("{} {}", sign_of(number, true), number + 1)
                                     : sign_of(number, false);
    const std::size_t room = width > rest.size() + 12 ? width - rest.size() - 8 : 10;
    text += fmt::format("  {}  {}{}\n", numbered, shortened(title, room), rest);
  }
  if (!content.unidentified.empty()) {
    Milliseconds heard{0};
    for (const MusicSpan& music : content.unidentified) heard += music.span.length();
    text += fmt::format("  {}{}  {} music  {}, {}\n", unidentified_sign(has_colour),
                        has_colour ? "  " : "", kUnidentified,
                        counted(content.unidentified.size(), "span"), length_text(heard));
  }
  return text;
}

}  // namespace needledrop
