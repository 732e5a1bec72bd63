#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <zip.h>

namespace needledrop {

/// Parts of an archive by name.
using ArchiveParts = std::vector<std::pair<std::string, std::string>>;

/// A ZIP archive of these parts, packed.
inline std::string make_archive(const ArchiveParts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(source);
  zip_t* archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  EXPECT_NE(archive, nullptr) << zip_error_strerror(&error);
  for (const auto& [name, content] : parts) {
    zip_source_t* part = zip_source_buffer(archive, content.data(), content.size(), 0);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), part, ZIP_FL_ENC_UTF_8);
    EXPECT_GE(index, 0) << zip_strerror(archive);
    zip_file_set_mtime(archive, static_cast<zip_uint64_t>(index), 1'700'000'000, 0);
  }
  EXPECT_EQ(zip_close(archive), 0) << zip_strerror(archive);
  zip_source_open(source);
  zip_source_seek(source, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(source)), '\0');
  zip_source_seek(source, 0, SEEK_SET);
  EXPECT_EQ(zip_source_read(source, bytes.data(), bytes.size()),
            static_cast<zip_int64_t>(bytes.size()));
  zip_source_close(source);
  zip_source_free(source);
  return bytes;
}

/// What a test says of a workbook; the rest is as small as the standard lets it be.
struct TestWorkbook {
  std::string sheet_data{};      // rows
  std::string strings{};         // si elements
  std::string number_formats{};  // numFmt elements
  std::string cell_formats{};    // xf elements
  std::string workbook_properties{};
  std::string before_sheet{};  // of the sheet's part, before its root
};

inline std::string relationship(const char* id, const char* type, const char* target) {
  return fmt::format(
      R"(<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>)",
      id, type, target);
}

inline std::string relationships(const std::string& content) {
  return R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)" +
         content + "</Relationships>";
}

inline ArchiveParts workbook_parts(const TestWorkbook& workbook) {
  const std::string space =
      R"( xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")"
      R"( xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";
  return {
      {"_rels/.rels", relationships(relationship("a", "officeDocument", "xl/workbook.xml"))},
      {"xl/workbook.xml",
       fmt::format("<workbook{}>{}<sheets><sheet name=\"Cues\" sheetId=\"1\" r:id=\"s\"/>"
                   "<sheet name=\"둘째\" sheetId=\"2\" r:id=\"t\"/></sheets></workbook>",
                   space, workbook.workbook_properties)},
      {"xl/_rels/workbook.xml.rels",
       relationships(relationship("s", "worksheet", "worksheets/sheet1.xml") +
                     relationship("t", "worksheet", "/xl/worksheets/sheet2.xml") +
                     relationship("u", "sharedStrings", "sharedStrings.xml") +
                     relationship("v", "styles", "../xl/styles.xml"))},
      {"xl/sharedStrings.xml", fmt::format("<sst{}>{}</sst>", space, workbook.strings)},
      {"xl/styles.xml",
       fmt::format("<styleSheet{}><numFmts>{}</numFmts><cellStyleXfs><xf numFmtId=\"14\"/>"
                   "</cellStyleXfs><cellXfs>{}</cellXfs></styleSheet>",
                   space, workbook.number_formats, workbook.cell_formats)},
      {"xl/worksheets/sheet1.xml",
       fmt::format("{}<worksheet{}><sheetData>{}</sheetData></worksheet>", workbook.before_sheet,
                   space, workbook.sheet_data)},
      {"xl/worksheets/sheet2.xml",
       fmt::format("<worksheet{}><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>",
                   space)},
  };
}

inline std::string make_workbook(const TestWorkbook& workbook) {
  return make_archive(workbook_parts(workbook));
}

}  // namespace needledrop
