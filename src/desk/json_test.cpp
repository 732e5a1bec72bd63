#include <gtest/gtest.h>

#include "desk/add_json.h"
#include "desk/desk_json.h"
#include "desk/recur_json.h"
#include "desk/spot_json.h"

namespace needledrop {
namespace {

Recording recording() {
  Recording made;
  made.id = SourceId(7);
  made.title = "Title \"x\"";
  made.artist = "Artist";
  made.version = "vocal";
  made.paths = {"a/\xFF.mp3"};
  made.duration = Milliseconds(12'345);
  return made;
}

SpottedEpisode spotted() {
  SpottedEpisode made;
  made.episode.id = 3;
  made.episode.title = "Pilot";
  made.production = "Drama";
  made.file.path = "e.mp4";
  made.file.duration = Milliseconds(60'000);
  made.recordings = {recording()};
  Spot spot;
  spot.recording = SourceId(7);
  spot.span = {Milliseconds(12'345), Milliseconds(20'001)};
  spot.start_error = Milliseconds(50);
  spot.end_error = Milliseconds(70);
  spot.alignments = {{spot.span, Milliseconds(1'000), 1.0416666666, 1.0}};
  spot.confidence = 0.98765432;
  spot.level_db = -7.249;
  spot.ground = Ground::kBackground;
  spot.from_loudspeaker = true;
  spot.version_decided = false;
  spot.alternatives = {{SourceId(9), 0.5}};
  made.spots = {spot};
  made.dialogue = Dialogue{"e.ko.srt", Milliseconds(-500), {"ko", "SRT", "", 0, false, {}}};
  made.dialogue->subtitles.lines = {
      {{Milliseconds(1'000), Milliseconds(2'000)}, "before", "", false},
      {{Milliseconds(19'001), Milliseconds(21'000)}, "over", "", false},
      {{Milliseconds(20'001), Milliseconds(31'000)}, "♪", "♪", false}};
  SeenPicture picture;
  picture.transitions = {{TransitionKind::kDissolve,
                          Milliseconds(15'000),
                          {Milliseconds(14'500), Milliseconds(15'500)}}};
  made.scenes = FileScenes{
      made.file,
      picture,
      {{1, {Milliseconds(0), Milliseconds(15'000)}, "", false},
       {2, {Milliseconds(15'000), Milliseconds(60'000)}, "The pier", true, SceneRole::kOpening}}};
  made.subtitle_fit.shift = Milliseconds(2'400);
  made.unidentified = {{{Milliseconds(30'000), Milliseconds(42'250)}, 0.91239}};
  return made;
}

NamedRecurrence recurrence() {
  NamedRecurrence made;
  made.id = 7;
  made.music.kind = RecurrenceKind::kJingle;
  made.music.places = {
      {SourceId(4),
       {Milliseconds(29'000), Milliseconds(42'000)},
       Milliseconds(0),
       1,
       0.25,
       0.98765},
      {SourceId(5), {Milliseconds(1'500), Milliseconds(9'000)}, Milliseconds(2'016), 1, 0.25, 1}};
  return made;
}

TEST(RecurJson, HasTheAgreedShape) {
  FoundRecurrences found;
  found.recurrences = {recurrence()};
  found.files = {{spotted().episode, "Drama", spotted().file}};
  found.files.front().file.id = SourceId(4);
  EXPECT_EQ(recur_json(found),
            R"({"format":1,"recurrences":[{"name":"unknown cue 7","id":7,"kind":"jingle",)"
            R"("duration":13.0,"places":[{"episode":{"id":3,"title":"Pilot","production":"Drama",)"
            R"("path":"e.mp4","duration":60.0,"season":null,"number":null,"part":null,)"
            R"("air_date":null},"start":29.0,"end":42.0,"offset":0.0,"rate":1.0,"likeness":0.25,)"
            R"("confidence":0.9877},{"episode":null,"start":1.5,"end":9.0,"offset":2.016,)"
            R"("rate":1.0,"likeness":0.25,"confidence":1.0}]}],"warnings":[]})"
            "\n");
}

TEST(SpotJson, UnidentifiedMusicNamesTheRecurrenceThatLiesThere) {
  SpottedEpisode episode = spotted();
  episode.file.id = SourceId(4);
  episode.recurrences = {recurrence()};
  const auto json = [&] { return spot_json(std::vector<SpotResult>{episode}, true, false); };
  EXPECT_NE(json().find(R"("recurrence":{"name":"unknown cue 7","id":7})"), std::string::npos);
  episode.recurrences[0].label = "Door bell";
  EXPECT_NE(json().find(R"("recurrence":{"name":"Door bell","id":7})"), std::string::npos);
  episode.file.id = SourceId(5);
  EXPECT_NE(json().find(R"("recurrence":null)"), std::string::npos) << "it lies elsewhere there";
}

TEST(SpotJson, HasTheAgreedShape) {
  const std::vector<SpotResult> results = {spotted()};
  EXPECT_EQ(
      spot_json(results, true, false),
      R"({"format":1,"episode":{"id":3,"title":"Pilot","production":"Drama","path":"e.mp4",)"
      R"("duration":60.0,"season":null,"number":null,"part":null,"air_date":null},)"
      R"("spots":[{"recording":{"id":7,"path":"a/)"
      "\xEF\xBF\xBD"
      R"(.mp3","path_bytes":"a/%FF.mp3","title":"Title \"x\"","artist":"Artist","version":"vocal"},)"
      R"("start":12.345,"end":20.001,"start_error":0.05,"end_error":0.07,"recording_start":1.0,)"
      R"("rate":1.041667,"pitch":1.0,"alignments":[{"start":12.345,"end":20.001,)"
      R"("recording_start":1.0,"rate":1.041667,"pitch":1.0}],"confidence":0.9877,)"
      R"("level_db":-7.2,"ground":"background","from_loudspeaker":true,"version_decided":false,"alternatives":)"
      R"([{"recording":{"id":9,"path":null,"title":null,"artist":null,"version":null},)"
      R"("confidence":0.5}],"scenes":[1,2],)"
      R"("dialogue":{"before":{"start":1.0,"end":2.0,"text":"before"},)"
      R"("during":[{"start":19.001,"end":21.0,"text":"over"}],"after":null,"share":0.131},)"
      R"("music_marks":[]}],)"
      R"("unidentified":[{"start":30.0,"end":42.25,"confidence":0.9124,"recurrence":null,)"
      R"("dialogue":{"before":{"start":19.001,"end":21.0,"text":"over"},"during":[],)"
      R"("after":null,"share":0.0},"music_marks":[{"start":20.001,"end":31.0,"text":"♪"}]}],)"
      R"("cuts":[{"time":15.0,"kind":"dissolve","start":14.5,"end":15.5}],)"
      R"("scenes":[{"number":1,"start":0.0,"end":15.0,"title":null,"role":"story","decided":false},)"
      R"({"number":2,"start":15.0,"end":60.0,"title":"The pier","role":"opening","decided":true}],)"
      R"("subtitles":{"path":"e.ko.srt","stream":null,"language":"ko",)"
      R"("format":"SRT","name":"","lines":3,"shift":-0.5},"subtitle_shift":2.4,)"
      R"("warnings":[],"missing_recordings":[]})"
      "\n");
}

TEST(SpotJson, SeveralFilesAreAnArrayWithTheFailuresInIt) {
  SpottedEpisode episode = spotted();
  episode.spots.clear();
  episode.episode.id = 0;
  const std::vector<SpotResult> results = {
      episode, InputFailure{"bad", fail(Error::Kind::kIo, "can't be read")}};
  const std::string text = spot_json(results, false, true);
  EXPECT_TRUE(text.starts_with(R"([{"format":1,"episode":{"id":null,)")) << text;
  EXPECT_NE(text.find(R"("elapsed":{"wall":0.0,"cpu":0.0,"decode_cpu":0.0,"scenes_cpu":0.0})"),
            std::string::npos);
  EXPECT_TRUE(text.ends_with(R"({"format":1,"path":"bad","error":"can't be read"}])"
                             "\n"))
      << text;
}

TEST(SpotJson, NoFilesAreAnEmptyArray) {
  EXPECT_EQ(spot_json({}, false, false), "[]\n");
}

TEST(AddJson, NamesThePathThatWasGiven) {
  AddOutcome outcome;
  Recording instrumental = recording();
  instrumental.id = SourceId(8);
  instrumental.version = "instrumental";
  outcome.unchanged = {{"other.mp3", recording(), {}}};
  outcome.added = {
      {"new.mp3", recording(), {{RelationKind::kVersion, Milliseconds(9'500), instrumental}}}};
  outcome.failed = {{"bad.mp3", fail(Error::Kind::kUnsupported, "no media")}};
  outcome.ended_by = fail(Error::Kind::kBusy, "held");
  EXPECT_EQ(
      add_json(outcome),
      R"({"format":1,"added":[{"id":7,"path":"new.mp3","title":"Title \"x\"","artist":"Artist",)"
      R"("version":"vocal","album":"","duration":12.345,"versions":[{"recording":{"id":8,"path":"a/)"
      "\xEF\xBF\xBD"
      R"(.mp3","path_bytes":"a/%FF.mp3","title":"Title \"x\"","artist":"Artist",)"
      R"("version":"instrumental"},"relation":"version","shared":9.5}]}],)"
      R"("updated":[],"unchanged":[{"id":7,"path":"other.mp3",)"
      R"("title":"Title \"x\"","artist":"Artist","version":"vocal","album":"",)"
      R"("duration":12.345,"versions":[]}],"failed":[{"path":"bad.mp3","error":"no media"}],)"
      R"("warnings":[],"error":"held"})"
      "\n");
}

TEST(DeskJson, ErrorsNameAPathOnlyWhereThereIsOne) {
  const Error error = fail(Error::Kind::kNotFound, "gone");
  EXPECT_EQ(error_json("", error), "{\"format\":1,\"error\":\"gone\"}\n");
  EXPECT_EQ(error_json("x", error), "{\"format\":1,\"path\":\"x\",\"error\":\"gone\"}\n");
}

TEST(DeskJson, CheckListsDamage) {
  const CheckReport report{{{"f", "wrong", "do", {SourceId(2)}}}, 5};
  EXPECT_EQ(merge_json({.merges = 1,
                        .before = {.segments = 4, .bytes = 500},
                        .after = {.segments = 1, .bytes = 400},
                        .took = Milliseconds(1'250)}),
            R"({"format":1,"merges":1,"before":{"segments":4,"bytes":500},)"
            R"("after":{"segments":1,"bytes":400},"seconds":1.25})"
            "\n");
  EXPECT_EQ(check_json(report),
            R"({"format":1,"sources":5,"damage":[{"file":"f","error":"wrong","advice":"do",)"
            R"("sources":[2]}]})"
            "\n");
}

}  // namespace
}  // namespace needledrop
