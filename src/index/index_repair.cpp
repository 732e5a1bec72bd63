#include "index/index_repair.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "fingerprint/fingerprinter.h"
#include "fingerprint/parameters.h"
#include "index/generation.h"
#include "index/manifest_rebuild.h"
#include "index/peak_block.h"
#include "index/quarantine.h"
#include "index/segment_builder.h"
#include "index/segment_directory.h"
#include "index/writer_lock.h"

namespace needledrop {
namespace {

/// Ticks of salvaged sources to a segment: 32 hours, whose postings take about 100 MB of memory
/// until they are written. Merging makes larger ones of them.
constexpr std::int64_t kSegmentTicks = std::int64_t{32} * 3'600'000 / 16;

Error stopped() {
  return fail(Error::Kind::kCancelled, "stopped; what was mended stays");
}

/// What is wrong with a segment, read from end to end; nothing when it is whole.
std::optional<Error> fault_of(const OpenedSegment& segment) {
  if (!segment.has_value()) return segment.error();
  std::vector<SegmentDamage> damage = (*segment)->verify();
  if (damage.empty()) return std::nullopt;
  return std::move(damage.front().error);
}

class IndexRepair {
 public:
  IndexRepair(FileSystem& files, const std::string& directory, const RepairOrder& order,
              std::vector<KnownSource> known, std::vector<SetAside>& done)
      : files_(files),
        directory_(files, directory),
        order_(order),
        known_(std::move(known)),
        done_(done) {}

  Result<void> run() {
    ND_TRY(files_.sync_directory(directory_.path()));
    ND_TRY(restore_manifest());
    ND_TRY(directory_.refresh());
    ND_TRY(remove_leftovers(files_, directory_.path(), directory_.newest()->manifest));
    // Mending leaves the other segments in their order, and puts new ones, whole, behind them.
    const std::vector<Manifest::SegmentRow> rows = directory_.newest()->manifest.segments;
    for (const auto& row : rows) bytes_ += static_cast<double>(row.size);
    for (const auto& row : rows) {
      if (order_.stop.stop_requested()) return stopped();
      ND_TRY(check(row));
      bytes_passed_ += static_cast<double>(row.size);
      order_.progress(bytes_passed_ / bytes_);
    }
    return {};
  }

 private:
  Result<void> restore_manifest();
  Result<void> check(const Manifest::SegmentRow& row);
  Result<void> replace(std::size_t place, Error error);
  Result<std::unique_ptr<MappedFile>> map(const std::string& path);
  [[nodiscard]] std::vector<SalvagedSource> salvage(std::span<const std::uint8_t> file,
                                                    const Generation& newest,
                                                    std::size_t place) const;
  Result<void> write(std::span<const SalvagedSource> sources, NextGeneration& next);
  Result<Manifest::SegmentRow> build(std::uint64_t number, std::span<const SalvagedSource> sources);

