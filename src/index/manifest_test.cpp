#include "index/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/file_system_memory.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Manifest sample() {
  return {.generation = 7,
          .segments = {{5, 183'204, 0x9f86d081884c7d65}, {7, 90'412, 0x60303ae22b998861}},
          .removed = {SourceId(12), SourceId(15)}};
}

std::string with_checksum(const std::string& lines) {
  const auto sum = checksum({reinterpret_cast<const std::uint8_t*>(lines.data()), lines.size()});
  char text[32];
  std::snprintf(text, sizeof text, "checksum %016llx\n", static_cast<unsigned long long>(sum));
  return lines + text;
}

TEST(Manifest, TheTextOfTheFormat) {
  EXPECT_EQ(encode_manifest(sample()),
            "needledrop index 1\n"
            "generation 7\n"
            "segment 5 183204 9f86d081884c7d65\n"
            "segment 7 90412 60303ae22b998861\n"
            "removed 12 15\n"
            "checksum 7f7c190f9f66088f\n");
}

TEST(Manifest, ComesBack) {
  for (const Manifest& manifest :
       {Manifest{}, Manifest{.generation = 3, .segments = {}, .removed = {}}, sample()}) {
    const auto parsed = parse_manifest(encode_manifest(manifest));
    ASSERT_TRUE(parsed.has_value()) << parsed.error().message;
    EXPECT_EQ(*parsed, manifest);
  }
}

TEST(Manifest, AnyByteChangedOrCutIsNoticed) {
  const std::string text = encode_manifest(sample());
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string flipped = text;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    ASSERT_FALSE(parse_manifest(flipped).has_value()) << at;
    ASSERT_EQ(parse_manifest(text.substr(0, at)).error().kind, Error::Kind::kCorrupt) << at;
  }
}

TEST(Manifest, WithARightChecksumItMustStillMakeSense) {
  const std::string start = "needledrop index 1\ngeneration 7\n";
  ASSERT_TRUE(parse_manifest(with_checksum(start)).has_value());
  for (const char* rest :
       {"\n", "x\n", "segment\n", "segment 1\n", "segment 1 2 3 4\n",
        "segment 8 1 0000000000000001\n",
        "segment 2 1 0000000000000001\nsegment 2 1 0000000000000001\n", "segment 2 1 1\n",
        "segment 02 1 0000000000000001\n", "segment -2 1 0000000000000001\n",
        "segment ../../x 1 0000000000000001\n", "removed\n", "removed 2 1\n", "removed 1 1\n",
        "removed 1 \n", "removed 4294967296\n", "generation 8\n", "removed 1"}) {
    const auto parsed = parse_manifest(with_checksum(start + rest));
    ASSERT_FALSE(parsed.has_value()) << rest;
    EXPECT_EQ(parsed.error().kind, Error::Kind::kCorrupt) << rest;
  }
}

TEST(Manifest, AnotherFormatIsUnsupported) {
  const auto parsed = parse_manifest(with_checksum("needledrop index 2\nanything\n"));
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().kind, Error::Kind::kUnsupported);
  EXPECT_THAT(parsed.error().message, HasSubstr("index format 2, this program reads 1"));
}

TEST(Manifest, IsReadFromItsDirectoryOrEmpty) {
  MemoryFileSystem files;
  EXPECT_EQ(read_manifest(files, "d")->generation, 0U);
  ASSERT_TRUE(files.create_directory("d").has_value());
  EXPECT_EQ(read_manifest(files, "d")->generation, 0U);
  ASSERT_TRUE(commit_manifest(files, "d", sample()).has_value());
  EXPECT_EQ(*read_manifest(files, "d"), sample());
  EXPECT_THAT(*files.list("d"), ElementsAre("manifest"));
}

TEST(Manifest, SegmentsWithoutAManifestAreNotAnEmptyIndex) {
  MemoryFileSystem files;
  ASSERT_TRUE(files.create_directory("d").has_value());
  files.replace("d/segment-00000001", {1});
  const auto read = read_manifest(files, "d");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().kind, Error::Kind::kCorrupt);
  EXPECT_THAT(read.error().message, HasSubstr("d/manifest: missing"));
}

TEST(Manifest, LeftoversGoAndStrangersStay) {
  MemoryFileSystem files;
  ASSERT_TRUE(files.create_directory("d").has_value());
  for (const char* name :
       {"d/segment-00000005", "d/segment-00000006", "d/manifest.new", "d/lock", "d/notes"}) {
    files.replace(name, {1});
  }
  ASSERT_TRUE(remove_leftovers(files, "d", sample()).has_value());
  EXPECT_THAT(*files.list("d"), ElementsAre("lock", "notes", "segment-00000005"));
}

}  // namespace
}  // namespace needledrop
