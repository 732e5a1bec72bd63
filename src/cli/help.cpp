#include "cli/help.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "cli/clearance_arguments.h"
#include "cli/compare_arguments.h"
#include "cli/edit_help.h"

namespace needledrop {
namespace {

constexpr std::string_view kVersion = "0.1.0";

constexpr std::string_view kCommands = R"(Commands:
  add PATH...        index recordings: files, and folders of them
  list [WHAT]        what the desk holds: recordings, episodes or productions
  remove WHAT        take a recording, an episode or a production out of the desk
  spot FILE...       find which recordings are heard in an episode, from when to when
  identify CLIP      name the recordings in a short clip; nothing is stored
  locate CLIP        from which episodes a clip comes, and from where in them
  cues EPISODE       the cues of an episode that was spotted: review, change, undo
  sheet EPISODE      the cue sheet of an episode: PDF, XLSX, CSV, editors' markers
  scenes EPISODE     its scenes and shots, and the songs in them; edit and export them
  recur [EPISODE...] music that returns within and across episodes, album or no album
  names WHAT         what something is called, in every script; find it by any of its names
  import FILE        take over works, shares, people, episodes and broadcasts from a file
  edit NAME ACTION   show and change what the catalogue says; undo and redo
  compare SHEET EPISODE
                     a filed cue sheet against what is heard
  clearance PRODUCTION
                     the licences that must be bought
  stats              how much the desk holds, and how large it is
  check              read every byte of the desk and list what is damaged; --repair mends it
  merge              make fewer, larger files of the index's segments
)";

constexpr std::string_view kCommonOptions = R"(Options of every command:
  --desk DIR         the desk's directory (else $NEEDLEDROP_DESK, else ./desk.needledrop)
  --json             one JSON document on standard output, nothing else
  --threads N        processors to use (default: all)
  -h, --help         this help
)";

constexpr std::string_view kExitCodes = R"(Exit codes:
  0 done (also when nothing was found)   1 failed   2 wrong usage
  3 some input was unreadable or has no sound; the rest is done
  4 the desk is locked by another process, or damaged
)";

constexpr std::string_view kAdd = R"(Usage: needledrop add [options] PATH...

Indexes recordings so that they can be found in episodes. A folder stands for all media below it.
Titles, artists and numbers come from the files' tags, else from their names. Files that the desk
has already are skipped; a file that was retagged or moved is the same recording, updated.
Ctrl-C stops; what was reported as added stays.

Options:
  --production TITLE           the production whose soundtrack this is
  --album TITLE                instead of the album in the tags
  --recording-version VERSION  original, vocal, instrumental, edit, live, remix or other, instead of
                               what the titles' marks say

Examples:
  needledrop add Soundtrack/
  needledrop add --production "Winter Harbour" --album "Winter Harbour OST" disc1/ disc2/
  needledrop add --recording-version instrumental "09 - Main Theme.flac"
)";

constexpr std::string_view kList =
    R"(Usage: needledrop list [options] [recordings|episodes|productions]

Lists what the desk holds; recordings when nothing is named.

Examples:
  needledrop list
  needledrop list episodes --json
)";

constexpr std::string_view kRemove = R"(Usage: needledrop remove [options] WHAT

Takes a recording, an episode or a production out of the desk; no file of yours is touched. WHAT is an
id, a path, PRODUCTION/S01E12, or a part of a title that fits only one. A production takes its
episodes along; its recordings stay.

Options:
  --kind KIND        recording, episode or production, when WHAT fits several

Examples:
  needledrop remove "Main Theme"
  needledrop remove --kind episode 3
)";

constexpr std::string_view kSpot = R"(Usage: needledrop spot [options] FILE...
       needledrop spot [options] --stale

Finds the recordings of the desk in an episode: audio or video, a file, several, or a season's folder,
in order. The episode is stored with what was found; spotting it again replaces that, and needs no
decoding. Music that none of them explains is shown as unidentified. Production, season and episode
are read from the file's name and tags unless given.

Options:
  --production TITLE  the production that the episode belongs to
  --episode S01E12    its season and number; E12 or 12 without a season
  --title TITLE       its title
  --air-date DATE     when it was broadcast, YYYY-MM-DD
  --cut NAME          which cut of the episode the file is of, director's say; the broadcast cut has none
  --stream 1+2        hear this audio stream, or two mono ones as left and right (numbered from 1);
                      without it the layout is inferred, and printed
  --subtitles FILE    what is said, beside each spot: SRT, ASS, WebVTT, SAMI or TTML. Without it what the
                      desk has, else a file beside the episode (NAME.srt, NAME.ko.ass), else a stream
                      in it; "none" takes none
  --subtitles-language CODE
                      which of several languages: ko, en
  --subtitles-shift SECONDS
                      add this to the times of the subtitles; a warning says when that is needed
  --scenes HOW        look for scenes: fast (a third of the picture is decoded; the default), exact
                      (all of it) or off. What is heard is printed first
  --stale             spot every episode again whose catalogue has changed since, without its file,
                      and say what is new
  --timings           with --json: "elapsed" seconds, wall and processor

