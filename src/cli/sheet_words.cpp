#include "cli/sheet_words.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/timecode.h"
#include "cli/text_width.h"

namespace needledrop {
namespace {

using What = SheetArguments::What;

constexpr std::string_view kJson = "json";

/// What may stand after EPISODE.
struct SheetAction {
  std::string_view name;
  What what;
  SheetStatus to = SheetStatus::kDraft;  // of a step
};
constexpr std::array<SheetAction, 7> kActions{{
    {"check", What::kCheck},
    {"history", What::kHistory},
    {"submit", What::kStep, SheetStatus::kInReview},
    {"approve", What::kStep, SheetStatus::kApproved},
    {"withdraw", What::kStep, SheetStatus::kDraft},
    {"file", What::kStep, SheetStatus::kFiled},
    {"revise", What::kStep, SheetStatus::kRevised},
}};

Error refused(std::string_view option, std::string_view what) {
  return fail(Error::Kind::kInvalidArgument, fmt::format("{} says nothing to {}", option, what));
}

/// Options that the format does not listen to would do nothing.
Result<void> check_format_options(const SheetOptions& options, const SheetArguments& sheet) {
  const SheetFormatTraits& format = traits_of(sheet.format);
  const std::string name = fmt::format("--format {}", sheet.as_json ? kJson : format.name);
  struct Heard {
    bool is_given;
    bool counts;
    std::string_view option;
  };
  const std::array<Heard, 8> options_of_formats{{
      {options.bom, format.has_mark, "--bom"},
      {options.no_bom, format.has_mark, "--no-bom"},
      {!options.paper.empty(), format.has_paper, "--paper"},
      {options.part.has_value(), format.is_of_file, "--part"},
      {!options.frame_rate.empty(), format.counts_frames, "--frame-rate"},
      {!options.start_timecode.empty(), format.counts_frames, "--start-timecode"},
      {options.drop_frame, format.counts_frames, "--drop-frame"},
      {options.no_drop_frame, format.counts_frames, "--no-drop-frame"},
  }};
  for (const auto& [is_given, counts, option] : options_of_formats) {
    if (is_given && (sheet.as_json || !counts)) return refused(option, name);
  }
  if (options.rolled_up && !sheet.as_json && !format.may_roll_up) {
    return refused("--rolled-up", name);
  }
  return {};
}

Result<void> read_format(const SheetOptions& options, SheetArguments& sheet) {
  sheet.output = options.output;
  sheet.as_json =
      options.format == kJson || (options.format.empty() && options.output.ends_with(".json"));
  const auto format =
      options.format.empty() ? sheet_format_of_file(options.output) : sheet_format(options.format);
  const std::string name = sheet.output.substr(sheet.output.rfind('/') + 1);
  if (options.format.empty() && !format.has_value() && !sheet.as_json &&
      name.find('.', 1) != std::string::npos) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("{}: its ending tells no format; say which with --format",
                            printable(sheet.output)));
  }
  sheet.has_format = sheet.as_json || format.has_value();
  sheet.format = format.value_or(SheetFormat::kCsv);
  TimelineOptions& timeline = sheet.options.timeline;
  if (!options.frame_rate.empty()) {
    ND_TRY_ASSIGN(timeline.rate, parse_frame_rate(options.frame_rate));
  }
  timeline.part = options.part;
  timeline.start_timecode = options.start_timecode;
  ND_TRY(check_format_options(options, sheet));
  sheet.options.has_mark = !options.no_bom;
  if (options.drop_frame) timeline.drop_frame = true;
  if (options.no_drop_frame) timeline.drop_frame = false;
  sheet.options.paper = options.paper == "letter" ? Paper::kLetter : Paper::kA4;
  return {};
}

Result<void> read_action(const std::vector<std::string>& words, SheetArguments& sheet) {
  if (words.empty()) return {};
  const auto* const action = std::ranges::find(kActions, words.front(), &SheetAction::name);
  if (action == kActions.end() || words.size() > 1) {
    return fail(
        Error::Kind::kInvalidArgument,
        fmt::format("sheet can't {}: it can check, submit, approve, withdraw, file, revise, "
                    "and tell its history",
                    printable(words.size() > 1 ? words[1] : words.front())));
  }
  sheet.what = action->what;
  sheet.step.to = action->to;
  return {};
}

/// Options that only make sense with a step, or only without.
Result<void> check_step_options(const SheetOptions& options, const SheetArguments& sheet) {
  if (sheet.what != What::kStep) {
    if (!options.by.empty()) return refused("--by", "anything but a step");
    if (!options.reason.empty()) return refused("--reason", "anything but a step");
    if (options.incomplete.has_value()) return refused("--incomplete", "anything but a step");
  }
  const bool is_export = sheet.what == What::kExport;
  if (!is_export && (!options.format.empty() || !options.output.empty())) {
    return refused(options.format.empty() ? "--output" : "--format", "an action");
  }
  if (!is_export && options.revision.has_value()) return refused("--revision", "an action");
  if (!is_export && options.rolled_up) return refused("--rolled-up", "an action");
  return {};
}

Result<void> read_society(const std::string& name, SheetArguments& sheet) {
  if (name.empty()) return {};
  sheet.wishes.society = find_society(name);
  if (sheet.wishes.society != nullptr) return {};
  std::string known;
  for (const Society& society : societies()) {
    known += fmt::format("{}{}", known.empty() ? "" : ", ", society.name);
  }
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("no society is called {}; there are {}", printable(name), known));
}

}  // namespace

std::vector<std::string> sheet_format_names() {
  std::vector<std::string> names{std::string(kJson)};
  for (const SheetFormatTraits& format : sheet_formats()) names.emplace_back(format.name);
  return names;
}

Result<SheetArguments> read_sheet_words(const std::string& episode,
                                        const std::vector<std::string>& words,
                                        const SheetOptions& options) {
  SheetArguments sheet;
  sheet.episode = episode;
  ND_TRY(read_action(words, sheet));
  ND_TRY(check_step_options(options, sheet));
  ND_TRY(read_format(options, sheet));
  ND_TRY(read_society(options.society, sheet));
  sheet.wishes.preparer = options.preparer;
  sheet.wishes.cut = options.cut;
  sheet.revision = options.revision;
  sheet.is_rolled_up = options.rolled_up;
  sheet.step.author = options.by;
  sheet.step.reason = options.reason;
  sheet.step.incomplete = options.incomplete;
  return sheet;
}

}  // namespace needledrop
