#include "cli/cues_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include <fmt/format.h>

#include "cli/text_width.h"
#include "cli/wording.h"

namespace needledrop {
namespace {

using What = CuesArguments::What;

/// What may be said of an action besides its words.
enum Sayable : unsigned {
  kValues = 1U << 0U,    // --in to --reported
  kMusic = 1U << 1U,     // --title, --artist, --work
  kInPart = 1U << 2U,    // --part
  kInSeason = 1U << 3U,  // --season
  kFrom = 1U << 4U,      // --from
};

struct Action {
  std::string_view name;
  What what;
  DecisionKind kind;
  std::size_t least;  // words after its own
  std::size_t most;
  unsigned sayable;
  std::string_view usage;
};
constexpr std::size_t kAny = 10'000;
constexpr std::array<Action, 15> kActions{{
    {"accept", What::kDecide, DecisionKind::kAccept, 1, kAny, kInSeason, "accept CUE... or all"},
    {"reject", What::kDecide, DecisionKind::kReject, 1, kAny, kInSeason, "reject CUE... or all"},
    {"restore", What::kDecide, DecisionKind::kRestore, 1, kAny, kInSeason, "restore CUE... or all"},
    {"set", What::kDecide, DecisionKind::kSet, 1, kAny, kValues | kInSeason,
     "set CUE... with --in, --out, --function, --vocal, --perception, --origin, --note, --title, "
     "--artist or --reported"},
    {"split", What::kDecide, DecisionKind::kSplit, 2, 2, 0, "split CUE TIME"},
    {"merge", What::kDecide, DecisionKind::kMerge, 2, 2, 0, "merge CUE CUE"},
    {"reassign", What::kDecide, DecisionKind::kReassign, 1, 2, kMusic | kInSeason,
     "reassign CUE RECORDING, or reassign CUE --title TITLE"},
    {"add", What::kDecide, DecisionKind::kAdd, 2, 3, kMusic | kInPart,
     "add IN OUT RECORDING, or add IN OUT TITLE"},
    {"take", What::kDecide, DecisionKind::kTake, 1, kAny, 0, "take PROPOSAL... or all"},
    {"dismiss", What::kDecide, DecisionKind::kDismiss, 1, kAny, 0, "dismiss PROPOSAL... or all"},
    {"proposals", What::kProposals, DecisionKind::kTake, 0, 0, 0, "proposals"},
    {"history", What::kHistory, DecisionKind::kSet, 0, 0, 0, "history"},
    {"undo", What::kUndo, DecisionKind::kSet, 0, 0, 0, "undo"},
    {"redo", What::kRedo, DecisionKind::kSet, 0, 0, 0, "redo"},
    {"carry", What::kCarry, DecisionKind::kCarry, 0, 0, kFrom, "carry [--from FILE]"},
}};

Error unknown_action(const std::string& word) {
  std::string names;
  for (const Action& action : kActions) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", action.name);
  }
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("cues can't {}: it can {}", printable(word), names));
}

Error no_such(std::string_view what, std::string_view word) {
  return fail(Error::Kind::kInvalidArgument, fmt::format("\"{}\" is no {}", printable(word), what));
}

Result<Milliseconds> read_time(std::string_view word) {
  const auto time = read_clock(word);
  if (!time.has_value()) return no_such("time; write 1:04:07.3, 4:07 or 247.3", word);
  return *time;
}

/// "3", "5-9", "#12", "all".
Result<void> read_choice(std::string_view word, CueChoice& choice) {
  if (word == "all") {
    choice.all = true;
    return {};
  }
  if (word.starts_with('#')) {
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(word.data() + 1, word.data() + word.size(), id);
    if (error != std::errc() || end != word.data() + word.size() || id < 1) {
      return no_such("cue; write 3, 5-9, #12 or all", word);
    }
    choice.ids.push_back(id);
    return {};
  }
  const std::size_t dash = word.find('-');
  const auto first = read_count(word.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : read_count(word.substr(dash + 1));
  if (!first.has_value() || !last.has_value() || *first > *last) {
    return no_such("cue; write 3, 5-9, #12 or all", word);
  }
  choice.numbers.emplace_back(*first, *last);
  return {};
}

template <typename T>
Result<std::optional<T>> read_axis(const std::optional<std::string>& word, std::string_view what,
                                   std::optional<T> (*value)(std::string_view)) {
  if (!word.has_value()) return std::optional<T>();
  const auto read = value(*word);
  if (!read.has_value()) return no_such(what, *word);
  return read;
}

/// "0:10-0:20,0:30-0:40"; "auto" leaves it to be carved out.
Result<std::vector<Span>> read_spans(std::string_view text) {
  std::vector<Span> spans;
  if (text == "auto") return spans;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::string_view one = text.substr(0, comma);
    const std::size_t dash = one.find('-');
    if (dash == std::string_view::npos) return no_such("IN-OUT, nor auto", one);
    ND_TRY_ASSIGN(const Milliseconds start, read_time(one.substr(0, dash)));
    ND_TRY_ASSIGN(const Milliseconds end, read_time(one.substr(dash + 1)));
    spans.push_back({start, end});
    if (comma == std::string_view::npos) return spans;
    text.remove_prefix(comma + 1);
  }
}

