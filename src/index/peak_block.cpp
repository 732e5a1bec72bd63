#include "index/peak_block.h"

#include <algorithm>
#include <array>

#include "index/packing.h"

namespace needledrop {
namespace {

constexpr std::uint32_t kMaxCount = 0x7FFF'FFFF;
constexpr std::uint8_t kReachesDiffer = 3;
constexpr unsigned kReachBits = 2;
constexpr std::array kCurves = {&Level::mid, &Level::side, &Level::rest};

/// The fields of one channel's peaks, side by side.
struct Columns {
  std::vector<std::uint32_t> ticks;
  std::vector<std::uint32_t> frequencies;
  std::vector<std::uint32_t> levels;
  std::vector<std::uint32_t> reaches;
};

Columns columns_of(const PeakList& list, Channel channel) {
  Columns columns;
  for (const Peak& peak : list.peaks) {
    if (peak.channel == channel) {
      columns.ticks.push_back(static_cast<std::uint32_t>(peak.tick.value));
      columns.frequencies.push_back(peak.frequency);
      columns.levels.push_back(peak.level);
      columns.reaches.push_back(static_cast<std::uint32_t>(peak.reach));
    }
  }
  return columns;
}

/// Takes the lowest value off all and returns it.
std::uint32_t subtract_lowest(std::vector<std::uint32_t>& values) {
  const std::uint32_t lowest = *std::ranges::min_element(values);
  for (std::uint32_t& value : values) {
    value -= lowest;
  }
  return lowest;
}

unsigned width_of_all(const std::vector<std::uint32_t>& values) {
  return width_of(*std::ranges::max_element(values));
}

void append_channel(Bytes& out, Columns columns, std::uint32_t last_tick) {
  append_varint(out, columns.ticks.size());
  if (columns.ticks.empty()) {
    return;
  }
  append_varint(out, subtract_lowest(columns.frequencies));
  const unsigned frequency_bits = width_of_all(columns.frequencies);
  append<std::uint8_t>(out, static_cast<std::uint8_t>(frequency_bits));
  append<std::uint8_t>(out, static_cast<std::uint8_t>(subtract_lowest(columns.levels)));
  const unsigned level_bits = width_of_all(columns.levels);
  append<std::uint8_t>(out, static_cast<std::uint8_t>(level_bits));
  const bool same_reach = std::ranges::count(columns.reaches, columns.reaches.front()) ==
                          static_cast<std::ptrdiff_t>(columns.reaches.size());
  append<std::uint8_t>(
      out, same_reach ? static_cast<std::uint8_t>(columns.reaches.front()) : kReachesDiffer);
  append_monotone(out, columns.ticks, last_tick);
  append_packed(out, columns.frequencies, frequency_bits);
  append_packed(out, columns.levels, level_bits);
  if (!same_reach) {
    append_packed(out, columns.reaches, kReachBits);
  }
}

void append_curve(Bytes& out, std::span<const Level> levels, std::uint8_t Level::*curve) {
  std::vector<std::uint32_t> values;
  values.reserve(levels.size());
  for (const Level& level : levels) {
    values.push_back(level.*curve);
  }
  append<std::uint8_t>(out, static_cast<std::uint8_t>(subtract_lowest(values)));
  const unsigned bits = std::max(1U, width_of_all(values));
  append<std::uint8_t>(out, static_cast<std::uint8_t>(bits));
  append_packed(out, values, bits);
}

Error corrupt(const char* what) {
  return fail(Error::Kind::kCorrupt, what);
}

/// A run of values that all have `lowest` added, and none of which may be over `limit`.
struct PackedColumn {
  const std::uint8_t* run = nullptr;
  unsigned width = 0;
  std::uint32_t lowest = 0;
  std::uint32_t limit = 0;

