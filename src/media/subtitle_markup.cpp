#include "media/subtitle_markup.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "media/text_scan.h"
#include "media/unicode_text.h"

namespace needledrop {
namespace {

/// What stands in angle brackets and is longer than this is no tag.
constexpr std::size_t kLongestTag = 1'024;
constexpr std::size_t kLongestEntity = 10;

/// Sorted. Others in angle brackets are words: <laughs>.
constexpr std::array<std::string_view, 26> kTags = {
    "a",    "b", "big", "body", "br", "c",   "center", "div", "em",    "font", "h1",     "i", "img",
    "lang", "p", "rb",  "rp",   "rt", "rtc", "ruby",   "s",   "small", "span", "strong", "u", "v"};

struct Entity {
  std::string_view name;
  std::string_view text;
};
constexpr std::array<Entity, 9> kEntities = {{{"amp", "&"},
                                              {"lt", "<"},
                                              {"gt", ">"},
                                              {"quot", "\""},
                                              {"apos", "'"},
                                              {"nbsp", " "},
                                              {"lrm", ""},
                                              {"rlm", ""},
                                              {"hearts", "♥"}}};

/// What is not seen at the ends of a row.
constexpr std::array<std::string_view, 8> kBlanks = {" ",      "\t",     "\u00A0", "\u3000",
                                                     "\u200B", "\u200E", "\u200F", "\u2007"};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_word_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

std::string_view trim_row(std::string_view row) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view blank : kBlanks) {
      while (row.starts_with(blank)) row.remove_prefix(blank.size()), again = true;
      while (row.ends_with(blank)) row.remove_suffix(blank.size()), again = true;
    }
  }
  return row;
}

/// Text as it is gathered, with how much of it is italic.
class Gathered {
 public:
  void add(std::string_view text, bool is_italic) {
    text_ += text;
    for (const char c : text) {
      if (c == ' ' || c == '\n') continue;
      ++(is_italic ? italic_ : upright_);
    }
  }
  [[nodiscard]] PlainText finish() const {
    return {trim_rows(text_), italic_ > 0 && upright_ == 0, false};
  }

 private:
  std::string text_;
  std::size_t italic_ = 0;
  std::size_t upright_ = 0;
};

class TagStripper {
 public:
  PlainText strip(std::string_view text) {
    while (!text.empty()) text.remove_prefix(take(text));
    close_ruby_text();
    return gathered_.finish();
  }

 private:
  /// Bytes taken off the front: a tag, an entity, an override, or text up to where one may begin.
  std::size_t take(std::string_view text) {
    std::size_t size = 0;
    if (text.front() == '<') size = take_tag(text);
    if (text.front() == '&') size = take_entity(text);
    if (!braces_stay_open_ && text.starts_with("{\\")) {
      size = text.find('}') + 1;
      braces_stay_open_ = size == 0;
    }
    if (text.starts_with("\\N")) {
      add("\n");
      size = 2;
    }
    if (size > 0) return size;
    size = std::min(text.find_first_of("<&{\\", 1), text.size());
    add(text.substr(0, size));
    return size;
  }

  void add(std::string_view text) {
    if (!in_fallback_) gathered_.add(text, italics_ > 0);
  }

  /// 0: what stands there is no tag.
  std::size_t take_tag(std::string_view text) {
    if (text.starts_with("<!--")) {
      const std::size_t end = text.find("-->");
      return end == std::string_view::npos ? text.size() : end + 3;
    }
    const std::size_t end = text.substr(0, kLongestTag).find('>');
    if (end == std::string_view::npos) return 0;
    std::string_view inside = text.substr(1, end - 1);
    if (read_clock_time(inside).has_value()) return end + 1;  // WebVTT's karaoke
    const bool closes = inside.starts_with('/');
    if (closes) inside.remove_prefix(1);
    const auto name_end = std::ranges::find_if_not(inside, is_word_character);
    const std::string name = lower_case(std::string_view(inside.begin(), name_end));
    if (!std::ranges::binary_search(kTags, std::string_view(name))) return 0;
    on_tag(name, closes);
    return end + 1;
  }

