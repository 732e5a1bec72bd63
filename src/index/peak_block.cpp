#include "index/peak_block.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <utility>

#include "index/packing.h"

namespace needledrop {
namespace {

constexpr std::uint32_t kMaxCount = 0x7FFF'FFFF;
constexpr std::uint8_t kReachesDiffer = 3;
constexpr unsigned kReachBits = 2;
constexpr std::size_t kBytesAPeak = 3;  // about
constexpr std::array kCurves = {&Level::mid, &Level::side, &Level::rest};

std::uint32_t tick_of(const Peak& peak) {
  return static_cast<std::uint32_t>(peak.tick.value);
}
std::uint32_t frequency_of(const Peak& peak) {
  return peak.frequency;
}
std::uint32_t level_of(const Peak& peak) {
  return peak.level;
}
std::uint32_t reach_of(const Peak& peak) {
  return static_cast<std::uint32_t>(peak.reach);
}

/// Lowest and highest value of a field among one channel's peaks.
struct Bounds {
  std::uint32_t lowest = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t highest = 0;

  void include(std::uint32_t value) {
    lowest = std::min(lowest, value);
    highest = std::max(highest, value);
  }
  [[nodiscard]] unsigned width() const { return width_of(highest - lowest); }
};

struct ChannelBounds {
  std::size_t count = 0;
  Bounds frequencies;
  Bounds levels;
  Bounds reaches;

