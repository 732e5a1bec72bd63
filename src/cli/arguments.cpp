#include "cli/arguments.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/clearance_arguments.h"
#include "cli/compare_arguments.h"
#include "cli/edit_arguments.h"
#include "cli/exit_code.h"
#include "cli/help.h"
#include "cli/import_arguments.h"
#include "cli/names_arguments.h"
#include "cli/text_width.h"
#include "cli/wording.h"

namespace needledrop {
namespace {

/// Bound to the parser while it runs: words that only make sense once all are read.
struct Raw {
  Arguments arguments;
  AddArguments add;
  ListArguments list;
  RemoveArguments remove;
  SpotArguments spot;
  IdentifyArguments identify;
  LocateArguments locate;
  CuesOptions cues;
  std::string cues_episode;
  std::vector<std::string> cues_words;  // ACTION, and what it is about
  std::string sheet_episode;
  std::vector<std::string> sheet_words;  // ACTION
  SheetOptions sheet;
  ScenesArguments scenes;
  RecurArguments recur;
  CheckArguments check;
  MergeArguments merge;
  NamesWords names;
  ImportWords import;
  EditWords edit;
  CompareWords compare;
  ClearanceWords clearance;
  std::string version;
  std::string what = "recordings";
  std::string kind;
  std::string mark;
  std::string air_date;
  std::string depth;                     // "" leaves it to the command
  std::vector<std::string> scene_words;  // ACTION, NUMBER, VALUE
  std::string subtitles;
  std::string subtitles_language;
  std::optional<double> subtitles_shift;
};

constexpr unsigned kMostThreads = 1024;

const std::set<std::string> kVersions = {"original", "vocal", "instrumental", "edit",
                                         "live",     "remix", "other"};

/// CLI11 takes a word like "[a,b]" for a list of two; with this behind it, it does not.
constexpr char kGuard = '\x01';

std::string guarded(std::string word) {
  if (word.starts_with('[')) word += kGuard;
  return word;
}

void unguard(std::string& word) {
  if (word.starts_with('[') && word.ends_with(kGuard)) word.pop_back();
}

void unguard(Raw& raw) {
  for (std::string& path : raw.add.paths) unguard(path);
  for (std::string& path : raw.spot.paths) unguard(path);
  for (std::string& word : raw.scene_words) unguard(word);
  for (std::string& word : raw.cues_words) unguard(word);
  for (auto* text : {&raw.cues.note, &raw.cues.title, &raw.cues.artist}) {
    if (text->has_value()) unguard(**text);
  }
  for (std::string& episode : raw.recur.episodes) unguard(episode);
  for (std::string* text : {&raw.arguments.common.desk,
                            &raw.add.production,
                            &raw.add.album,
                            &raw.remove.what,
                            &raw.spot.overrides.production,
                            &raw.spot.overrides.title,
                            &raw.subtitles,
                            &raw.identify.clip,
                            &raw.locate.clip,
                            &raw.cues_episode,
                            &raw.cues.by,
                            &raw.cues.from,
                            &raw.sheet_episode,
                            &raw.sheet.output,
                            &raw.sheet.start_timecode,
                            &raw.sheet.preparer,
                            &raw.sheet.by,
                            &raw.sheet.reason,
                            &raw.scenes.episode,
                            &raw.scenes.output,
                            &raw.recur.catalogue,
                            &raw.recur.label,
                            &raw.recur.identity.title,
                            &raw.recur.identity.artist,
                            &raw.recur.identity.album,
                            &raw.recur.identity.production}) {
    unguard(*text);
  }
  for (std::string* text : raw.names.texts()) unguard(*text);
  for (std::string* text : raw.import.texts()) unguard(*text);
  for (std::string* text : raw.edit.texts()) unguard(*text);
  for (std::string* text : raw.compare.texts()) unguard(*text);
  for (std::string* text : raw.clearance.texts()) unguard(*text);
}

void declare_writing(CLI::App& app, Raw& raw) {
  CLI::App* add = app.add_subcommand("add");
  add->add_option("PATH", raw.add.paths)->required();
  add->add_option("--production", raw.add.production);
  add->add_option("--album", raw.add.album);
  add->add_option("--recording-version", raw.version)->check(CLI::IsMember(kVersions));
  CLI::App* remove = app.add_subcommand("remove");
  remove->add_option("WHAT", raw.remove.what)->required();
  remove->add_option("--kind", raw.kind)
      ->check(CLI::IsMember({"recording", "episode", "production"}));
  app.add_subcommand("merge")->add_flag("--all", raw.merge.all);
  CLI::App* spot = app.add_subcommand("spot");
  spot->add_option("FILE", raw.spot.paths);
  spot->add_option("--production", raw.spot.overrides.production);
  spot->add_option("--title", raw.spot.overrides.title);
  spot->add_option("--episode", raw.mark);
  spot->add_option("--air-date", raw.air_date);
  spot->add_option("--cut", raw.spot.overrides.cut);
  spot->add_option("--stream", raw.spot.streams);
  spot->add_option("--scenes", raw.depth)->check(CLI::IsMember({"off", "fast", "exact"}));
  spot->add_option("--subtitles", raw.subtitles);
  spot->add_option("--subtitles-language", raw.subtitles_language);
  spot->add_option("--subtitles-shift", raw.subtitles_shift);
  spot->add_flag("--stale", raw.spot.stale);
  spot->add_flag("--timings", raw.spot.timings);
}

void declare_cues(CLI::App& app, Raw& raw) {
  constexpr int kMostWords = 10'000;
  CLI::App* cues = app.add_subcommand("cues");
  cues->add_option("EPISODE", raw.cues_episode)->required();
  cues->add_option("ACTION", raw.cues_words)->expected(0, kMostWords);
  cues->add_option("--in", raw.cues.in);
  cues->add_option("--out", raw.cues.out);
  cues->add_option("--function", raw.cues.function);
  cues->add_option("--vocal", raw.cues.vocal);
  cues->add_option("--perception", raw.cues.perception);
  cues->add_option("--origin", raw.cues.origin);
  cues->add_option("--note", raw.cues.note);
  cues->add_option("--title", raw.cues.title);
  cues->add_option("--artist", raw.cues.artist);
  cues->add_option("--reported", raw.cues.reported);
  cues->add_option("--work", raw.cues.work);
  cues->add_option("--part", raw.cues.part);
  cues->add_option("--cut", raw.cues.cut);
  cues->add_option("--by", raw.cues.by);
  cues->add_option("--from", raw.cues.from);
  cues->add_flag("--season", raw.cues.season);
  cues->add_flag("--dry-run", raw.cues.dry_run);
}

void declare_recur(CLI::App& app, Raw& raw) {
  CLI::App* recur = app.add_subcommand("recur");
  recur->add_option("EPISODE", raw.recur.episodes);
  recur->add_option("--catalogue", raw.recur.catalogue);
  recur->add_option("--label", raw.recur.label);
  recur->add_option("--title", raw.recur.identity.title);
  recur->add_option("--artist", raw.recur.identity.artist);
  recur->add_option("--album", raw.recur.identity.album);
  recur->add_option("--production", raw.recur.identity.production);
  recur->add_option("--recording-version", raw.recur.identity.version)
      ->check(CLI::IsMember(kVersions));
}

void declare_sheet(CLI::App& app, Raw& raw) {
  SheetOptions& options = raw.sheet;
  CLI::App* sheet = app.add_subcommand("sheet");
  sheet->add_option("EPISODE", raw.sheet_episode)->required();
  sheet->add_option("ACTION", raw.sheet_words);
  sheet->add_option("--format", options.format)->check(CLI::IsMember(sheet_format_names()));
  sheet->add_option("-o,--output", options.output);
  CLI::Option* bom = sheet->add_flag("--bom", options.bom);
  sheet->add_flag("--no-bom", options.no_bom)->excludes(bom);
  sheet->add_option("--paper", options.paper)->check(CLI::IsMember({"a4", "letter"}));
  sheet->add_option("--part", options.part);
  sheet->add_option("--cut", options.cut);
  sheet->add_option("--frame-rate", options.frame_rate);
  sheet->add_option("--start-timecode", options.start_timecode);
  CLI::Option* drop = sheet->add_flag("--drop-frame", options.drop_frame);
  sheet->add_flag("--no-drop-frame", options.no_drop_frame)->excludes(drop);
  sheet->add_flag("--rolled-up", options.rolled_up);
  sheet->add_option("--society", options.society);
  sheet->add_option("--preparer", options.preparer);
  sheet->add_option("--revision", options.revision)->check(CLI::Range(1, 1'000'000));
  sheet->add_option("--by", options.by);
  sheet->add_option("--reason", options.reason);
  sheet->add_option("--incomplete", options.incomplete);
}

void declare_reading(CLI::App& app, Raw& raw) {
  app.add_subcommand("list")
      ->add_option("WHAT", raw.what)
      ->check(CLI::IsMember({"recordings", "episodes", "productions"}));
  CLI::App* identify = app.add_subcommand("identify");
  identify->add_option("CLIP", raw.identify.clip)->required();
  identify->add_option("--stream", raw.identify.streams);
  identify->add_flag("--timings", raw.identify.timings);
  CLI::App* locate = app.add_subcommand("locate");
  locate->add_option("CLIP", raw.locate.clip)->required();
  locate->add_option("--stream", raw.locate.streams);
  locate->add_flag("--timings", raw.locate.timings);
  declare_sheet(app, raw);
  CLI::App* scenes = app.add_subcommand("scenes");
  scenes->add_option("EPISODE", raw.scenes.episode)->required();
  scenes->add_option("ACTION", raw.scene_words)->expected(0, 3);
  scenes->add_option("--part", raw.scenes.part);
  scenes->add_flag("--shots", raw.scenes.shots);
  scenes->add_flag("--stills", raw.scenes.stills);
  scenes->add_option("--format", raw.scenes.format)->check(CLI::IsMember({"vtt", "ffmetadata"}));
  scenes->add_option("-o,--output", raw.scenes.output);
  app.add_subcommand("stats");
  app.add_subcommand("check")->add_flag("--repair", raw.check.repair);
}

void declare(CLI::App& app, Raw& raw) {
  app.require_subcommand(1);
  // Common options are understood after the command too.
  app.fallthrough();
  app.add_option("--desk", raw.arguments.common.desk);
  app.add_flag("--json", raw.arguments.common.json);
  app.add_option("--threads", raw.arguments.common.threads)->check(CLI::Range(1U, kMostThreads));
  app.set_version_flag("--version", version_text());
  declare_writing(app, raw);
  declare_reading(app, raw);
  declare_cues(app, raw);
  declare_recur(app, raw);
  declare_names(app, raw.names);
  declare_import(app, raw.import);
  declare_edit(app, raw.edit);
  declare_compare(app, raw.compare);
  declare_clearance(app, raw.clearance);
}

Result<AddArguments> take_add(Raw& raw) {
  raw.add.version = recording_version_from(raw.version);
  return std::move(raw.add);
}

Result<ListArguments> take_list(const Raw& raw) {
  if (raw.what == "episodes") return ListArguments{ListArguments::What::kEpisodes};
  if (raw.what == "productions") return ListArguments{ListArguments::What::kProductions};
  return ListArguments{ListArguments::What::kRecordings};
}

Result<RemoveArguments> take_remove(Raw& raw) {
  for (const auto kind :
       {RemovableKind::kRecording, RemovableKind::kEpisode, RemovableKind::kProduction}) {
    if (raw.kind == to_string(kind)) raw.remove.kind = kind;
  }
  return std::move(raw.remove);
}

Result<SpotArguments> take_spot(Raw& raw) {
  EpisodeOverrides& overrides = raw.spot.overrides;
  if (!raw.mark.empty()) {
    ND_TRY_ASSIGN(const EpisodeOverrides mark, episode_named_by_mark(raw.mark));
    overrides.season = mark.season;
    overrides.number = mark.number;
  }
  if (!raw.air_date.empty()) {
    ND_TRY_ASSIGN(overrides.air_date, read_air_date(raw.air_date));
  }
  if (raw.depth == "off") raw.spot.scenes = std::nullopt;
  if (raw.depth == "exact") raw.spot.scenes = PictureDepth::kExact;
  ND_TRY_ASSIGN(raw.spot.subtitles,
                subtitle_wish(raw.subtitles, raw.subtitles_language, raw.subtitles_shift));
  if (raw.spot.stale &&
      (!raw.spot.paths.empty() || overrides != EpisodeOverrides{} || !raw.spot.streams.empty() ||
       raw.spot.subtitles != SubtitleWish{} || !raw.depth.empty())) {
    return fail(Error::Kind::kInvalidArgument,
                "--stale spots what the desk knows; leave out files and what is said of them");
  }
  if (!raw.spot.stale && raw.spot.paths.empty()) {
    return fail(Error::Kind::kInvalidArgument, "spot needs a FILE, or --stale");
  }
  if (raw.spot.subtitles.from == SubtitleWish::From::kFile && raw.spot.paths.size() > 1) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("--subtitles names the file of one episode, but {} files are given",
                            raw.spot.paths.size()));
  }
  const bool names_one = overrides.number.has_value() || !overrides.title.empty();
  if (names_one && raw.spot.paths.size() > 1) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("--episode and --title name one episode, but {} files are given",
                            raw.spot.paths.size()));
  }
  return std::move(raw.spot);
}

