#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "media/excerpt.h"
#include "media/ffmpeg_handles.h"
#include "media/layout_plan.h"

namespace needledrop {

/// What a container says of one stream of sound.
struct StreamFacts {
  AVChannelLayout layout{};  // never one that owns memory
  std::string name;          // title and writer's name
  std::string language;
  bool preferred = false;  // marked as the default
  bool aside = false;      // marked as comment, or for people who can't see or hear
};

/// Gives excerpts of the legs asked for; asked only where tags don't tell.
using Listen = std::function<std::vector<Excerpt>(const std::vector<Leg>&)>;

/// Decides how a file's sound is read.
///
/// `streams` as in MediaFile::Options: "" infers, "3" takes a stream, "1+2" joins two mono ones; in
/// a file whose one stream has channels without names, the numbers count these. Inferring prefers a
/// music stem, then music and effects, where one is named; else the stream marked as default. Mono
/// streams (and channels without names) are put together by their names where they have any, else
/// by count and sound: a channel with low frequencies only in fourth place makes the first six 5.1
/// (in sixth place in film order, L C R Ls Rs LFE); else the first two are a pair. A front pair is
/// then heard, see judge_pair: where it has no true side, one channel is taken.
///
/// kInvalidArgument when `streams` does not fit the file. Requires a stream.
Result<LayoutPlan> choose_layout(const std::vector<StreamFacts>& facts, const std::string& streams,
                                 const Listen& listen);

/// Only the check of `streams`, without listening.
Result<void> check_streams(const std::vector<StreamFacts>& facts, const std::string& streams);

}  // namespace needledrop
