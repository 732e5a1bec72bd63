#pragma once

#include <string_view>

#include "base/result.h"
#include "cuesheet/sheet_reader.h"

namespace needledrop {

/// Is it the text of an edit decision list, by its first lines?
bool looks_like_edl(std::string_view bytes);

/// The events of a CMX 3600 edit decision list as cues, by their record timecode: those of sound,
/// or all where there are none. A cue is called by the locator ("* LOC:") at its start, else by its
/// clip ("* FROM CLIP NAME:"); a locator elsewhere is a cue of which only the start is known. FCM
/// lines tell drop-frame. The format has no frame rate: it is that of `clock`, else of our own
/// "* FRAME RATE:" comment, which goes before a rate of `clock` that is only assumed, else
/// 30000/1001 where frames are dropped; otherwise kInvalidArgument. What is no event is passed
/// over. Errors name the line. Pure; any bytes may be given.
Result<ReadSheet> read_edl(std::string_view bytes, const SheetClock& clock);

}  // namespace needledrop