Examples:
  needledrop spot episode12.mp4
  needledrop spot --production "Winter Harbour" --episode S01E12 --air-date 2024-03-09 master.mxf
  needledrop spot episode12.mp4 --subtitles episode12.smi --subtitles-shift -1.5
  needledrop spot Season1/ --json > season1.json
  needledrop spot --scenes exact episode12.mp4
  needledrop spot --stale
)";

constexpr std::string_view kIdentify = R"(Usage: needledrop identify [options] CLIP

Names the recordings in a short clip, where they are, and at what rate they play. Nothing is stored.

Options:
  --stream 1+2       hear this audio stream, or two mono ones as left and right (numbered from 1)
  --timings          with --json: "elapsed" seconds, wall and processor

Example:
  needledrop identify phone-recording.m4a
)";

constexpr std::string_view kLocate = R"(Usage: needledrop locate [options] CLIP

Finds from which episodes of the desk a clip comes, and from where in them: a trailer, a piece that was
passed on, a recut. By its sound and by its picture: mirrored, cropped, letterboxed, small, or with
another sound. The songs in the clip are named as well. Episodes whose picture was never looked at
are looked at now, which takes a while once.

Options:
  --stream 1+2       hear this audio stream, or two mono ones as left and right (numbered from 1)
  --timings          with --json: "elapsed" seconds, wall and processor

Examples:
  needledrop locate trailer.mp4
  needledrop locate behind-the-scenes.mov --json
)";

constexpr std::string_view kCues = R"(Usage: needledrop cues [options] EPISODE [ACTION]

Shows the cues of an episode that was spotted and, marked "?", the music that no recording of the desk
explains; under each, where there are subtitles, what is said first, and what they say of the music.
Cues follow the newest run until you decide something about them; from then on it only proposes. EPISODE
is an id, a path, PRODUCTION/S01E12, or a part of a title that fits only one. CUE is its place in the
list, 3 or 5-9, or its id, #12.