/// What an action of `scenes` needs after its name.
struct SceneAction {
  std::string_view name;
  SceneRequest::Kind kind;
  std::size_t words;  // with its own
  std::string_view usage;
};
constexpr std::array<SceneAction, 6> kSceneActions{{
    {"split", SceneRequest::Kind::kSplit, 3, "split NUMBER TIME"},
    {"merge", SceneRequest::Kind::kMerge, 2, "merge NUMBER"},
    {"move", SceneRequest::Kind::kMove, 3, "move NUMBER TIME"},
    {"name", SceneRequest::Kind::kTitle, 3, "name NUMBER TITLE"},
    {"undo", SceneRequest::Kind::kUndo, 1, "undo"},
    {"redo", SceneRequest::Kind::kRedo, 1, "redo"},
}};

Result<SceneRequest> read_scene_request(const std::vector<std::string>& words) {
  const auto action = std::ranges::find(kSceneActions, words.front(), &SceneAction::name);
  if (action == kSceneActions.end()) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("scenes can't {}: it can split, merge, move, name, undo and redo",
                            printable(words.front())));
  }
  if (words.size() != action->words) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("scenes needs: EPISODE {}", action->usage));
  }
  SceneRequest request;
  request.kind = action->kind;
  if (words.size() > 1) {
    const auto number = read_count(words[1]);
    if (!number.has_value()) {
      return fail(Error::Kind::kInvalidArgument,
                  fmt::format("\"{}\" is no scene's number", printable(words[1])));
    }
    request.number = *number;
  }
  const bool takes_time =
      request.kind == SceneRequest::Kind::kSplit || request.kind == SceneRequest::Kind::kMove;
  if (takes_time) {
    const auto time = read_clock(words[2]);
    if (!time.has_value()) {
      return fail(
          Error::Kind::kInvalidArgument,
          fmt::format("\"{}\" is no time; write 1:04:07.3, 4:07 or 247.3", printable(words[2])));
    }
    request.at = *time;
  } else if (words.size() > 2) {
    request.title = words[2];
  }
  return request;
}