  ChannelBounds(const PeakList& list, Channel channel) {
    for (const Peak& peak : list.peaks) {
      if (peak.channel != channel) continue;
      ++count;
      frequencies.include(frequency_of(peak));
      levels.include(level_of(peak));
      reaches.include(reach_of(peak));
    }
  }
};

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

void append_channel(Bytes& out, const PeakList& list, Channel channel, std::uint32_t last_tick) {
  const ChannelBounds bounds(list, channel);
  append_varint(out, bounds.count);
  if (bounds.count == 0) {
    return;
  }
  const bool same_reach = bounds.reaches.lowest == bounds.reaches.highest;
  append_varint(out, bounds.frequencies.lowest);
  append<std::uint8_t>(out, static_cast<std::uint8_t>(bounds.frequencies.width()));
  append<std::uint8_t>(out, static_cast<std::uint8_t>(bounds.levels.lowest));
  append<std::uint8_t>(out, static_cast<std::uint8_t>(bounds.levels.width()));
  append<std::uint8_t>(
      out, same_reach ? static_cast<std::uint8_t>(bounds.reaches.lowest) : kReachesDiffer);
  // One field at a time: an episode's list is long, and this is when memory is at its fullest.
  std::vector<std::uint32_t> values;
  values.reserve(bounds.count);
  const auto gather = [&](std::uint32_t (*field)(const Peak&), std::uint32_t lowest) {
    values.clear();
    for (const Peak& peak : list.peaks) {
      if (peak.channel == channel) values.push_back(field(peak) - lowest);
    }
    return std::span<const std::uint32_t>(values);
  };
  append_monotone(out, gather(tick_of, 0), last_tick);
  append_packed(out, gather(frequency_of, bounds.frequencies.lowest), bounds.frequencies.width());
  append_packed(out, gather(level_of, bounds.levels.lowest), bounds.levels.width());
  if (!same_reach) {
    append_packed(out, gather(reach_of, 0), kReachBits);
  }
}

void append_curve(Bytes& out, std::vector<std::uint32_t> values) {
  append<std::uint8_t>(out, static_cast<std::uint8_t>(subtract_lowest(values)));
  const unsigned bits = std::max(1U, width_of_all(values));
  append<std::uint8_t>(out, static_cast<std::uint8_t>(bits));
  append_packed(out, values, bits);
}

void append_levels(Bytes& out, std::span<const Level> levels, std::uint8_t Level::*curve) {
  std::vector<std::uint32_t> values;
  values.reserve(levels.size());
  for (const Level& level : levels) {
    values.push_back(level.*curve);
  }
  append_curve(out, std::move(values));
}

/// A texture as its bytes, in the order of its members.
using TextureBytes = std::array<std::uint8_t, sizeof(Texture)>;

void append_textures(Bytes& out, std::span<const Texture> textures) {
  append_varint(out, textures.size());
  if (textures.empty()) {
    return;
  }
  for (std::size_t at = 0; at < sizeof(Texture); ++at) {
    std::vector<std::uint32_t> values(textures.size());
    std::ranges::transform(textures, values.begin(), [at](const Texture& texture) {
      return std::bit_cast<TextureBytes>(texture)[at];
    });
    append_curve(out, std::move(values));
  }
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

/// Hands value i of a curve to take(i, value).
Result<void> decode_curve(ByteReader& reader, std::size_t count, const auto& take) {
  PackedColumn column{.limit = 0xFF};
  ND_TRY_ASSIGN(column.lowest, reader.u8());
  ND_TRY_ASSIGN(column.width, take_width(reader, 8));
  ND_TRY_ASSIGN(column, take_column(reader, count, column));
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t value = column.at(i);
    if (value > column.limit) {
      return corrupt("a level out of range");
    }
    take(i, static_cast<std::uint8_t>(value));
  }
  return {};
}

/// How many entries curves have, of which each takes a bit at least.
Result<std::size_t> take_entries(ByteReader& reader) {
  ND_TRY_ASSIGN(const std::size_t count, reader.varint(kMaxCount));
  if (count / 8 > reader.rest().size()) {
    return corrupt("more entries than bytes");
  }
  return count;
}

Result<std::vector<Level>> decode_levels(ByteReader& reader) {
  ND_TRY_ASSIGN(const std::size_t count, take_entries(reader));
  std::vector<Level> levels(count);
  if (count > 0) {
    for (const auto curve : kCurves) {
      ND_TRY(decode_curve(reader, count,
                          [&](std::size_t i, std::uint8_t value) { levels[i].*curve = value; }));
    }
  }
  return levels;
}

Result<std::vector<Texture>> decode_textures(ByteReader& reader) {
  ND_TRY_ASSIGN(const std::size_t count, take_entries(reader));
  if (count == 0) {
    return std::vector<Texture>();
  }
  std::vector<TextureBytes> bytes(count);
  for (std::size_t at = 0; at < sizeof(Texture); ++at) {
    ND_TRY(decode_curve(reader, count,
                        [&](std::size_t i, std::uint8_t value) { bytes[i][at] = value; }));
  }
  std::vector<Texture> textures(count);
  std::ranges::transform(bytes, textures.begin(),
                         [](const TextureBytes& b) { return std::bit_cast<Texture>(b); });
  return textures;
}

}  // namespace

Bytes encode_peaks(const PeakList& list) {
  Bytes out;
  out.reserve(list.peaks.size() * kBytesAPeak);
  append_varint(out, static_cast<std::uint32_t>(list.length.value));
  const auto last_tick = static_cast<std::uint32_t>(std::max(0, list.length.value - 1));
  append_channel(out, list, Channel::kMid, last_tick);
  append_channel(out, list, Channel::kSide, last_tick);
  append_varint(out, list.levels.size());
  if (!list.levels.empty()) {
    for (const auto curve : kCurves) {
      append_levels(out, list.levels, curve);
    }
  }
  if (!list.textures[0].empty() || !list.textures[1].empty()) {
    append_textures(out, list.textures[0]);
    append_textures(out, list.textures[1]);
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
    ND_TRY_ASSIGN(list.textures[0], decode_textures(reader));
    ND_TRY_ASSIGN(list.textures[1], decode_textures(reader));
  }
  if (!reader.rest().empty()) {
    return corrupt("more bytes than its numbers say");
  }
  list.peaks.resize(mid.size() + side.size());
  std::ranges::merge(mid, side, list.peaks.begin());
  return list;
}

}  // namespace needledrop