  /// The value at i, or more than limit.
  [[nodiscard]] std::uint32_t at(std::size_t i) const { return lowest + packed_at(run, i, width); }
};

Result<PackedColumn> take_column(ByteReader& reader, std::size_t count, PackedColumn column) {
  ND_TRY_ASSIGN(const auto run, reader.take(packed_size(count, column.width)));
  column.run = run.data();
  return column;
}

Result<unsigned> take_width(ByteReader& reader, unsigned limit) {
  ND_TRY_ASSIGN(const std::uint8_t width, reader.u8());
  if (width > limit) {
    return corrupt("a width is out of range");
  }
  return width;
}

/// One channel's peaks as they lie in the block.
struct ChannelRuns {
  std::size_t count = 0;
  const std::uint8_t* ticks = nullptr;
  PackedColumn frequencies{.limit = 0xFFFF};
  PackedColumn levels{.limit = 0xFF};
  PackedColumn reaches{.limit = static_cast<std::uint32_t>(Reach::kFar)};
};

Result<ChannelRuns> take_channel(ByteReader& reader, std::uint32_t length) {
  ChannelRuns runs;
  ND_TRY_ASSIGN(runs.count, reader.varint(kMaxCount));
  if (runs.count == 0) {
    return runs;
  }
  if (length == 0) {
    return corrupt("peaks in no time");
  }
  ND_TRY_ASSIGN(runs.frequencies.lowest, reader.varint(runs.frequencies.limit));
  ND_TRY_ASSIGN(runs.frequencies.width, take_width(reader, 16));
  ND_TRY_ASSIGN(runs.levels.lowest, reader.u8());
  ND_TRY_ASSIGN(runs.levels.width, take_width(reader, 8));
  ND_TRY_ASSIGN(const std::uint8_t reach, reader.u8());
  if (reach > kReachesDiffer) {
    return corrupt("an unknown reach");
  }
  runs.reaches.lowest = reach == kReachesDiffer ? 0 : reach;
  runs.reaches.width = reach == kReachesDiffer ? kReachBits : 0;
  ND_TRY_ASSIGN(const auto ticks, reader.take(monotone_size(runs.count, length - 1)));
  runs.ticks = ticks.data();
  ND_TRY_ASSIGN(runs.frequencies, take_column(reader, runs.count, runs.frequencies));
  ND_TRY_ASSIGN(runs.levels, take_column(reader, runs.count, runs.levels));
  ND_TRY_ASSIGN(runs.reaches, take_column(reader, runs.count, runs.reaches));
  return runs;
}

Result<std::vector<Peak>> decode_channel(ByteReader& reader, std::uint32_t length,
                                         Channel channel) {
  ND_TRY_ASSIGN(const ChannelRuns runs, take_channel(reader, length));
  std::vector<std::uint32_t> ticks(runs.count);
  if (!ticks.empty() && !decode_monotone(runs.ticks, length - 1, ticks)) {
    return corrupt("ticks out of order");
  }
  std::vector<Peak> peaks(runs.count);
  for (std::size_t i = 0; i < peaks.size(); ++i) {
    const std::uint32_t frequency = runs.frequencies.at(i);
    const std::uint32_t level = runs.levels.at(i);
    const std::uint32_t reach = runs.reaches.at(i);
    if (frequency > runs.frequencies.limit || level > runs.levels.limit ||
        reach > runs.reaches.limit) {
      return corrupt("a peak out of range");
    }
    Peak& peak = peaks[i];
    peak.tick = Tick(static_cast<std::int32_t>(ticks[i]));
    peak.frequency = static_cast<std::uint16_t>(frequency);
    peak.level = static_cast<std::uint8_t>(level);
    peak.channel = channel;
    peak.reach = static_cast<Reach>(reach);
  }
  if (!std::ranges::is_sorted(peaks)) {
    return corrupt("peaks out of order");
  }
  return peaks;
}

Result<void> decode_curve(ByteReader& reader, std::span<Level> levels, std::uint8_t Level::*curve) {
  PackedColumn column{.limit = 0xFF};
  ND_TRY_ASSIGN(column.lowest, reader.u8());
  ND_TRY_ASSIGN(column.width, take_width(reader, 8));
  ND_TRY_ASSIGN(column, take_column(reader, levels.size(), column));
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const std::uint32_t value = column.at(i);
    if (value > column.limit) {
      return corrupt("a level out of range");
    }
    levels[i].*curve = static_cast<std::uint8_t>(value);
  }
  return {};
}

Result<std::vector<Level>> decode_levels(ByteReader& reader) {
  std::vector<Level> levels;
  ND_TRY_ASSIGN(const std::size_t count, reader.varint(kMaxCount));
  if (count / 8 > reader.rest().size()) {
    return corrupt("more levels than bytes");
  }
  levels.resize(count);
  if (count > 0) {
    for (const auto curve : kCurves) {
      ND_TRY(decode_curve(reader, levels, curve));
    }
  }
  return levels;
}

}  // namespace

Bytes encode_peaks(const PeakList& list) {
  Bytes out;
  append_varint(out, static_cast<std::uint32_t>(list.length.value));
  const auto last_tick = static_cast<std::uint32_t>(std::max(0, list.length.value - 1));
  append_channel(out, columns_of(list, Channel::kMid), last_tick);
  append_channel(out, columns_of(list, Channel::kSide), last_tick);
  append_varint(out, list.levels.size());
  if (!list.levels.empty()) {
    for (const auto curve : kCurves) {
      append_curve(out, list.levels, curve);
    }
  }
  append_checksum(out, 0);
  return out;
}

Result<PeakList> decode_peaks(std::span<const std::uint8_t> block) {
  if (!ends_in_checksum(block)) {
    return corrupt("wrong checksum");
  }
  ByteReader reader(block.first(block.size() - sizeof(std::uint64_t)));
  PeakList list;
  ND_TRY_ASSIGN(const std::uint32_t length, reader.varint(kMaxCount));
  list.length = Tick(static_cast<std::int32_t>(length));
  ND_TRY_ASSIGN(const auto mid, decode_channel(reader, length, Channel::kMid));
  ND_TRY_ASSIGN(const auto side, decode_channel(reader, length, Channel::kSide));
  ND_TRY_ASSIGN(list.levels, decode_levels(reader));
  if (!reader.rest().empty()) {
    return corrupt("more bytes than its numbers say");
  }
  list.peaks.resize(mid.size() + side.size());
  std::ranges::merge(mid, side, list.peaks.begin());
  return list;
}

}  // namespace needledrop
