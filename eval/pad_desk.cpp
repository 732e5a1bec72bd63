#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/file_system.h"
#include "desk/desk.h"
#include "desk/merge_index.h"
#include "desk/recording_commit.h"
#include "fingerprint/parameters.h"
#include "index/block_shuffler.h"

/// pad_desk DESK COUNT [SEED]: adds COUNT made-up recordings of four minutes to a desk, to the
/// index and the catalogue, titled "padding 00001" and so on, merged as `add` does. They are the
/// desk's own recordings in pieces, reversed and transposed (index/block_shuffler.h says how, and
/// why); no sound is made or read. Recordings that are padding already are not cut up again.

namespace needledrop {
namespace {

constexpr std::size_t kAtOnce = 500;  // recordings a segment
constexpr std::string_view kAlbum = "padding";

template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  return is_number ? std::optional(number) : std::nullopt;
}

struct Stock {
  std::vector<PeakList> lists;
  std::size_t padding = 0;  // recordings that are there already
};

Result<Stock> stock_of(Desk& desk) {
  Stock stock;
  ND_TRY_ASSIGN(Index* const index, desk.index());
  const auto snapshot = index->snapshot();
  for (const SourceEntry& entry : snapshot->sources()) {
    if (entry.kind != SourceKind::kRecording) continue;
    ND_TRY_ASSIGN(const Recording recording, desk.catalogue().recording(entry.id));
    if (recording.album == kAlbum) {
      ++stock.padding;
    } else if (entry.length >= Tick(BlockShuffler::kBlockTicks)) {
      ND_TRY_ASSIGN(PeakList list, snapshot->peaks(entry.id));
      stock.lists.push_back(std::move(list));
    }
  }
  if (stock.lists.empty()) return fail(Error::Kind::kNotFound, "no recordings to make more of");
  return stock;
}

HeardRecording recording_of(PeakList list, std::size_t number, std::uint32_t seed) {
  HeardRecording heard;
  heard.recording.title = fmt::format("padding {:05}", number);
  heard.recording.album = kAlbum;
  heard.recording.version = "original";
  heard.recording.paths = {fmt::format("padding/{}/{:05}", seed, number)};
  heard.recording.duration =
      Milliseconds(static_cast<std::int64_t>(list.length.value * kTickSeconds * 1'000));
  Digester digester;
  const std::string& name = heard.recording.paths.front();
  digester.update({reinterpret_cast<const std::uint8_t*>(name.data()), name.size()});
  heard.recording.digest = digester.digest();
  heard.peaks = std::move(list);
  return heard;
}

Result<void> pad(const std::string& directory, std::size_t count, std::uint32_t seed) {
  const auto files = posix_file_system();
  ND_TRY_ASSIGN(Desk desk, Desk::open(*files, system_clock(), directory, Desk::Purpose::kChange));
  ND_TRY_ASSIGN(const Stock stock, stock_of(desk));
  BlockShuffler shuffler(stock.lists, seed);
  std::vector<HeardRecording> heard;
  for (std::size_t i = 1; i <= count; ++i) {
    heard.push_back(recording_of(shuffler.next(), stock.padding + i, seed));
    if (heard.size() == kAtOnce || i == count) {
      ND_TRY(commit_recordings(desk, std::exchange(heard, {})));
      ND_TRY(merge_index(desk, {.most_bytes = kMergedByTheWay}));
    }
  }
  // Made-up recordings have no versions to be looked for.
  ND_TRY_ASSIGN(const auto padding, desk.catalogue().unaligned_recordings());
  ND_TRY(desk.catalogue().store_relations(padding, {}));
  fmt::print("{} recordings made of {}, seed {}\n", count, stock.lists.size(), seed);
  return {};
}

}  // namespace
}  // namespace needledrop

int main(int argc, char** argv) {
  using needledrop::number_in;
  const auto count = argc >= 3 ? number_in<std::size_t>(argv[2]) : std::nullopt;
  const auto seed = argc >= 4 ? number_in<std::uint32_t>(argv[3]) : std::optional(std::uint32_t{1});
  if (argc > 4 || !count.has_value() || !seed.has_value()) {
    fmt::print(stderr, "usage: pad_desk DESK COUNT [SEED]\n");
    return 2;
  }
  const auto padded = needledrop::pad(argv[1], *count, *seed);
  if (!padded.has_value()) {
    fmt::print(stderr, "pad_desk: {}\n", padded.error().message);
    return 1;
  }
  return 0;
}
