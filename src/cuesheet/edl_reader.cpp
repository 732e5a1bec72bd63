#include "cuesheet/edl_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "catalogue/text.h"
#include "media/text_encoding.h"

namespace needledrop {
namespace {

constexpr std::size_t kMostBytes = std::size_t{16} << 20;
constexpr std::size_t kMostCues = 100'000;
constexpr std::size_t kLongestLine = 4'096;

std::string upper(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  });
  return result;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (true) {
    line = trimmed(line);
    if (line.empty()) return words;
    const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

/// What stands behind a mark like "* LOC:", whatever its case and the space after the star.
std::optional<std::string_view> after(std::string_view line, std::string_view mark) {
  if (line.starts_with('*')) line = trimmed(line.substr(1));
  if (!upper(line.substr(0, mark.size())).starts_with(mark)) return std::nullopt;
  return trimmed(line.substr(mark.size()));
}

bool is_sound(std::string_view channels) {
  const std::string text = upper(channels);
  return text.starts_with('A') || text.starts_with('B') || text.starts_with("NONE") ||
         text.ends_with("/A");
}

struct Event {
  ReadCue cue;
  bool is_sound = true;
  bool has_locator = false;
};

class EdlReading {
 public:
  explicit EdlReading(const SheetClock& clock) : clock_(clock) {}

  Result<void> add(int number, std::string_view line) {
    if (const auto mode = after(line, "FCM:")) {
      is_drop_frame_ = upper(*mode).starts_with("DROP");
      return {};
    }
    if (const auto rate = after(line, "FRAME RATE:")) {
      if (const auto read = parse_frame_rate(*rate); read.has_value()) commented_rate_ = *read;
      return {};
    }
    if (const auto clip = after(line, "FROM CLIP NAME:")) {
      if (!events_.empty() && !events_.back().has_locator) events_.back().cue.title = *clip;
      return {};
    }
    if (const auto locator = after(line, "LOC:")) return add_locator(number, *locator);
    const auto words = words_of(line);
    const bool is_event = words.size() >= 8 && words.size() <= 10 &&
                          words.front().find_first_not_of("0123456789") == std::string_view::npos;
    if (!is_event) return {};
    return add_event(number, words);
  }

  ReadSheet take() {
    ReadSheet sheet;
    const bool has_sound = std::ranges::any_of(events_, &Event::is_sound);
    for (Event& event : events_) {
      if (event.is_sound || !has_sound) sheet.cues.push_back(std::move(event.cue));
    }
    return sheet;
  }

 private:
  Result<Timebase> timebase() const {
    const auto rate = [this]() -> std::optional<Fraction> {
      if (clock_.timebase.has_value() && !clock_.is_assumed) return clock_.timebase->rate;
      if (commented_rate_.has_value()) return commented_rate_;
      if (clock_.timebase.has_value()) return clock_.timebase->rate;
      if (is_drop_frame_) return Fraction{30'000, 1'001};
      return std::nullopt;
    }();
    if (!rate.has_value()) {
      return fail(
          Error::Kind::kInvalidArgument,
          "an edit decision list does not say its frame rate; say how many frames a second");
    }
    return make_timebase(*rate, is_drop_frame_);
  }

  Result<Milliseconds> time(int number, std::string_view timecode) const {
    const auto read = [&]() -> Result<Milliseconds> {
      ND_TRY_ASSIGN(const Timebase timebase, this->timebase());
      ND_TRY_ASSIGN(const FrameNumber frame,
                    programme_frame(timecode, timebase, clock_.start_timecode));
      return time_of(frame, timebase.rate);
    }();
    if (read.has_value()) return *read;
    return read.error().in(fmt::format("line {}", number));
  }

  Result<void> check_room(int number) const {
    if (events_.size() < kMostCues) return {};
    return fail(Error::Kind::kUnsupported,
                fmt::format("line {}: more than {} events", number, kMostCues));
  }

  /// When an event is recorded. Timecode goes around at midnight.
  Result<Span> span_of(std::string_view in, std::string_view out) const {
    ND_TRY_ASSIGN(const Timebase timebase, this->timebase());
    ND_TRY_ASSIGN(FrameNumber start, parse_timecode(in, timebase));
    ND_TRY_ASSIGN(FrameNumber end, parse_timecode(out, timebase));
    if (end < start) {
      ND_TRY_ASSIGN(const FrameNumber day, frames_of_day(timebase));
      end = end + day;
    }
    if (!clock_.start_timecode.empty()) {
      ND_TRY_ASSIGN(const FrameNumber first, parse_timecode(clock_.start_timecode, timebase));
      if (start >= first) {
        start = start - first;
        end = end - first;
      }
    }
    return Span{time_of(start, timebase.rate), time_of(end, timebase.rate)};
  }

  static Result<FrameNumber> frames_of_day(const Timebase& timebase) {
    const Fraction rate = timebase.rate;
    const int counted = (rate.numerator + rate.denominator - 1) / rate.denominator;
    ND_TRY_ASSIGN(const FrameNumber last,
                  parse_timecode(fmt::format("23:59:59:{:02}", counted - 1), timebase));
    return last + FrameNumber(1);
  }

  Result<void> add_event(int number, const std::vector<std::string_view>& words) {
    ND_TRY(check_room(number));
    const auto span = span_of(words[words.size() - 2], words[words.size() - 1]);
    if (!span.has_value()) return span.error().in(fmt::format("line {}", number));
    Event event;
    event.cue.line = number;
    event.is_sound = is_sound(words[2]);
    event.cue.start = span->start;
    event.cue.end = span->end;
    event.cue.duration = span->length();
    events_.push_back(std::move(event));
    return {};
  }

  /// "01:00:04:12 RED     Rain".
  Result<void> add_locator(int number, std::string_view text) {
    const auto words = words_of(text);
    if (words.empty()) return {};
    ND_TRY_ASSIGN(const Milliseconds at, time(number, words.front()));
    std::string_view name = trimmed(text.substr(words.front().size()));
    if (words.size() > 1 && is_colour(words[1])) name = trimmed(name.substr(words[1].size()));
    if (!events_.empty() && !events_.back().has_locator && events_.back().cue.start == at) {
      events_.back().has_locator = true;
      events_.back().cue.title = name;
      return {};
    }
    ND_TRY(check_room(number));
    Event event;
    event.cue.line = number;
    event.cue.title = name;
    event.cue.start = at;
    event.has_locator = true;
    events_.push_back(std::move(event));
    return {};
  }

  static bool is_colour(std::string_view word) {
    constexpr std::array<std::string_view, 9> kColours{
        "RED", "GREEN", "BLUE", "CYAN", "YELLOW", "MAGENTA", "ORANGE", "BLACK", "WHITE"};
    return std::ranges::find(kColours, upper(word)) != kColours.end();
  }

  const SheetClock& clock_;
  bool is_drop_frame_ = false;
  std::optional<Fraction> commented_rate_;
  std::vector<Event> events_;
};

}  // namespace

bool looks_like_edl(std::string_view bytes) {
  const auto is_event = [](std::string_view line) {
    constexpr std::size_t kDigits = 3;
    const std::size_t digits = line.find_first_not_of("0123456789");
    return digits != std::string_view::npos && digits >= kDigits && line[digits] == ' ';
  };
  constexpr std::size_t kHead = 4'096;
  const std::string text = decode_text(bytes.substr(0, kHead)).text;
  std::string_view rest = text;
  for (int i = 0; i < 20 && !rest.empty(); ++i) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    if (after(line, "FCM:").has_value()) return true;
    if (is_event(line) && upper(text.substr(0, 6)) == "TITLE:") return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

Result<ReadSheet> read_edl(std::string_view bytes, const SheetClock& clock) {
  if (bytes.size() > kMostBytes) {
    return fail(Error::Kind::kUnsupported,
                fmt::format("is {} MB long; an edit decision list may have {} MB",
                            bytes.size() >> 20, kMostBytes >> 20));
  }
  const std::string text = decode_text(bytes).text;
  EdlReading reading(clock);
  std::string_view rest = text;
  for (int number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (end > kLongestLine) {
      return fail(Error::Kind::kUnsupported,
                  fmt::format("line {} is longer than {} bytes", number, kLongestLine));
    }
    ND_TRY(reading.add(number, trimmed(rest.substr(0, end))));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return reading.take();
}

}  // namespace needledrop
