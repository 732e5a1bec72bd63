#include "cli/compare_arguments.h"

#include <cmath>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/timecode.h"
#include "cli/text_width.h"

namespace needledrop {

void declare_compare(CLI::App& app, CompareWords& words) {
  constexpr double kMostTolerance = 3'600;
  CLI::App* compare = app.add_subcommand("compare");
  compare->add_option("SHEET", words.sheet)->required();
  compare->add_option("EPISODE", words.episode)->required();
  compare->add_option("--map", words.mapping);
  compare->add_option("--sheet", words.workbook_sheet);
  compare->add_option("--frame-rate", words.frame_rate);
  compare->add_option("--start-timecode", words.start_timecode);
  compare->add_flag("--drop-frame", words.drop_frame);
  compare->add_option("--tolerance", words.tolerance)->check(CLI::Range(0.0, kMostTolerance));
  compare->add_option("--format", words.format)->check(CLI::IsMember({"csv", "xlsx", "pdf"}));
  compare->add_option("--paper", words.paper)->check(CLI::IsMember({"a4", "letter"}));
  compare->add_option("-o,--output", words.output);
}

Result<CompareArguments> take_compare(const CompareWords& words) {
  CompareArguments arguments;
  arguments.sheet = words.sheet;
  arguments.episode = words.episode;
  arguments.output = words.output;
  arguments.reader.sheet = words.workbook_sheet;
  arguments.reader.clock.start_timecode = words.start_timecode;
  arguments.rules.tolerance = Milliseconds(std::llround(words.tolerance * 1000));
  if (!words.mapping.empty()) {
    ND_TRY_ASSIGN(arguments.reader.mapping, read_sheet_mapping(words.mapping));
  }
  if (!words.frame_rate.empty()) {
    ND_TRY_ASSIGN(const Fraction rate, parse_frame_rate(words.frame_rate));
    ND_TRY_ASSIGN(arguments.reader.clock.timebase, make_timebase(rate, words.drop_frame));
  } else if (words.drop_frame) {
    return fail(Error::Kind::kInvalidArgument, "--drop-frame needs --frame-rate");
  }
  arguments.format = words.format.empty() ? comparison_format_of_file(words.output)
                                          : comparison_format(words.format);
  if (!words.output.empty() && !arguments.format.has_value()) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("{}: its ending tells no format; say csv, xlsx or pdf with --format",
                            printable(words.output)));
  }
  if (!words.paper.empty() && arguments.format != ComparisonFormat::kPdf) {
    return fail(Error::Kind::kInvalidArgument, "--paper says nothing to anything but a PDF");
  }
  if (words.paper == "letter") arguments.paper = Paper::kLetter;
  return arguments;
}

}  // namespace needledrop
