#include "cuesheet/pdf.h"

#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "cuesheet/test_pdf.h"
#include "cuesheet/test_sheet.h"

namespace needledrop {
namespace {

using testing::HasSubstr;

std::string text_of(const PdfSheet& pdf, const std::string& options = "") {
  return text_of_pdf(pdf.bytes, options);
}

PdfSheet pdf_of(const CueSheet& sheet, Paper paper = Paper::kA4) {
  auto pdf = to_pdf(sheet, paper);
  EXPECT_TRUE(pdf.has_value()) << pdf.error().message;
  return pdf.has_value() ? *pdf : PdfSheet{};
}

/// A sheet of so many cues, each with so many writers.
CueSheet long_sheet(int cues, int writers) {
  CueSheet sheet = test_sheet();
  SheetCue cue = sheet.cues[0];
  const SheetParty party = cue.works[0].parties[0];
  cue.works[0].parties.clear();
  for (int i = 0; i < writers; ++i) {
    cue.works[0].parties.push_back(party);
    cue.works[0].parties.back().name = fmt::format("Writer {}", i + 1);
  }
  sheet.cues.clear();
  for (int i = 0; i < cues; ++i) {
    sheet.cues.push_back(cue);
    sheet.cues.back().number = i + 1;
    sheet.cues.back().sequence = fmt::format("1m{:02}", i + 1);
    sheet.cues.back().title = fmt::format("Title {}", i + 1);
  }
  return sheet;
}

std::size_t count(const std::string& text, const std::string& word) {
  std::size_t found = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    ++found;
  }
  return found;
}

TEST(Pdf, NamesInThreeScriptsStandOnOnePage) {
  const PdfSheet pdf = pdf_of(test_sheet());
  EXPECT_THAT(pdf.unshown, testing::IsEmpty());
  const std::string text = text_of(pdf);
  for (const char* words :
       {"눈물의 여왕", "김수현", "さくら音楽出版", "夜の雨", "Rain, again", "涙の女王",
        "Page 1 of 1", "DRAFT", "Total music 0:58", "00014107338", "50.00", "1:02", "Prepared by",
        "Signature", "C composer, E publisher"}) {
    EXPECT_THAT(text, HasSubstr(words));
  }
}

TEST(Pdf, TheSameSheetIsTheSameFile) {
  EXPECT_EQ(pdf_of(test_sheet()).bytes, pdf_of(test_sheet()).bytes);
}

TEST(Pdf, StateIsSaid) {
  CueSheet sheet = test_sheet();
  sheet.state = {SheetStatus::kRevised, 2, {"1m01: a writer was added"}, "one IPI is missing"};
  const std::string text = text_of(pdf_of(sheet, Paper::kLetter));
  EXPECT_THAT(text, HasSubstr("REVISED, REVISION 2"));
  EXPECT_THAT(text, HasSubstr("INCOMPLETE: one IPI is missing"));
  EXPECT_THAT(text, HasSubstr("Changes in revision 2"));
  EXPECT_THAT(text, HasSubstr("1m01: a writer was added"));
}

TEST(Pdf, RowsAreNotCutAcrossPages) {
  const PdfSheet pdf = pdf_of(long_sheet(60, 5));
  const std::string all = text_of(pdf);
  const std::size_t pages = count(all, "\f");
  EXPECT_GE(pages, 6U);
  EXPECT_THAT(all, HasSubstr(fmt::format("Page {} of {}", pages, pages)));
  for (std::size_t page = 1; page <= pages; ++page) {
    const std::string text = text_of(pdf, fmt::format("-f {} -l {}", page, page));
    EXPECT_EQ(count(text, "Writer 1 "), count(text, "Writer 5 ")) << "page " << page;
    EXPECT_EQ(count(text, "Title "), count(text, "Writer 5 ")) << "page " << page;
    // The column names stand above the rows of every page.
    EXPECT_EQ(count(text, "Writer or publisher"), text.find("Writer 1 ") != text.npos ? 1U : 0U);
  }
}

TEST(Pdf, ARowHigherThanAPageGoesOnOnTheNext) {
  const std::string text = text_of(pdf_of(long_sheet(1, 150)));
  for (int i = 1; i <= 150; ++i) {
    EXPECT_EQ(count(text, fmt::format("Writer {} ", i)), 1U) << i;
  }
  EXPECT_EQ(count(text, "Title 1"), 1U);
}

std::string words(const std::string& stem, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += fmt::format("{}{} ", stem, i);
  return text;
}

/// What is higher than a page goes on on the next, wherever it stands.
TEST(Pdf, NothingIsCutHoweverLongItIs) {
  constexpr int kMany = 1'500;
  CueSheet sheet = test_sheet();
  sheet.cues[0].note = words("note", kMany);
  sheet.cues[0].works[0].parties[0].name = words("name", kMany);
  sheet.header.director = words("who", kMany);
  sheet.state.incomplete = words("why", 3 * kMany);
  sheet.state.changes = {words("what", 3 * kMany)};
  const std::string text = text_of(pdf_of(sheet));
  EXPECT_GE(count(text, "\f"), 5U);
  for (const auto& [stem, many] :
       {std::pair("note", kMany), std::pair("name", kMany), std::pair("who", kMany),
        std::pair("why", 3 * kMany), std::pair("what", 3 * kMany)}) {
    std::size_t found = 0;
    for (int i = 0; i < many; ++i)
      found += count(text, fmt::format("{}{} ", stem, i)) > 0 ||
               count(text, fmt::format("{}{}\n", stem, i)) > 0;
    EXPECT_EQ(found, static_cast<std::size_t>(many)) << stem;
  }
}

TEST(Pdf, LongTitlesAreWrapped) {
  CueSheet sheet = test_sheet();
  std::string title;
  for (int i = 0; i < 60; ++i) title += fmt::format("word{} ", i);
  sheet.cues[0].title = title;
  const std::string text = text_of(pdf_of(sheet));
  for (int i = 0; i < 60; ++i) EXPECT_THAT(text, HasSubstr(fmt::format("word{}", i)));
}

TEST(Pdf, WhatNoFontShowsIsTold) {
  CueSheet sheet = test_sheet();
  sheet.cues[0].title = "\U00013000";  // a hieroglyph
  EXPECT_THAT(pdf_of(sheet).unshown, testing::ElementsAre("\U00013000"));
}

TEST(Pdf, AnEmptySheetIsAPage) {
  EXPECT_THAT(text_of(pdf_of(CueSheet{})), HasSubstr("Page 1 of 1"));
}

}  // namespace
}  // namespace needledrop
