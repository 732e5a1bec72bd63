#include "spreadsheet/xlsx_archive.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <fmt/format.h>
#include <zip.h>

namespace needledrop {
namespace {

constexpr std::uint64_t kMostPartBytes = std::uint64_t{512} << 20;
constexpr std::uint64_t kHarmlessBytes = std::uint64_t{1} << 20;
constexpr std::uint64_t kMostRatio = 200;
constexpr std::uint64_t kMostParts = 10'000;
constexpr std::uint64_t kMostDirectoryBytes = std::uint64_t{4} << 20;

struct ArchiveDeleter {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct FileDeleter {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

std::uint32_t little_endian(std::string_view bytes, std::size_t at, std::size_t width) {
  std::uint32_t value = 0;
  for (std::size_t i = width; i-- > 0;) {
    value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

/// libzip reads the whole directory, and believes what any record at the end says of its size. The
/// record is described in APPNOTE.TXT, 4.3.16.
bool has_large_directory(std::string_view bytes) {
  constexpr std::string_view kEndRecord = "PK\5\6";
  constexpr std::size_t kRecordBytes = 22;
  constexpr std::size_t kFarthest = 65'535 + kRecordBytes;
  const std::string_view tail = bytes.substr(bytes.size() - std::min(bytes.size(), kFarthest));
  for (std::size_t at = tail.find(kEndRecord); at != std::string_view::npos;
       at = tail.find(kEndRecord, at + 1)) {
    if (at + kRecordBytes > tail.size()) break;
    if (little_endian(tail, at + 10, 2) > kMostParts ||
        little_endian(tail, at + 12, 4) > kMostDirectoryBytes) {
      return true;
    }
  }
  return false;
}

class ZipPart : public ArchivePart {
 public:
  ZipPart(std::string name, std::unique_ptr<zip_file_t, FileDeleter> file,
          std::uint64_t packed_bytes)
      : name_(std::move(name)), file_(std::move(file)), packed_bytes_(packed_bytes) {}

  Result<std::size_t> read(std::span<char> bytes) override {
    const zip_int64_t got = zip_fread(file_.get(), bytes.data(), bytes.size());
    if (got < 0) {
      return fail(Error::Kind::kCorrupt, fmt::format("the workbook is damaged: {}: {}", name_,
                                                     zip_file_strerror(file_.get())));
    }
    read_ += static_cast<std::uint64_t>(got);
    if (read_ > kMostPartBytes || (read_ > kHarmlessBytes && read_ / kMostRatio > packed_bytes_)) {
      return fail(Error::Kind::kUnsupported,
                  fmt::format("the workbook unpacks to far more than it should: {}", name_));
    }
    return static_cast<std::size_t>(got);
  }

 private:
  std::string name_;
  std::unique_ptr<zip_file_t, FileDeleter> file_;
  std::uint64_t packed_bytes_;
  std::uint64_t read_ = 0;
};

class ZipArchive : public XlsxArchive {
 public:
  explicit ZipArchive(std::unique_ptr<zip_t, ArchiveDeleter> archive, std::uint64_t bytes)
      : archive_(std::move(archive)), bytes_(bytes) {}

  [[nodiscard]] bool has(const std::string& name) const override {
    return zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE) >= 0;
  }

  Result<std::unique_ptr<ArchivePart>> open_part(const std::string& name) override {
    zip_stat_t status;
    zip_stat_init(&status);
    if (zip_stat(archive_.get(), name.c_str(), ZIP_FL_NOCASE, &status) != 0) {
      return fail(Error::Kind::kCorrupt, fmt::format("the workbook has no {}", name));
    }
    std::unique_ptr<zip_file_t, FileDeleter> file(
        zip_fopen(archive_.get(), name.c_str(), ZIP_FL_NOCASE));
    if (file == nullptr) {
      return fail(Error::Kind::kCorrupt, fmt::format("the workbook is damaged: {}: {}", name,
                                                     zip_strerror(archive_.get())));
    }
    const std::uint64_t packed = (status.valid & ZIP_STAT_COMP_SIZE) != 0 ? status.comp_size : 0;
    return std::unique_ptr<ArchivePart>(
        std::make_unique<ZipPart>(name, std::move(file), std::min(packed, bytes_)));
  }

 private:
  std::unique_ptr<zip_t, ArchiveDeleter> archive_;
  std::uint64_t bytes_;
};

}  // namespace

Result<std::unique_ptr<XlsxArchive>> XlsxArchive::open(std::string_view bytes) {
  if (has_large_directory(bytes)) {
    return fail(Error::Kind::kUnsupported, "the archive has more parts than any workbook");
  }
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  const std::string reason = archive == nullptr ? zip_error_strerror(&error) : "";
  zip_error_fini(&error);
  if (archive == nullptr) {
    zip_source_free(source);
    return fail(Error::Kind::kCorrupt, fmt::format("the workbook is damaged: {}", reason));
  }
  return std::unique_ptr<XlsxArchive>(
      std::make_unique<ZipArchive>(std::unique_ptr<zip_t, ArchiveDeleter>(archive), bytes.size()));
}

}  // namespace needledrop
