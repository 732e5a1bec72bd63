#pragma once

#include <string>

#include "base/result.h"
#include "cuesheet/sheet.h"

namespace needledrop {

/// Scenes and songs of one of the sheet's files as Matroska chapters in XML, as mkvmerge --chapters
/// reads them: two editions, the scenes first and by default, then the songs as they are heard.
/// Times are nanoseconds, ends exclusive. Titles are said to be Korean or Japanese where their
/// script says so. kInvalidArgument where there are neither scenes nor songs: a file of chapters
/// has at least one edition.
Result<std::string> to_matroska_chapters(const CueSheet& sheet, const SheetPart& part);

/// The songs as chapters of FFmpeg's metadata file (ffmpeg -i FILM -i FILE -map_metadata 1
/// -map_chapters 1 ...). Songs leave gaps and overlap, which Matroska keeps and MP4 does not: there
/// the first chapter is moved to 0 and gaps are closed, so for MP4 take the scenes.
std::string to_ffmetadata(const CueSheet& sheet, const SheetPart& part);

}  // namespace needledrop