  void on_tag(std::string_view name, bool closes) {
    if (name == "br") add("\n");
    if (name == "i" || name == "em") italics_ = std::max(0, italics_ + (closes ? -1 : 1));
    if (name == "rt" || name == "ruby" || name == "rb" || name == "rp") close_ruby_text();
    if (name == "rp") in_fallback_ = !closes;
    if (name == "rt" && !closes) {
      add("(");
      in_ruby_text_ = true;
    }
  }

  void close_ruby_text() {
    if (in_ruby_text_) add(")");
    in_ruby_text_ = false;
  }

  std::size_t take_entity(std::string_view text) {
    const std::size_t end = text.substr(0, kLongestEntity).find(';');
    if (end == std::string_view::npos) {
      if (!begins_with(text, "&nbsp")) return 0;
      add(" ");
      return 5;
    }
    const std::string name = lower_case(text.substr(1, end - 1));
    const auto known = std::ranges::find(kEntities, std::string_view(name), &Entity::name);
    if (known != kEntities.end()) {
      add(known->text);
      return end + 1;
    }
    const bool is_hexadecimal = name.starts_with("#x");
    if (!name.starts_with('#')) return 0;
    const char* first = name.data() + (is_hexadecimal ? 2 : 1);
    std::uint32_t point = 0;
    const auto [last, code] =
        std::from_chars(first, name.data() + name.size(), point, is_hexadecimal ? 16 : 10);
    const bool is_character =
        point >= 0x20 && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
    if (code != std::errc() || last != name.data() + name.size() || !is_character) return 0;
    add(to_utf8(std::u32string(1, static_cast<char32_t>(point))));
    return end + 1;
  }

  Gathered gathered_;
  int italics_ = 0;
  bool in_ruby_text_ = false;
  bool in_fallback_ = false;       // <rp>: the brackets that we set ourselves
  bool braces_stay_open_ = false;  // none closes in what follows: not looked for again
};

/// What the overrides of one pair of braces say of what follows them.
struct Overrides {
  bool is_italic = false;
  bool is_drawing = false;
  bool is_karaoke = false;

  void read(std::string_view braces) {
    for (std::size_t at = braces.find('\\'); at != std::string_view::npos;
         at = braces.find('\\', at + 1)) {
      const std::string_view tag = braces.substr(at + 1);
      const char next = tag.size() > 1 ? tag[1] : '\0';
      const bool has_number = next >= '0' && next <= '9';
      if (tag.starts_with('i') && has_number) is_italic = next != '0';
      if (tag.starts_with('p') && has_number) is_drawing = next != '0';
      is_karaoke = is_karaoke || ((tag.starts_with('k') || tag.starts_with('K')) &&
                                  (has_number || next == 'f' || next == 'o'));
    }
  }
};

}  // namespace

PlainText strip_tags(std::string_view text) {
  return TagStripper().strip(text);
}

PlainText strip_overrides(std::string_view text, bool is_italic) {
  Gathered gathered;
  Overrides overrides;
  overrides.is_italic = is_italic;
  const auto add = [&](std::string_view part) {
    if (!overrides.is_drawing) gathered.add(part, overrides.is_italic);
  };
  bool stays_open = false;  // no brace closes in what follows: not looked for again
  while (!text.empty()) {
    const std::string_view two = text.substr(0, 2);
    const bool may_close = text.front() == '{' && !stays_open;
    const std::size_t close = may_close ? text.find('}') : std::string_view::npos;
    stays_open = stays_open || (may_close && close == std::string_view::npos);
    std::size_t size = 2;
    if (close != std::string_view::npos) {
      overrides.read(text.substr(1, close - 1));
      size = close + 1;
    } else if (two == "\\N" || two == "\\n") {
      add("\n");
    } else if (two == "\\h") {
      add(" ");
    } else if (two == "\\{" || two == "\\}") {
      add(two.substr(1));
    } else {
      size = std::min(text.find_first_of("{\\", 1), text.size());
      add(text.substr(0, size));
    }
    text.remove_prefix(size);
  }
  PlainText plain = gathered.finish();
  plain.is_karaoke = overrides.is_karaoke;
  return plain;
}

std::string trim_rows(std::string_view text) {
  std::string rows;
  while (!text.empty()) {
    const std::string_view row = trim_row(take_line(text));
    if (row.empty()) continue;
    if (!rows.empty()) rows += '\n';
    rows += row;
  }
  return rows;
}

}  // namespace needledrop
