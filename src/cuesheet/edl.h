#pragma once

#include <string>

#include "base/result.h"
#include "cuesheet/timeline.h"

namespace needledrop {

/// The cues as a CMX 3600 edit decision list: an audio event each, on channel A, or A2 while
/// another sounds on A, each with a locator ("* LOC:") at its first frame. A cue that finds both
/// channels taken has its locator only. Source and record timecode are both the file's. ASCII only,
/// as the systems that read it: titles are transliterated.
///
/// Timecode is written with ':' in non-drop and ';' in drop-frame lists, the mode being said in the
/// FCM line; in locators always with ':', because OpenTimelineIO's reader knows no other there. The
/// format has no frame rate: that is a comment. Errors: kUnsupported (over 999 events, or over 99
/// frames a second, for which it has no digits).
Result<std::string> to_edl(const Timeline& timeline);

}  // namespace needledrop
