#include "index/manifest.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "base/digest.h"

namespace needledrop {
namespace {

constexpr std::string_view kTitle = "needledrop index ";
constexpr std::string_view kVersion = "1";
constexpr std::string_view kSegmentPrefix = "segment-";
constexpr std::string_view kNewManifest = "manifest.new";

Error corrupt(std::string_view what) {
  return fail(Error::Kind::kCorrupt, std::string(what));
}

std::span<const std::uint8_t> as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string checksum_line(std::string_view text) {
  return fmt::format("checksum {:016x}\n", checksum(as_bytes(text)));
}

/// Takes text up to `end` off the front of `text`, and `end` with it; nothing if there is no `end`.
std::optional<std::string_view> take_until(std::string_view& text, char end) {
  const auto at = text.find(end);
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  const auto taken = text.substr(0, at);
  text.remove_prefix(at + 1);
  return taken;
}

template <typename Number>
bool parse_number(std::string_view text, Number& number, int base = 10) {
  const auto* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number, base);
  return parsed.ec == std::errc() && parsed.ptr == end;
}

/// The line's words after its first, if that is `name`.
std::optional<std::string_view> words_after(std::string_view line, std::string_view name) {
  if (!line.starts_with(name) || line.size() <= name.size() || line[name.size()] != ' ') {
    return std::nullopt;
  }
  return line.substr(name.size() + 1);
}

bool parse_segment(std::string_view words, Manifest::SegmentRow& row) {
  const auto number = take_until(words, ' ');
  const auto size = take_until(words, ' ');
  return number && size && parse_number(*number, row.number) && parse_number(*size, row.size) &&
         parse_number(words, row.footer_checksum, 16);
}

bool parse_removed(std::string_view words, std::vector<SourceId>& removed) {
  while (true) {
    const auto word = take_until(words, ' ');
    std::uint32_t id = 0;
    if (!parse_number(word.value_or(words), id)) {
      return false;
    }
    removed.emplace_back(id);
    if (!word) {
      return true;
    }
  }
}

bool parse_line(std::string_view line, Manifest& manifest) {
  if (const auto words = words_after(line, "generation")) {
    return parse_number(*words, manifest.generation);
  }
  if (const auto words = words_after(line, "segment")) {
    return parse_segment(*words, manifest.segments.emplace_back());
  }
  const auto words = words_after(line, "removed");
  return words && parse_removed(*words, manifest.removed);
}

bool is_consistent(const Manifest& manifest) {
  const auto not_less = [](const auto& a, const auto& b) { return a >= b; };
  const auto same_or_less = [](const auto& a, const auto& b) { return a.number >= b.number; };
  return std::ranges::adjacent_find(manifest.removed, not_less) == manifest.removed.end() &&
         std::ranges::adjacent_find(manifest.segments, same_or_less) == manifest.segments.end() &&
         (manifest.segments.empty() || manifest.segments.back().number <= manifest.generation);
}

/// The files of ours in the directory that `manifest` does not name.
std::vector<std::string> leftovers_of(const std::vector<std::string>& names,
                                      const Manifest& manifest) {
  std::vector<std::string> leftovers;
  for (const std::string& name : names) {
    const bool is_named = std::ranges::any_of(
        manifest.segments, [&](const auto& row) { return segment_name(row.number) == name; });
    if (name == kNewManifest || (name.starts_with(kSegmentPrefix) && !is_named)) {
      leftovers.push_back(name);
    }
  }
  return leftovers;
}

/// Is there a segment in a directory that has no manifest?
Result<bool> has_orphans(FileSystem& files, const std::string& directory) {
  const auto names = files.list(directory);
  if (!names.has_value()) {
    if (names.error().kind == Error::Kind::kNotFound) {
      return false;
    }
    return names.error();
  }
  return std::ranges::any_of(
      *names, [](const std::string& name) { return name.starts_with(kSegmentPrefix); });
}

}  // namespace