Result<ScenesArguments> take_scenes(Raw& raw) {
  if (!raw.scene_words.empty()) {
    ND_TRY_ASSIGN(raw.scenes.request, read_scene_request(raw.scene_words));
  }
  if (!raw.scenes.output.empty() && raw.scenes.format.empty()) {
    return fail(Error::Kind::kInvalidArgument, "-o needs --format vtt or --format ffmetadata");
  }
  return std::move(raw.scenes);
}

Result<RecurArguments> take_recur(Raw& raw) {
  const bool names_cue = !raw.recur.catalogue.empty() || !raw.recur.label.empty();
  const CueIdentity none;
  if (!names_cue && raw.recur.identity != none) {
    return fail(Error::Kind::kInvalidArgument,
                "--title and what else is said of a cue need --catalogue CUE, or --label CUE");
  }
  if (names_cue &&
      (!raw.recur.episodes.empty() || raw.recur.catalogue.empty() == raw.recur.label.empty())) {
    return fail(Error::Kind::kInvalidArgument,
                "--catalogue and --label take one cue, and neither the other nor an EPISODE");
  }
  if (!raw.recur.catalogue.empty() && raw.recur.identity.title.empty()) {
    return fail(Error::Kind::kInvalidArgument, "--catalogue needs a --title");
  }
  if (!raw.recur.label.empty() &&
      raw.recur.identity != CueIdentity{raw.recur.identity.title, "", "", "", none.version}) {
    return fail(Error::Kind::kInvalidArgument, "--label takes nothing but a --title");
  }
  return std::move(raw.recur);
}

