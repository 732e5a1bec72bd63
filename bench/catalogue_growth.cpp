#include "catalogue_growth.h"

#include <algorithm>
#include <optional>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/worker_pool.h"
#include "desk/desk.h"
#include "fingerprint/fingerprinter.h"
#include "fingerprint/parameters.h"
#include "index/block_shuffler.h"

namespace needledrop {
namespace {

constexpr std::size_t kBatch = 500;  // recordings a segment
constexpr std::size_t kAlbumSize = 12;

void operator+=(Elapsed& sum, const Elapsed& more) {
  sum.wall += more.wall;
  sum.cpu += more.cpu;
}

struct RealRecordings {
  std::vector<Recording> rows;
  std::vector<PeakList> lists;
};

Result<RealRecordings> real_recordings(FileSystem& files, const std::string& directory) {
  ND_TRY_ASSIGN(Desk desk, Desk::open(files, system_clock(), directory, Desk::Purpose::kUse));
  ND_TRY_ASSIGN(Index* const index, desk.index());
  RealRecordings real;
  ND_TRY_ASSIGN(real.rows, desk.catalogue().recordings());
  std::ranges::sort(real.rows, {}, &Recording::id);
  for (const Recording& row : real.rows) {
    ND_TRY_ASSIGN(PeakList list, index->snapshot()->peaks(row.id));
    real.lists.push_back(std::move(list));
  }
  if (real.rows.empty()) return fail(Error::Kind::kNotFound, directory + ": no recordings");
  return real;
}

/// For each place in the new desk the real recording that goes there, or none.
std::vector<std::optional<std::size_t>> hiding_places(std::size_t real, std::size_t places,
                                                      std::uint32_t seed) {
  std::vector<std::optional<std::size_t>> hidden(places);
  for (std::size_t i = 0; i < real; ++i) hidden[i] = i;
  std::mt19937_64 random(seed);
  for (std::size_t i = places - 1; i > 0; --i) std::swap(hidden[i], hidden[random() % (i + 1)]);
  return hidden;
}

Recording made_up_row(std::size_t number, Tick length) {
  Recording row;
  row.title = fmt::format("made up {:06}", number);
  row.album = fmt::format("made up {:05}", number / kAlbumSize);
  row.version = "original";
  row.paths = {fmt::format("made-up/{:05}/{:06}", number / kAlbumSize, number)};
  row.duration = Milliseconds(static_cast<std::int64_t>(length.value * kTickSeconds * 1'000));
  Digester digester;
  digester.update({reinterpret_cast<const std::uint8_t*>(row.title.data()), row.title.size()});
  row.digest = digester.digest();
  return row;
}

class Grower {
 public:
  Grower(const GrowthPlan& plan, const RealRecordings& real, Desk& desk)
      : plan_(plan),
        real_(real),
        desk_(desk),
        shuffler_(real.lists, plan.seed),
        hidden_(hiding_places(real.rows.size(), plan.recordings, plan.seed)) {
    growth_.real = real.rows.size();
  }

  Result<Growth> run() {
    for (std::size_t first = 0; first < hidden_.size(); first += kBatch) {
      Batch batch = make(first, std::min(first + kBatch, hidden_.size()));
      ND_TRY(store(batch));
      ND_TRY_ASSIGN(const MergeCost merged, merge(false));
      growth_.tiered.merges += merged.merges;
      growth_.tiered.bytes += merged.bytes;
      growth_.tiered.elapsed += merged.elapsed;
    }
    // Made-up recordings have no versions to be looked for.
    ND_TRY_ASSIGN(const auto unaligned, desk_.catalogue().unaligned_recordings());
    ND_TRY(desk_.catalogue().store_relations(unaligned, {}));
    ND_TRY_ASSIGN(Index* const index, desk_.index());
    growth_.segments = index->snapshot()->segment_count();
    ND_TRY_ASSIGN(growth_.all, merge(true));
    const auto snapshot = index->snapshot();
    growth_.segments_left = snapshot->segment_count();
    growth_.bytes = snapshot->size();
    growth_.postings = snapshot->posting_count();
    return growth_;
  }

 private:
  struct Batch {
    std::vector<NewSource> sources;
    std::vector<Recording> rows;
  };

  Batch make(std::size_t first, std::size_t last) {
    const Stopwatch watch;
    Batch batch;
    for (std::size_t i = first; i < last; ++i) {
      NewSource source;
      source.peaks = hidden_[i].has_value() ? real_.lists[*hidden_[i]] : shuffler_.next();
      batch.rows.push_back(hidden_[i].has_value() ? real_.rows[*hidden_[i]]
                                                  : made_up_row(i, source.peaks.length));
      source.entry.digest = batch.rows.back().digest;
      source.entry.length = source.peaks.length;
      growth_.hours += source.peaks.length.value * kTickSeconds / 3'600;
      batch.sources.push_back(std::move(source));
    }
    parallel_for(batch.sources.size(), plan_.threads, [&](std::size_t i) {
      batch.sources[i].fingerprint = recording_fingerprint(batch.sources[i].peaks);
    });
    growth_.making += watch.elapsed();
    return batch;
  }

  Result<void> store(Batch& batch) {
    ND_TRY_ASSIGN(const auto ids, desk_.catalogue().reserve_sources(batch.sources.size()));
    for (std::size_t i = 0; i < ids.size(); ++i) {
      batch.sources[i].entry.id = ids[i];
      batch.rows[i].id = ids[i];
      batch.rows[i].production = 0;
    }
    ND_TRY_ASSIGN(const auto writer, desk_.writer());
    const Stopwatch ingesting;
    ND_TRY(writer->add(batch.sources));
    growth_.ingest += ingesting.elapsed();
    const Stopwatch cataloguing;
    ND_TRY(desk_.catalogue().add_recordings(batch.rows));
    growth_.cataloguing += cataloguing.elapsed();
    return {};
  }

  Result<MergeCost> merge(bool all) {
    MergeCost cost;
    ND_TRY_ASSIGN(const auto writer, desk_.writer());
    const Stopwatch watch;
    while (true) {
      ND_TRY_ASSIGN(const MergeDone done, writer->merge({.all = all}));
      if (done.segments == 0) break;
      ++cost.merges;
      cost.bytes += done.bytes;
    }
    cost.elapsed = watch.elapsed();
    return cost;
  }

  const GrowthPlan& plan_;
  const RealRecordings& real_;
  Desk& desk_;
  BlockShuffler shuffler_;
  std::vector<std::optional<std::size_t>> hidden_;
  Growth growth_;
};

}  // namespace

Result<Growth> grow_catalogue(FileSystem& files, const GrowthPlan& plan) {
  ND_TRY_ASSIGN(const RealRecordings real, real_recordings(files, plan.from));
  if (plan.recordings < real.rows.size()) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("{} recordings are real already", real.rows.size()));
  }
  ND_TRY_ASSIGN(const bool is_there, files.exists(plan.to + "/catalogue.db"));
  if (is_there) return fail(Error::Kind::kInvalidArgument, plan.to + ": is there already");
  ND_TRY_ASSIGN(Desk desk, Desk::open(files, system_clock(), plan.to, Desk::Purpose::kCreate));
  return Grower(plan, real, desk).run();
}

}  // namespace needledrop
