#include "index/snapshot.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "index/radix_sort.h"
#include "index/segment.h"

namespace needledrop {
namespace {

/// Probes looked up at a time in all segments: few enough that the blocks of their postings are
/// still in the cache when these are read.
constexpr std::size_t kSweep = 256;

struct PlacedProbe {
  Hash hash;
  std::uint32_t place = 0;  // in the batch
};

/// A batch's probes by ascending hash.
struct SortedProbes {
  std::vector<Hash> hashes;
  std::vector<std::uint32_t> places;
};

SortedProbes sorted_by_hash(std::span<const Hash> probes) {
  std::vector<PlacedProbe> placed(probes.size());
  for (std::size_t i = 0; i < probes.size(); ++i) {
    placed[i] = {probes[i], static_cast<std::uint32_t>(i)};
  }
  radix_sort(placed, [](const PlacedProbe& probe) { return probe.hash.value; });
  SortedProbes sorted;
  for (const PlacedProbe& probe : placed) {
    sorted.hashes.push_back(probe.hash);
    sorted.places.push_back(probe.place);
  }
  return sorted;
}

/// All of a small batch, else kSampled or a little fewer, evenly spread.
std::vector<Hash> sample_of(const std::vector<Hash>& hashes) {
  const std::size_t stride = (hashes.size() + Snapshot::kSampled - 1) / Snapshot::kSampled;
  std::vector<Hash> sample;
  for (std::size_t i = stride / 2; i < hashes.size(); i += stride) sample.push_back(hashes[i]);
  return sample;
}

/// The length up to which lists are read, all of one length or none, given those of a sample.
std::uint64_t longest_read(std::vector<std::uint64_t> lengths, double most_each) {
  std::ranges::sort(lengths);
  const double most = most_each * static_cast<double>(lengths.size());
  double read = 0;
  for (std::size_t first = 0, last = 0; first < lengths.size(); first = last) {
    const std::uint64_t length = lengths[first];
    while (last < lengths.size() && lengths[last] == length) ++last;
    read += static_cast<double>(length * (last - first));
    if (read > most) return length - 1;
  }
  return std::numeric_limits<std::uint64_t>::max();
}

}  // namespace

Snapshot::Snapshot(std::uint64_t generation, std::vector<std::shared_ptr<const Segment>> segments,
                   std::vector<SourceId> removed)
    : generation_(generation), segments_(std::move(segments)), removed_(std::move(removed)) {
  for (const auto& segment : segments_) {
    std::vector<bool> live;
    live.reserve(segment->sources().size());
    for (const SourceEntry& entry : segment->sources()) {
      live.push_back(!std::ranges::binary_search(removed_, entry.id));
      if (live.back()) {
        sources_.push_back(entry);
      }
    }
    live_.push_back(std::move(live));
  }
  std::ranges::sort(sources_, {}, &SourceEntry::id);
}

const SourceEntry* Snapshot::find(SourceId id) const {
  const auto at = std::ranges::lower_bound(sources_, id, {}, &SourceEntry::id);
  return at != sources_.end() && at->id == id ? &*at : nullptr;
}

std::uint64_t Snapshot::size() const {
  std::uint64_t bytes = 0;
  for (const auto& segment : segments_) {
    bytes += segment->size();
  }
  return bytes;
}

std::uint64_t Snapshot::posting_count() const {
  std::uint64_t count = 0;
  for (const auto& segment : segments_) {
    count += segment->posting_count();
  }
  return count;
}

Result<std::shared_ptr<const LandmarkSieve>> Snapshot::sieve() const {
  if (posting_count() > kMostSieved) {
    return std::shared_ptr<const LandmarkSieve>();
  }
  const std::scoped_lock lock(sieving_);
  if (sieve_ == nullptr) {
    const auto made = std::make_shared<LandmarkSieve>();
    for (const auto& segment : segments_) {
      ND_TRY(segment->insert_into(*made));
    }
    sieve_ = made;
  }
  return sieve_;
}

Result<PeakList> Snapshot::peaks(SourceId id) const {
  if (find(id) != nullptr) {
    for (const auto& segment : segments_) {
      const auto entries = segment->sources();
      const auto at = std::ranges::lower_bound(entries, id, {}, &SourceEntry::id);
      if (at != entries.end() && at->id == id) {
        return segment->peaks(static_cast<std::size_t>(at - entries.begin()));
      }
    }
  }
  return fail(Error::Kind::kNotFound, fmt::format("source {} is not in the index", id.value));
}

Result<void> Snapshot::find(std::span<const Hash> hashes, std::uint32_t width, Found& found) const {
  found.ranges.resize(segments_.size());
  found.lengths.assign(hashes.size(), 0);
  for (std::size_t s = 0; s < segments_.size(); ++s) {
    found.ranges[s].clear();
    ND_TRY(segments_[s]->find(hashes, width, found.ranges[s]));
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      found.lengths[i] += found.ranges[s][i].size();
    }
  }
  return {};
}

Result<void> Snapshot::search(std::span<const Hash> probes, std::uint32_t width, double most_each,
                              HitSink& sink) const {
  const SortedProbes sorted = sorted_by_hash(probes);
  Found found;
  ND_TRY(find(sample_of(sorted.hashes), width, found));
  const std::uint64_t longest = longest_read(found.lengths, most_each);
  if (probes.size() <= kSampled) {
    return read(found, sorted.places, longest, sink);
  }
  for (std::size_t start = 0; start < probes.size(); start += kSweep) {
    const std::size_t count = std::min(kSweep, probes.size() - start);
    ND_TRY(find(std::span(sorted.hashes).subspan(start, count), width, found));
    ND_TRY(read(found, std::span(sorted.places).subspan(start, count), longest, sink));
  }
  return {};
}

/// Hands on what was found of the probes at these places, but for the lists that are too long.
Result<void> Snapshot::read(const Found& found, std::span<const std::uint32_t> places,
                            std::uint64_t longest, HitSink& sink) const {
  std::vector<Hit> hits;
  for (std::size_t s = 0; s < segments_.size(); ++s) {
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (found.lengths[i] > longest || found.ranges[s][i].size() == 0) continue;
      ND_TRY(segments_[s]->read(found.ranges[s][i], places[i], live_[s], hits));
    }
  }
  if (!hits.empty()) {
    sink.on_hits(hits);
  }
  return {};
}

}  // namespace needledrop
