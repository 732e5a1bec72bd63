#pragma once

#include <gtest/gtest.h>

#include "cuesheet/sheet.h"

namespace needledrop {

/// A master of 29.97 frames a second, drop-frame, that starts at 10:00:00;00.
inline SheetPart test_part() {
  const auto ms = [](int value) { return Milliseconds(value); };
  SheetPart part;
  part.file = "눈물 E12.mxf";
  part.duration = ms(3'600'040);
  part.frame_rate = {30'000, 1'001};
  part.start_timecode = "10:00:00;00";
  part.scenes = {{1, {ms(0), ms(600'000)}, "The <pier>", true, SceneRole::kStory},
                 {2, {ms(600'000), ms(3'600'040)}, "", false, SceneRole::kStory}};
  return part;
}

inline SheetCue rain_cue() {
  const auto ms = [](int value) { return Milliseconds(value); };
  SheetCue rain;
  rain.number = 1;
  rain.sequence = "1m01";
  rain.cue = 7;
  rain.standing = CueStanding::kAccepted;
  rain.heard = {{ms(61'500), ms(95'250)}};
  rain.reported = {{ms(62'000), ms(95'000)}};
  rain.title = "Rain, again";
  rain.artist = "김수현";
  rain.album = "OST";
  rain.version = "vocal";
  rain.isrc = "KRA012600001";
  SheetWork work;
  work.title = "RAIN AGAIN";
  work.iswc = "T0345246801";
  work.parties = {{"김수현", Role::kComposer, Share{500'000}, "00014107338", "KOMCA"},
                  {"さくら音楽出版", Role::kPublisher, Share{500'000}, "", "JASRAC"}};
  rain.works = {work};
  rain.function = CueFunction::kBackground;
  rain.usage = "BV";
  rain.level_db = -8.46;
  rain.confidence = 0.97;
  return rain;
}

/// Of two spans, and of which little is known.
inline SheetCue night_cue() {
  const auto ms = [](int value) { return Milliseconds(value); };
  SheetCue night;
  night.number = 2;
  night.sequence = "1m02";
  night.cue = 9;
  night.heard = {{ms(600'000), ms(605'005)}, {ms(700'100), ms(720'000)}};
  night.reported = {{ms(600'000), ms(605'000)}, {ms(700'000), ms(720'000)}};
  night.title = "夜の雨\tと --> <b>";
  night.function = CueFunction::kFeatured;
  return night;
}

/// A sheet with what is hard about sheets: three scripts, a cue of two spans, two that overlap, a
/// cue of which little is known, and a master that starts at 10:00:00;00.
inline CueSheet test_sheet() {
  const auto ms = [](int value) { return Milliseconds(value); };
  CueSheet sheet;
  sheet.header.production = "눈물의 여왕";
  sheet.header.also_known_as = {"Queen of Tears", "涙の女王"};
  sheet.header.episode_title = "The \"Flood\" & after";
  sheet.header.season = 1;
  sheet.header.number = 12;
  sheet.header.first_transmission = "2026-03-08";
  sheet.header.preparer = "Rights desk";
  sheet.header.prepared_on = "2026-03-09";
  sheet.society = "us";
  sheet.programme_duration = ms(3'600'040);
  sheet.parts = {test_part()};

  SheetCue over = rain_cue();
  over.number = 3;
  over.sequence = "1m03";
  over.cue = 11;
  over.heard = {{ms(601'000), ms(602'000)}};
  over.reported = {};
  over.title = "=1+1";
  over.artist = "";
  over.isrc = "";
  over.works = {};
  sheet.cues = {rain_cue(), night_cue(), over};
  sheet.music_duration = sheet.counted_duration = ms(33'000 + 25'000);
  return sheet;
}

}  // namespace needledrop
