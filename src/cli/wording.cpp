#include "cli/wording.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace needledrop {

std::string clock_text(Milliseconds time) {
  // Rounded first, so that 59.96 s is 1:00.0.
  const std::int64_t tenths = (time.count() + 50) / 100;
  return fmt::format("{}.{}", length_text(Milliseconds(tenths / 10 * 1000)), tenths % 10);
}

std::optional<Milliseconds> read_clock(std::string_view text) {
  constexpr double kMost = 1'000.0 * 3'600;
  double seconds = 0;
  int parts = 0;
  for (bool is_last = false; !is_last; ++parts) {
    const std::size_t colon = text.find(':');
    is_last = colon == std::string_view::npos;
    const std::string_view part = text.substr(0, colon);
    double value = 0;
    const auto [end, code] =
        std::from_chars(part.data(), part.data() + part.size(), value, std::chars_format::fixed);
    if (code != std::errc() || end != part.data() + part.size() || !(value >= 0) || value > kMost ||
        (parts > 0 && value >= 60) || parts > 2 ||
        (!is_last && part.find('.') != std::string_view::npos)) {
      return std::nullopt;
    }
    seconds = seconds * 60 + value;
    if (!is_last) text.remove_prefix(colon + 1);
  }
  if (seconds > kMost) return std::nullopt;
  return Milliseconds(std::llround(seconds * 1'000));
}

std::optional<int> read_count(std::string_view text) {
  constexpr int kMost = 1'000'000;
  int count = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (code != std::errc() || end != text.data() + text.size() || count < 0 || count > kMost) {
    return std::nullopt;
  }
  return count;
}

std::string length_text(Milliseconds time) {
  const std::int64_t seconds = (time.count() + 500) / 1000;
  if (seconds >= 3600) {
    return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
  return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string bytes_text(double bytes) {
  constexpr std::array<std::string_view, 4> kUnits = {"kB", "MB", "GB", "TB"};
  if (bytes < 1000) return fmt::format("{:.0f} B", bytes);
  std::size_t unit = 0;
  bytes /= 1000;
  while (bytes >= 1000 && unit + 1 < kUnits.size()) {
    bytes /= 1000;
    ++unit;
  }
  return fmt::format("{:.1f} {}", bytes, kUnits[unit]);
}

std::string episode_mark(const Episode& episode) {
  if (!episode.number.has_value()) return "";
  if (!episode.season.has_value()) return fmt::format("E{:02}", *episode.number);
  return fmt::format("S{:02}E{:02}", *episode.season, *episode.number);
}

std::string episode_heading(const Episode& episode, std::string_view production) {
  const std::string mark = episode_mark(episode);
  std::string heading(production);
  if (!mark.empty()) heading += heading.empty() ? mark : " " + mark;
  if (heading.empty()) return episode.title;
  // A title that is the file's name says it all again.
  const bool repeats = episode.title.find(mark) != std::string::npos && !mark.empty();
  return episode.title.empty() || repeats ? heading : heading + ": " + episode.title;
}

std::string recording_heading(const Recording& recording) {
  if (recording.artist.empty()) return recording.title;
  return recording.title + " - " + recording.artist;
}

std::string related_text(std::span<const RelatedRecording> related) {
  const auto relation = [](RelationKind kind) -> std::string_view {
    switch (kind) {
      case RelationKind::kSame:
        return "same sound as";
      case RelationKind::kVersion:
        return "version of";
      case RelationKind::kEdit:
        return "edit of";
      case RelationKind::kSampled:
        break;
    }
    return "shares a piece with";
  };
  constexpr std::size_t kMost = 3;
  std::string text;
  for (const RelatedRecording& one : related.first(std::min(kMost, related.size()))) {
    const Recording& other = one.recording;
    text += fmt::format("{}{} {} {}{}", text.empty() ? "" : "; ", relation(one.kind),
                        other.id.value, recording_heading(other),
                        other.version == "original" ? "" : " (" + other.version + ")");
  }
  if (related.size() > kMost) text += fmt::format("; and {} more", related.size() - kMost);
  return text;
}

}  // namespace needledrop
