#include <algorithm>
#include <cstdio>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/file_system.h"
#include "clip_list.h"
#include "desk/spot_episode.h"
#include "index/index.h"
#include "index/segment_directory.h"
#include "posting_store.h"
#include "posting_stream.h"
#include "resident_memory.h"
#include "spotting/probe.h"

/// The same postings and the same look-ups in our segments and in other stores:
///
///     store_bench build sqlite|lmdb INDEX FILE      fills a new store from an index, in order
///     store_bench ask ours|sqlite|lmdb PATH CLIPS   looks every clip up, all of them twice
///
/// A clip asks for all its probes (spotting/probe.h), by ascending hash in every store; each is a
/// range of three hashes. What is found is collected, and its digest printed: it must be the same
/// from all of them. Prints one JSON object a line; times are in seconds, sizes in bytes.

namespace needledrop {
namespace {

using Json = nlohmann::ordered_json;

void print(const Json& object) {
  fmt::print("{}\n", object.dump());
}

double seconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

using StoreOpener = Result<std::unique_ptr<PostingStore>> (*)(const std::string&);

/// The postings are read and merged before the clock runs, a stretch at a time.
Result<void> build(StoreOpener create, const std::string& index, const std::string& path) {
  const auto files = posix_file_system();
  SegmentDirectory directory(*files, index);
  ND_TRY(directory.refresh());
  const auto generation = directory.newest();
  std::vector<std::shared_ptr<const Segment>> segments;
  for (const OpenedSegment& opened : generation->segments) {
    ND_TRY_ASSIGN(segments.emplace_back(), opened);
  }
  PostingStream stream(segments);
  ND_TRY_ASSIGN(const auto store, create(path));
  Elapsed took;
  std::uint64_t count = 0;
  while (true) {
    ND_TRY_ASSIGN(const auto postings, stream.next());
    const Stopwatch watch;
    ND_TRY(postings.empty() ? store->finish() : store->append(postings));
    took.wall += watch.elapsed().wall;
    took.cpu += watch.elapsed().cpu;
    if (postings.empty()) break;
    count += postings.size();
  }
  print({{"postings", count},
         {"bytes", store->size()},
         {"wall", seconds(took.wall)},
         {"cpu", seconds(took.cpu)}});
  return {};
}

/// What answers a clip's probes, whichever store it is.
class Respondent {
 public:
  virtual ~Respondent() = default;
  /// Adds the postings under every probe, as often as probes ask for them.
  virtual Result<void> ask(const std::vector<Hash>& probes, std::vector<PlacedPosting>& found) = 0;
};

class OurSegments final : public Respondent {
 public:
  static Result<std::unique_ptr<Respondent>> open(FileSystem& files, const std::string& path) {
    ND_TRY_ASSIGN(auto index, Index::open(files, path));
    return std::unique_ptr<Respondent>(new OurSegments(std::move(index)));
  }

  Result<void> ask(const std::vector<Hash>& probes, std::vector<PlacedPosting>& found) override {
    Collector collector(found);
    return index_->snapshot()->search(probes, Probes::kWidth,
                                      std::numeric_limits<double>::infinity(), collector);
  }

 private:
  struct Collector final : HitSink {
    explicit Collector(std::vector<PlacedPosting>& to) : found(to) {}
    void on_hits(std::span<const Hit> hits) override {
      for (const Hit& hit : hits) found.push_back({Hash(), hit.source, hit.tick});
    }
    std::vector<PlacedPosting>& found;
  };

  explicit OurSegments(std::unique_ptr<Index> index) : index_(std::move(index)) {}
  std::unique_ptr<Index> index_;
};

class OtherStore final : public Respondent {
 public:
  static Result<std::unique_ptr<Respondent>> open(StoreOpener opener, const std::string& path) {
    ND_TRY_ASSIGN(auto store, opener(path));
    return std::unique_ptr<Respondent>(new OtherStore(std::move(store)));
  }

  Result<void> ask(const std::vector<Hash>& probes, std::vector<PlacedPosting>& found) override {
    constexpr std::uint64_t kLast = 0xFFFF'FFFF;
    for (const Hash probe : probes) {
      const std::uint64_t last = std::min(kLast, probe.value + std::uint64_t{Probes::kWidth} - 1);
      ND_TRY(store_->look_up(probe, Hash(static_cast<std::uint32_t>(last)), found));
    }
    return {};
  }

 private:
  explicit OtherStore(std::unique_ptr<PostingStore> store) : store_(std::move(store)) {}
  std::unique_ptr<PostingStore> store_;
};

/// The same for the same postings, in whatever order they were found.
std::uint64_t digest_of(const std::vector<PlacedPosting>& found) {
  std::uint64_t sum = 0;
  for (const PlacedPosting& posting : found) {
    std::uint64_t mixed =
        std::uint64_t{posting.source.value} << 32 | static_cast<std::uint32_t>(posting.tick.value);
    mixed = (mixed ^ mixed >> 31) * 0x9E37'79B9'7F4A'7C15;
    sum += mixed ^ mixed >> 29;
  }
  return sum;
}

Result<void> ask(Respondent& respondent, const std::string& clips_path) {
  ND_TRY_ASSIGN(const std::vector<Clip> clips, read_clips(clips_path));
  std::vector<std::vector<Hash>> probes;
  for (const Clip& clip : clips) {
    ND_TRY_ASSIGN(const PeakList peaks, listen(clip.path));
    probes.push_back(ProbeMaker(peaks).probes(0, peaks.length.value, nullptr).hashes);
    std::ranges::sort(probes.back());
  }
  for (int pass = 1; pass <= 2; ++pass) {
    for (std::size_t i = 0; i < clips.size(); ++i) {
      std::vector<PlacedPosting> found;
      const Stopwatch watch;
      ND_TRY(respondent.ask(probes[i], found));
      const Elapsed took = watch.elapsed();
      print({{"pass", pass},
             {"kind", clips[i].kind},
             {"probes", probes[i].size()},
             {"found", found.size()},
             {"digest", digest_of(found)},
             {"wall", seconds(took.wall)},
             {"cpu", seconds(took.cpu)}});
    }
  }
  const ResidentMemory memory = resident_memory();
  print({{"own", memory.own}, {"mapped", memory.mapped}});
  return {};
}

Result<void> run(const std::vector<std::string>& words) {
  const bool is_sqlite = words[1] == "sqlite";
  if (words[0] == "build") {
    return build(is_sqlite ? create_sqlite_store : create_lmdb_store, words[2], words[3]);
  }
  const auto files = posix_file_system();
  auto respondent =
      words[1] == "ours"
          ? OurSegments::open(*files, words[2])
          : OtherStore::open(is_sqlite ? open_sqlite_store : open_lmdb_store, words[2]);
  ND_TRY_ASSIGN(const auto opened, std::move(respondent));
  return ask(*opened, words[3]);
}

}  // namespace
}  // namespace needledrop

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto is_one_of = [](std::string_view word, std::initializer_list<std::string_view> all) {
    return std::ranges::find(all, word) != all.end();
  };
  if (words.size() != 4 || !is_one_of(words[0], {"build", "ask"}) ||
      !is_one_of(words[1], {"ours", "sqlite", "lmdb"}) ||
      (words[0] == "build" && words[1] == "ours")) {
    fmt::print(stderr, "usage: store_bench build|ask STORE ...; see the top of store_bench.cpp\n");
    return 2;
  }
  const auto done = needledrop::run(words);
  if (!done.has_value()) {
    fmt::print(stderr, "store_bench: {}\n", done.error().message);
    return 1;
  }
  return 0;
}
