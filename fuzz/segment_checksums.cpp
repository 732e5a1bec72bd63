#include "segment_checksums.h"

#include <algorithm>

#include "base/digest.h"
#include "index/bytes.h"
#include "index/segment_format.h"

namespace needledrop {
namespace {

/// A segment's bytes under repair; ranges that are not in the file are passed over.
class Repair {
 public:
  explicit Repair(std::vector<std::uint8_t> bytes) : bytes_(std::move(bytes)) {}

  [[nodiscard]] std::uint64_t size() const { return bytes_.size(); }
  [[nodiscard]] bool holds(std::uint64_t at, std::uint64_t size) const {
    return at <= bytes_.size() && size <= bytes_.size() - at;
  }
  template <typename T>
  [[nodiscard]] T number(std::uint64_t at) const {
    return holds(at, sizeof(T)) ? load<T>(bytes_.data() + at) : T{0};
  }
  /// Writes the checksum of [at, at + size) to `to`.
  void put(std::uint64_t at, std::uint64_t size, std::uint64_t to) {
    if (holds(at, size) && holds(to, kChecksumSize)) {
      Bytes sum;
      append(sum, checksum(std::span(bytes_).subspan(at, size)));
      std::ranges::copy(sum, bytes_.begin() + static_cast<std::ptrdiff_t>(to));
    }
  }
  /// Of a block that ends in its checksum.
  void put_last(std::uint64_t at, std::uint64_t size) {
    if (size >= kChecksumSize && holds(at, size)) {
      put(at, size - kChecksumSize, at + size - kChecksumSize);
    }
  }
  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  std::vector<std::uint8_t> bytes_;
};

void repair_page(Repair& file, std::uint64_t page_at, std::size_t count) {
  const auto base = file.number<std::uint64_t>(page_at);
  std::uint32_t start = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto end = file.number<std::uint32_t>(page_at + 8 + 8 * i + 4);
    if (base < file.size() && start < end) {
      file.put_last(base + start, end - start);
    }
    start = end;
  }
  file.put_last(page_at, directory_size(count));
}

}  // namespace

std::vector<std::uint8_t> with_checksums(std::vector<std::uint8_t> bytes) {
  Repair file(std::move(bytes));
  if (file.size() < kHeaderSize + kFooterSize) {
    return file.take();
  }
  const std::uint64_t footer = file.size() - kFooterSize;
  const auto sources = file.number<std::uint32_t>(footer + 8);
  const auto directory_at = file.number<std::uint64_t>(footer + 24);
  const auto root_at = file.number<std::uint64_t>(footer + 32);
  const auto sources_at = file.number<std::uint64_t>(footer + 40);
  file.put_last(0, kHeaderSize);
  for (std::uint64_t i = 0; i < std::min<std::uint64_t>(sources, 1'000); ++i) {
    const std::uint64_t row = sources_at + i * kSourceSize;
    file.put_last(file.number<std::uint64_t>(row + 16), file.number<std::uint32_t>(row + 12));
  }
  std::size_t blocks = blocks_of(std::min(file.number<std::uint64_t>(footer), 8 * file.size()));
  for (std::uint64_t page = directory_at; blocks > 0 && file.holds(page, 8);) {
    const std::size_t count = std::min(blocks, kPageBlocks);
    repair_page(file, page, count);
    page += directory_size(count);
    blocks -= count;
  }
  file.put(root_at, sources_at - root_at, footer + 48);
  file.put(sources_at, std::uint64_t{sources} * kSourceSize, footer + 56);
  file.put(footer, 64, footer + 64);
  return file.take();
}

}  // namespace needledrop
