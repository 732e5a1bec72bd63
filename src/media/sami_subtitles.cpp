#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "media/subtitle_builder.h"
#include "media/subtitle_formats.h"
#include "media/text_scan.h"
#include "media/unicode_text.h"

namespace needledrop {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// The value of NAME=VALUE or NAME="VALUE" in the lower-case inside of a tag; "" without it.
std::string attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
    std::string_view rest = tag.substr(at + name.size());
    const bool is_whole = at > 0 && !is_name_character(tag[at - 1]);
    if (!is_whole || !take_one_of(rest, "=")) continue;
    rest = trimmed(rest);
    const char quote = rest.empty() ? '\0' : rest.front();
    if (quote == '"' || quote == '\'') {
      rest.remove_prefix(1);
      return std::string(trimmed(rest.substr(0, rest.find(quote))));
    }
    return std::string(rest.substr(0, rest.find_first_of(" \t\n/")));
  }
  return {};
}

/// The value of "NAME: VALUE;" in the braces of a style.
std::string property(std::string_view braces, std::string_view name) {
  const std::string lower = lower_case(braces);
  for (std::size_t at = lower.find(name); at != std::string::npos; at = lower.find(name, at + 1)) {
    std::string_view rest = braces.substr(at + name.size());
    const bool is_whole = at == 0 || !is_name_character(lower[at - 1]);
    if (!is_whole || !take_one_of(rest, ":")) continue;
    return std::string(trimmed(rest.substr(0, rest.find_first_of(";}\n"))));
  }
  return {};
}

/// What classes are called by custom, should no style sheet say it.
std::string language_of_class(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kCustom = {
      {{"krcc", "ko"},
       {"kocc", "ko"},
       {"encc", "en"},
       {"egcc", "en"},
       {"uscc", "en"},
       {"jpcc", "ja"},
       {"cncc", "zh"}}};
  for (const auto& [known, language] : kCustom) {
    if (name == known) return std::string(language);
  }
  return {};
}

std::size_t count_rows(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

class SamiParser {
 public:
  ReadSubtitles parse(std::string_view text) {
    while (!text.empty()) {
      const std::size_t size = take(text);
      place_ += count_rows(text.substr(0, size));
      text.remove_prefix(size);
    }
    end_paragraph();
    return builder_.finish(false);
  }

 private:
  /// Bytes taken off the front: one of SAMI's own tags, or text up to where one may begin. Other
  /// tags are text to strip_tags.
  std::size_t take(std::string_view text) {
    if (text.starts_with("<!--") && is_started_) {
      return std::min(text.find("-->"), text.size() - 3) + 3;
    }
    if (!has_styles_ && begins_with(text, "<style")) return take_styles(text);
    if (begins_with(text, "<sync")) return take_tag(text, &SamiParser::on_sync);
    const bool is_longer = text.size() > 2 && is_name_character(lower_case(text.substr(2, 1))[0]);
    if (begins_with(text, "<p") && !is_longer) {
      return take_tag(text, &SamiParser::on_paragraph);
    }
    if (begins_with(text, "</sync") || begins_with(text, "</p>")) {
      return std::min(text.find('>'), text.size() - 1) + 1;
    }
    if (begins_with(text, "</body") || begins_with(text, "</sami")) {
      end_paragraph();
      return text.size();
    }
    const std::size_t size = std::min(text.find('<', 1), text.size());
    if (start_.has_value()) rows_ += text.substr(0, size);
    return size;
  }

  std::size_t take_tag(std::string_view text, void (SamiParser::*on_tag)(std::string_view)) {
    const std::size_t end = std::min(text.find('>'), text.size() - 1);
    (this->*on_tag)(lower_case(text.substr(0, end)));
    return end + 1;
  }

  /// ".KRCC { Name: Korean; lang: ko-KR; SAMIType: CC; }"
  std::size_t take_styles(std::string_view text) {
    constexpr std::string_view kEnd = "</style";
    has_styles_ = true;
    constexpr std::size_t kMostStyles = 65'536;
    const std::string lower = lower_case(text.substr(0, kMostStyles));
    const std::size_t size = std::min(lower.find(kEnd), lower.size());
    std::string_view styles = text.substr(0, size);
    while (true) {
      const std::size_t open = styles.find('{');
      if (open == std::string_view::npos) break;
      const std::size_t close = std::min(styles.find('}', open), styles.size() - 1);
      const std::size_t dot = styles.substr(0, open).rfind('.');
      if (dot != std::string_view::npos) {
        take_class(lower_case(trimmed(styles.substr(dot + 1, open - dot - 1))),
                   styles.substr(open, close - open));
      }
      styles.remove_prefix(close + 1);
    }
    return std::max<std::size_t>(size, 1);
  }

  void take_class(const std::string& name, std::string_view braces) {
    const std::string language = property(braces, "lang");
    const bool is_name =
        name.size() <= kLongestClass && std::ranges::all_of(name, is_name_character);
    if (language.empty() || !is_name) return;
    Subtitles& about = builder_.about(name);
    if (default_class_.empty()) default_class_ = name;
    if (!about.language.empty()) return;
    about.language = language_code(language);
    about.name = property(braces, "name");
  }

  void on_sync(std::string_view tag) {
    end_paragraph();
    is_started_ = true;
    class_ = default_class_;
    start_.reset();
    const std::string value = attribute(tag, "start");
    std::int64_t milliseconds = 0;
    const auto [end, code] =
        std::from_chars(value.data(), value.data() + value.size(), milliseconds);
    const bool is_number =
        code == std::errc() && (end == value.data() + value.size() || lower_case(end) == "ms");
    if (!is_number || milliseconds < 0) {
      builder_.fault(place_, "the time can't be read; left out");
      return;
    }
    start_ = Milliseconds(std::min(milliseconds, kBeyond));
    if (*start_ < latest_) builder_.fault(place_, "is out of order; put where its time says");
    latest_ = std::max(latest_, *start_);
  }

  void on_paragraph(std::string_view tag) {
    end_paragraph();
    const std::string name = attribute(tag, "class");
    class_ = name.empty() || name.size() > kLongestClass ? default_class_ : name;
    Subtitles& about = builder_.about(class_);
    if (about.language.empty()) about.language = language_of_class(class_);
    has_paragraph_ = true;
  }

  /// One without text clears what its class shows.
  void end_paragraph() {
    const bool is_there = has_paragraph_ || !trimmed(rows_).empty();
    if (start_.has_value() && is_there) {
      std::ranges::replace(rows_, '\n', ' ');
      builder_.add({.place = place_, .start = *start_, .stays = true, .text = strip_tags(rows_)},
                   class_);
    }
    rows_.clear();
    has_paragraph_ = false;
  }

  static constexpr std::size_t kLongestClass = 64;            // bytes of a class's name
  static constexpr std::int64_t kBeyond = 1'000'000'000'000;  // more than any film, ms

  SubtitleBuilder builder_{"SAMI"};
  std::string default_class_;  // the first of the style sheet
  std::string class_;
  std::optional<Milliseconds> start_;  // of the <SYNC> at hand; none when it can't be read
  Milliseconds latest_{0};
  std::string rows_;
  std::size_t place_ = 1;
  bool has_styles_ = false;
  bool is_started_ = false;
  bool has_paragraph_ = false;
};

}  // namespace

ReadSubtitles parse_sami(std::string_view text) {
  return SamiParser().parse(text);
}

}  // namespace needledrop
