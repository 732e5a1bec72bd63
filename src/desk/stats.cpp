#include "desk/stats.h"

#include <filesystem>
#include <string>
#include <system_error>

#include "desk/desk.h"
#include "index/quarantine.h"

namespace needledrop {
namespace {

std::uint64_t bytes_of_file(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return error ? 0 : size;
}

std::uint64_t bytes_under(const std::string& directory) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (std::filesystem::directory_iterator it(directory, error), end; !error && it != end;
       it.increment(error)) {
    bytes += bytes_of_file(it->path().string());
  }
  return bytes;
}

}  // namespace

double DeskStats::index_bytes_per_hour() const {
  const double hours = static_cast<double>((recorded + broadcast).count()) / 3'600'000.0;
  return hours > 0 ? static_cast<double>(index_bytes) / hours : 0;
}

Result<DeskStats> measure_desk(Desk& desk) {
  DeskStats stats;
  ND_TRY_ASSIGN(const auto recordings, desk.catalogue().recordings());
  ND_TRY_ASSIGN(const auto episodes, desk.catalogue().episodes());
  ND_TRY_ASSIGN(const auto productions, desk.catalogue().productions());
  ND_TRY_ASSIGN(const auto files, desk.catalogue().episode_files());
  stats.recordings = recordings.size();
  stats.episodes = episodes.size();
  stats.productions = productions.size();
  for (const Recording& recording : recordings) stats.recorded += recording.duration;
  for (const EpisodeFile& file : files) {
    stats.broadcast += file.duration;
    ND_TRY_ASSIGN(const auto run, desk.catalogue().run_of(file.id));
    if (run.has_value()) stats.spots += run->spots.size();
  }
  if (const auto index = desk.index(); index.has_value()) {
    stats.segments = (*index)->snapshot()->segment_count();
    stats.unreadable_segments = (*index)->unreadable().size();
  }
  stats.quarantine_bytes = bytes_under(quarantine_directory(desk.index_directory()));
  stats.index_bytes = bytes_under(desk.index_directory());
  stats.catalogue_bytes =
      bytes_of_file(desk.catalogue_path()) + bytes_of_file(desk.catalogue_path() + "-wal");
  return stats;
}

}  // namespace needledrop
