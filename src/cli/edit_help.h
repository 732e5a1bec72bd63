#pragma once

#include <string_view>

// Private to help.cpp: how the catalogue is imported and edited.

namespace needledrop {

inline constexpr std::string_view kImportHelp = R"(Usage: needledrop import [options] FILE

Takes over what a file says of works, shares, people, episodes or broadcasts: CSV, tab-separated text or
XLSX with a row of column names, or a JSON document. docs/import.md lists the columns and fields. What
the file means is found by codes (ISWC, IPI, ISRC, ...), else by exactly its name; the rest is made new.
Every fact keeps the file and the line that it comes from, and facts that contradict stand side by side.
An import is all or nothing: everything that is wrong is told with its line and column, and an import
that was made can be undone. Importing the same file again changes nothing.

With --episode the file is a cue sheet of that episode: CSV, XLSX or an edit decision list. A line is the
cue of its title that is heard at its time; other lines become cues, accepted. Cues about which nobody
has decided follow the sheet, the others stay, and what differs is told.

Options:
  --as KIND           works, people, episodes, broadcasts or cuesheet; else the columns tell
  --dry-run           show what would change, and change nothing
  --side-by-side      keep what contradicts a person's decision beside it; else it is an error
  --production TITLE  the production of episodes that name none
  --sheet NAME        which sheet of a workbook; else the first
  --ignore-unknown    leave out columns that are not known
  --by NAME           who imports; else $NEEDLEDROP_AUTHOR, else your login name

Options of a cue sheet:
  --episode EPISODE   whose sheet it is
  --map LIST          headings of its columns, like title=Titel,in=Von
  --part N            its times count from the start of this part
  --frame-rate RATE, --drop-frame, --start-timecode TC
                      how its timecode counts; else as the episode's file does

Examples:
  needledrop import --dry-run works.csv
  needledrop import works.csv
  needledrop import --as people --sheet Writers register.xlsx
  needledrop import --episode S01E03 --dry-run filed.xlsx
)";

inline constexpr std::string_view kEditHelp = R"(Usage: needledrop edit [options] [KIND] NAME ACTION
       needledrop edit --history | show N | --undo N | --redo N

Shows and changes what the catalogue says of a production, season, episode, recording, work, release or
party (a person or an organisation). NAME is a name or a part of it, with a KIND before it also its
number. What is entered by hand is preferred: it holds against what files say.

Actions:
  facts               list what is said of it, with ids, where it comes from, and what contradicts; of a
                      person the credits, of a work its recordings, of an episode its broadcasts
  set PROPERTY VALUE  country, year, type, production number, release date, first broadcast, birth date,
                      catalogue number, society, origin or language
  credit ROLE PARTY   give a party a role; a party that there is not is made
  code SCHEME VALUE   iswc, isrc, ipi, isni, eidr, isan, ean, musicbrainz, wikidata, tmdb, ...
  prefer ID           what is listed under this id (f12) holds
  dismiss ID          it is kept, and not used
  remove ID           take it away; what a file says is dismissed, as the file would say it again
  work WORK           (of a recording) it performs this work
  rename NAME         (of a work, party or episode) it is called so
  add                 make it new: a production, season (PRODUCTION S02), work, release or party

Options:
  --share PERCENT     (credit) of the whole work
  --society NAME      (credit) that collects it
  --organisation      (add) the party is one
  --comment TEXT      (add, rename) tells apart those of one name
  --history           list all edits and imports, newest first
  --undo N, --redo N  take an edit back, make it again
  --by NAME           who edits; else $NEEDLEDROP_AUTHOR, else your login name

Examples:
  needledrop edit work Promise facts
  needledrop edit work Promise credit composer "Kim Soo-hyun" --share 50 --society KOMCA
  needledrop edit recording "Promise inst." work Promise
  needledrop edit party "Kim Soo-hyun" add --comment "the composer"
  needledrop edit --undo 12
)";

}  // namespace needledrop