Result<CuesArguments> take_cues(Raw& raw) {
  return read_cues_words(raw.cues_episode, raw.cues_words, raw.cues);
}

Result<SheetArguments> take_sheet(Raw& raw) {
  return read_sheet_words(raw.sheet_episode, raw.sheet_words, raw.sheet);
}

/// What take(raw) returns, as the arguments of any command.
template <typename Take>
Result<CommandArguments> taken(Raw& raw, Take take) {
  ND_TRY_ASSIGN(CommandArguments command, take(raw));
  return command;
}

struct Command {
  std::string_view name;
  Result<CommandArguments> (*take)(Raw& raw);
};

constexpr std::array<Command, 18> kCommands{{
    {"add", [](Raw& raw) { return taken(raw, take_add); }},
    {"list", [](Raw& raw) { return taken(raw, take_list); }},
    {"remove", [](Raw& raw) { return taken(raw, take_remove); }},
    {"spot", [](Raw& raw) { return taken(raw, take_spot); }},
    {"identify", [](Raw& raw) { return Result<CommandArguments>(std::move(raw.identify)); }},
    {"locate", [](Raw& raw) { return Result<CommandArguments>(std::move(raw.locate)); }},
    {"cues", [](Raw& raw) { return taken(raw, take_cues); }},
    {"sheet", [](Raw& raw) { return taken(raw, take_sheet); }},
    {"scenes", [](Raw& raw) { return taken(raw, take_scenes); }},
    {"recur", [](Raw& raw) { return taken(raw, take_recur); }},
    {"names", [](Raw& raw) { return taken(raw, [](Raw& r) { return take_names(r.names); }); }},
    {"import", [](Raw& raw) { return taken(raw, [](Raw& r) { return take_import(r.import); }); }},
    {"edit", [](Raw& raw) { return taken(raw, [](Raw& r) { return take_edit(r.edit); }); }},
    {"compare",
     [](Raw& raw) { return taken(raw, [](Raw& r) { return take_compare(r.compare); }); }},
    {"clearance",
     [](Raw& raw) { return taken(raw, [](Raw& r) { return take_clearance(r.clearance); }); }},
    {"merge", [](Raw& raw) { return Result<CommandArguments>(raw.merge); }},
    {"stats", [](Raw&) { return Result<CommandArguments>(StatsArguments{}); }},
    {"check", [](Raw& raw) { return Result<CommandArguments>(raw.check); }},
}};

