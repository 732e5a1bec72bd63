#include "desk/recording_commit.h"

#include <algorithm>
#include <utility>

#include "desk/desk.h"
#include "fingerprint/fingerprinter.h"

namespace needledrop {
namespace {

/// What a group of recordings comes to once the catalogue was asked under the lock.
struct Sorted {
  std::vector<NewSource> sources;
  std::vector<Recording> fresh;
  std::vector<Recording> mended;  // in the catalogue, lost from the index
  std::vector<Recording> known;
};

NewSource source_of(const Recording& recording, PeakList peaks) {
  NewSource source;
  source.entry = {recording.id, SourceKind::kRecording, recording.digest, peaks.length};
  source.fingerprint = recording_fingerprint(peaks);
  source.peaks = std::move(peaks);
  return source;
}

Result<Sorted> sort_out(Catalogue& catalogue, const Index& index,
                        std::vector<HeardRecording> heard) {
  const auto snapshot = index.snapshot();
  const bool is_all_readable = index.unreadable().empty();
  Sorted sorted;
  std::vector<PeakList> fresh_peaks;
  for (HeardRecording& one : heard) {
    ND_TRY_ASSIGN(auto known, catalogue.recording_of(one.recording.digest));
    if (!known.has_value()) {
      sorted.fresh.push_back(std::move(one.recording));
      fresh_peaks.push_back(std::move(one.peaks));
    } else if (snapshot->find(known->id) != nullptr || !is_all_readable) {
      sorted.known.push_back(std::move(*known));
    } else {
      sorted.sources.push_back(source_of(*known, std::move(one.peaks)));
      sorted.mended.push_back(std::move(*known));
    }
  }
  ND_TRY_ASSIGN(const std::vector<SourceId> ids, catalogue.reserve_sources(sorted.fresh.size()));
  for (std::size_t i = 0; i < sorted.fresh.size(); ++i) {
    sorted.fresh[i].id = ids[i];
    sorted.sources.push_back(source_of(sorted.fresh[i], std::move(fresh_peaks[i])));
  }
  std::ranges::sort(sorted.sources, {}, [](const NewSource& s) { return s.entry.id; });
  return sorted;
}

}  // namespace

Result<CommittedRecordings> commit_recordings(Desk& desk, std::vector<HeardRecording> heard) {
  if (heard.empty()) return CommittedRecordings{};
  ND_TRY_ASSIGN(const auto writer, desk.writer());
  ND_TRY_ASSIGN(Index* const index, desk.index());
  ND_TRY_ASSIGN(Sorted sorted, sort_out(desk.catalogue(), *index, std::move(heard)));
  if (!sorted.sources.empty()) ND_TRY(writer->add(sorted.sources));
  if (!sorted.fresh.empty()) {
    if (auto stored = desk.catalogue().add_recordings(sorted.fresh); !stored.has_value()) {
      // What the catalogue does not know does not exist. Should this fail too, the next opening of
      // the desk does it.
      std::vector<SourceId> ids;
      for (const Recording& recording : sorted.fresh) ids.push_back(recording.id);
      (void)writer->remove(ids);
      return stored.error();
    }
  }
  CommittedRecordings committed{std::move(sorted.mended), std::move(sorted.known)};
  std::ranges::move(sorted.fresh, std::back_inserter(committed.added));
  std::ranges::sort(committed.added, {}, &Recording::id);
  return committed;
}

}  // namespace needledrop