  FileSystem& files_;
  SegmentDirectory directory_;
  const RepairOrder& order_;
  std::vector<KnownSource> known_;
  std::vector<SetAside>& done_;
  double bytes_ = 0;         // of all segments
  double bytes_passed_ = 0;  // of those that are whole now
};

/// A manifest is in its place when this returns, unless there never was one.
Result<void> IndexRepair::restore_manifest() {
  auto manifest = read_manifest(files_, directory_.path());
  if (manifest.has_value()) return {};
  if (manifest.error().kind != Error::Kind::kCorrupt) return manifest.error();
  ND_TRY_ASSIGN(const Manifest made, rebuild_manifest(files_, directory_.path(), known_));
  const std::string path = manifest_path(directory_.path());
  ND_TRY_ASSIGN(const bool is_there, files_.exists(path));
  std::string kept_as;
  if (is_there) {
    ND_TRY_ASSIGN(kept_as, quarantine(files_, directory_.path(), "manifest"));
  }
  ND_TRY(commit_manifest(files_, directory_.path(), made));
  done_.push_back({path, std::move(manifest.error()), std::move(kept_as), {}});
  return {};
}

Result<void> IndexRepair::check(const Manifest::SegmentRow& row) {
  const auto newest = directory_.newest();
  const auto at = std::ranges::find(newest->manifest.segments, row);
  const auto place = static_cast<std::size_t>(at - newest->manifest.segments.begin());
  std::optional<Error> fault = fault_of(newest->segments[place]);
  if (!fault.has_value()) return {};
  ND_TRY_ASSIGN(const auto file, map(directory_.path_of(row.number)));
  if (file != nullptr && is_of_newer_format(file->bytes())) return {};
  return replace(place, std::move(*fault));
}

/// Null when there is no such file.
Result<std::unique_ptr<MappedFile>> IndexRepair::map(const std::string& path) {
  auto file = files_.map(path);
  if (!file.has_value() && file.error().kind == Error::Kind::kNotFound) {
    return std::unique_ptr<MappedFile>();
  }
  return file;
}

Result<void> IndexRepair::replace(std::size_t place, Error error) {
  const auto newest = directory_.newest();
  const std::uint64_t number = newest->manifest.segments[place].number;
  SetAside aside{directory_.path_of(number), std::move(error), "", {}};
  ND_TRY_ASSIGN(const auto file, map(aside.file));
  NextGeneration next(*newest);
  for (std::size_t i = 0; i < newest->segments.size(); ++i) {
    if (i != place) next.keep(i, newest->manifest.removed);
  }
  if (file != nullptr) {
    ND_TRY_ASSIGN(aside.kept_as, quarantine(files_, directory_.path(), segment_name(number)));
    const auto sources = salvage(file->bytes(), *newest, place);
    if (auto written = write(sources, next); !written.has_value()) {
      // No manifest names what was written: a full disk gets its room back.
      std::ignore = remove_leftovers(files_, directory_.path(), newest->manifest);
      return written;
    }
    for (const SalvagedSource& source : sources) aside.salvaged.push_back(source.entry.id);
  }
  const Manifest manifest = next.manifest();
  ND_TRY(directory_.commit(manifest, next.segments()));
  std::ignore = remove_leftovers(files_, directory_.path(), manifest);
  done_.push_back(std::move(aside));
  return {};
}

/// What of the segment exists, is not removed, and is in no other segment.
std::vector<SalvagedSource> IndexRepair::salvage(std::span<const std::uint8_t> file,
                                                 const Generation& newest,
                                                 std::size_t place) const {
  const Manifest& manifest = newest.manifest;
  auto sources = salvage_sources(file, manifest.segments[place].size, parameters_digest(), known_);
  std::erase_if(sources, [&](const SalvagedSource& source) {
    const SourceId id = source.entry.id;
    if (std::ranges::binary_search(manifest.removed, id)) return true;
    for (std::size_t i = 0; i < newest.segments.size(); ++i) {
      const OpenedSegment& other = newest.segments[i];
      if (i != place && other.has_value() && holds(**other, id)) return true;
    }
    return false;
  });
  return sources;
}

/// As segments of bounded length, behind those that `next` has.
Result<void> IndexRepair::write(std::span<const SalvagedSource> sources, NextGeneration& next) {
  std::uint64_t number = directory_.newest()->manifest.generation;
  while (!sources.empty()) {
    std::int64_t ticks = 0;
    std::size_t count = 0;
    while (count < sources.size() && (count == 0 || ticks < kSegmentTicks)) {
      ticks += sources[count++].entry.length.value;
    }
    ND_TRY_ASSIGN(const auto row, build(++number, sources.first(count)));
    ND_TRY_ASSIGN(auto segment, open_segment(files_, directory_.path_of(number), row));
    next.add(row, std::move(segment));
    sources = sources.subspan(count);
  }
  return {};
}

Result<Manifest::SegmentRow> IndexRepair::build(std::uint64_t number,
                                                std::span<const SalvagedSource> sources) {
  ND_TRY_ASSIGN(const auto file, files_.create(directory_.path_of(number)));
  SegmentBuilder builder(*file, parameters_digest());
  for (const SalvagedSource& salvaged : sources) {
    if (order_.stop.stop_requested()) return stopped();
    NewSource source;
    source.entry = salvaged.entry;
    ND_TRY_ASSIGN(source.peaks, decode_peaks(salvaged.peak_block));
    if (source.entry.kind == SourceKind::kRecording) {
      source.fingerprint = recording_fingerprint(source.peaks);
    }
    ND_TRY(builder.add(source));
  }
  ND_TRY(builder.finish());
  ND_TRY(directory_.make_durable(*file));
  return Manifest::SegmentRow{number, builder.size(), builder.footer_checksum()};
}

}  // namespace

Result<void> repair_index(FileSystem& files, const std::string& directory, Clock& clock,
                          const RepairOrder& order, std::vector<SetAside>& done) {
  ND_TRY(files.create_directory(directory));
  ND_TRY_ASSIGN(const auto lock, lock_for_writing(files, directory, clock, order.wait));
  ND_TRY_ASSIGN(std::vector<KnownSource> known, order.known());
  return IndexRepair(files, directory, order, std::move(known), done).run();
}

}  // namespace needledrop
