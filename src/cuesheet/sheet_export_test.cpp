#include "cuesheet/sheet_export.h"

#include <gmock/gmock.h>

#include "cuesheet/test_sheet.h"

namespace needledrop {
namespace {

TEST(SheetExport, EveryFormatHasItsNameAndContent) {
  for (const SheetFormatTraits& traits : sheet_formats()) {
    EXPECT_EQ(sheet_format(traits.name), traits.format);
    const auto made = export_sheet(test_sheet(), traits.format, {});
    ASSERT_TRUE(made.has_value()) << traits.name << ": " << made.error().message;
    EXPECT_FALSE(made->bytes.empty()) << traits.name;
    EXPECT_THAT(made->warnings, testing::IsEmpty()) << traits.name;
    const bool has_zero = made->bytes.find('\0') != std::string::npos;
    EXPECT_EQ(has_zero, traits.is_binary) << traits.name;
  }
  EXPECT_EQ(sheet_format("doc"), std::nullopt);
}

TEST(SheetExport, EndingsTellFormats) {
  EXPECT_EQ(sheet_format_of_file("a/b.CSV"), SheetFormat::kCsv);
  EXPECT_EQ(sheet_format_of_file("S01E12.pdf"), SheetFormat::kPdf);
  EXPECT_EQ(sheet_format_of_file("S01E12"), std::nullopt);
}

/// What formats that count frames need, only they ask for.
TEST(SheetExport, OnlyFramesNeedAFrameRate) {
  CueSheet sheet = test_sheet();
  sheet.parts[0].frame_rate = {};
  for (const SheetFormatTraits& traits : sheet_formats()) {
    EXPECT_EQ(export_sheet(sheet, traits.format, {}).has_value(), !traits.counts_frames)
        << traits.name;
  }
}

TEST(SheetExport, OnlyFormatsOfAFileNeedAPart) {
  CueSheet sheet = test_sheet();
  sheet.parts.push_back(sheet.parts[0]);
  sheet.parts[0].part = 1;
  sheet.parts[1].part = 2;
  for (const SheetFormatTraits& traits : sheet_formats()) {
    EXPECT_EQ(export_sheet(sheet, traits.format, {}).has_value(), !traits.is_of_file)
        << traits.name;
    SheetExportOptions second;
    second.timeline.part = 2;
    EXPECT_TRUE(export_sheet(sheet, traits.format, second).has_value()) << traits.name;
  }
}

}  // namespace
}  // namespace needledrop
