#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

// Private to this folder.

namespace needledrop {

/// A part of an archive as it is unpacked. Ends with an error rather than grow beyond what a
/// workbook can be: 512 MB, or 1 MB at over 200 times its packed size.
class ArchivePart {
 public:
  virtual ~ArchivePart() = default;
  /// Fills the front of `bytes`; how many there were, 0 at the end.
  virtual Result<std::size_t> read(std::span<char> bytes) = 0;
};

/// The ZIP archive that an XLSX workbook is. Borrows its bytes. Not thread-safe.
class XlsxArchive {
 public:
  virtual ~XlsxArchive() = default;
  /// kCorrupt, or kUnsupported when it has more parts than any workbook.
  static Result<std::unique_ptr<XlsxArchive>> open(std::string_view bytes);

  [[nodiscard]] virtual bool has(const std::string& name) const = 0;
  /// A part by name, whatever the case. Lives no longer than the archive.
  virtual Result<std::unique_ptr<ArchivePart>> open_part(const std::string& name) = 0;
};

}  // namespace needledrop
