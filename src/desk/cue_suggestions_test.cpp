#include "desk/cue_suggestions.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

Span seconds(int start, int end) {
  return {Milliseconds(start * 1'000), Milliseconds(end * 1'000)};
}

Spot spot(int start, int end) {
  Spot result;
  result.span = seconds(start, end);
  return result;
}

FilePlaces an_hour() {
  FilePlaces places;
  places.length = Milliseconds(3'600'000);
  return places;
}

Scene scene(int start, int end, SceneRole role) {
  Scene result;
  result.span = seconds(start, end);
  result.role = role;
  return result;
}

TEST(SuggestedFunction, IsWhatTheSceneIs) {
  FilePlaces places = an_hour();
  places.scenes = {scene(0, 60, SceneRole::kRecap), scene(60, 150, SceneRole::kOpening),
                   scene(150, 3'400, SceneRole::kStory), scene(3'400, 3'500, SceneRole::kEnding),
                   scene(3'500, 3'600, SceneRole::kPreview)};
  const auto function = [&](int start, int end) {
    return suggested_function(spot(start, end), RecurrenceKind::kMusic, places);
  };
  EXPECT_EQ(function(5, 50), CueFunction::kTrailer);
  EXPECT_EQ(function(60, 150), CueFunction::kOpeningTheme);
  EXPECT_EQ(function(61, 241), CueFunction::kBackground);  // most of it goes on in the story
  EXPECT_EQ(function(2'000, 2'100), CueFunction::kBackground);
  EXPECT_EQ(function(3'400, 3'480), CueFunction::kClosingTheme);
  EXPECT_EQ(function(3'510, 3'590), CueFunction::kTrailer);
}

TEST(SuggestedFunction, OfAThemeIsAThemeOnlyWhereThemesAre) {
  const FilePlaces places = an_hour();
  EXPECT_EQ(suggested_function(spot(20, 110), RecurrenceKind::kTitle, places),
            CueFunction::kOpeningTheme);
  EXPECT_EQ(suggested_function(spot(1'800, 1'890), RecurrenceKind::kTitle, places),
            CueFunction::kBackground);
  EXPECT_EQ(suggested_function(spot(3'500, 3'590), RecurrenceKind::kEnding, places),
            CueFunction::kClosingTheme);
  EXPECT_EQ(suggested_function(spot(20, 110), RecurrenceKind::kEnding, places),
            CueFunction::kBackground);
}

TEST(SuggestedFunction, OfWhatTheCharactersHearIsFeatured) {
  FilePlaces places = an_hour();
  places.shown_again = {seconds(10, 70)};
  Spot radio = spot(1'000, 1'030);
  radio.ground = Ground::kBackground;
  EXPECT_EQ(suggested_perception(radio), CuePerception::kUnknown);
  radio.from_loudspeaker = true;
  EXPECT_EQ(suggested_perception(radio), CuePerception::kHeard);
  EXPECT_EQ(suggested_function(radio, RecurrenceKind::kMusic, places), CueFunction::kFeatured);
  radio.span = seconds(20, 50);
  EXPECT_EQ(suggested_function(radio, RecurrenceKind::kMusic, places), CueFunction::kTrailer);
}

TEST(SuggestedFunction, OfWhatIsShownAgainIsATrailer) {
  FilePlaces places = an_hour();
  places.shown_again = {seconds(10, 70)};
  EXPECT_EQ(suggested_function(spot(40, 100), RecurrenceKind::kMusic, places),
            CueFunction::kTrailer);
  EXPECT_EQ(suggested_function(spot(41, 102), RecurrenceKind::kMusic, places),
            CueFunction::kBackground);
}

TEST(SuggestedVocal, IsWhatTheVersionSays) {
  EXPECT_EQ(suggested_vocal("vocal"), CueVocal::kVocal);
  EXPECT_EQ(suggested_vocal("instrumental"), CueVocal::kInstrumental);
  EXPECT_EQ(suggested_vocal("original"), CueVocal::kUnknown);
}

TEST(KindsOfMusic, TellThemesOfWholeFamiliesByWhereTheyAreHeard) {
  const SourceId theme(1);
  const SourceId short_theme(2);
  const SourceId love(3);
  const RecordingFamilies families(
      std::vector{Relation{theme, short_theme, RelationKind::kEdit, 0.9, {}}});
  std::vector<EpisodeFile> files(3);
  std::vector<std::vector<Spot>> spots(3);
  for (std::size_t i = 0; i < files.size(); ++i) {
    files[i].id = SourceId(static_cast<SourceId::rep>(10 + i));
    files[i].duration = Milliseconds(3'600'000);
    Spot opening;
    opening.recording = i == 1 ? short_theme : theme;
    opening.span = seconds(30, 120);
    Spot middle;
    middle.recording = love;
    middle.span = seconds(1'500 + 100 * static_cast<int>(i), 1'590 + 100 * static_cast<int>(i));
    spots[i] = {opening, middle};
  }
  const auto kinds = kinds_of_music(files, spots, families);
  EXPECT_EQ(kinds.at(theme), RecurrenceKind::kTitle);
  EXPECT_EQ(kinds.at(love), RecurrenceKind::kMusic);
  EXPECT_FALSE(kinds.contains(short_theme));
}

}  // namespace
}  // namespace needledrop
