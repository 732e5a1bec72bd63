#include "desk/desk.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

namespace needledrop {
namespace {

bool may_write(const std::string& path) {
  return ::access(path.c_str(), W_OK) == 0;
}

/// A new catalogue beside an old index would mean: nothing exists, tombstone it all.
Result<void> refuse_lost_catalogue(FileSystem& files, const std::string& directory) {
  const auto names = files.list(directory + "/index");
  if (!names.has_value() || names->empty()) return {};
  return fail(Error::Kind::kCorrupt,
              fmt::format("{}/catalogue.db is missing though there is an index; put it back from a "
                          "backup, or move {}/index away to start anew",
                          directory, directory));
}

Result<bool> prepare(FileSystem& files, const std::string& directory, Desk::Purpose purpose) {
  ND_TRY_ASSIGN(const bool is_there, files.exists(directory + "/catalogue.db"));
  if (!is_there) {
    ND_TRY(refuse_lost_catalogue(files, directory));
    if (purpose != Desk::Purpose::kCreate) {
      return fail(Error::Kind::kNotFound,
                  fmt::format("no desk at {}; make one with: needledrop add PATH... (or name "
                              "another with --desk DIR)",
                              directory));
    }
    ND_TRY(files.create_directory(directory));
  }
  const bool writable =
      may_write(directory) && (!is_there || may_write(directory + "/catalogue.db"));
  if (!writable && purpose != Desk::Purpose::kUse) {
    return fail(Error::Kind::kIo,
                fmt::format("the desk {} is read-only; change its permissions, or name another "
                            "with --desk DIR",
                            directory));
  }
  return writable;
}

}  // namespace

Result<Desk> Desk::open(FileSystem& files, Clock& clock, const std::string& directory,
                        Purpose purpose) {
  ND_TRY_ASSIGN(const bool writable, prepare(files, directory, purpose));
  const auto mode = writable ? Catalogue::Mode::kReadWrite : Catalogue::Mode::kReadOnly;
  ND_TRY_ASSIGN(Catalogue catalogue, Catalogue::open(directory + "/catalogue.db", mode));
  return Desk(files, clock, directory, !writable, std::move(catalogue));
}

Desk::Desk(FileSystem& files, Clock& clock, std::string directory, bool read_only,
           Catalogue catalogue)
    : files_(&files),
      clock_(&clock),
      directory_(std::move(directory)),
      read_only_(read_only),
      catalogue_(std::move(catalogue)) {}

Result<Index*> Desk::index() {
  if (index_ != nullptr) {
    ND_TRY(index_->refresh());
    return index_.get();
  }
  ND_TRY_ASSIGN(index_, Index::open(*files_, index_directory()));
  // A failure here costs nothing: what the catalogue does not know is never shown, and the next
  // opening tries again.
  if (!read_only_) (void)tombstone_unknown();
  return index_.get();
}

Result<std::vector<SourceId>> Desk::unknown_sources() {
  ND_TRY_ASSIGN(const std::vector<SourceId> known, catalogue_.sources());
  std::vector<SourceId> unknown;
  for (const SourceEntry& entry : index_->snapshot()->sources()) {
    if (!std::ranges::binary_search(known, entry.id)) unknown.push_back(entry.id);
  }
  return unknown;
}

Result<void> Desk::tombstone_unknown() {
  ND_TRY_ASSIGN(const std::vector<SourceId> suspects, unknown_sources());
  if (suspects.empty()) return {};
  // Another process between its segment and its catalogue transaction looks the same: only under
  // its lock can they be told apart.
  auto writer = index_->writer(*clock_, std::chrono::milliseconds(0));
  if (!writer.has_value()) {
    if (writer.error().kind == Error::Kind::kBusy) return {};
    return writer.error();
  }
  ND_TRY_ASSIGN(const std::vector<SourceId> unknown, unknown_sources());
  if (!unknown.empty()) ND_TRY((*writer)->remove(unknown));
  return {};
}

Result<std::unique_ptr<IndexWriter>> Desk::writer(std::chrono::milliseconds wait) {
  ND_TRY_ASSIGN(Index* const index, this->index());
  return index->writer(*clock_, wait);
}

Result<std::vector<SourceId>> Desk::missing_sources() {
  // In this order a source that is being added meanwhile is not called missing.
  ND_TRY_ASSIGN(const std::vector<SourceId> known, catalogue_.sources());
  ND_TRY_ASSIGN(Index* const index, this->index());
  const auto snapshot = index->snapshot();
  std::vector<SourceId> missing;
  for (const SourceId id : known) {
    if (snapshot->find(id) == nullptr) missing.push_back(id);
  }
  return missing;
}

}  // namespace needledrop
