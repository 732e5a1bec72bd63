#include "catalogue/cue.h"

#include <algorithm>
#include <array>
#include <utility>

namespace needledrop {
namespace {

template <typename T, std::size_t N>
using Words = std::array<std::pair<T, std::string_view>, N>;

constexpr Words<CueFunction, 10> kFunctions{{
    {CueFunction::kUnknown, "unknown"},
    {CueFunction::kBackground, "background"},
    {CueFunction::kFeatured, "featured"},
    {CueFunction::kOpeningTheme, "opening theme"},
    {CueFunction::kClosingTheme, "closing theme"},
    {CueFunction::kSegmentTheme, "segment theme"},
    {CueFunction::kLogo, "logo"},
    {CueFunction::kBumper, "bumper"},
    {CueFunction::kTrailer, "trailer"},
    {CueFunction::kOther, "other"},
}};

constexpr Words<CueVocal, 4> kVocals{{
    {CueVocal::kUnknown, "unknown"},
    {CueVocal::kVocal, "vocal"},
    {CueVocal::kInstrumental, "instrumental"},
    {CueVocal::kMixed, "mixed"},
}};

constexpr Words<CuePerception, 4> kPerceptions{{
    {CuePerception::kUnknown, "unknown"},
    {CuePerception::kUnheard, "unheard"},
    {CuePerception::kHeard, "heard"},
    {CuePerception::kPerformed, "performed"},
}};

constexpr Words<CueOrigin, 4> kOrigins{{
    {CueOrigin::kUnknown, "unknown"},
    {CueOrigin::kCommissioned, "commissioned"},
    {CueOrigin::kCommercial, "commercial"},
    {CueOrigin::kLibrary, "library"},
}};

constexpr Words<CueStanding, 3> kStandings{{
    {CueStanding::kDetected, "detected"},
    {CueStanding::kAccepted, "accepted"},
    {CueStanding::kRejected, "rejected"},
}};

template <typename T, std::size_t N>
std::string_view word_of(const Words<T, N>& words, T value) {
  return std::ranges::find(words, value, [](const auto& word) { return word.first; })->second;
}

template <typename T, std::size_t N>
std::optional<T> value_of(const Words<T, N>& words, std::string_view text) {
  const auto found = std::ranges::find(words, text, [](const auto& word) { return word.second; });
  if (found == words.end()) return std::nullopt;
  return found->first;
}

}  // namespace

std::string_view to_string(CueFunction value) {
  return word_of(kFunctions, value);
}
std::string_view to_string(CueVocal value) {
  return word_of(kVocals, value);
}
std::string_view to_string(CuePerception value) {
  return word_of(kPerceptions, value);
}
std::string_view to_string(CueOrigin value) {
  return word_of(kOrigins, value);
}
std::string_view to_string(CueStanding value) {
  return word_of(kStandings, value);
}
std::optional<CueFunction> cue_function(std::string_view text) {
  return value_of(kFunctions, text);
}
std::optional<CueVocal> cue_vocal(std::string_view text) {
  return value_of(kVocals, text);
}
std::optional<CuePerception> cue_perception(std::string_view text) {
  return value_of(kPerceptions, text);
}
std::optional<CueOrigin> cue_origin(std::string_view text) {
  return value_of(kOrigins, text);
}
std::optional<CueStanding> cue_standing(std::string_view text) {
  return value_of(kStandings, text);
}

}  // namespace needledrop
