#include "cuesheet/sheet_export.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "cuesheet/audacity.h"
#include "cuesheet/avid.h"
#include "cuesheet/chapters.h"
#include "cuesheet/csv.h"
#include "cuesheet/ddex.h"
#include "cuesheet/edl.h"
#include "cuesheet/fcpxml.h"
#include "cuesheet/otio.h"
#include "cuesheet/sheet_part.h"
#include "cuesheet/webvtt.h"
#include "cuesheet/xlsx.h"
#include "media/unicode_text.h"

namespace needledrop {
namespace {

constexpr std::array<SheetFormatTraits, 13> kFormats{{
    {.format = SheetFormat::kCsv,
     .name = "csv",
     .ending = ".csv",
     .has_mark = true,
     .may_roll_up = true},
    {.format = SheetFormat::kCsvWide,
     .name = "csv-wide",
     .ending = ".csv",
     .has_mark = true,
     .may_roll_up = true},
    {.format = SheetFormat::kXlsx,
     .name = "xlsx",
     .ending = ".xlsx",
     .is_binary = true,
     .may_roll_up = true},
    {.format = SheetFormat::kPdf,
     .name = "pdf",
     .ending = ".pdf",
     .is_binary = true,
     .has_paper = true,
     .may_roll_up = true},
    {.format = SheetFormat::kOtio,
     .name = "otio",
     .ending = ".otio",
     .is_of_file = true,
     .counts_frames = true},
    {.format = SheetFormat::kEdl,
     .name = "edl",
     .ending = ".edl",
     .is_of_file = true,
     .counts_frames = true},
    {.format = SheetFormat::kFcpxml,
     .name = "fcpxml",
     .ending = ".fcpxml",
     .is_of_file = true,
     .counts_frames = true},
    {.format = SheetFormat::kAvid,
     .name = "avid",
     .ending = ".txt",
     .is_of_file = true,
     .counts_frames = true},
    {.format = SheetFormat::kWebvtt, .name = "vtt", .ending = ".vtt", .is_of_file = true},
    {.format = SheetFormat::kAudacity, .name = "audacity", .ending = ".txt", .is_of_file = true},
    {.format = SheetFormat::kChapters, .name = "chapters", .ending = ".xml", .is_of_file = true},
    {.format = SheetFormat::kFfmetadata,
     .name = "ffmetadata",
     .ending = ".ffmetadata",
     .is_of_file = true},
    {.format = SheetFormat::kDdex, .name = "ddex", .ending = ".tsv"},
}};

Result<SheetExport> plain(std::string text) {
  return SheetExport{std::move(text), {}};
}

template <typename Sheet>
Result<SheetExport> pdf_export(const Sheet& sheet, Paper paper) {
  ND_TRY_ASSIGN(PdfSheet pdf, to_pdf(sheet, paper));
  return SheetExport{std::move(pdf.bytes), unshown_warnings(pdf.unshown)};
}

/// What all formats for people and societies have in common, whichever sheet it is.
template <typename Sheet>
Result<SheetExport> document_export(const Sheet& sheet, SheetFormat format,
                                    const SheetExportOptions& options) {
  if (format == SheetFormat::kPdf) return pdf_export(sheet, options.paper);
  if (format == SheetFormat::kXlsx) {
    ND_TRY_ASSIGN(std::string bytes, to_xlsx(sheet));
    return plain(std::move(bytes));
  }
  return plain(
      to_csv(sheet, {.is_wide = format == SheetFormat::kCsvWide, .has_mark = options.has_mark}));
}

Result<SheetExport> timeline_export(const CueSheet& sheet, SheetFormat format,
                                    const TimelineOptions& options) {
  ND_TRY_ASSIGN(const Timeline timeline, make_timeline(sheet, options));
  if (format == SheetFormat::kOtio) return plain(to_otio(timeline));
  if (format == SheetFormat::kFcpxml) return plain(to_fcpxml(timeline));
  if (format == SheetFormat::kAvid) return plain(to_avid_markers(timeline));
  ND_TRY_ASSIGN(std::string edl, to_edl(timeline));
  return plain(std::move(edl));
}

Result<SheetExport> file_export(const CueSheet& sheet, SheetFormat format,
                                std::optional<int> number) {
  ND_TRY_ASSIGN(const SheetPart part, find_part(sheet, number));
  if (format == SheetFormat::kWebvtt) return plain(to_webvtt(sheet, part));
  if (format == SheetFormat::kAudacity) return plain(to_audacity_labels(sheet, part));
  if (format == SheetFormat::kChapters) {
    ND_TRY_ASSIGN(std::string xml, to_matroska_chapters(sheet, part));
    return plain(std::move(xml));
  }
  return plain(to_ffmetadata(sheet, part));
}

}  // namespace

std::vector<std::string> unshown_warnings(const std::vector<std::string>& texts) {
  std::vector<std::string> warnings;
  warnings.reserve(texts.size());
  for (const std::string& text : texts) {
    warnings.push_back(fmt::format(
        "no font on this machine has all characters of \"{}\"; boxes stand for them", text));
  }
  return warnings;
}

std::span<const SheetFormatTraits> sheet_formats() {
  return kFormats;
}

const SheetFormatTraits& traits_of(SheetFormat format) {
  return *std::ranges::find(kFormats, format, &SheetFormatTraits::format);
}

std::optional<SheetFormat> sheet_format(std::string_view name) {
  const auto* const found = std::ranges::find(kFormats, name, &SheetFormatTraits::name);
  if (found == kFormats.end()) return std::nullopt;
  return found->format;
}

std::optional<SheetFormat> sheet_format_of_file(std::string_view path) {
  const std::string lower = lower_case(path);
  const auto* const found = std::ranges::find_if(
      kFormats, [&](const SheetFormatTraits& each) { return lower.ends_with(each.ending); });
  if (found == kFormats.end()) return std::nullopt;
  return found->format;
}

Result<SheetExport> export_sheet(const CueSheet& sheet, SheetFormat format,
                                 const SheetExportOptions& options) {
  const SheetFormatTraits& traits = traits_of(format);
  if (traits.may_roll_up) return document_export(sheet, format, options);
  if (format == SheetFormat::kDdex) return plain(to_ddex(sheet));
  return traits.counts_frames ? timeline_export(sheet, format, options.timeline)
                              : file_export(sheet, format, options.timeline.part);
}

Result<SheetExport> export_sheet(const RolledSheet& sheet, SheetFormat format,
                                 const SheetExportOptions& options) {
  const SheetFormatTraits& traits = traits_of(format);
  if (traits.may_roll_up) return document_export(sheet, format, options);
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("{} shows uses in their place, which a rolled-up sheet does not have",
                          traits.name));
}

}  // namespace needledrop
