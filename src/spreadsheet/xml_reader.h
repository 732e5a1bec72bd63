#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "spreadsheet/xlsx_archive.h"

// Private to this folder.

namespace needledrop {

/// Goes through the XML of an archive's part node by node. Document types, and with them entities,
/// are refused; so is nesting beyond 64 elements. Names are without their namespaces: those of a
/// workbook are told apart by where they stand. Not thread-safe.
class XmlReader {
 public:
  enum class Node { kEnd, kElement, kElementEnd, kText };

  virtual ~XmlReader() = default;
  static std::unique_ptr<XmlReader> open(std::string name, std::unique_ptr<ArchivePart> part);

  /// The next element, its end (also that of an empty one) or text. Errors name the part and line.
  virtual Result<Node> next() = 0;
  /// Of the element. Valid until next().
  [[nodiscard]] virtual std::string_view name() const = 0;
  /// How many elements are around the node.
  [[nodiscard]] virtual int depth() const = 0;
  [[nodiscard]] virtual std::string_view text() const = 0;
  /// Of the element; "" when it has none.
  [[nodiscard]] virtual std::string attribute(const char* name) const = 0;
};

}  // namespace needledrop
