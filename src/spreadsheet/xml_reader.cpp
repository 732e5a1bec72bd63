#include "spreadsheet/xml_reader.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <libxml/xmlreader.h>

namespace needledrop {
namespace {

constexpr int kDeepest = 64;

struct ReaderDeleter {
  void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};

std::string_view view_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

/// What libxml2 reads from. Beside reading it counts attributes: more than any tag has would be
/// compared each with each.
class Input {
 public:
  explicit Input(std::unique_ptr<ArchivePart> part) : part_(std::move(part)) {}

  static int read(void* input, char* buffer, int size) {
    return static_cast<Input*>(input)->read({buffer, static_cast<std::size_t>(std::max(0, size))});
  }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  int read(std::span<char> bytes) {
    const auto got = part_->read(bytes);
    if (!got.has_value()) {
      error_ = got.error();
      return -1;
    }
    for (const char c : bytes.first(*got)) {
      if (c == '<') equals_ = 0;
      constexpr int kMostEquals = 50'000;
      if (c == '=' && ++equals_ > kMostEquals) {
        error_ =
            fail(Error::Kind::kUnsupported, "the workbook has a tag of over 50,000 attributes");
        return -1;
      }
    }
    return static_cast<int>(*got);
  }

  std::unique_ptr<ArchivePart> part_;
  int equals_ = 0;  // since the last tag began
  std::optional<Error> error_;
};

class LibxmlReader : public XmlReader {
 public:
  LibxmlReader(std::string part_name, std::unique_ptr<ArchivePart> part)
      : part_name_(std::move(part_name)),
        input_(std::move(part)),
        reader_(xmlReaderForIO(
            Input::read, nullptr, &input_, nullptr, nullptr,
            XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)) {
    // Errors end the reading and are told then; by itself libxml2 prints them.
    if (reader_ != nullptr) {
      xmlTextReaderSetStructuredErrorHandler(
          reader_.get(), [](void*, xmlErrorPtr) {}, nullptr);
    }
  }

  Result<Node> next() override {
    if (has_empty_element_) {
      has_empty_element_ = false;
      return Node::kElementEnd;
    }
    while (true) {
      const int code = reader_ == nullptr ? -1 : xmlTextReaderRead(reader_.get());
      if (code < 0) return broken();
      if (code == 0) return Node::kEnd;
      const int type = xmlTextReaderNodeType(reader_.get());
      if (type == XML_READER_TYPE_DOCUMENT_TYPE || type == XML_READER_TYPE_ENTITY_REFERENCE) {
        return refused("declares a document type, as no workbook does");
      }
      if (depth() > kDeepest) return refused("has too many elements within one another");
      if (type == XML_READER_TYPE_ELEMENT) {
        has_empty_element_ = xmlTextReaderIsEmptyElement(reader_.get()) == 1;
        return Node::kElement;
      }
      if (type == XML_READER_TYPE_END_ELEMENT) return Node::kElementEnd;
      if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
          type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE || type == XML_READER_TYPE_WHITESPACE) {
        return Node::kText;
      }
    }
  }

  [[nodiscard]] std::string_view name() const override {
    return view_of(xmlTextReaderConstLocalName(reader_.get()));
  }
  [[nodiscard]] int depth() const override { return xmlTextReaderDepth(reader_.get()); }
  [[nodiscard]] std::string_view text() const override {
    return view_of(xmlTextReaderConstValue(reader_.get()));
  }

  [[nodiscard]] std::string attribute(const char* name) const override {
    std::string value;
    while (xmlTextReaderMoveToNextAttribute(reader_.get()) == 1) {
      if (view_of(xmlTextReaderConstLocalName(reader_.get())) != name) continue;
      value = view_of(xmlTextReaderConstValue(reader_.get()));
      break;
    }
    xmlTextReaderMoveToElement(reader_.get());
    return value;
  }

 private:
  [[nodiscard]] Error broken() const {
    if (input_.error().has_value()) return *input_.error();
    const int line = reader_ == nullptr ? 0 : xmlTextReaderGetParserLineNumber(reader_.get());
    return fail(Error::Kind::kCorrupt,
                fmt::format("the workbook is damaged: {}, line {}: the XML is broken", part_name_,
                            std::max(1, line)));
  }
  [[nodiscard]] Error refused(std::string_view what) const {
    return fail(Error::Kind::kUnsupported, fmt::format("the workbook's {} {}", part_name_, what));
  }

  std::string part_name_;
  Input input_;
  std::unique_ptr<xmlTextReader, ReaderDeleter> reader_;
  bool has_empty_element_ = false;
};

}  // namespace

std::unique_ptr<XmlReader> XmlReader::open(std::string name, std::unique_ptr<ArchivePart> part) {
  return std::make_unique<LibxmlReader>(std::move(name), std::move(part));
}

}  // namespace needledrop
