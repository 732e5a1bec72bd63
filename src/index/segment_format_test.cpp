#include "index/segment_format.h"

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>
#include <tuple>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/file_system_memory.h"
#include "index/segment_builder.h"
#include "index/synthetic_source.h"

namespace needledrop {
namespace {

std::vector<std::uint8_t> segment_of(const std::vector<NewSource>& sources) {
  MemoryFileSystem files;
  EXPECT_TRUE(files.create_directory("d").has_value());
  const auto file = *files.create("d/s");
  SegmentBuilder builder(*file, Digest{});
  for (const NewSource& source : sources) {
    EXPECT_TRUE(builder.add(source).has_value());
  }
  EXPECT_TRUE(builder.finish().has_value());
  EXPECT_EQ(builder.size(), files.content("d/s")->size());
  return *files.content("d/s");
}

using PlacedLandmark = std::tuple<std::uint32_t, std::uint32_t, std::int32_t>;  // hash, id, tick

/// Reads a segment from docs/segment-format.md alone: bit by bit, front to back, sharing no code
/// with the writer or the reader that ships. Trusts the bytes.
class SlowReader {
 public:
  explicit SlowReader(std::vector<std::uint8_t> bytes) : bytes_(std::move(bytes)) {
    at_ = bytes_.size() - 80;
    postings_ = number(8);
    source_count_ = number(4);
    number(4);
    postings_at_ = number(8);
    directory_at_ = number(8);
    number(8);
    sources_at_ = number(8);
    read_sources();
  }

  struct Source {
    std::uint32_t id = 0;
    std::uint32_t kind = 0;
    std::uint64_t length = 0;
    std::uint64_t peaks_at = 0;
    std::uint64_t peaks_size = 0;
  };
  [[nodiscard]] const std::vector<Source>& sources() const { return sources_; }

  std::vector<PlacedLandmark> postings() {
    std::uint64_t positions = 0;
    for (const Source& source : sources_) {
      positions += source.kind == 0 ? source.length : 0;
    }
    unsigned position_bits = 0;
    while (position_bits < 32 && positions > 0 && (positions - 1) >> position_bits != 0) {
      ++position_bits;
    }
    std::vector<PlacedLandmark> landmarks;
    const std::uint64_t blocks = (postings_ + 127) / 128;
    std::uint64_t block_at = postings_at_;
    for (std::uint64_t block = 0; block < blocks; ++block) {
      at_ = directory_at_ + block / 128 * (8 + 128 * 8 + 8) + 8 + block % 128 * 8;
      const std::uint64_t first_hash = number(4);
      at_ = block_at;
      const std::uint64_t span = number(4);
      const std::uint64_t count = std::min<std::uint64_t>(128, postings_ - block * 128);
      const auto hashes = monotone(count, span);
      for (const std::uint64_t hash : hashes) {
        pending_.push_back(first_hash + hash);
      }
      for (std::uint64_t i = 0; i < count; ++i) {
        landmarks.push_back(located(static_cast<std::uint32_t>(pending_[i]), bits(position_bits)));
      }
      pending_.clear();
      end_bits();
      block_at = at_ + 8;
    }
    return landmarks;
  }

  PeakList peaks(const Source& source) {
    at_ = source.peaks_at;
    PeakList list;
    const std::uint64_t length = varint();
    list.length = Tick(static_cast<std::int32_t>(length));
    for (const Channel channel : {Channel::kMid, Channel::kSide}) {
      read_channel(list, length, channel);
    }
    std::ranges::sort(list.peaks);
    list.levels.resize(varint());
    if (!list.levels.empty()) {
      for (const auto curve : {&Level::mid, &Level::side, &Level::rest}) {
        const std::uint64_t lowest = number(1);
        const std::uint64_t width = number(1);
        for (Level& level : list.levels) {
          level.*curve = static_cast<std::uint8_t>(lowest + bits(width));
        }
        end_bits();
      }
    }
    if (source.kind == 1 && at_ + 8 < source.peaks_at + source.peaks_size) {
      for (auto& textures : list.textures) {
        read_textures(textures);
      }
    }
    return list;
  }

