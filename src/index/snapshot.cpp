#include "index/snapshot.h"

#include <algorithm>

#include <fmt/format.h>

#include "index/radix_sort.h"
#include "index/segment.h"

namespace needledrop {
namespace {

/// Probes looked up at a time in all segments: few enough that their hits stay in the cache.
constexpr std::size_t kSweep = 8'192;

std::vector<PlacedProbe> sorted_by_hash(std::span<const Hash> probes) {
  std::vector<PlacedProbe> sorted(probes.size());
  for (std::size_t i = 0; i < probes.size(); ++i) {
    sorted[i] = {probes[i], static_cast<std::uint32_t>(i)};
  }
  radix_sort(sorted, [](const PlacedProbe& probe) { return probe.hash.value; });
  return sorted;
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

Result<void> Snapshot::search(std::span<const Hash> probes, std::size_t longest_list, HitSink& sink,
                              std::uint32_t width) const {
  const std::vector<PlacedProbe> sorted = sorted_by_hash(probes);
  const auto precedes = [&](const Hit& a, const Hit& b) {
    const Hash a_hash = probes[a.probe];
    const Hash b_hash = probes[b.probe];
    return a_hash != b_hash ? a_hash < b_hash : a < b;
  };
  std::vector<Hit> hits;
  for (std::size_t start = 0; start < sorted.size(); start += kSweep) {
    const auto sweep = std::span(sorted).subspan(start, std::min(kSweep, sorted.size() - start));
    hits.clear();
    for (std::size_t i = 0; i < segments_.size(); ++i) {
      const auto earlier = static_cast<std::ptrdiff_t>(hits.size());
      ND_TRY(segments_[i]->search(sweep, width, longest_list, live_[i], hits));
      if (earlier > 0) {
        std::inplace_merge(hits.begin(), hits.begin() + earlier, hits.end(), precedes);
      }
    }
    if (!hits.empty()) {
      sink.on_hits(hits);
    }
  }
  return {};
}

}  // namespace needledrop
