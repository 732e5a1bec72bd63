#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <libxml/xmlreader.h>

#include "media/subtitle_builder.h"
#include "media/subtitle_formats.h"
#include "media/text_scan.h"
#include "media/ttml_time.h"

namespace needledrop {
namespace {

constexpr std::size_t kDeepest = 64;
/// Longer names and languages mean nothing here, but would be handed down to every element.
constexpr std::size_t kLongestName = 16;
constexpr std::size_t kLongestLanguage = 36;
constexpr Milliseconds kForever = std::chrono::hours(2'000);

struct ReaderDeleter {
  void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};

std::string_view view_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

enum class Ruby { kNone, kText, kDelimiter };

Ruby ruby_of(std::string_view value) {
  if (value == "text") return Ruby::kText;
  return value == "delimiter" ? Ruby::kDelimiter : Ruby::kNone;
}

/// What a style says that matters here.
struct Style {
  std::optional<Ruby> ruby;
  std::optional<bool> is_italic;
};

/// An open element with what it hands down.
struct Element {
  std::string name;
  Milliseconds start{0};
  Milliseconds end = kForever;
  Milliseconds cursor{0};  // in a sequence, where the next child starts
  bool is_sequence = false;
  bool is_timed = false;  // it or one above it says when
  bool is_italic = false;
  bool keeps_spaces = false;
  Ruby ruby = Ruby::kNone;
  std::string language;
};

/// Text of a paragraph that is shown over one span.
struct Piece {
  Span span;
  std::string text;
  bool is_italic = true;
};

/// More attributes than any tag has. libxml2 compares each with each.
bool has_hostile_tag(std::string_view text) {
  constexpr int kMostAttributes = 10'000;
  int equals = 0;  // since the last tag began
  for (const char c : text) {
    if (c == '<') equals = 0;
    if (c == '=' && ++equals > kMostAttributes) return true;
  }
  return false;
}

class TtmlParser {
 public:
  Result<ReadSubtitles> parse(std::string_view text) {
    // Without a document type there are no entities but XML's own five.
    if (text.find("<!DOCTYPE") != std::string_view::npos) {
      return fail(Error::Kind::kUnsupported, "declares a document type, as no TTML does");
    }
    if (has_hostile_tag(text)) {
      return fail(Error::Kind::kUnsupported, "has a tag of over 10,000 attributes");
    }
    const std::unique_ptr<xmlTextReader, ReaderDeleter> reader(
        xmlReaderForMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                           XML_PARSE_NONET | XML_PARSE_NOCDATA));
    if (reader == nullptr) return fail(Error::Kind::kUnsupported, "is no XML");
    reader_ = reader.get();
    // Errors end the reading and are told then; by itself libxml2 prints them.
    xmlTextReaderSetStructuredErrorHandler(
        reader_, [](void*, xmlErrorPtr) {}, nullptr);
    int code = xmlTextReaderRead(reader_);
    for (; code == 1; code = xmlTextReaderRead(reader_)) {
      on_node();
      if (elements_.size() > kDeepest) {
        return fail(Error::Kind::kUnsupported,
                    fmt::format("has more than {} elements within one another", kDeepest));
      }
    }
    if (code < 0) builder_.fault(place(), "the XML is broken; what follows is left out");
    return builder_.finish(false);
  }

 private:
  [[nodiscard]] std::size_t place() const {
    return static_cast<std::size_t>(std::max(0, xmlTextReaderGetParserLineNumber(reader_)));
  }

  [[nodiscard]] std::string attribute(const char* local_name) const {
    std::string value;
    while (xmlTextReaderMoveToNextAttribute(reader_) == 1) {
      if (view_of(xmlTextReaderConstLocalName(reader_)) == local_name) {
        value = view_of(xmlTextReaderConstValue(reader_));
        break;
      }
    }
    xmlTextReaderMoveToElement(reader_);
    return value;
  }

  void on_node() {
    switch (xmlTextReaderNodeType(reader_)) {
      case XML_READER_TYPE_ELEMENT: {
        const bool is_empty = xmlTextReaderIsEmptyElement(reader_) == 1;
        on_start();
        if (is_empty) on_end();
        break;
      }
      case XML_READER_TYPE_END_ELEMENT:
        on_end();
        break;
      case XML_READER_TYPE_TEXT:
      case XML_READER_TYPE_CDATA:
      case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
      case XML_READER_TYPE_WHITESPACE:
        on_text(view_of(xmlTextReaderConstValue(reader_)));
        break;
      default:
        break;
    }
  }

  void on_start() {
    Element element = elements_.empty() ? Element{} : elements_.back();
    element.name = view_of(xmlTextReaderConstLocalName(reader_)).substr(0, kLongestName);
    element.is_sequence = attribute("timeContainer") == "seq";
    element.ruby = Ruby::kNone;
    if (element.name == "tt") read_rates();
    if (element.name == "style") remember_style();
    if (const auto language = attribute("lang"); !language.empty()) {
      element.language = language.substr(0, kLongestLanguage);
    }
    if (const auto space = attribute("space"); !space.empty()) {
      element.keeps_spaces = space == "preserve";
    }
    place_in_time(element);
    apply_style(element);
    if (element.name == "p") {
      pieces_.clear();
      paragraph_place_ = place();
    }
    if (element.name == "br") add("\n", element);
    if (element.ruby == Ruby::kText) add("(", element);
    elements_.push_back(std::move(element));
  }

  void on_end() {
    if (elements_.empty()) return;
    const Element element = std::move(elements_.back());
    elements_.pop_back();
    if (!elements_.empty()) elements_.back().cursor = element.end;
    if (element.ruby == Ruby::kText) add(")", element);
    if (element.name == "p") end_paragraph(element);
  }

  void read_rates() {
    const auto frames = read_ttml_ratio(attribute("frameRate"));
    const auto multiplier = read_ttml_ratio(attribute("frameRateMultiplier"));
    const auto sub_frames = read_ttml_ratio(attribute("subFrameRate"));
    const auto ticks = read_ttml_ratio(attribute("tickRate"));
    rates_.frames = frames.value_or(30) * multiplier.value_or(1);
    rates_.sub_frames = sub_frames.value_or(1);
    rates_.ticks = ticks.value_or(frames.has_value() ? 0 : 1);
  }

  void remember_style() {
    Style style;
    if (const auto ruby = attribute("ruby"); !ruby.empty()) style.ruby = ruby_of(ruby);
    if (const auto font = attribute("fontStyle"); !font.empty()) style.is_italic = font != "normal";
    styles_[attribute("id")] = style;
  }

  void apply_style(Element& element) {
    const auto take = [&](const Style& style) {
      element.is_italic = style.is_italic.value_or(element.is_italic);
      element.ruby = style.ruby.value_or(element.ruby);
    };
    const std::string ids = attribute("style");
    std::string_view rest = ids;
    while (!rest.empty()) {
      const std::string_view id = rest.substr(0, rest.find(' '));
      if (const auto known = styles_.find(id); known != styles_.end()) take(known->second);
      rest.remove_prefix(std::min(rest.size(), id.size() + 1));
    }
    if (const auto ruby = attribute("ruby"); !ruby.empty()) element.ruby = ruby_of(ruby);
    if (const auto font = attribute("fontStyle"); !font.empty()) {
      element.is_italic = font != "normal";
    }
  }

  /// `begin`, `end` and `dur` count from the start of the parent or, in a sequence, from the end of
  /// the sibling before; nothing lasts beyond its parent.
  void place_in_time(Element& element) {
    const bool follows = !elements_.empty() && elements_.back().is_sequence;
    const Milliseconds from = follows ? elements_.back().cursor : element.start;
    const Milliseconds parent_end = element.end;
    const auto read = [&](const char* name) -> std::optional<Milliseconds> {
      const std::string value = attribute(name);
      if (value.empty()) return std::nullopt;
      auto time = read_ttml_time(value, rates_);
      if (!time.has_value()) builder_.fault(place(), "a time can't be read; the rest of it counts");
      return time;
    };
    const auto begin = read("begin");
    const auto end = read("end");
    const auto duration = read("dur");
    element.start = from + begin.value_or(Milliseconds(0));
    if (end.has_value()) element.end = std::min(parent_end, from + *end);
    if (duration.has_value()) element.end = std::min(element.end, element.start + *duration);
    element.is_timed = element.is_timed || begin.has_value() || end.has_value();
    element.cursor = element.start;
  }

  void on_text(std::string_view text) {
    if (elements_.empty() || elements_.back().ruby == Ruby::kDelimiter) return;
    const bool is_shown =
        std::ranges::any_of(elements_, [](const Element& element) { return element.name == "p"; });
    const std::string& name = elements_.back().name;
    if (!is_shown || (name != "p" && name != "span")) return;
    if (elements_.back().keeps_spaces) return add(text, elements_.back());
    std::string collapsed;
    for (const char c : text) {
      const bool is_space = c == ' ' || c == '\n' || c == '\t';
      if (!is_space) collapsed += c;
      if (is_space && (collapsed.empty() || collapsed.back() != ' ')) collapsed += ' ';
    }
    add(collapsed, elements_.back());
  }

  void add(std::string_view text, const Element& element) {
    const Span span{element.start, element.end};
    if (pieces_.empty() || pieces_.back().span != span) pieces_.push_back({span, {}, true});
    Piece& piece = pieces_.back();
    piece.text += text;
    if (!trimmed(text).empty()) piece.is_italic = piece.is_italic && element.is_italic;
  }

  void end_paragraph(const Element& paragraph) {
    Subtitles& about = builder_.about(paragraph.language);
    if (about.language.empty()) about.language = language_code(paragraph.language);
    for (Piece& piece : pieces_) {
      PlainText text{trim_rows(piece.text), piece.is_italic, false};
      if (text.text.empty()) continue;
      if (!paragraph.is_timed && piece.span.end == kForever) {
        builder_.fault(paragraph_place_, "says no times; left out");
        continue;
      }
      std::optional<Milliseconds> end = piece.span.end;
      if (end == kForever) end.reset();
      builder_.add({.place = paragraph_place_,
                    .start = piece.span.start,
                    .end = end,
                    .text = std::move(text)},
                   paragraph.language);
    }
    pieces_.clear();
  }

  SubtitleBuilder builder_{"TTML"};
  xmlTextReader* reader_ = nullptr;
  TtmlRates rates_;
  std::map<std::string, Style, std::less<>> styles_;
  std::vector<Element> elements_;
  std::vector<Piece> pieces_;
  std::size_t paragraph_place_ = 0;
};

}  // namespace

Result<ReadSubtitles> parse_ttml(std::string_view text) {
  return TtmlParser().parse(text);
}

}  // namespace needledrop