 private:
  void read_textures(std::vector<Texture>& textures) {
    textures.resize(varint());
    if (textures.empty()) {
      return;
    }
    for (std::size_t byte = 0; byte < 52; ++byte) {
      const std::uint64_t lowest = number(1);
      const std::uint64_t width = number(1);
      for (Texture& texture : textures) {
        reinterpret_cast<std::uint8_t*>(&texture)[byte] =
            static_cast<std::uint8_t>(lowest + bits(width));
      }
      end_bits();
    }
  }
  std::uint64_t number(unsigned size) {
    std::uint64_t value = 0;
    for (unsigned i = 0; i < size; ++i) {
      value += static_cast<std::uint64_t>(bytes_[at_++]) << (8 * i);
    }
    return value;
  }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const std::uint64_t byte = number(1);
      value += (byte % 128) << shift;
      if (byte < 128) {
        return value;
      }
    }
  }
  std::uint64_t bits(std::uint64_t width) {
    std::uint64_t value = 0;
    for (std::uint64_t i = 0; i < width; ++i, ++bit_) {
      value += static_cast<std::uint64_t>(bytes_[at_ + bit_ / 8] >> (bit_ % 8) & 1) << i;
    }
    return value;
  }
  void end_bits() {
    at_ += (bit_ + 7) / 8;
    bit_ = 0;
  }
  std::vector<std::uint64_t> monotone(std::uint64_t count, std::uint64_t last) {
    unsigned low_bits = 0;
    while (count > 0 && last / count >> (low_bits + 1) != 0) {
      ++low_bits;
    }
    std::vector<std::uint64_t> values(count);
    for (std::uint64_t& value : values) {
      value = bits(low_bits);
    }
    end_bits();
    if (count > 0) {
      std::uint64_t i = 0;
      for (std::uint64_t bit = 0; bit < count + (last >> low_bits); ++bit) {
        if (bits(1) != 0) {
          values[i] += (bit - i) << low_bits;
          ++i;
        }
      }
      end_bits();
    }
    return values;
  }
  PlacedLandmark located(std::uint32_t hash, std::uint64_t position) const {
    for (const Source& source : sources_) {
      if (source.kind == 0) {
        if (position < source.length) {
          return {hash, source.id, static_cast<std::int32_t>(position)};
        }
        position -= source.length;
      }
    }
    ADD_FAILURE() << "a position outside all recordings";
    return {};
  }
  void read_sources() {
    at_ = sources_at_;
    for (std::uint64_t i = 0; i < source_count_; ++i) {
      Source source;
      source.id = static_cast<std::uint32_t>(number(4));
      source.kind = static_cast<std::uint32_t>(number(1));
      number(3);
      source.length = number(4);
      source.peaks_size = number(4);
      source.peaks_at = number(8);
      at_ += 16;
      sources_.push_back(source);
    }
  }
  void read_channel(PeakList& list, std::uint64_t length, Channel channel) {
    const std::uint64_t count = varint();
    if (count == 0) {
      return;
    }
    const std::uint64_t lowest_frequency = varint();
    const std::uint64_t frequency_bits = number(1);
    const std::uint64_t lowest_level = number(1);
    const std::uint64_t level_bits = number(1);
    const std::uint64_t reach = number(1);
    std::vector<Peak> peaks(count);
    const auto ticks = monotone(count, length - 1);
    for (std::uint64_t i = 0; i < count; ++i) {
      peaks[i].tick = Tick(static_cast<std::int32_t>(ticks[i]));
      peaks[i].frequency = static_cast<std::uint16_t>(lowest_frequency + bits(frequency_bits));
    }
    end_bits();
    for (Peak& peak : peaks) {
      peak.level = static_cast<std::uint8_t>(lowest_level + bits(level_bits));
    }
    end_bits();
    for (Peak& peak : peaks) {
      peak.channel = channel;
      peak.reach = static_cast<Reach>(reach == 3 ? bits(2) : reach);
      list.peaks.push_back(peak);
    }
    end_bits();
  }

  std::vector<std::uint8_t> bytes_;
  std::uint64_t at_ = 0;   // byte
  std::uint64_t bit_ = 0;  // from there on
  std::uint64_t postings_ = 0;
  std::uint64_t source_count_ = 0;
  std::uint64_t postings_at_ = 0;
  std::uint64_t directory_at_ = 0;
  std::uint64_t sources_at_ = 0;
  std::vector<Source> sources_;
  std::vector<std::uint64_t> pending_;
};

TEST(SegmentFormat, ASlowReaderOfTheDocumentReadsTheSame) {
  std::mt19937 random(21);
  std::vector<NewSource> sources;
  for (std::uint32_t id = 3; id < 13; id += 2) {
    const auto kind = id == 7 ? SourceKind::kEpisode : SourceKind::kRecording;
    sources.push_back(synthetic_source(SourceId(id), kind,
                                       {.ticks = 3'000,
                                        .landmarks = 6'000,
                                        .peaks = 900,
                                        .hashes = 2'000,
                                        .hash_step = 999,
                                        .all_far = id != 7},
                                       random));
  }
  std::vector<PlacedLandmark> expected;
  for (const NewSource& source : sources) {
    for (const HashedLandmark& landmark : source.fingerprint) {
      expected.emplace_back(landmark.hash.value, source.entry.id.value, landmark.tick.value);
    }
  }
  std::ranges::sort(expected);
  ASSERT_GT(blocks_of(expected.size()), kPageBlocks);

  SlowReader reader(segment_of(sources));
  EXPECT_TRUE(reader.postings() == expected);
  ASSERT_EQ(reader.sources().size(), sources.size());
  for (std::size_t i = 0; i < sources.size(); ++i) {
    EXPECT_EQ(reader.sources()[i].id, sources[i].entry.id.value);
    EXPECT_EQ(reader.peaks(reader.sources()[i]), sources[i].peaks);
  }
}

/// One recording of 3 ticks with one peak, one level and one landmark.
std::vector<std::uint8_t> smallest_segment() {
  NewSource source;
  source.entry = {SourceId(1), SourceKind::kRecording, {}, Tick(3)};
  source.peaks.length = Tick(3);
  Peak peak;
  peak.tick = Tick(2);
  peak.frequency = 3'600;
  peak.level = 150;
  peak.reach = Reach::kFar;
  source.peaks.peaks = {peak};
  source.peaks.levels = {{140, 0, 0}};
  source.fingerprint = {{Hash(0xC0FFEE), Tick(2)}};
  return segment_of({source});
}

std::string hex_dump(const std::vector<std::uint8_t>& bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 16) {
    text += fmt::format("{:4}", at);
    for (std::size_t i = at; i < std::min(at + 16, bytes.size()); ++i) {
      text += fmt::format(" {:02x}", bytes[i]);
    }
    text += '\n';
  }
  return text;
}

TEST(SegmentFormat, TheDumpInTheDocumentIsTheSmallestSegment) {
  std::ifstream file(NEEDLEDROP_DOCS "/segment-format.md");
  std::stringstream document;
  document << file.rdbuf();
  const std::string dump = hex_dump(smallest_segment());
  EXPECT_NE(document.str().find(dump), std::string::npos) << "should hold:\n" << dump;
}

}  // namespace
}  // namespace needledrop