Actions:
  accept CUE...      (or all) they are right
  reject CUE...      they are not: no run brings that music back there
  restore CUE...     what they were before they were rejected
  set CUE...         what the options say
  split CUE TIME     make two of it; times are 1:04:07.3 or 247.3
  merge CUE CUE      make one of two
  reassign CUE RECORDING
                     it is another recording, or --title TITLE, or --work ID
  add IN OUT MUSIC   one that was not found; MUSIC is a recording (412 or #412: that id), else a title
  proposals          what the newest run would change
  take PROPOSAL...   (or all, or #12 for those about that cue) change it
  dismiss PROPOSAL...
                     leave it, and don't propose the same again
  carry              take over what was decided about an earlier file of the episode, or another cut
  history            who decided what, and when
  undo, redo         take back the last decision, and take that back

Options:
  --cut NAME               of an episode in several cuts, which one (default: the broadcast cut, else
                           the only one)
  --in TIME, --out TIME    when it begins and ends
  --function WORD          background, featured, "opening theme", "closing theme", "segment theme", logo,
                           bumper, trailer, other or unknown
  --vocal WORD             vocal, instrumental, mixed or unknown
  --perception WORD        unheard, heard or performed by the characters, or unknown
  --origin WORD            commissioned, commercial, library or unknown
  --title, --artist TEXT   instead of the recording's; "" goes back to those
  --note TEXT              whatever there is to say
  --reported IN-OUT,...    report these times; auto: carve them out of what is heard
  --season                 decide the same about the same music in the season's other episodes, save
                           where it was decided otherwise there
  --dry-run                only show what would change
  --part N                 of an episode in several files, to which one add adds
  --from FILE              from which file, or which cut, carry carries
  --by NAME                who decides (else $NEEDLEDROP_AUTHOR, else your login name)

Examples:
  needledrop cues "Winter Harbour/S01E12"
  needledrop cues "Winter Harbour/S01E12" accept 1-4 7
  needledrop cues "Winter Harbour/S01E12" set 3 --out 12:40.5 --perception heard
  needledrop cues "Winter Harbour/S01E12" set 1 --function "opening theme" --season --dry-run
  needledrop cues episode12.mp4 --json
)";

constexpr std::string_view kSheet = R"(Usage: needledrop sheet [options] EPISODE [ACTION]

Writes the cue sheet of an episode that was spotted, or takes it a step further on its way to the
society. EPISODE is an id, a path, PRODUCTION/S01E12, or a part of a title that fits only one. Of a whole
season, PRODUCTION/S01, it lists songs with their uses, seconds and episodes.

Actions:
  check              list what is missing or wrong, errors and warnings apart
  submit, approve, withdraw
                     make it a sheet in review, an approved one, a draft again
  file               keep it as it is, for ever: it can't be filed with errors unless it is said why it
                     is incomplete, nor when it has changed since it was approved
  revise             begin the next revision of a filed sheet; it lists what it says otherwise
  history            who took which step when

Options:
  --society NAME     use a society's codes, shares and limits: apra, komca, uk, us
  --preparer NAME    who prepares it (default: $NEEDLEDROP_AUTHOR, else the login name)
  --by NAME          who takes a step (likewise)
  --reason TEXT      why
  --incomplete TEXT  with a step: why the sheet goes out without what is missing; "" it is complete
  --revision N       write a revision as it was filed
  --cut NAME         of an episode in several cuts, which one (default: the broadcast cut, else the only
                     one); each has a sheet of its own
  --rolled-up        a line for each music and what it is for, with its uses and their length together
                     (csv, csv-wide, xlsx, pdf, json; a season's sheet is always so)
  --format FORMAT    what to write; told by FILE's ending if not given, else csv
      csv            a line for each cue and writer or publisher; csv-wide: a line for each cue
      xlsx           a workbook: the sheet, and its parties
      pdf            to print and sign
      otio, edl, fcpxml, avid
                     markers for editing systems, in source timecode
      vtt, audacity, chapters, ffmetadata
                     for players, Audacity, mkvmerge, ffmpeg
      json           all of it, for programs
      ddex           cue records for sales reports, as far as they are published
  -o, --output FILE  where to write (default: standard output)
  --bom, --no-bom    CSV with a byte order mark, as Excel needs it (the default), or without
  --paper SIZE       of pdf: a4 (the default) or letter
  --part N           of an episode in several files, which one, where a format is for one
  --frame-rate RATE  of the file, where it is not known: 25, 29.97, 30000/1001
  --start-timecode HH:MM:SS:FF
                     of its first frame (default: the file's own, else 00:00:00:00)
  --drop-frame, --no-drop-frame
                     how timecode counts (default: as the start timecode is written)

Examples:
  needledrop sheet "Winter Harbour/S01E12" -o S01E12.pdf
  needledrop sheet "Winter Harbour/S01E12" check --society komca
  needledrop sheet "Winter Harbour/S01" -o S01.xlsx
  needledrop sheet "Winter Harbour/S01E12" --format edl --start-timecode "10:00:00;00" -o S01E12.edl
)";

constexpr std::string_view kScenes = R"(Usage: needledrop scenes [options] EPISODE [ACTION]

Lists the scenes of an episode that was spotted, with the songs heard in each. They are suggestions:
what you change stays, whatever is found when the episode is spotted again. EPISODE is an id, a path,
PRODUCTION/S01E12, or a part of a title that fits only one.

Actions:
  split NUMBER TIME  end the scene at a time, 1:04:07.3 or 247.3, and begin another
  merge NUMBER       make it one with the scene after it
  move NUMBER TIME   let it end, and the next one begin, at another time
  name NUMBER TITLE  call it something
  undo, redo         take back the last of these, and take that back

Options:
  --part N           of an episode in several files, which one an action or --format is for
                     (default: the first)
  --shots            list the shots too
  --stills           one small picture a shot, made where it is missing, in the desk's cache/stills
  --format FORMAT    vtt (chapters for players) or ffmetadata (chapters for ffmpeg)
  -o, --output FILE  where to write (default: standard output)

Examples:
  needledrop scenes "Winter Harbour/S01E12"
  needledrop scenes "Winter Harbour/S01E12" move 3 12:40.5
  needledrop scenes "Winter Harbour/S01E12" name 4 "The pier"
  needledrop scenes "Winter Harbour/S01E12" --format vtt -o S01E12.vtt
)";

constexpr std::string_view kRecur = R"(Usage: needledrop recur [options] [EPISODE...]
       needledrop recur [options] --catalogue CUE --title TITLE
       needledrop recur [options] --label CUE [--title TEXT]

Finds music that returns in episodes that were spotted (in all of them when none is named) though no
recording of the desk explains it: underscore, jingles, titles, endings. Each such cue has a number
for good, and is listed with all its places; run it again when there are more episodes, and they
join. Footage that is shown again, words and all, is listed as footage, recap or preview. EPISODE is
an id, a path, PRODUCTION/S01E12, or a part of a title that fits only one.

Options:
  --catalogue CUE    make a recording of the cue, which spot then finds anywhere: its number,
                     "unknown cue 7", or its label
  --label CUE        give the cue a name of your own; without --title, take it away
  --title TITLE      what the recording, or the cue, is called
  --artist NAME, --album TITLE, --production TITLE, --recording-version VERSION
                     more about the recording

Examples:
  needledrop recur
  needledrop recur "Winter Harbour/S01E01" "Winter Harbour/S01E02" --json
  needledrop recur --catalogue "unknown cue 7" --title "Harbour Theme" --production "Winter Harbour"
  needledrop spot --stale
)";