std::string encode_manifest(const Manifest& manifest) {
  std::string text = fmt::format("{}{}\ngeneration {}\n", kTitle, kVersion, manifest.generation);
  for (const auto& row : manifest.segments) {
    fmt::format_to(std::back_inserter(text), "segment {} {} {:016x}\n", row.number, row.size,
                   row.footer_checksum);
  }
  if (!manifest.removed.empty()) {
    text += "removed";
    for (const SourceId id : manifest.removed) {
      fmt::format_to(std::back_inserter(text), " {}", id.value);
    }
    text += '\n';
  }
  return text + checksum_line(text);
}

Result<Manifest> parse_manifest(std::string_view text) {
  const std::size_t checksum_size = checksum_line("").size();
  if (!text.starts_with(kTitle) || text.size() < checksum_size) {
    return corrupt("not a manifest");
  }
  std::string_view lines = text.substr(0, text.size() - checksum_size);
  if (text.substr(lines.size()) != checksum_line(lines)) {
    return corrupt("wrong checksum");
  }
  const auto title = take_until(lines, '\n');
  if (const auto version =
          title.value_or("").substr(std::min(kTitle.size(), title.value_or("").size()));
      version != kVersion) {
    return fail(Error::Kind::kUnsupported,
                fmt::format("index format {}, this program reads {}", version, kVersion));
  }
  Manifest manifest;
  while (!lines.empty()) {
    const auto line = take_until(lines, '\n');
    if (!line || !parse_line(*line, manifest)) {
      return corrupt("an unreadable line");
    }
  }
  if (!is_consistent(manifest) || encode_manifest(manifest) != text) {
    return corrupt("contradicts itself");
  }
  return manifest;
}

Result<Manifest> read_manifest(FileSystem& files, const std::string& directory) {
  const std::string path = manifest_path(directory);
  auto file = files.map(path);
  if (!file.has_value() && file.error().kind == Error::Kind::kNotFound) {
    ND_TRY_ASSIGN(const bool orphans, has_orphans(files, directory));
    if (!orphans) {
      return Manifest{};
    }
    file = files.map(path);  // another process may just have made the first one
    if (!file.has_value() && file.error().kind == Error::Kind::kNotFound) {
      return fail(Error::Kind::kCorrupt, path + ": missing, yet there are segments");
    }
  }
  if (!file.has_value()) {
    return file.error();
  }
  const auto bytes = (*file)->bytes();
  auto manifest = parse_manifest({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (!manifest.has_value()) {
    return manifest.error().in(path);
  }
  return manifest;
}

Result<void> commit_manifest(FileSystem& files, const std::string& directory,
                             const Manifest& manifest) {
  const std::string unfinished = fmt::format("{}/{}", directory, kNewManifest);
  ND_TRY_ASSIGN(const auto file, files.create(unfinished));
  ND_TRY(file->append(as_bytes(encode_manifest(manifest))));
  ND_TRY(file->sync());
  ND_TRY(file->close());
  ND_TRY(files.rename(unfinished, manifest_path(directory)));
  return files.sync_directory(directory);
}

std::string segment_name(std::uint64_t number) {
  return fmt::format("{}{:08}", kSegmentPrefix, number);
}

std::optional<std::uint64_t> segment_number(std::string_view name) {
  if (!name.starts_with(kSegmentPrefix)) return std::nullopt;
  name.remove_prefix(kSegmentPrefix.size());
  std::uint64_t number = 0;
  if (!parse_number(name.substr(0, name.find('.')), number)) return std::nullopt;
  return number;
}

std::string manifest_path(const std::string& directory) {
  return directory + "/manifest";
}

Result<void> remove_leftovers(FileSystem& files, const std::string& directory,
                              const Manifest& manifest) {
  ND_TRY_ASSIGN(const auto names, files.list(directory));
  for (const std::string& name : leftovers_of(names, manifest)) {
    ND_TRY(files.remove(fmt::format("{}/{}", directory, name)));
  }
  return {};
}

}  // namespace needledrop
