#include "desk/export_file.h"

#include <cerrno>
#include <cstdint>
#include <memory>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace needledrop {
namespace {

Result<void> write_new(FileSystem& files, const std::string& path, std::string_view text) {
  ND_TRY_ASSIGN(const auto file, files.create(path));
  ND_TRY(file->append({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
  ND_TRY(file->sync());
  return file->close();
}

bool is_no_regular_file(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

Result<void> write_through(const std::string& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  bool is_well = file >= 0;
  while (is_well && !text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    is_well = written > 0 || errno == EINTR;
  }
  const std::string reason = is_well ? "" : std::generic_category().message(errno);
  if (file >= 0) ::close(file);
  if (!is_well) return fail(Error::Kind::kIo, fmt::format("{}: {}", path, reason));
  return {};
}

}  // namespace

Result<void> save_export(FileSystem& files, const std::string& path, std::string_view bytes) {
  if (is_no_regular_file(path)) return write_through(path, bytes);
  const std::string temporary = fmt::format("{}.{}.part", path, ::getpid());
  Result<void> written = write_new(files, temporary, bytes);
  if (written.has_value()) written = files.rename(temporary, path);
  if (!written.has_value()) (void)files.remove(temporary);
  return written;
}

}  // namespace needledrop
