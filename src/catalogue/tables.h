#pragma once

// Private to this folder: the steps of the schema in SQL, by theme. docs/catalogue.md tells what
// each row means. Each leads from one version to the next; schema.cpp has their order.

namespace needledrop {

// sound_tables.cpp
extern const char* const kFirstTables;
extern const char* const kRelations;
extern const char* const kUnidentifiedMusic;
extern const char* const kRecurrences;
extern const char* const kLoudspeakers;

// picture_tables.cpp
extern const char* const kPictures;
extern const char* const kDialogue;
extern const char* const kFootage;
extern const char* const kSharedFootage;

// rights_tables.cpp
extern const char* const kRights;

// sheet_tables.cpp
extern const char* const kSheets;
extern const char* const kSheetSocieties;

// cue_tables.cpp
extern const char* const kCues;
extern const char* const kDismissals;

// name_tables.cpp
extern const char* const kNames;

// standing_tables.cpp
extern const char* const kStandings;

}  // namespace needledrop
