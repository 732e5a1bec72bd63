#include "desk/recur_json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "desk/json_parts.h"

namespace needledrop {
namespace {

Json json_place(const RecurrencePlace& place, std::span<const PlacedFile> files) {
  const auto file = std::ranges::lower_bound(files, place.episode, {},
                                             [](const PlacedFile& f) { return f.file.id; });
  Json object;
  object["episode"] = file == files.end()
                          ? Json(nullptr)
                          : json_episode(file->episode, file->production, file->file);
  object["start"] = json_seconds(place.span.start);
  object["end"] = json_seconds(place.span.end);
  object["offset"] = json_seconds(place.position);
  object["rate"] = json_rounded(place.rate, 6);
  object["likeness"] = json_rounded(place.likeness, 4);
  object["confidence"] = json_rounded(place.confidence, 4);
  return object;
}

Json json_listed(const NamedRecurrence& recurrence, std::span<const PlacedFile> files) {
  Milliseconds longest{0};
  Json places = Json::array();
  for (const RecurrencePlace& place : recurrence.music.places) {
    longest = std::max(longest, place.span.length());
    places.push_back(json_place(place, files));
  }
  Json object = json_recurrence(&recurrence);
  object["kind"] = to_string(recurrence.music.kind);
  object["duration"] = json_seconds(longest);
  object["places"] = std::move(places);
  return object;
}

}  // namespace

std::string recur_json(const FoundRecurrences& found) {
  Json document = json_document();
  document["recurrences"] = Json::array();
  for (const NamedRecurrence& recurrence : found.recurrences) {
    document["recurrences"].push_back(json_listed(recurrence, found.files));
  }
  document["warnings"] = found.warnings;
  return json_text(document);
}

std::string catalogued_json(const Recording& recording) {
  Json document = json_document();
  document["catalogued"] = json_recording(recording);
  return json_text(document);
}

std::string labelled_json(const NamedRecurrence& recurrence) {
  Json document = json_document();
  document["labelled"] = json_recurrence(&recurrence);
  return json_text(document);
}

}  // namespace needledrop
