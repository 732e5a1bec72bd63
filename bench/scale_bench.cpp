#include <charconv>
#include <cstdio>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "base/file_system.h"
#include "base/worker_pool.h"
#include "catalogue_growth.h"
#include "clip_list.h"
#include "desk/albums.h"
#include "desk/align_recordings.h"
#include "desk/desk.h"
#include "desk/spot_episode.h"
#include "resident_memory.h"
#include "spotting/spotter.h"

/// Measures a large catalogue, one question a process, so that each starts with nothing in memory:
///
///     scale_bench grow FROM TO COUNT SEED     makes a desk of COUNT recordings
///     (catalogue_growth.h) scale_bench open DESK index|desk        opens the index alone, or the
///     desk with it scale_bench identify DESK CLIPS PASSES  looks every clip up, all of them PASSES
///     times scale_bench spot DESK EPISODE           spots a file on one thread; stores nothing
///
/// Prints one JSON object a line; times are in seconds, sizes in bytes. bench/scale.py asks.

namespace needledrop {
namespace {

using Json = nlohmann::ordered_json;
using Arguments = std::span<const std::string>;

void print(const Json& object) {
  fmt::print("{}\n", object.dump());
}

double seconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

Json json_elapsed(const Elapsed& elapsed) {
  return {{"wall", seconds(elapsed.wall)}, {"cpu", seconds(elapsed.cpu)}};
}

Json json_merges(const MergeCost& cost) {
  return {{"merges", cost.merges}, {"bytes", cost.bytes}, {"elapsed", json_elapsed(cost.elapsed)}};
}

void print_memory() {
  const ResidentMemory memory = resident_memory();
  print({{"own", memory.own}, {"mapped", memory.mapped}, {"peak_in_all", memory.peak_in_all}});
}

template <typename Number>
Result<Number> number_in(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    return fail(Error::Kind::kInvalidArgument, fmt::format("'{}' is no number", text));
  }
  return number;
}

Result<void> grow(FileSystem& files, Arguments arguments) {
  GrowthPlan plan;
  plan.from = arguments[0];
  plan.to = arguments[1];
  ND_TRY_ASSIGN(plan.recordings, number_in<std::size_t>(arguments[2]));
  ND_TRY_ASSIGN(plan.seed, number_in<std::uint32_t>(arguments[3]));
  plan.threads = usable_processors();
  ND_TRY_ASSIGN(const Growth growth, grow_catalogue(files, plan));
  print({{"recordings", plan.recordings},
         {"real", growth.real},
         {"hours", growth.hours},
         {"postings", growth.postings},
         {"bytes", growth.bytes},
         {"making", json_elapsed(growth.making)},
         {"ingest", json_elapsed(growth.ingest)},
         {"cataloguing", json_elapsed(growth.cataloguing)},
         {"tiered", json_merges(growth.tiered)},
         {"segments", growth.segments},
         {"all", json_merges(growth.all)},
         {"segments_left", growth.segments_left}});
  return {};
}

Result<void> open(FileSystem& files, Arguments arguments) {
  const bool with_catalogue = arguments[1] == "desk";
  const Stopwatch watch;
  if (with_catalogue) {
    ND_TRY_ASSIGN(Desk desk, Desk::open(files, system_clock(), arguments[0], Desk::Purpose::kUse));
    ND_TRY(desk.index());
    print(json_elapsed(watch.elapsed()));
  } else {
    ND_TRY_ASSIGN(const auto index, Index::open(files, arguments[0] + "/index"));
    print(json_elapsed(watch.elapsed()));
  }
  print_memory();
  return {};
}

std::map<std::string, SourceId> ids_by_path(const std::vector<Recording>& recordings) {
  std::map<std::string, SourceId> ids;
  for (const Recording& recording : recordings) {
    for (const std::string& path : recording.paths) ids[path] = recording.id;
  }
  return ids;
}

Milliseconds difference(Milliseconds a, Milliseconds b) {
  return a < b ? b - a : a - b;
}

/// The right recording comes first, at the right place; no other name is right.
Json judged(const std::vector<Match>& matches, std::optional<SourceId> truth, Milliseconds start) {
  constexpr Milliseconds kNear{500};
  const auto is_true = [&](const Match& match) { return match.recording == truth; };
  const bool right =
      !matches.empty() && is_true(matches.front()) &&
      difference(matches.front().recording_start - matches.front().span.start, start) <= kNear;
  const auto truths = std::ranges::count_if(matches, is_true);
  return {{"right", right}, {"false_names", matches.size() - static_cast<std::size_t>(truths)}};
}

Result<void> identify_all(FileSystem& files, Arguments arguments) {
  ND_TRY_ASSIGN(const std::vector<Clip> clips, read_clips(arguments[1]));
  ND_TRY_ASSIGN(const int passes, number_in<int>(arguments[2]));
  ND_TRY_ASSIGN(Desk desk, Desk::open(files, system_clock(), arguments[0], Desk::Purpose::kUse));
  ND_TRY_ASSIGN(Index* const index, desk.index());
  ND_TRY_ASSIGN(const auto recordings, desk.catalogue().recordings());
  const auto ids = ids_by_path(recordings);
  ND_TRY_ASSIGN(const Relatives relatives, relatives_in(desk));
  for (int pass = 1; pass <= passes; ++pass) {
    for (const Clip& clip : clips) {
      const Stopwatch listening;
      ND_TRY_ASSIGN(const PeakList peaks, listen(clip.path));
      const Elapsed listened = listening.elapsed();
      const Stopwatch watch;
      ND_TRY_ASSIGN(const auto matches, identify(*index->snapshot(), peaks, relatives));
      const Elapsed took = watch.elapsed();
      const auto truth = ids.find(clip.recording);
      Json row = judged(matches, truth == ids.end() ? std::nullopt : std::optional(truth->second),
                        clip.start);
      row.update({{"pass", pass},
                  {"kind", clip.kind},
                  {"listening", json_elapsed(listened)},
                  {"identify", json_elapsed(took)}});
      print(row);
    }
  }
  print_memory();
  return {};
}

Result<void> spot(FileSystem& files, Arguments arguments) {
  ND_TRY_ASSIGN(Desk desk, Desk::open(files, system_clock(), arguments[0], Desk::Purpose::kUse));
  ND_TRY_ASSIGN(Index* const index, desk.index());
  const Stopwatch listening;
  ND_TRY_ASSIGN(const PeakList peaks, listen(arguments[1]));
  const Elapsed listened = listening.elapsed();
  const Stopwatch watch;
  ND_TRY_ASSIGN(Relatives relatives, relatives_in(desk));
  ND_TRY_ASSIGN(Albums albums, albums_in(desk));
  const auto snapshot = index->snapshot();
  const Spotter spotter(*snapshot, std::move(relatives), std::move(albums));
  ND_TRY_ASSIGN(const Spotted spotted, spotter.spot(peaks, {}));
  const Elapsed took = watch.elapsed();
  print({{"listening", json_elapsed(listened)}, {"spot", json_elapsed(took)}});
  print_memory();
  for (const Spot& spot : spotted.spots) {
    ND_TRY_ASSIGN(const Recording recording, desk.catalogue().recording(spot.recording));
    print({{"path", recording.paths.front()},
           {"start", seconds(spot.span.start)},
           {"end", seconds(spot.span.end)},
           {"recording_start", seconds(spot.alignments.front().recording_start)}});
  }
  return {};
}

struct Command {
  std::string_view name;
  std::size_t arguments;
  Result<void> (*run)(FileSystem&, Arguments);
};
constexpr Command kCommands[] = {
    {"grow", 4, grow}, {"open", 2, open}, {"identify", 3, identify_all}, {"spot", 2, spot}};

}  // namespace
}  // namespace needledrop

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  for (const needledrop::Command& command : needledrop::kCommands) {
    if (words.size() != command.arguments + 1 || words.front() != command.name) continue;
    const auto files = needledrop::posix_file_system();
    const auto done = command.run(*files, std::span(words).subspan(1));
    if (done.has_value()) return 0;
    fmt::print(stderr, "scale_bench: {}\n", done.error().message);
    return 1;
  }
  fmt::print(stderr,
             "usage: scale_bench grow|open|identify|spot ...; see the top of scale_bench.cpp\n");
  return 2;
}
