#include "index/manifest_rebuild.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "fingerprint/parameters.h"
#include "index/quarantine.h"
#include "index/segment.h"

namespace needledrop {
namespace {

/// No generation that was ever written is larger; a damaged number may be.
constexpr std::uint64_t kMostGenerations = std::uint64_t{1} << 48;

/// The numbers of the segments' files in a folder, ascending.
Result<std::vector<std::uint64_t>> numbers_in(FileSystem& files, const std::string& folder) {
  std::vector<std::uint64_t> numbers;
  const auto names = files.list(folder);
  if (!names.has_value()) {
    if (names.error().kind == Error::Kind::kNotFound) return numbers;
    return names.error();
  }
  for (const std::string& name : *names) {
    if (const auto number = segment_number(name)) numbers.push_back(*number);
  }
  std::ranges::sort(numbers);
  return numbers;
}

/// What a damaged manifest says of its generation, for what it is worth: 0 when nothing.
Result<std::uint64_t> damaged_generation(FileSystem& files, const std::string& directory) {
  const auto file = files.map(manifest_path(directory));
  if (!file.has_value()) {
    if (file.error().kind == Error::Kind::kNotFound) return std::uint64_t{0};
    return file.error();
  }
  const auto bytes = (*file)->bytes();
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  constexpr std::string_view kLine = "\ngeneration ";
  const auto at = text.find(kLine);
  std::uint64_t generation = 0;
  if (at == std::string_view::npos) return generation;
  const std::string_view number = text.substr(at + kLine.size());
  std::from_chars(number.data(), number.data() + number.size(), generation);
  return generation <= kMostGenerations ? generation : 0;
}

class ManifestRebuild {
 public:
  ManifestRebuild(FileSystem& files, const std::string& directory,
                  std::span<const KnownSource> known)
      : files_(files), directory_(directory), known_(known) {}

  Result<Manifest> run() {
    ND_TRY_ASSIGN(auto numbers, numbers_in(files_, directory_));
    ND_TRY_ASSIGN(const auto quarantined, numbers_in(files_, quarantine_directory(directory_)));
    ND_TRY_ASSIGN(std::uint64_t generation, damaged_generation(files_, directory_));
    if (!numbers.empty()) generation = std::max(generation, numbers.back());
    if (!quarantined.empty()) generation = std::max(generation, quarantined.back());
    manifest_.generation = generation + 1;
    // What a merge has left behind is in a newer segment.
    std::ranges::reverse(numbers);
    for (const std::uint64_t number : numbers) ND_TRY(take(number));
    std::ranges::sort(manifest_.segments);
    std::ranges::sort(manifest_.removed);
    return manifest_;
  }

 private:
  [[nodiscard]] bool is_known(SourceId id) const {
    return std::ranges::binary_search(known_, id, {}, &KnownSource::id);
  }

  Result<void> take(std::uint64_t number) {
    const std::string path = directory_ + "/" + segment_name(number);
    ND_TRY_ASSIGN(const auto file, files_.map(path));
    const auto segment = Segment::open(files_, path, parameters_digest());
    if (!segment.has_value() && segment.error().kind == Error::Kind::kIo) return segment.error();
    const std::uint64_t size = file->bytes().size();
    if (!segment.has_value() || !(*segment)->verify().empty()) {
      // Whatever checksum: a repair looks into it, as into any damaged file.
      manifest_.segments.push_back(
          {number, size, segment.has_value() ? (*segment)->footer_checksum() : 0});
      return {};
    }
    take_whole({number, size, (*segment)->footer_checksum()}, **segment);
    return {};
  }

  void take_whole(Manifest::SegmentRow row, const Segment& segment) {
    std::vector<SourceId> fresh;
    std::vector<SourceId> unknown;
    std::size_t held = 0;
    for (const SourceEntry& entry : segment.sources()) {
      if (!is_known(entry.id)) {
        unknown.push_back(entry.id);
      } else if (held_.contains(entry.id)) {
        ++held;
      } else {
        fresh.push_back(entry.id);
      }
    }
    if (fresh.empty()) return;
    if (held > 0) {
      // No source may be in two segments: named as another file, it is salvaged for the rest.
      row.footer_checksum = ~row.footer_checksum;
    } else {
      held_.insert(fresh.begin(), fresh.end());
      manifest_.removed.insert(manifest_.removed.end(), unknown.begin(), unknown.end());
    }
    manifest_.segments.push_back(row);
  }

  FileSystem& files_;
  const std::string& directory_;
  std::span<const KnownSource> known_;
  std::set<SourceId> held_;  // by whole segments
  Manifest manifest_;
};

}  // namespace

Result<Manifest> rebuild_manifest(FileSystem& files, const std::string& directory,
                                  std::span<const KnownSource> known) {
  return ManifestRebuild(files, directory, known).run();
}

}  // namespace needledrop