Result<CueValues> read_values(const CuesOptions& options) {
  CueValues values;
  if (options.in.has_value()) {
    ND_TRY_ASSIGN(values.in, read_time(*options.in));
  }
  if (options.out.has_value()) {
    ND_TRY_ASSIGN(values.out, read_time(*options.out));
  }
  ND_TRY_ASSIGN(values.function, read_axis(options.function, "function", cue_function));
  ND_TRY_ASSIGN(values.vocal, read_axis(options.vocal, "vocal", cue_vocal));
  ND_TRY_ASSIGN(values.perception, read_axis(options.perception, "perception", cue_perception));
  ND_TRY_ASSIGN(values.origin, read_axis(options.origin, "origin", cue_origin));
  values.note = options.note;
  values.title = options.title;
  values.artist = options.artist;
  if (options.reported.has_value()) {
    ND_TRY_ASSIGN(values.reported, read_spans(*options.reported));
  }
  return values;
}

Result<void> check_options(const Action& action, const CuesOptions& options) {
  const auto may = [&](unsigned sayable) { return (action.sayable & sayable) != 0; };
  const bool has_times = options.in.has_value() || options.out.has_value();
  const bool has_axes = options.function.has_value() || options.vocal.has_value() ||
                        options.perception.has_value() || options.origin.has_value();
  const bool has_values =
      has_times || has_axes || options.note.has_value() || options.reported.has_value();
  const bool has_names = options.title.has_value() || options.artist.has_value();
  const auto refused = [&](bool is_said, unsigned sayable) { return is_said && !may(sayable); };
  const bool is_decision = action.what == What::kDecide || action.what == What::kCarry;
  std::string_view useless;
  if (refused(has_values, kValues)) useless = "values of a cue";
  if (refused(has_names, kValues | kMusic)) useless = "--title and --artist";
  if (refused(options.work.has_value(), kMusic)) useless = "--work";
  if (refused(options.part.has_value(), kInPart)) useless = "--part";
  if (refused(options.season, kInSeason)) useless = "--season";
  if (refused(!options.from.empty(), kFrom)) useless = "--from";
  if (options.dry_run && !is_decision) useless = "--dry-run";
  if (!options.by.empty() && !is_decision) useless = "--by";
  if (!useless.empty()) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("{}: {} would do nothing", action.name, useless));
  }
  if (action.kind == DecisionKind::kSet && may(kValues) && !has_values && !has_names) {
    return fail(Error::Kind::kInvalidArgument, fmt::format("cues needs: EPISODE {}", action.usage));
  }
  return {};
}

/// What an action's words say, options aside.
Result<void> read_words(const Action& action, const std::vector<std::string>& words,
                        ReviewRequest& request) {
  std::size_t choices = words.size();
  switch (action.kind) {
    case DecisionKind::kAdd: {
      ND_TRY_ASSIGN(request.span.start, read_time(words[0]));
      ND_TRY_ASSIGN(request.span.end, read_time(words[1]));
      if (words.size() > 2) request.recording = words[2];
      return {};
    }
    case DecisionKind::kSplit: {
      ND_TRY_ASSIGN(request.at, read_time(words[1]));
      choices = 1;
      break;
    }
    case DecisionKind::kReassign:
      if (words.size() > 1) request.recording = words[1];
      choices = 1;
      break;
    default:
      break;
  }
  for (std::size_t i = 0; i < choices; ++i) ND_TRY(read_choice(words[i], request.cues));
  return {};
}

bool names_music(const ReviewRequest& request) {
  return !request.recording.empty() || !request.title.empty() || request.work != 0;
}

}  // namespace

Result<CuesArguments> read_cues_words(const std::string& episode,
                                      const std::vector<std::string>& words,
                                      const CuesOptions& options) {
  constexpr Action kList{"a list", What::kList, DecisionKind::kRun, 0, 0, 0, ""};
  CuesArguments arguments;
  arguments.episode = episode;
  arguments.request.cut = options.cut;
  if (words.empty()) {
    ND_TRY(check_options(kList, options));
    return arguments;
  }
  const auto* const action = std::ranges::find(kActions, words.front(), &Action::name);
  if (action == kActions.end()) return unknown_action(words.front());
  const std::vector<std::string> about(words.begin() + 1, words.end());
  if (about.size() < action->least || about.size() > action->most) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("cues needs: EPISODE {}", action->usage));
  }
  ND_TRY(check_options(*action, options));
  arguments.what = action->what;
  arguments.from = options.from;
  ReviewRequest& request = arguments.request;
  request.kind = action->kind;
  request.season = options.season;
  request.is_preview = options.dry_run;
  request.part = options.part;
  request.author = options.by;
  if (action->what != What::kDecide) return arguments;
  ND_TRY(read_words(*action, about, request));
  if ((action->sayable & kMusic) == 0) {
    ND_TRY_ASSIGN(request.values, read_values(options));
    return arguments;
  }
  request.title = options.title.value_or("");
  request.artist = options.artist.value_or("");
  request.work = options.work.value_or(0);
  if (!names_music(request)) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("cues needs: EPISODE {}", action->usage));
  }
  return arguments;
}

}  // namespace needledrop