/// `name` is one of kCommands: the parser knows no other.
Result<CommandArguments> take_command(const std::string& name, Raw& raw) {
  return std::ranges::find(kCommands, name, &Command::name)->take(raw);
}

ParseEnd usage_error(const CLI::App& app, std::string text) {
  const auto commands = app.get_subcommands();
  const std::string command = commands.empty() ? "" : " " + commands.front()->get_name();
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return {kExitUsage, "", fmt::format("{}; see needledrop{} --help", text, command)};
}

}  // namespace

std::variant<Arguments, ParseEnd> parse_arguments(const std::vector<std::string>& words) {
  if (words.empty()) return ParseEnd{kExitUsage, short_help(), ""};
  CLI::App app;
  Raw raw;
  try {
    declare(app, raw);
    std::vector<std::string> reversed;
    std::transform(words.rbegin(), words.rend(), std::back_inserter(reversed), guarded);
    app.parse(std::move(reversed));
    unguard(raw);
  } catch (const CLI::CallForHelp&) {
    const auto commands = app.get_subcommands();
    return ParseEnd{
        kExitDone, commands.empty() ? full_help() : command_help(commands.front()->get_name()), ""};
  } catch (const CLI::CallForVersion&) {
    return ParseEnd{kExitDone, version_text(), ""};
  } catch (const CLI::Error& error) {
    return usage_error(app, error.what());
  }
  auto command = take_command(app.get_subcommands().front()->get_name(), raw);
  if (!command.has_value()) return usage_error(app, command.error().message);
  raw.arguments.command = std::move(*command);
  return std::move(raw.arguments);
}

}  // namespace needledrop