constexpr std::string_view kNames = R"(Usage: needledrop names [options] WHAT
       needledrop names [options] WHAT add TEXT
       needledrop names [options] WHAT remove NUMBER
       needledrop names [options] --search TEXT

Lists the further names of a production, season, episode, recording, work, release or party, adds one or
takes one away. WHAT is a kind and a number (party 3) or any name that fits only one. A search finds
what is called so in any script and spelling: Kim Soo-hyun finds the actor who is stored in Hangul, and
the other way round; beginnings, parts and a typo do, too.

Options:
  --search TEXT      find what is called so, best first
  --kind KIND        of a search: production, season, episode, recording, work, release or party;
                     of a name to add: official (the default), localised, romanised or search
                     (to find it by, never shown)
  --language CODE    of a name to add: ko, en, zh-Hant
  --limit N          list at most so many (default: 20)
  --by NAME          who says so (else $USER)

Examples:
  needledrop names --search "kim soo hyun"
  needledrop names production 2 add "Queen of Tears" --language en --kind localised
  needledrop names "Queen of Tears"
)";

constexpr std::string_view kStats = R"(Usage: needledrop stats [options]

Counts recordings, episodes and spots, their hours, the index's segments, and the bytes of the desk.
)";

constexpr std::string_view kCheck = R"(Usage: needledrop check [options]

Reads every byte of the desk. Lists what is damaged, which recordings and episodes it concerns, and what
to do; ends with 4 when there is any. Changes nothing, unless told to.

Options:
  --repair           mend the index: salvage what is whole, make the rest anew from the recordings'
                     files where they are still there, and list what is lost. Damaged files are kept
                     in the desk's index/quarantine. Ctrl-C stops; run again, it goes on

Examples:
  needledrop check
  needledrop check --repair
)";

constexpr std::string_view kMerge = R"(Usage: needledrop merge [options]

Makes fewer, larger segments of the index's, which makes spotting in a large catalogue faster, and takes
removed recordings out of them. add does most of this by itself. It needs room on the disk for
what it merges at a time, 17 GB at most. Ctrl-C stops; nothing is lost, and what was merged stays.

Options:
  --all              leave as few segments as can be, and nothing of what was removed

Example:
  needledrop merge --all
)";

constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kHelp = {{
    {"add", kAdd},
    {"list", kList},
    {"remove", kRemove},
    {"spot", kSpot},
    {"identify", kIdentify},
    {"locate", kLocate},
    {"cues", kCues},
    {"sheet", kSheet},
    {"scenes", kScenes},
    {"recur", kRecur},
    {"names", kNames},
    {"import", kImportHelp},
    {"edit", kEditHelp},
    {"compare", kCompareHelp},
    {"clearance", kClearanceHelp},
    {"stats", kStats},
    {"check", kCheck},
    {"merge", kMerge},
}};

}  // namespace

std::string version_text() {
  return fmt::format("needledrop {}\n", kVersion);
}

std::string short_help() {
  return fmt::format(
      "needledrop finds which song plays in which scene, from when to when.\n\n"
      "  needledrop add Soundtrack/         index the recordings\n"
      "  needledrop spot episode12.mp4      find them in an episode\n"
      "  needledrop sheet episode12.mp4     write the cue sheet\n\n"
      "needledrop --help lists everything.\n");
}

std::string full_help() {
  return fmt::format(
      "Usage: needledrop COMMAND [options]\n\n"
      "Finds which recordings are heard in a broadcast, from when to when, even quiet and under\n"
      "dialogue, and writes the cue sheet. What it learns is kept in a desk: one directory.\n\n"
      "{}\nneedledrop COMMAND --help says more about a command, with examples.\n\n{}"
      "  --version          the program's version\n\n{}\n"
      "First steps:\n"
      "  needledrop add Soundtrack/         index the recordings (once)\n"
      "  needledrop spot episode12.mp4      find them in an episode\n"
      "  needledrop sheet episode12.mp4 -o episode12.csv\n",
      kCommands, kCommonOptions, kExitCodes);
}

std::string command_help(std::string_view command) {
  const auto help = std::ranges::find(kHelp, command, &decltype(kHelp)::value_type::first);
  if (help == kHelp.end()) return "";
  return fmt::format("{}\n{}", help->second, kCommonOptions);
}

}  // namespace needledrop
